// "Mix of labels": rows compete within their label, and every label keeps its share of the places
// (largest remainder). Also how the groups' orders become one order over all rows.
import { shareOut } from '../../compute/kernels/largest-remainder.ts'
import { rankDescending, tieOrder } from '../../compute/kernels/ranking.ts'
import type { SelectionInputs } from '../method.ts'
import { rowFlags } from './prepared-rows.ts'

/** Whether rows compete within their label or all together. */
export const mixRules = ['keep', 'free'] as const
export type MixRule = (typeof mixRules)[number]

/** Rows that compete with each other for `quota` places. */
export interface Group {
  /** Index of the label; classNames.length for rows without one; 0 where rows are not grouped. */
  readonly index: number
  /** Candidate rows that can be compared, ascending. */
  readonly rows: Uint32Array
  readonly quota: number
}

export interface Grouping {
  /** False where all rows compete together. */
  readonly isMixed: boolean
  /** Groups with at least one row, by index. */
  readonly groups: readonly Group[]
  /** Rows that cannot be compared, in tie order: they come last. */
  readonly unable: Uint32Array
  /** Places that no comparable row was there for. */
  readonly unfilled: number
}

/** Groups by label where the mix is kept and two labels occur at least; otherwise one group. */
export function groupByLabel(
  inputs: Pick<SelectionInputs, 'labels' | 'classNames' | 'budget' | 'rowIds'>,
  flags: Uint8Array,
  mix: MixRule,
  seed: number
): Grouping {
  const { labels, classNames, budget } = inputs
  const isMixed = mix === 'keep' && hasTwoLabels(labels)
  const groupOf = (row: number): number =>
    isMixed ? (labels[row] < 0 ? classNames.length : labels[row]) : 0
  const sizes = new Array<number>(isMixed ? classNames.length + 1 : 1).fill(0)
  flags.forEach((flag, row) => {
    if (flag === rowFlags.able) sizes[groupOf(row)]++
  })
  const members = sizes.map((size) => new Uint32Array(size))
  const filled = sizes.map(() => 0)
  flags.forEach((flag, row) => {
    if (flag !== rowFlags.able) return
    const group = groupOf(row)
    members[group][filled[group]++] = row
  })
  const quotas = shareOut(budget, sizes, sizes)
  const groups = members.flatMap((rows, index) =>
    rows.length === 0 ? [] : [{ index, rows, quota: quotas[index] }]
  )
  const taken = quotas.reduce((sum, quota) => sum + quota, 0)
  const unable = tieOrder(seed, inputs.rowIds).filter((row) => flags[row] !== rowFlags.able)
  return { isMixed, groups, unable, unfilled: Math.max(0, budget - taken) }
}

function hasTwoLabels(labels: Int32Array): boolean {
  const first = labels.find((label) => label >= 0)
  return first !== undefined && labels.some((label) => label >= 0 && label !== first)
}

/** One group's rows, best first; the first `quota` are chosen. */
export interface GroupOrder {
  readonly rows: Uint32Array
  readonly quota: number
}

/**
 * One order of all rows: the chosen ones of all groups interleaved, so that every beginning has about
 * the same mix, then the others in the same way, then those that cannot be compared.
 */
export function interleave(
  orders: readonly GroupOrder[],
  unable: Uint32Array,
  rows: number
): Uint32Array {
  const place = new Float32Array(rows)
  const given: Uint32Array[] = []
  for (const { rows: own, quota } of orders) {
    given.push(own)
    own.forEach((row, at) => {
      place[row] = at < quota ? -(at + 0.5) / quota : -1 - (at - quota + 0.5) / (own.length - quota)
    })
  }
  for (const row of unable) place[row] = -Infinity
  const joined = new Uint32Array(rows)
  let filled = 0
  for (const own of [...given, unable]) {
    joined.set(own, filled)
    filled += own.length
  }
  // Stable: rows of one group never change places, even where float32 cannot tell them apart.
  return rankDescending(place, joined)
}
