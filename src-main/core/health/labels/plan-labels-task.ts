// Compute task: which labels can be checked, and the folds of the check.
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { copyGroups } from '../checks/copies.ts'
import type { AlikeGroups } from '../likeness/groups.ts'
import type { HealthColumns, HealthPlan } from '../plan-task.ts'
import { stratifiedFolds } from './folds.ts'

export const foldCount = 5
/** Fewest items of a label, and of all, for predictions worth anything. */
const perClassLeast = 2 * foldCount
const itemsLeast = 50

/** What the check looks at: labels of the rows that take part, as dense classes. */
export interface LabelWork {
  /** Dense class per row of the dataset; -1 for rows that take no part. */
  readonly classes: Int32Array
  /** Label index of each dense class. */
  readonly labelOf: Int32Array
  /** Fold per row of the dataset; 255 for rows that take no part. */
  readonly folds: Uint8Array
  /** Rows that take part. */
  readonly rows: number
}

export type LabelPlan = { readonly work: LabelWork } | { readonly reason: string }

export interface PlanLabelsInput {
  readonly columns: Pick<HealthColumns, 'labels' | 'firstSame'>
  readonly plan: Pick<HealthPlan, 'rows'>
  readonly near: AlikeGroups | undefined
}

/** Plans the check of labels. */
export const planLabelsTask: ComputeTask<PlanLabelsInput, never, LabelPlan> = {
  name: 'health.plan-labels',
  // eslint-disable-next-line require-yield -- a second at most; its result is its only event
  async *run({ columns, plan, near }) {
    return planLabelCheck(columns.labels, plan.rows, copyGroups({ columns, near }))
  }
}

/**
 * The rows, classes and folds of a check, or why there can be none.
 * @param rows that are not set aside @param copies a number per row that copies share
 */
export function planLabelCheck(
  labels: Int32Array,
  rows: Uint32Array,
  copies: Uint32Array
): LabelPlan {
  const counts = new Map<number, number>()
  for (const row of rows)
    if (labels[row] >= 0) counts.set(labels[row], (counts.get(labels[row]) ?? 0) + 1)
  if (counts.size < 2) return { reason: 'It needs items with at least two different labels.' }
  const usable = [...counts]
    .filter(([, count]) => count >= perClassLeast)
    .map(([label]) => label)
    .sort((a, b) => a - b)
  const total = usable.reduce((sum, label) => sum + (counts.get(label) ?? 0), 0)
  if (usable.length < 2 || total < itemsLeast)
    return {
      reason: `It needs at least ${itemsLeast} labelled items and two labels with ${perClassLeast} items each.`
    }
  const dense = new Map(usable.map((label, i) => [label, i]))
  const classes = new Int32Array(labels.length).fill(-1)
  for (const row of rows) classes[row] = dense.get(labels[row]) ?? -1
  const folds = stratifiedFolds(classes, copies, foldCount, 0)
  return { work: { classes, labelOf: Int32Array.from(usable), folds, rows: total } }
}

/** Rows whose fold passes, ascending. */
export function rowsOfFolds(folds: Uint8Array, isWanted: (fold: number) => boolean): Uint32Array {
  let count = 0
  for (const fold of folds) if (isWanted(fold)) count++
  const rows = new Uint32Array(count)
  let at = 0
  for (let row = 0; row < folds.length; row++) if (isWanted(folds[row])) rows[at++] = row
  return rows
}

/** Marks rows that take no part. */
export const noFold = 255
