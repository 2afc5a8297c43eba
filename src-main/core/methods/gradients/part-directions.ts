// What stands for the examples when rows of matrices are scored: the mean gradient of every part at
// every checkpoint. A mean of products with V examples is one product with their mean, exactly, so
// the candidates x examples matrix never has to exist (ICONS, steps S5 and S6).
import { AppError } from '../../../api/errors.ts'
import { rowsInMemory } from '../../compute/blocks/block-source.ts'
import { meanOfRows } from '../../compute/blocks/mean-direction.ts'
import type { TargetTask, TaskPart } from '../method.ts'

/** Directions of all parts that have a usable example. */
export interface PartDirections {
  /** Per checkpoint: parts x columns, row-major. */
  readonly directions: readonly Float32Array[]
  /** Task index of each part. */
  readonly taskOf: readonly number[]
  /** Examples with a number that is not finite at one checkpoint or more. */
  readonly skipped: number
}

/**
 * Mean gradients of the tasks' parts. Throws AppError "method-not-possible" when no task has a
 * usable example, and the signal's reason.
 * @param isUnit examples are scaled to length 1 first (cosines instead of dot products)
 * @param splitByLabel the examples of each label are a part of their own
 */
export async function partDirections(
  tasks: readonly TargetTask[],
  columns: readonly number[],
  options: {
    readonly isUnit: boolean
    readonly splitByLabel: boolean
    readonly signal: AbortSignal
  }
): Promise<PartDirections> {
  const found: Float32Array[][] = []
  const taskOf: number[] = []
  let skipped = 0
  for (const [index, task] of tasks.entries()) {
    const parts = options.splitByLabel ? task.parts.flatMap(byLabel) : task.parts
    for (const part of parts) {
      const means = await Promise.all(
        columns.map((width, c) =>
          meanOfRows(rowsInMemory(gradientsOf(part, c), width), options.isUnit, options.signal)
        )
      )
      skipped += part.labels.length - Math.min(...means.map((mean) => mean?.used ?? 0))
      const directions = means.flatMap((mean) => mean?.mean ?? [])
      // A part without a usable example at one checkpoint has no direction there to sum up.
      if (directions.length < columns.length) continue
      found.push(directions)
      taskOf.push(index)
    }
  }
  if (found.length === 0) {
    throw new AppError(
      'method-not-possible',
      'No example task has any example item with learning directions that can be read. Add example items first.'
    )
  }
  const directions = columns.map((width, c) => {
    const all = new Float32Array(found.length * width)
    found.forEach((own, p) => all.set(own[c], p * width))
    return all
  })
  return { directions, taskOf, skipped }
}

/** A part's rows at a checkpoint. */
export function gradientsOf({ gradients, name }: TaskPart, checkpoint: number): Float32Array {
  const own = gradients?.[checkpoint]
  if (own === undefined) throw new RangeError(`the part "${name}" has no gradients`)
  return own
}

/** One part per label (none counts as one), in the order of the labels. */
function byLabel(part: TaskPart): TaskPart[] {
  const labels = [...new Set(part.labels)].sort((a, b) => a - b)
  return labels.map((label) => {
    const rows = [...part.labels.keys()].filter((row) => part.labels[row] === label)
    const take = (values: Float32Array): Float32Array => {
      const width = values.length / part.labels.length
      const own = new Float32Array(rows.length * width)
      rows.forEach((row, at) =>
        own.set(values.subarray(row * width, (row + 1) * width), at * width)
      )
      return own
    }
    return {
      ...part,
      features: take(part.features),
      labels: Int32Array.from(rows, () => label),
      gradients: part.gradients?.map(take) ?? []
    }
  })
}
