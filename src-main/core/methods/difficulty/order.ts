// From difficulties to an order of all rows: which end is kept, which extreme slice is set aside
// first, and whether labels keep their shares (specs 6.1, "policy").
import { rankDescending } from '../../compute/kernels/ranking.ts'
import type { BalanceRule, KeepRule } from './params.ts'

/** What an order is made from. */
export interface DifficultyOrderInputs {
  /** N difficulties, larger = harder; NaN = cannot be judged (comes last). */
  readonly difficulty: Float32Array
  readonly labels: Int32Array
  readonly classes: number
  /** Rows in tie order, see tieOrder. */
  readonly ties: Uint32Array
  /** unsuspicious: rows of difficulty up to 0.5 by lot, then the others from the least on. */
  readonly keep: KeepRule | 'unsuspicious'
  /** Percent of a group's rows set aside at the end that is kept first. */
  readonly dropFirst: number
  readonly balance: BalanceRule
}

export interface DifficultyOrder {
  /** All N rows, best first; rows that cannot be judged come last. */
  readonly order: Uint32Array
  /** 1-based place by difficulty in the row's group, 1 = hardest; 0 = cannot be judged. */
  readonly place: Uint32Array
  /** Rows of each group; one group unless balanced, then one per label and one for rows without. */
  readonly groupSizes: readonly number[]
  /** Group of a row. */
  groupOf(row: number): number
  /** 1 = set aside as extreme. */
  readonly isExtreme: Uint8Array
}

/** Above this an "early learning" difficulty names another label. */
export const suspicious = 0.5

/** Orders all rows. The order does not depend on how many will be kept. */
export function orderByDifficulty(inputs: DifficultyOrderInputs): DifficultyOrder {
  const { difficulty, labels, balance, ties } = inputs
  const rows = difficulty.length
  const ranked = rankDescending(difficulty, ties)
  const groupOf = (row: number): number =>
    balance === 'none' ? 0 : labels[row] < 0 ? inputs.classes : labels[row]
  const groups = balance === 'none' ? 1 : inputs.classes + 1
  const members: number[][] = Array.from({ length: groups }, () => [])
  for (const row of ranked) {
    // Rows that cannot be judged come last in `ranked` already.
    if (!Number.isNaN(difficulty[row])) members[groupOf(row)].push(row)
  }
  const place = new Uint32Array(rows)
  const isExtreme = new Uint8Array(rows)
  // A row's turn: its place in its group as a share, so that every prefix keeps the groups' shares.
  const turn = new Float32Array(rows).fill(-Infinity)
  const tieAt = inputs.keep === 'unsuspicious' ? placesIn(ties) : undefined
  for (const group of members) {
    group.forEach((row, at) => (place[row] = at + 1))
    const wanted = byWish(inputs, group, isExtreme, tieAt)
    wanted.forEach((row, at) => (turn[row] = -(at + 0.5) / wanted.length))
    if (groups === 1) wanted.forEach((row, at) => (ranked[at] = row))
  }
  const order = groups === 1 ? ranked : rankDescending(turn, ties)
  return { order, place, groupSizes: members.map((group) => group.length), groupOf, isExtreme }
}

function placesIn(ties: Uint32Array): Uint32Array {
  const at = new Uint32Array(ties.length)
  ties.forEach((row, place) => (at[row] = place))
  return at
}

/** A group's rows, most wanted first; `ranked` is hardest first. */
function byWish(
  { keep, dropFirst, difficulty }: DifficultyOrderInputs,
  ranked: readonly number[],
  isExtreme: Uint8Array,
  tieAt: Uint32Array | undefined
): readonly number[] {
  const count = ranked.length
  if (tieAt !== undefined) {
    const isFine = (row: number): boolean => difficulty[row] <= suspicious
    const fine = ranked.filter(isFine).sort((a, b) => tieAt[a] - tieAt[b])
    return [...fine, ...ranked.filter((row) => !isFine(row)).reverse()]
  }
  if (keep === 'middle') {
    // From the middle outwards, to either side in turn.
    const centre = (count - 1) >> 1
    return Array.from({ length: count }, (_, i) => {
      const step = (i + 1) >> 1
      return ranked[i % 2 === 1 ? centre + step : centre - step]
    })
  }
  const wanted = keep === 'hardest' ? ranked : [...ranked].reverse()
  const cut = Math.floor((dropFirst / 100) * count)
  const extreme = wanted.slice(0, cut)
  for (const row of extreme) isExtreme[row] = 1
  // If all must be kept after all, the least extreme come back first.
  return [...wanted.slice(cut), ...extreme.reverse()]
}

/**
 * Share of the first `budget` rows whose difficulty equals that of a row of their group which is not
 * among them: those were decided by lot.
 */
export function tiedShare(
  { difficulty }: Pick<DifficultyOrderInputs, 'difficulty'>,
  { order, groupOf }: DifficultyOrder,
  budget: number
): number {
  const out = new Map<number, Set<number>>()
  for (const row of order.subarray(budget)) {
    // Rows that cannot be judged are all alike, whatever their label.
    const group = Number.isNaN(difficulty[row]) ? -1 : groupOf(row)
    const values = out.get(group)
    if (values === undefined) out.set(group, new Set([difficulty[row]]))
    else values.add(difficulty[row])
  }
  let tied = 0
  for (const row of order.subarray(0, budget)) {
    const group = Number.isNaN(difficulty[row]) ? -1 : groupOf(row)
    if (out.get(group)?.has(difficulty[row]) === true) tied++
  }
  return tied / budget
}
