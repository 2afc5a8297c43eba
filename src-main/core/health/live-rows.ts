// What is left of a finding now: items set aside since, labels changed since and copies moved to the
// same side no longer count. Nothing is looked for again here.
import type { FindingKind } from '../../api/dto/health.ts'
import type { FindingRecord, ItemColumns } from '../store/records.ts'

/** Columns that decide what still counts. */
export type LiveColumns = Pick<ItemColumns, 'labels' | 'splits' | 'aside'>

export interface LiveFinding {
  /** Positions in the finding's arrays that still count, in their order. */
  readonly places: Uint32Array
  /** Groups with a place left. */
  readonly groups: number
}

type LiveSource = Pick<FindingRecord, 'kind' | 'rows' | 'groups' | 'suggested'>

/** The part of a finding that still holds. */
export function liveFinding(finding: LiveSource, columns: LiveColumns): LiveFinding {
  const { rows, groups } = finding
  const isLive = aloneTest(finding, columns)
  const places = Uint32Array.from(rows, (_, i) => i).filter((i) => isLive(i))
  if (groups.length === 0) return { places, groups: 0 }
  const holds = groupTest(finding.kind, columns)
  const kept = new Set<number>()
  for (let from = 0; from < places.length;) {
    let to = from + 1
    while (to < places.length && groups[places[to]] === groups[places[from]]) to++
    if (holds(Array.from(places.subarray(from, to), (i) => rows[i]))) kept.add(groups[places[from]])
    from = to
  }
  return { places: places.filter((i) => kept.has(groups[i])), groups: kept.size }
}

/** Whether one item still counts by itself. */
function aloneTest(
  { kind, rows, suggested }: LiveSource,
  { labels, aside }: LiveColumns
): (place: number) => boolean {
  switch (kind) {
    case 'wrong-labels':
      // Given the suggested label: settled.
      return (i) => aside[rows[i]] === 0 && labels[rows[i]] !== suggested[i]
    case 'missing-labels':
      return (i) => aside[rows[i]] === 0 && labels[rows[i]] < 0
    default:
      return (i) => aside[rows[i]] === 0
  }
}

/** Whether the live members of a group are still a problem together. */
function groupTest(
  kind: FindingKind,
  { labels, splits }: LiveColumns
): (rows: readonly number[]) => boolean {
  switch (kind) {
    case 'conflicting-labels':
      return (rows) => rows.some((row) => labels[row] !== labels[rows[0]])
    case 'split-leakage':
    case 'group-leakage':
      return (rows) =>
        rows.some((row) => splits[row] === 1) && rows.some((row) => splits[row] === 2)
    default:
      return (rows) => rows.length > 1
  }
}
