// Gradients made elsewhere as methods read them: whether they fit the examples, what computes on
// them, and how much each checkpoint counts.
import { AppError } from '../../../api/errors.ts'
import { openBlockEngine } from '../../compute/blocks/block-engine.ts'
import type { BlockEngine } from '../../compute/blocks/block-kernel.ts'
import type { GradientCheckpoint, MethodContext, SelectionInputs } from '../method.ts'

/** The given gradients; undefined where a method is to make its own with a head. */
export function givenGradients({
  gradients
}: SelectionInputs): readonly GradientCheckpoint[] | undefined {
  return gradients === undefined || gradients.length === 0 ? undefined : gradients
}

/** Throws RangeError where gradients of candidates and examples do not fit together. */
export function checkGradients(
  { features, tasks }: SelectionInputs,
  gradients: readonly GradientCheckpoint[]
): void {
  for (const { name, rows } of gradients)
    if (rows.rows !== features.rows)
      throw new RangeError(`the gradients "${name}" must have one row per candidate`)
  for (const part of tasks.flatMap((task) => task.parts)) {
    const count = part.labels.length
    const isFitting = gradients.every(
      ({ rows }, c) => part.gradients?.[c]?.length === count * rows.columns
    )
    if (!isFitting || part.gradients?.length !== gradients.length)
      throw new RangeError(`the part "${part.name}" must have gradients of every checkpoint`)
  }
}

/** What computes on the rows of matrices in this thread. */
export function engineOf({ device, cores }: MethodContext): BlockEngine {
  return openBlockEngine(device, cores ?? 1)
}

/**
 * Weights of the checkpoints that sum to 1. Throws AppError "method-not-possible" with what is
 * wrong with the list.
 * @param list numbers above 0 with commas between, for example learning rates; "" = all alike
 */
export function checkpointShares(
  list: string,
  checkpoints: readonly Pick<GradientCheckpoint, 'name'>[]
): number[] {
  const count = checkpoints.length
  if (list.trim() === '') return checkpoints.map(() => 1 / count)
  const refuse = (what: string): AppError =>
    new AppError('method-not-possible', what, {
      hint: 'Give one number above 0 for each checkpoint, with commas between, or leave it empty.'
    })
  const weights = list.split(',').map((text) => (text.trim() === '' ? NaN : Number(text)))
  if (weights.length !== count) {
    const given = weights.length === 1 ? '1 weight was' : `${weights.length} weights were`
    const many = count === 1 ? 'there is 1 checkpoint' : `there are ${count} checkpoints`
    throw refuse(`${given} given, but ${many}.`)
  }
  const wrong = weights.findIndex((weight) => !(Number.isFinite(weight) && weight > 0))
  if (wrong >= 0)
    throw refuse(
      `The weight of the checkpoint “${checkpoints[wrong].name}” is not a number above 0.`
    )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** True where candidates have two labels or more and every example has one. */
export function canKeepMix({ labels, tasks }: SelectionInputs): boolean {
  const first = labels.find((label) => label >= 0)
  if (!labels.some((label) => label >= 0 && label !== first)) return false
  const parts = tasks.flatMap((task) => task.parts)
  return parts.every((part) => part.labels.every((label) => label >= 0))
}

/** Said where the mix of labels was asked for and cannot be kept. */
export const noMixNote =
  'The mix of labels could not be kept: items of two labels or more, and a label for every example item, are needed.'

/** Notes on what was compared. */
export function givenNotes(checkpoints: readonly string[], skipped: number): string[] {
  const notes = [`Learning directions made elsewhere were compared: ${checkpoints.join(', ')}.`]
  const many = skipped === 1 ? '1 example item' : `${skipped.toLocaleString('en-US')} example items`
  if (skipped > 0) notes.push(`${many} with numbers that could not be read did not count.`)
  return notes
}
