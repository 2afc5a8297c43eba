// Made items with learned targets that follow slopes together by Adam at a rate that falls to nothing:
// what a self-supervised set is while it is made.
import { inputSize } from '../../../networks/network.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type { DistillationContext, DistillationInputs, TargetRows } from '../distillation-method.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { keepWithin } from '../matching/made-items.ts'
import { pictureRange } from '../matching/made-set.ts'
import {
  descendParts,
  descentFrom,
  keepDescent,
  startDescent,
  type Descent
} from '../unrolled/outer-descent.ts'
import type { SelfSupervisedParams } from './params.ts'
import { startRows } from './start-rows.ts'

/** Items, targets and where their descent stands. */
export interface LearnedTargets {
  /** count x size, one label or group after the other. Changed in place. */
  readonly values: Float32Array
  /** count x columns. Changed in place. */
  readonly targets: Float32Array
  readonly descent: Descent
  done: number
  /** Error before the last step, as a share of what varies. */
  error: number
}

/** What is learned together. */
function partsOf(
  values: Float32Array,
  targets: Float32Array,
  { learnTargets }: Pick<SelfSupervisedParams, 'learnTargets'>
): Float32Array[] {
  return learnTargets ? [values, targets] : [values]
}

/** Real items with their own targets, before the first step. */
export async function startTargets(
  { device, random, signal }: DistillationContext,
  { train, perClass, classNames }: DistillationInputs,
  rows: TargetRows,
  params: SelfSupervisedParams
): Promise<LearnedTargets> {
  const byClass = rowsByClass(train, classNames)
  const inputs = { tf: device.tf, targets: rows, byClass, perClass, signal }
  const chosen = await startRows({ ...inputs, random: random.fork('start') }, params.start)
  const values = train.read(chosen)
  const targets = rows.train(chosen)
  const descent = startDescent(partsOf(values, targets, params))
  return { values, targets, descent, done: 0, error: NaN }
}

/** The items of a checkpoint of {@link keepTargets}; throws an Error when it holds others. */
export function targetsFrom(
  checkpoint: MethodCheckpoint,
  { shape, perClass, classNames }: DistillationInputs,
  { columns }: TargetRows,
  params: SelfSupervisedParams
): LearnedTargets {
  const count = classNames.length * perClass
  const read = (name: string, length: number): Float32Array => {
    const found = checkpoint.arrays[name]
    if (!(found instanceof Float32Array) || found.length !== length)
      throw new Error(`the checkpoint does not hold "${name}"`)
    return found.slice()
  }
  const values = read('values', count * inputSize(shape))
  const targets = read('targets', count * columns)
  const descent = descentFrom(checkpoint, partsOf(values, targets, params))
  const { done, error } = checkpoint.values
  return { values, targets, descent, done: Number(done), error: Number(error) }
}

/** What a checkpoint keeps; copies. */
export function keepTargets({
  values,
  targets,
  descent,
  done,
  error
}: LearnedTargets): Pick<MethodCheckpoint, 'arrays' | 'values'> {
  const kept = keepDescent(descent)
  return {
    arrays: { ...kept.arrays, values: values.slice(), targets: targets.slice() },
    values: { ...kept.values, done, error }
  }
}

/** One step of Adam, the rate falling in a line from the first step to the last. */
export function moveTargets(
  { values, targets, descent, done }: LearnedTargets,
  slopes: { readonly values: Float32Array; readonly targets: Float64Array },
  inputs: DistillationInputs,
  params: SelfSupervisedParams
): void {
  const parts = partsOf(values, targets, params)
  const by = partsOf(slopes.values, Float32Array.from(slopes.targets), params)
  const rate = params.rate * (1 - done / params.iterations)
  descendParts(parts, by, descent, {
    kind: 'adam',
    rates: [rate, rate],
    momentum: 0.9,
    squares: 0.999,
    isRelative: false,
    clip: undefined
  })
  const range = params.storage === 'bytes' ? pictureRange(inputs) : undefined
  if (range !== undefined) keepWithin(values, range)
}
