// Hardness for the combined aims: the length of the error of briefly trained helper models (EL2N),
// averaged over runs. Its checkpoints are those of the training.
import { readOut } from '../../difficulty/read-out.ts'
import { measureEl2n } from '../../difficulty/measures.ts'
import { trainRuns } from '../../difficulty/train.ts'
import type { MethodContext, MethodProgress, SelectionInputs } from '../../method.ts'

/** As the lens has them: many runs, few passes. */
const runs = 10
const passes = 4

/** Step of the checkpoints made while helper models are trained. */
export const headsStep = 'heads'

/** N difficulties; NaN = no label, or numbers that cannot be read. Goes on from a checkpoint "heads". */
export async function* measureHardness(
  context: MethodContext,
  inputs: SelectionInputs
): AsyncGenerator<MethodProgress, Float32Array, void> {
  const phase = 'Training helper models'
  const recipe = { runs, passes, keeps: 'last' as const }
  const resume = context.resume?.step === headsStep ? context.resume : undefined
  const training = trainRuns({ ...context, resume }, inputs, recipe)
  yield { phase, done: 0, total: runs, unit: 'models' }
  let trained = await training.next()
  while (trained.done !== true) {
    const { done, checkpoint } = trained.value
    yield { phase, done, total: runs, unit: 'models', checkpoint }
    trained = await training.next()
  }
  const classes = inputs.classNames.length
  const reading = readOut(context, inputs, trained.value, classes, measureEl2n)
  let read = await reading.next()
  while (read.done !== true) {
    const total = inputs.features.rows
    yield { phase: 'Asking helper models', done: read.value, total, unit: 'items' }
    read = await reading.next()
  }
  return read.value.difficulty
}

/** Whether two labels at least occur: with one, no item is harder than another. */
export function hasTwoLabels(labels: Int32Array): boolean {
  const first = labels.find((label) => label >= 0)
  return first !== undefined && labels.some((label) => label >= 0 && label !== first)
}
