// Learning in stages ("Remember the Past", section 5): classes come one group after the other, and old
// data is gone. When a stage ends its data is kept as a memory; at any time a new network is trained on
// the memories of all stages and tested on all classes so far.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { concatArrays } from '../../../networks/flat-arrays.ts'
import type { InputShape, NetworkSpec } from '../../../networks/network.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import { accuracyOf } from '../../../networks/predict.ts'
import { trainStudent } from '../../../networks/train-student.ts'
import type { DistillationInputs, DistilledSet, LabelledRows } from '../distillation-method.ts'
import { memoryStudent } from './memory-set.ts'

/** What is left of a stage. */
export interface StageMemory {
  /** Its classes, as numbered over all stages. */
  readonly classes: readonly number[]
  /** Its items, decoded: count x size. */
  readonly values: Float32Array
  /** Classes of the items, as numbered over all stages. */
  readonly labels: Int32Array
}

/** Classes 0 .. classes - 1 in `stages` groups as even as can be, in order; larger groups first. */
export function stagesOf(classes: number, stages: number): readonly (readonly number[])[] {
  if (!(stages >= 1 && stages <= classes))
    throw new RangeError(`${classes} classes cannot come in ${stages} stages`)
  let next = 0
  return Array.from({ length: stages }, (_, stage) => {
    const size = Math.floor(classes / stages) + (stage < classes % stages ? 1 : 0)
    return Array.from({ length: size }, () => next++)
  })
}

/** Items of some classes; with `isNumberedAnew` the first of these becomes class 0, and so on. */
export function rowsOfClasses(
  data: LabelledRows,
  classes: readonly number[],
  isNumberedAnew: boolean
): LabelledRows {
  const kept: number[] = []
  for (let row = 0; row < data.count; row++) if (classes.includes(data.labels[row])) kept.push(row)
  const rows = Uint32Array.from(kept)
  return {
    count: rows.length,
    labels: Int32Array.from(rows, (row) => {
      const label = data.labels[row]
      return isNumberedAnew ? classes.indexOf(label) : label
    }),
    read: (wanted) => data.read(wanted.map((at) => rows[at]))
  }
}

/** What a method sees in a stage: the data of its classes only. */
export function stageInputs(
  inputs: DistillationInputs,
  classes: readonly number[]
): DistillationInputs {
  return {
    ...inputs,
    classNames: classes.map((c) => inputs.classNames[c]),
    train: rowsOfClasses(inputs.train, classes, true),
    validation: rowsOfClasses(inputs.validation, classes, true)
  }
}

/** What to keep of a stage when it ends: a set that a method made of {@link stageInputs}. */
export function keepStage(
  classes: readonly number[],
  set: Pick<DistilledSet, 'values' | 'labels'>
): StageMemory {
  return {
    classes,
    values: set.values.slice(),
    labels: set.labels.map((label) => classes[label])
  }
}

export interface StageTest extends Pick<DistillationInputs, 'data'> {
  readonly shape: InputShape
  /** Of all stages together. */
  readonly classes: number
  readonly network: NetworkSpec
  /** Of all classes. */
  readonly test: LabelledRows
}

/** How well everything up to a stage is known. */
export interface StageResult {
  readonly classes: readonly number[]
  /** Share of the test items of all classes so far named rightly. */
  readonly accuracy01: number
}

/**
 * The accuracy, on all classes so far, of a new network trained on the memories of all stages so far.
 * Its first weights come from `random`.
 */
export async function testStage(
  tf: TensorFlow,
  known: readonly StageMemory[],
  { data, shape, classes, network: spec, test }: StageTest,
  random: Random,
  signal: AbortSignal
): Promise<StageResult> {
  const network = createNetwork(spec, shape, classes)
  const seen = known.flatMap((memory) => memory.classes)
  const labels = Int32Array.from(known.flatMap((memory) => Array.from(memory.labels)))
  const items = {
    values: concatArrays(known.map(({ values }) => values)),
    count: labels.length,
    targets: oneHotShares(labels, classes)
  }
  const recipe = memoryStudent(items.count, { data, shape })
  const { parameters, statistics } = await trainStudent(tf, network, items, recipe, random, signal)
  const tested = rowsOfClasses(test, seen, false)
  const accuracy01 = await accuracyOf(tf, network, parameters, tested, signal, statistics)
  return { classes: seen, accuracy01 }
}

/** {@link testStage} after each stage; every stage's network has its own first weights. */
export async function testStages(
  tf: TensorFlow,
  memories: readonly StageMemory[],
  given: StageTest,
  random: Random,
  signal: AbortSignal
): Promise<readonly StageResult[]> {
  const results: StageResult[] = []
  for (let stage = 0; stage < memories.length; stage++) {
    const stream = random.fork(`stage ${stage}`)
    results.push(await testStage(tf, memories.slice(0, stage + 1), given, stream, signal))
  }
  return results
}
