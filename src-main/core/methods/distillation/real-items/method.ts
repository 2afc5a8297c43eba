// Real items with plain labels: the controls that every other method is shown beside. With a helper
// model that may be kept, students learn from it, too.
import { z } from 'zod'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { defineDistillation, type DistillationInputs } from '../distillation-method.ts'
import { itemsOf, realSet } from '../soft-labels/candidates.ts'
import { softLabelParams } from '../soft-labels/params.ts'
import { helperRequest, studentRates, studentRecipe } from '../soft-labels/plan.ts'
import { realItemsCard } from './card.ts'
import { chooseRows, realChoices } from './choose-rows.ts'
import { shortClassesNote } from './real-rows.ts'
import { pickLabels } from './pick-labels.ts'
import { mostValidation } from './student-trials.ts'
import { teacherKindCount, teacherKinds, type TeacherTrials } from './teacher-kinds.ts'

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
  }),
  weights: z
    .int()
    .min(1)
    .max(4)
    .default(2)
    .meta({
      title: 'Weights of a helper model tried',
      description:
        'Only where a helper model is kept with the set: its part of each label beside the plain one. 1, then three ' +
        'quarters, a half, a quarter.'
    }),
  helperMoments: z.int().min(1).max(4).default(2).meta({
    title: 'Moments of the helper model tried',
    description:
      'Its end, half of its training, a quarter ... Few items may learn more from an early one.'
  }),
  temperature: z.number().min(1).max(20).default(2).meta({
    title: 'Temperature of the helper model',
    description: 'The higher, the more even its shares are.'
  }),
  expertEpochs: z.int().min(1).max(1000).default(8).meta({
    title: 'Passes of a helper model',
    description: 'How often it goes through all training items.'
  })
})

/** True when students may learn from a helper model. */
function isTaught({ labels }: Pick<DistillationInputs, 'labels'>): boolean {
  return labels === 'teacher' || labels === 'views'
}

export const realItemsMethod = defineDistillation({
  id: 'real-items',
  family: 'distillation',
  version: 2,
  card: realItemsCard,
  params,
  makes: 'real',
  reads: ['pictures', 'vectors'],
  derivatives: 'none',
  efforts: {
    quick: { rates: 1, studentEpochs: 200, weights: 1, helperMoments: 1, expertEpochs: 3 },
    standard: {},
    thorough: {
      ...{ rates: 4, students: 3, studentEpochs: 1000 },
      ...{ weights: 4, helperMoments: 3, expertEpochs: 30 }
    }
  },
  experts: (shape, { expertEpochs }) =>
    // The one that soft labels ask by default, so that it is trained once.
    isTaught(shape)
      ? helperRequest(shape, { ...softLabelParams.parse({}), expertEpochs })
      : undefined,
  work(asked, chosen) {
    const { perClass, classes, trainItems, shape } = asked
    const { rates, students, studentEpochs, choice } = chosen
    const taught = isTaught(asked) ? rates * students * teacherKindCount(trialsOf(chosen)) : 0
    const trials = rates * students + taught
    const size = shape.height * shape.width * shape.channels
    // Rules other than the lot look at every item, herding once for each pick.
    const looks = choice === 'random' ? 0 : choice === 'herding' ? perClass : 20
    return {
      forward:
        trials * Math.min(mostValidation, trainItems / 5) +
        taught * studentEpochs * perClass * classes,
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
    const recipe = studentRecipe(chosen, inputs.data)
    const isAsked = recipe.augment !== null && inputs.experts?.answer === undefined
    const taught = isTaught(inputs)
      ? await teacherKinds(context, inputs, items, trialsOf(chosen), isAsked)
      : []
    return yield* pickLabels(context, inputs, {
      items,
      kinds: [{ name: 'plain', shares: undefined }, ...taught],
      recipes: studentRates.slice(0, chosen.rates).map((rate) => ({ ...recipe, rate })),
      students: chosen.students,
      series: taught.length === 0 ? 'Plain labels' : 'Labels',
      makeSet: (soft, own, kind) => {
        const info = {
          choice: chosen.choice,
          ...taught.find(({ name }) => name === kind.name)?.info
        }
        const labels = soft && { labels: soft, from: kind.name }
        return realSet(inputs, items, labels, own, { info, notes })
      }
    })
  }
})

function trialsOf(chosen: z.output<typeof params>): TeacherTrials {
  return { ...chosen, moments: chosen.helperMoments }
}
