// Copies: equal items, nearly equal items, copies with different labels, and copies or groups on
// both sides of the train/test split.
import {
  flatFinding,
  groupFinding,
  groupsBy,
  type CheckData,
  type FindingDraft,
  type GroupRow,
  type NotRun
} from './draft.ts'

/** A number per row that equal and near-duplicate rows share: the row of the one that stands. */
export function copyGroups(data: {
  readonly columns: Pick<CheckData['columns'], 'firstSame'>
  readonly near: CheckData['near']
}): Uint32Array {
  const { firstSame } = data.columns
  const stands = firstSame.slice()
  // Near-duplicates were found among rows that stand for their equals; equals follow them.
  const nearOf = new Map<number, number>()
  const { near } = data
  if (near !== undefined) {
    let first = 0
    for (let i = 0; i < near.rows.length; i++) {
      if (i === 0 || near.groups[i] !== near.groups[i - 1]) first = near.rows[i]
      nearOf.set(firstSame[near.rows[i]], firstSame[first])
    }
  }
  if (nearOf.size > 0)
    for (let row = 0; row < stands.length; row++)
      stands[row] = nearOf.get(firstSame[row]) ?? firstSame[row]
  return stands
}

/** Equal items in groups; the best by rank is the one to keep. */
export function exactDuplicates(data: CheckData): FindingDraft {
  const { ranks, rows } = data.plan
  const groups = groupsBy(rows, (row) => data.columns.firstSame[row]).map((members) =>
    withBest(members, ranks, () => 1)
  )
  return groupFinding('exact-duplicates', groups)
}

function withBest(
  members: readonly number[],
  ranks: Uint32Array,
  score: (row: number) => number
): GroupRow[] {
  const best = members.reduce((a, b) => (ranks[b] < ranks[a] ? b : a))
  return members.map((row) => ({ row, isBest: row === best, score01: score(row) }))
}

/** Nearly equal items in groups, around the one to keep. */
export function nearDuplicates(data: CheckData): FindingDraft | undefined {
  const { near } = data
  if (near === undefined) return undefined
  const groups: GroupRow[][] = []
  for (let i = 0; i < near.rows.length; i++) {
    const isFirst = i === 0 || near.groups[i] !== near.groups[i - 1]
    if (isFirst) groups.push([])
    // The kept one is no stronger than what it was found by.
    const score01 = isFirst ? (near.likeness[i + 1] ?? 0) : near.likeness[i]
    groups[groups.length - 1].push({ row: near.rows[i], isBest: isFirst, score01 })
  }
  return groupFinding('near-duplicates', groups, data.nearFacts)
}

/** Copies that carry different labels. The suggestion is what more than half of them say. */
export function conflictingLabels(data: CheckData, copies: Uint32Array): FindingDraft | NotRun {
  const { labels } = data.columns
  const labelled = data.plan.rows.filter((row) => labels[row] >= 0)
  if (labelled.length === 0)
    return { title: 'Copies with different labels', reason: 'This data has no labels.' }
  const groups = groupsBy(labelled, (row) => copies[row]).filter((members) =>
    members.some((row) => labels[row] !== labels[members[0]])
  )
  return groupFinding(
    'conflicting-labels',
    groups.map((members) => {
      const majority = majorityLabel(members, labels)
      return withBest(members, data.plan.ranks, () => 1).map((it) => ({
        ...it,
        suggested: majority !== labels[it.row] ? majority : -1
      }))
    })
  )
}

/** The label of more than half of the rows, -1 when there is none. */
function majorityLabel(rows: readonly number[], labels: Int32Array): number {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(labels[row], (counts.get(labels[row]) ?? 0) + 1)
  const [label, count] = [...counts].sort((a, b) => b[1] - a[1])[0]
  return 2 * count > rows.length ? label : -1
}

/** Copies on both sides of the split. The test copies are the ones to keep. */
export function splitLeakage(data: CheckData, copies: Uint32Array): FindingDraft | NotRun {
  const title = 'The same items in training and test'
  const { splits } = data.columns
  const parted = data.plan.rows.filter((row) => splits[row] !== 0)
  const testItems = parted.reduce((sum, row) => sum + Number(splits[row] === 2), 0)
  if (testItems === 0 || testItems === parted.length)
    return { title, reason: 'This data is not split into training and test items.' }
  const groups = groupsBy(parted, (row) => copies[row]).filter((members) =>
    members.some((row) => splits[row] !== splits[members[0]])
  )
  const { firstSame } = data.columns
  return groupFinding(
    'split-leakage',
    groups.map((members) => {
      // Equal copies come before near ones.
      const isEqual = members.every((row) => firstSame[row] === firstSame[members[0]])
      return members.map((row) => ({
        row,
        isBest: splits[row] === 2,
        score01: isEqual ? 1 : 0.9
      }))
    }),
    { testItems }
  )
}

/** Groups of the group column (a patient, a document) with items on both sides of the split. */
export function groupLeakage(data: CheckData): FindingDraft | NotRun | undefined {
  const { groupIds, groupColumn, columns, plan } = data
  if (groupIds === undefined || groupColumn === undefined) return undefined
  const { splits } = columns
  const parted = plan.rows.filter((row) => splits[row] !== 0 && groupIds[row] !== 0)
  if (!parted.some((row) => splits[row] === 2) || !parted.some((row) => splits[row] === 1))
    return {
      title: `Groups of “${groupColumn}” in training and test`,
      reason: 'This data is not split into training and test items.'
    }
  const groups = groupsBy(parted, (row) => groupIds[row]).filter((members) =>
    members.some((row) => splits[row] !== splits[members[0]])
  )
  return groupFinding(
    'group-leakage',
    groups.map((members) => members.map((row) => ({ row, isBest: splits[row] === 1, score01: 1 }))),
    { column: groupColumn }
  )
}

/** Items that no decoder could read; those already left out at import are told in the sentence. */
export function unreadable(data: CheckData, failed: readonly number[]): FindingDraft {
  return flatFinding(
    'unreadable-pictures',
    failed.map((row) => ({ row, score01: 1 })),
    { skipped: data.skipped }
  )
}
