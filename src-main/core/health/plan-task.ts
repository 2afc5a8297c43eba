// Compute task: which rows a check looks at, which of equal items stands for the others, and which
// item of a group is the best one. Everything later works on these three lists.
import type { DataKind } from '../../api/dto/datasets.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { ItemColumns } from '../store/records.ts'

/** Columns a check works on. */
export type HealthColumns = Pick<
  ItemColumns,
  'labels' | 'splits' | 'aside' | 'firstSame' | 'textLengths' | 'widths' | 'heights'
>

export interface PlanInput {
  readonly kind: DataKind
  readonly columns: HealthColumns
}

export interface HealthPlan {
  /** Rows that are not set aside, ascending. */
  readonly rows: Uint32Array
  /** One row of each set of equal items among them, ascending. */
  readonly distinct: Uint32Array
  /** Place of every row among all, the best first: labelled, larger, training item, earlier. */
  readonly ranks: Uint32Array
}

/** Works out the plan of a check. */
export const planTask: ComputeTask<PlanInput, never, HealthPlan> = {
  name: 'health.plan',
  // eslint-disable-next-line require-yield -- a second at most; its result is its only event
  async *run({ kind, columns }) {
    return planHealth(kind, columns)
  }
}

/** The plan of a check; pure. */
export function planHealth(kind: DataKind, columns: HealthColumns): HealthPlan {
  const { aside, firstSame } = columns
  const all = Uint32Array.from({ length: aside.length }, (_, row) => row)
  const rows = all.filter((row) => aside[row] === 0)
  const ranks = rankAll(kind, columns, all)
  const bestOf = new Map<number, number>()
  for (const row of rows) {
    const known = bestOf.get(firstSame[row])
    if (known === undefined || ranks[row] < ranks[known]) bestOf.set(firstSame[row], row)
  }
  return { rows, distinct: Uint32Array.from(bestOf.values()).sort(), ranks }
}

function rankAll(kind: DataKind, columns: HealthColumns, all: Uint32Array): Uint32Array {
  const { labels, splits, textLengths, widths, heights } = columns
  const size = (row: number): number =>
    kind === 'images' ? widths[row] * heights[row] : kind === 'text' ? textLengths[row] : 0
  // 1 = train, 2 = test, 0 = neither.
  const part = (row: number): number => (splits[row] === 0 ? 3 : splits[row])
  const order = all
    .slice()
    .sort(
      (a, b) =>
        Number(labels[a] < 0) - Number(labels[b] < 0) ||
        size(b) - size(a) ||
        part(a) - part(b) ||
        a - b
    )
  const ranks = new Uint32Array(all.length)
  order.forEach((row, place) => (ranks[row] = place))
  return ranks
}
