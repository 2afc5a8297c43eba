// Real items with plain labels: the controls that every other method is shown beside.
import { z } from 'zod'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { defineDistillation, type DistilledSet } from '../distillation-method.ts'
import { itemsOf, realSet, studentItems } from '../soft-labels/candidates.ts'
import { studentRates, studentRecipe } from '../soft-labels/plan.ts'
import { percent } from '../soft-labels/tables.ts'
import { realItemsCard } from './card.ts'
import { chooseRows, realChoices } from './choose-rows.ts'
import { shortClassesNote } from './real-rows.ts'
import { mostValidation, validationPart } from './student-trials.ts'
import { createTrialLedger } from './trial-ledger.ts'

const params = z.object({
  choice: z
    .enum(realChoices)
    .default('random')
    .meta({
      title: 'Which items',
      description:
        'random: by lot. typical: nearest to the average of their label. herding: so that their average is that of ' +
        'the label. k-center: far from each other. k-means: one from each group. layers: a share of every ' +
        'layer from typical to particular.'
    }),
  rates: z.int().min(1).max(studentRates.length).default(2).meta({
    title: 'Step sizes tried',
    description: 'For students; the best on validation items is taken.'
  }),
  students: z.int().min(1).max(10).default(1).meta({
    title: 'Students for each trial',
    description: 'More make the choice surer, and take longer in proportion.'
  }),
  studentEpochs: z.int().min(10).max(5000).default(300).meta({
    title: 'Passes of a student',
    description: 'How often a student goes through the tiny set.'
  }),
  studentAugment: z.boolean().default(true).meta({
    title: 'Change pictures for students',
    description: 'Shifts, turns and colours drawn anew for every pass.'
  })
})

export const realItemsMethod = defineDistillation({
  id: 'real-items',
  family: 'distillation',
  version: 1,
  card: realItemsCard,
  params,
  makes: 'real',
  reads: ['pictures', 'vectors'],
  derivatives: 'none',
  efforts: {
    quick: { rates: 1, studentEpochs: 200 },
    standard: {},
    thorough: { rates: 4, students: 3, studentEpochs: 1000 }
  },
  experts: () => undefined,
  work({ perClass, classes, trainItems, shape }, { rates, students, studentEpochs, choice }) {
    const trials = rates * students
    const size = shape.height * shape.width * shape.channels
    // Rules other than the lot look at every item, herding once for each pick.
    const looks = choice === 'random' ? 0 : choice === 'herding' ? perClass : 20
    return {
      forward: trials * Math.min(mostValidation, trainItems / 5),
      trained: trials * studentEpochs * perClass * classes,
      second: 0,
      otherSeconds: 0.5 + (looks * trainItems * size) / 1e9,
      megabytes: 200 + (8 * trainItems * size) / Math.max(1, classes) / 1e6
    }
  },
  async *run(context, inputs, chosen) {
    await enableGradients()
    const { device, signal } = context
    const { classNames, perClass, train } = inputs
    const classes = classNames.length
    // The stream that soft labels choose by, too: both get the same items.
    const choosing = { tf: device.tf, random: context.random.fork('items'), signal }
    const choice = chooseRows(choosing, train, classNames, perClass, chosen.choice)
    let step = await choice.next()
    while (step.done !== true) {
      yield {
        phase: 'Choosing items',
        done: step.value,
        total: classes,
        unit: 'labels',
        isPrelude: true
      }
      step = await choice.next()
    }
    const items = itemsOf(inputs, step.value)
    const notes = shortClassesNote(step.value, perClass, classNames)
    const bench = {
      tf: device.tf,
      network: createNetwork(inputs.network, inputs.shape, classes),
      validation: validationPart(inputs.validation, context.random),
      random: context.random.fork('students'),
      signal
    }
    const recipe = studentRecipe(chosen, inputs.data)
    const rates = studentRates.slice(0, chosen.rates)
    const passes = rates.length * chosen.students * chosen.studentEpochs
    const ledger = createTrialLedger(context, bench, chosen.students, passes)
    const rows: (readonly (string | number)[])[] = []
    let best: { readonly set: DistilledSet; readonly accuracy: number } | undefined
    for (const rate of rates) {
      const own = { ...recipe, rate }
      const accuracy = yield* ledger.measure(studentItems(items, classes), own)
      rows.push([rate, percent(accuracy)])
      if (best !== undefined && accuracy <= best.accuracy) continue
      const info = { choice: chosen.choice, rate, validationAccuracy: accuracy }
      best = { set: realSet(inputs, items, undefined, own, { info, notes }), accuracy }
      const live = { series: 'Plain labels', x: rows.length, y: accuracy }
      yield { ...ledger.now(), live, candidate: best.set }
    }
    if (best === undefined) throw new Error('no step size was tried')
    const tables = [
      {
        title: 'Step sizes',
        help: 'Accuracy on validation items of students.',
        header: ['Step size', 'Accuracy'],
        rows
      }
    ]
    return { ...best.set, info: { ...best.set.info, tables } }
  }
})
