// The examples as parts: what a task wants, split where its examples are of several labels, and the
// mean gradient of every part. A mean of products with V examples is one product with their mean
// (specs/selection.md 0), so the candidates x examples matrix never has to exist.
import { AppError } from '../../../api/errors.ts'
import { scaleRowInto } from '../../compute/kernels/scaling.ts'
import type { TargetTask } from '../method.ts'
import type { HeadSet } from './head-set.ts'
import { lengthOf, logitsInto, rowVector, type RowKind } from './row-factors.ts'

/** Examples that are averaged; a task takes the best of its parts. */
export interface Part {
  readonly task: number
  /** V x columns. */
  readonly features: Float32Array
  /** V labels, none missing. */
  readonly labels: Int32Array
}

export interface PartList {
  readonly parts: readonly Part[]
  /** Examples without a label or with a number that is not finite. */
  readonly skipped: number
  /** False where splitting by label would have taken too much memory. */
  readonly isSplit: boolean
}

/** Most numbers all directions together may have: 256 MB. */
const mostNumbers = 64e6

/**
 * All parts with at least one usable example, in the order of the tasks and, inside one, of the
 * labels. Throws AppError when no task has a usable example, or there are too many to hold.
 * @param numbersEach numbers of one part's directions, all heads together
 */
export function listParts(
  tasks: readonly TargetTask[],
  columns: number,
  splitByLabel: boolean,
  numbersEach: number
): PartList {
  const whole: Part[] = []
  let skipped = 0
  tasks.forEach((task, index) => {
    for (const part of task.parts) {
      const rows = [...part.labels.keys()].filter(
        (row) =>
          part.labels[row] >= 0 &&
          part.features.subarray(row * columns, (row + 1) * columns).every(Number.isFinite)
      )
      skipped += part.labels.length - rows.length
      if (rows.length > 0) whole.push(takeRows(index, part.features, part.labels, columns, rows))
    }
  })
  if (whole.length === 0) {
    throw new AppError(
      'method-not-possible',
      'No example task has an example item with a label. Add example items first.'
    )
  }
  const split = splitByLabel ? whole.flatMap((part) => byLabel(part, columns)) : whole
  const isSplit = splitByLabel && split.length * numbersEach <= mostNumbers
  const parts = isSplit ? split : whole
  if (parts.length * numbersEach > mostNumbers) {
    throw new AppError(
      'method-not-possible',
      'There are too many labels and columns for this way of choosing: its directions would not fit into memory.'
    )
  }
  return { parts, skipped, isSplit: isSplit || !splitByLabel }
}

function takeRows(
  task: number,
  features: Float32Array,
  labels: Int32Array,
  columns: number,
  rows: readonly number[]
): Part {
  const own = new Float32Array(rows.length * columns)
  rows.forEach((row, at) =>
    own.set(features.subarray(row * columns, (row + 1) * columns), at * columns)
  )
  return { task, features: own, labels: Int32Array.from(rows, (row) => labels[row]) }
}

function byLabel(part: Part, columns: number): Part[] {
  const labels = [...new Set(part.labels)].sort((a, b) => a - b)
  return labels.map((label) => {
    const rows = [...part.labels.keys()].filter((row) => part.labels[row] === label)
    return takeRows(part.task, part.features, part.labels, columns, rows)
  })
}

/**
 * Mean gradient of a part's examples at one head, classes x width in float64.
 * @param isUnit gradients are scaled to length 1 first (cosines instead of dot products)
 */
export function meanGradient(
  set: HeadSet,
  head: number,
  part: Part,
  kind: RowKind,
  isUnit: boolean
): Float64Array {
  const { classes, columns, scaling } = set
  const width = columns + 1
  const h = new Float32Array(width)
  const logits = new Float64Array(classes)
  const a = new Float64Array(classes)
  const sum = new Float64Array(classes * width)
  const count = part.labels.length
  for (let v = 0; v < count; v++) {
    const squares = scaleRowInto(part.features, v * columns, scaling, h, 0)
    logitsInto(set.weights[head], h, 0, width, logits)
    rowVector(kind, logits, 0, part.labels[v], a)
    const norm = isUnit ? lengthOf(a) * Math.sqrt(squares) : 1
    // A zero gradient points nowhere and adds nothing (B2).
    if (!(norm > 0)) continue
    for (let c = 0; c < classes; c++) {
      const share = a[c] / (norm * count)
      for (let j = 0; j < width; j++) sum[c * width + j] += share * h[j]
    }
  }
  return sum
}
