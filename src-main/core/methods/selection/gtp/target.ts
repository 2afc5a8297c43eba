// What the chosen items are to stand in for: the mean trajectory of all items, or that of the
// example items (each task counts by its importance, its examples alike).
import { AppError } from '../../../../api/errors.ts'
import type { SelectionInputs, TargetTask } from '../../method.ts'
import { voteWeights } from '../icons/vote.ts'
import {
  openGradients,
  type GradientDictionary,
  type GradientOptions,
  type LabelledRows
} from './gradients.ts'
import { everyLabel, type Group } from './plan.ts'
import type { Trajectory } from './trajectory.ts'

/** Gives the vector a group is to match (the whole target for {@link everyLabel}). */
export interface Targets {
  readonly isExamples: boolean
  /** Share of each label, and -1 for no label, in the target. */
  readonly labelShares: ReadonlyMap<number, number>
  of(label: number): Promise<Float64Array>
}

/** Some candidate rows as the dictionary reads them. */
export function candidateRows(inputs: SelectionInputs, rows: Uint32Array): LabelledRows {
  const { features, labels } = inputs
  return {
    count: rows.length,
    readBlock(first, count) {
      const block = rows.subarray(first, first + count)
      const isRun = block.every((row, i) => i === 0 || row === block[i - 1] + 1)
      return isRun && count > 0 ? features.readBlock(block[0], count) : features.readRows(block)
    },
    readSome: (places) => features.readRows(places.map((place) => rows[place])),
    label: (place) => labels[rows[place]]
  }
}

/** Mean of all candidates that can be read, or of those of a label. */
export function meanTargets(
  { labels }: SelectionInputs,
  whole: GradientDictionary,
  rows: Uint32Array
): Targets {
  const finite = Uint32Array.from(rows.keys()).filter((column) => whole.isBad[column] === 0)
  const counts = new Map<number, number>()
  for (const column of finite) {
    const label = labels[rows[column]]
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const meanOf = (label: number): Promise<Float64Array> => {
    const own =
      label === everyLabel ? finite : finite.filter((column) => labels[rows[column]] === label)
    return whole.combine(own, new Float64Array(own.length).fill(1 / Math.max(1, own.length)))
  }
  // It is asked for twice, and takes a pass over all rows.
  let mean: Promise<Float64Array> | undefined
  return {
    isExamples: false,
    labelShares: new Map([...counts].map(([label, count]) => [label, count / finite.length])),
    of: (label) => (label === everyLabel ? (mean ??= meanOf(label)) : meanOf(label))
  }
}

/** Weighted mean of the examples. Throws AppError "method-not-possible" without a usable one. */
export async function exampleTargets(
  inputs: SelectionInputs,
  trajectory: Trajectory,
  options: GradientOptions
): Promise<Targets> {
  const { features, labels, weights } = gatherExamples(inputs.tasks, inputs.features.columns)
  const width = inputs.features.columns
  const cut = (row: number, count: number): Float32Array =>
    features.subarray(row * width, (row + count) * width)
  const rows: LabelledRows = {
    count: labels.length,
    readBlock: (first, count) => Promise.resolve(cut(first, count)),
    readSome: (wanted) => {
      const out = new Float32Array(wanted.length * width)
      wanted.forEach((row, at) => out.set(cut(row, 1), at * width))
      return Promise.resolve(out)
    },
    label: (row) => labels[row]
  }
  const dictionary = await last(openGradients(rows, trajectory, options))
  const usable = Uint32Array.from(labels.keys()).filter((row) => dictionary.isBad[row] === 0)
  if (usable.length === 0) {
    throw new AppError(
      'method-not-possible',
      'No example task has any example item that can be read. Add example items first.'
    )
  }
  const total = usable.reduce((sum, row) => sum + weights[row], 0)
  const labelShares = new Map<number, number>()
  for (const row of usable)
    labelShares.set(labels[row], (labelShares.get(labels[row]) ?? 0) + weights[row] / total)
  return {
    isExamples: true,
    labelShares,
    of(label) {
      const own = label === everyLabel ? usable : usable.filter((row) => labels[row] === label)
      const sum = own.reduce((s, row) => s + weights[row], 0)
      return dictionary.combine(
        own,
        Float64Array.from(own, (row) => weights[row] / sum)
      )
    }
  }
}

/** All examples in one matrix; a task's weight is shared out evenly over its examples. */
function gatherExamples(
  tasks: readonly TargetTask[],
  columns: number
): { features: Float32Array; labels: Int32Array; weights: Float64Array } {
  const importance = voteWeights(tasks.map((task) => task.importance))
  const parts = tasks.flatMap((task, t) => {
    const count = task.parts.reduce((sum, part) => sum + part.labels.length, 0)
    return task.parts.map((part) => ({ part, weight: importance[t] / Math.max(1, count) }))
  })
  const count = parts.reduce((sum, { part }) => sum + part.labels.length, 0)
  const features = new Float32Array(count * columns)
  const labels = new Int32Array(count)
  const weights = new Float64Array(count)
  let at = 0
  for (const { part, weight } of parts) {
    features.set(part.features, at * columns)
    labels.set(part.labels, at)
    weights.fill(weight, at, at + part.labels.length)
    at += part.labels.length
  }
  return { features, labels, weights }
}

/** Groups of usable rows: one for each label of the target, or a single one. */
export function groupRows(
  inputs: SelectionInputs,
  usable: Uint32Array,
  targets: Targets,
  isByLabel: boolean
): Group[] {
  if (!isByLabel) return [{ label: everyLabel, rows: usable, share: 1 }]
  return [...targets.labelShares]
    .sort(([a], [b]) => a - b)
    .map(([label, share]) => ({
      label,
      share,
      rows: usable.filter((row) => inputs.labels[row] === label)
    }))
}

/** Runs a generator to its end. */
export async function last<T>(steps: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return step.value
  }
}
