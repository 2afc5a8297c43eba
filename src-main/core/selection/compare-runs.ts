// Two finished runs side by side: what they share and what chance would share. Which settings differ
// is told by whoever shows both, in its own words.
import type { RunComparison, SelectionResult } from '../../api/dto/runs.ts'
import { percentOneDecimal, signedPoints } from '../evaluation/verdict.ts'

/**
 * Jaccard index two independent random sets of these sizes have on average, to first order:
 * expected shared / expected union.
 */
export function chanceJaccard(first: number, second: number, candidates: number): number {
  if (candidates === 0 || first + second === 0) return 0
  const shared = (first * second) / candidates
  return shared / (first + second - shared)
}

function accuracySentence(first: SelectionResult, second: SelectionResult): string {
  if (first.check === null || second.check === null) return ''
  const gap = first.check.chosen.mean - second.check.chosen.mean
  const scores = `${percentOneDecimal(first.check.chosen.mean)} and ${percentOneDecimal(second.check.chosen.mean)}`
  return ` A model trained on them is right on ${scores} of their test items (${signedPoints(gap)} points).`
}

/**
 * Spearman's correlation of two orders over the items both have: 1 - 6 sum d^2 / (n (n^2 - 1)) with
 * places 1..n within these items. `ranks` are 1-based, 0 = not in the order, no ties. Null for fewer
 * than three items. In linear time: it runs while a person waits.
 */
export function orderAgreement(
  first: Uint32Array,
  second: Uint32Array
): { readonly shared: number; readonly correlation: number | null } {
  const places = (ranks: Uint32Array, others: Uint32Array): Uint32Array => {
    const highest = ranks.reduce((most, rank) => Math.max(most, rank), 0)
    const rowAt = new Uint32Array(highest + 1)
    ranks.forEach((rank, row) => {
      if (rank > 0 && others[row] > 0) rowAt[rank] = row + 1
    })
    const place = new Uint32Array(ranks.length)
    let next = 0
    for (const row of rowAt) if (row > 0) place[row - 1] = ++next
    return place
  }
  const left = places(first, second)
  const right = places(second, first)
  let shared = 0
  let squares = 0
  left.forEach((place, row) => {
    if (place === 0) return
    shared++
    squares += (place - right[row]) ** 2
  })
  return {
    shared,
    correlation: shared < 3 ? null : 1 - (6 * squares) / (shared * (shared * shared - 1))
  }
}

/** What a comparison reads of a run: chosen rows, places in the order, and whether it has one. */
export interface ComparedRun {
  readonly chosen: Uint32Array
  readonly ranks: Uint32Array
  /** False for lists, which say nothing of the items that are not on them. */
  readonly hasOrder: boolean
}

/** Compares two results with what their runs left. */
export function compareRuns(
  first: SelectionResult,
  second: SelectionResult,
  left: ComparedRun,
  right: ComparedRun
): RunComparison {
  const [firstRows, secondRows] = [left.chosen, right.chosen]
  const sameData =
    first.dataset === second.dataset &&
    first.provenance['contentHash'] === second.provenance['contentHash']
  const other = new Set(secondRows)
  const both = sameData ? firstRows.reduce((n, row) => n + (other.has(row) ? 1 : 0), 0) : 0
  const union = firstRows.length + secondRows.length - both
  const names = [...new Set([...first.classes, ...second.classes].map((entry) => entry.name))]
  const countOf = (result: SelectionResult, name: string): number =>
    result.classes.find((entry) => entry.name === name)?.chosen ?? 0
  const agreement =
    sameData && left.hasOrder && right.hasOrder ? orderAgreement(left.ranks, right.ranks) : null
  const smaller = Math.min(firstRows.length, secondRows.length)
  const share = smaller === 0 ? 0 : Math.round((100 * both) / smaller)
  const sentence = sameData
    ? `The two sets share ${both.toLocaleString('en')} items (${share} % of the smaller one).${accuracySentence(first, second)}`
    : 'The two runs chose from different data, so their items cannot be compared.'
  return {
    runs: [first, second],
    sameData,
    both,
    onlyFirst: firstRows.length - both,
    onlySecond: secondRows.length - both,
    jaccard01: union === 0 ? 0 : both / union,
    chanceJaccard01: sameData
      ? chanceJaccard(
          firstRows.length,
          secondRows.length,
          Math.max(first.candidates, second.candidates)
        )
      : 0,
    classes: names.map((name) => ({
      name,
      first: countOf(first, name),
      second: countOf(second, name)
    })),
    sharedCandidates: agreement?.shared ?? 0,
    rankCorrelation: agreement?.correlation ?? null,
    sentence
  }
}
