// How a budget is divided into pursuits. One pursuit cannot fill more places than a third of the
// numbers that differ between trajectories (specs 3.4), nor more than memory allows; larger budgets
// are dealt out over labels and over parts of the rows.
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import type { Random } from '../../../compute/random.ts'

/** Places one pursuit fills at most: its matrices take about 110 MB then. */
export const mostAtOnce = 2000

/** One pursuit over some rows. */
export interface Piece {
  /** Candidate positions in the order of their ids. */
  readonly rows: Uint32Array
  readonly budget: number
  /** Group whose target is matched. */
  readonly group: number
  /**
   * choose: its choice stands. propose: its choice is only proposed. last: chooses among all that
   * the group has proposed; `rows` is empty then.
   */
  readonly kind: 'choose' | 'propose' | 'last'
}

/** Rows that compete with each other. */
export interface Group {
  /** Label of its rows; {@link everyLabel} where all compete together. */
  readonly label: number
  readonly rows: Uint32Array
  /** Share of the budget and of the target; shares of all groups sum to 1. */
  readonly share: number
}

/** Stands for all labels together. */
export const everyLabel = -2

export interface PlanOptions {
  /** See {@link trajectoryRank}. */
  readonly rank: number
  readonly atOnce: number
  /** Parts each group is dealt into; 0 = as many as needed. */
  readonly parts: number
  readonly reserve: number
  readonly random: Random
}

/** Places one pursuit over so many rows can fill; `rank` as {@link trajectoryRank}. */
export function capacity(rows: number, rank: number, atOnce: number = mostAtOnce): number {
  return Math.max(1, Math.min(atOnce, rows, Math.floor(rank / 3)))
}

/** Pursuits that together fill `budget` places: group after group, part after part. */
export function planPieces(
  groups: readonly Group[],
  budget: number,
  options: PlanOptions
): Piece[] {
  const places = shareOut(
    budget,
    groups.map(({ share }) => share),
    groups.map(({ rows }) => rows.length)
  )
  return groups.flatMap(({ rows }, group) => piecesOf(rows, group, places[group], options))
}

function piecesOf(rows: Uint32Array, group: number, budget: number, options: PlanOptions): Piece[] {
  if (budget === 0) return []
  const most = capacity(rows.length, options.rank, options.atOnce)
  const parts = Math.min(rows.length, options.parts > 0 ? options.parts : Math.ceil(budget / most))
  if (parts === 1) return [{ rows, budget, group, kind: 'choose' }]
  const dealt = dealOut(rows, parts, options.random.fork(`parts ${group}`))
  const sizes = dealt.map((part) => part.length)
  // Proposals are worth their while only where one last pursuit can take all places.
  if (options.reserve > 1 && budget <= most) {
    const each = Math.ceil((options.reserve * budget) / parts)
    const proposed = dealt.map((part): Piece => ({
      rows: part,
      budget: Math.min(part.length, each),
      group,
      kind: 'propose'
    }))
    return [...proposed, { rows: new Uint32Array(0), budget, group, kind: 'last' }]
  }
  const places = shareOut(budget, sizes, sizes)
  return dealt.flatMap((part, p): Piece[] =>
    places[p] === 0 ? [] : [{ rows: part, budget: places[p], group, kind: 'choose' }]
  )
}

/** Rows by lot into parts of equal size, each in the given order. */
function dealOut(rows: Uint32Array, parts: number, random: Random): Uint32Array[] {
  const lot = random.shuffle(Uint32Array.from({ length: rows.length }, (_, i) => i % parts))
  return Array.from({ length: parts }, (_, p) => rows.filter((_row, i) => lot[i] === p))
}
