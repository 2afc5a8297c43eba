// Real items and shared changes (INFER, Zhang et al. 2025): one change for a real item of every class.
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { inputSize } from '../../../networks/network.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import { plainStudent } from '../../../networks/student-recipe.ts'
import {
  defineDistillation,
  type DistillationContext,
  type DistillationInputs,
  type DistillationProgress,
  type DistilledSet,
  type StoredArray
} from '../distillation-method.ts'
import { roundToHalf } from '../../../compute/half-precision.ts'
import { sharesOf } from '../label-compression/shares.ts'
import { pictureRange } from '../matching/made-set.ts'
import { chooseRows } from '../real-items/choose-rows.ts'
import { pickLabels } from '../real-items/pick-labels.ts'
import { storedItems, storedLabels } from '../real-items/real-rows.ts'
import { mostValidation } from '../real-items/student-trials.ts'
import { itemsOf, type ChosenItems } from '../soft-labels/candidates.ts'
import { createExpertLabels, meanMoments } from '../soft-labels/expert-labels.ts'
import { expertBatch, studentAugmentation, studentRates } from '../soft-labels/plan.ts'
import { passName } from '../soft-labels/tables.ts'
import { inferCard } from './card.ts'
import { makeChange, rowsThatFit, type ChangeRules } from './compensate.ts'
import { inferParams, type InferParams } from './params.ts'

/** Plain labels and those of the helper models. */
const triedKinds = 2

export const inferMethod = defineDistillation({
  id: 'infer',
  family: 'distillation',
  version: 1,
  card: inferCard,
  params: inferParams,
  makes: 'mixed',
  reads: ['pictures'],
  derivatives: 'first',
  efforts: {
    quick: { expertEpochs: 3, iterations: 100, rates: 1, studentEpochs: 150 },
    standard: {},
    thorough: { helpers: 4, expertEpochs: 30, iterations: 1000, rates: 4, studentEpochs: 1000 }
  },
  experts: (shape, { helpers, expertEpochs, batchNorm }) => ({
    network: batchNorm ? { ...shape.network, norm: 'batch' } : shape.network,
    count: helpers,
    epochs: expertEpochs,
    firstEpochParts: 0,
    rate: 0.02,
    momentum: 0.9,
    decay: 0,
    batch: expertBatch(shape.trainItems),
    augment: null,
    sharpness: 0
  }),
  work({ classes, perClass, trainItems }, chosen) {
    const { helpers, iterations, rates, students, studentEpochs } = chosen
    const rows = rowsThatFit(perClass, helpers, classes)
    const trials = triedKinds * rates * students
    const items = rows * helpers * classes
    return {
      forward: trials * Math.min(mostValidation, trainItems / 5) + items * helpers,
      trained: rows * helpers * iterations * classes + trials * studentEpochs * items,
      second: 0,
      otherSeconds: 1,
      megabytes: 400
    }
  },
  run: runInfer
})

type Steps<T> = AsyncGenerator<DistillationProgress, T, void>

/** Items made of real ones and changes. */
interface Compensated {
  readonly values: Float32Array
  readonly labels: Int32Array
  readonly sourceRows: Uint32Array
}

async function* runInfer(
  context: DistillationContext,
  inputs: DistillationInputs,
  chosen: InferParams
): Steps<DistilledSet> {
  await enableGradients()
  const { experts, shape, classNames, train } = inputs
  if (experts === undefined)
    throw new Error('shared changes need helper models, but there are none')
  const { tf } = context.device
  const { signal } = context
  const classes = classNames.length
  const rows = rowsThatFit(inputs.perClass, experts.count, classes)
  const random = context.random.fork('items')
  const choosing = chooseRows({ tf, random, signal }, train, classNames, rows, 'random')
  let step = await choosing.next()
  while (step.done !== true) step = await choosing.next()
  const byClass = step.value
  const fewest = Math.min(...byClass.map(({ length }) => length))
  // Row by row, a real item of every class in each.
  const real = itemsOf(
    inputs,
    Array.from({ length: fewest }, (_, row) => Uint32Array.from(byClass, (list) => list[row]))
  )
  const changes = yield* makeChanges(context, inputs, real, fewest, chosen)
  const made = compensate(inputs, real, changes, experts.count)
  const moment = experts.moments[0].length - 1
  const { epoch } = meanMoments(experts)[moment]
  const seen = labelledValues(made.values, made.labels)
  const labels = createExpertLabels(tf, experts, shape, classes, seen, signal)
  const shares = sharesOf(await labels.logitsAt(moment), classes, 1)
  const stored: StoredArray[] = [
    storedItems(inputs, real.values),
    {
      name: 'changes',
      part: 'coefficients',
      shape: [fewest * experts.count, shape.height, shape.width, shape.channels],
      values: changes,
      bytesEach: 2
    }
  ]
  return yield* pickLabels(context, inputs, {
    items: made,
    kinds: [
      { name: 'plain', shares: undefined },
      { name: 'what the helper models say', shares }
    ],
    recipes: studentRates.slice(0, chosen.rates).map((rate) => ({
      ...plainStudent,
      rate,
      epochs: chosen.studentEpochs,
      schedule: 'cosine',
      augment: studentAugmentation
    })),
    students: chosen.students,
    kept: { changes },
    series: 'Shared changes',
    makeSet: (soft, recipe, kind) => ({
      form: 'perturbed',
      count: made.labels.length,
      values: made.values,
      labels: made.labels,
      targets:
        soft === undefined
          ? { kind: 'hard' }
          : { kind: 'soft', shares: soft.shares, from: `${kind.name}, ${passName(epoch)}` },
      sourceRows: made.sourceRows,
      stored: [...stored, ...(soft?.stored ?? [storedLabels(real.labels, classes)])],
      student: recipe,
      consumer: 'network',
      info: {
        expertEpoch: soft === undefined ? null : epoch,
        rowsOfItems: fewest,
        changes: fewest * experts.count
      },
      notes: notesOf(inputs, fewest, experts.count)
    })
  })
}

function notesOf(
  { classNames, perClass }: DistillationInputs,
  rows: number,
  helpers: number
): string[] {
  const classes = classNames.length
  const room = (rows * (classes + helpers)) / classes
  return room > perClass
    ? [
        `Even one row of real items and its changes takes as much room as ${room.toFixed(1)} items of each label, ` +
          `more than the ${perClass} asked for.`
      ]
    : []
}

/** All changes, row by row and helper by helper, in half precision; goes on from a checkpoint. */
async function* makeChanges(
  { device, signal, resume }: DistillationContext,
  { experts, shape, classNames }: DistillationInputs,
  real: ChosenItems,
  rows: number,
  rules: ChangeRules
): Steps<Float32Array> {
  if (experts === undefined)
    throw new Error('shared changes need helper models, but there are none')
  const size = inputSize(shape)
  const classes = classNames.length
  const network = createNetwork(experts.network, shape, classes)
  const total = rows * experts.count
  const changes = new Float32Array(total * size)
  const known = resume?.arrays['changes']
  if (known !== undefined) changes.set(known)
  const moment = experts.moments[0].length - 1
  const phase = 'Making the changes'
  for (let at = known === undefined ? 0 : known.length / size; at < total; at++) {
    const row = Math.floor(at / experts.count)
    const expert = at % experts.count
    const judge = {
      network,
      parameters: await experts.read(expert, moment),
      statistics: await experts.readStatistics(expert, moment)
    }
    const items = {
      values: real.values.subarray(row * classes * size, (row + 1) * classes * size),
      labels: real.labels.subarray(row * classes, (row + 1) * classes)
    }
    const steps = makeChange(device.tf, judge, items, rules, signal)
    let step = await steps.next()
    while (step.done !== true) {
      const done = at * rules.iterations + step.value
      yield { phase, done, total: total * rules.iterations, unit: 'steps' }
      step = await steps.next()
    }
    changes.set(step.value.change.map(roundToHalf), at * size)
    yield {
      phase,
      done: (at + 1) * rules.iterations,
      total: total * rules.iterations,
      unit: 'steps',
      live: { series: 'Loss', x: at + 1, y: step.value.losses[step.value.losses.length - 1] },
      checkpoint: {
        step: 'changes',
        arrays: { changes: changes.slice(0, (at + 1) * size) },
        values: {}
      }
    }
  }
  return changes
}

/** Every real item with every change of its row, held between black and white. */
function compensate(
  inputs: DistillationInputs,
  real: ChosenItems,
  changes: Float32Array,
  helpers: number
): Compensated {
  const size = inputSize(inputs.shape)
  const classes = inputs.classNames.length
  const { channels } = inputs.shape
  const range = pictureRange(inputs)
  const count = real.labels.length * helpers
  const values = new Float32Array(count * size)
  const from = Uint32Array.from({ length: count }, (_, i) => {
    const [row, place] = [Math.floor(i / (helpers * classes)), i % classes]
    return row * classes + place
  })
  for (let i = 0; i < count; i++) {
    const change = Math.floor(i / classes) * size
    for (let j = 0; j < size; j++) {
      const value = real.values[from[i] * size + j] + changes[change + j]
      const c = j % channels
      values[i * size + j] =
        range === undefined ? value : Math.min(range.high[c], Math.max(range.low[c], value))
    }
  }
  return {
    values,
    labels: Int32Array.from(from, (at) => real.labels[at]),
    sourceRows: Uint32Array.from(from, (at) => real.rows[at])
  }
}
