// Odd ones out: items that are far from their nearest neighbours, compared with what is usual for
// their label (or for all, where labels are few or missing).
import { noRow } from '../../compute/kernels/nearest-rows.ts'
import { flatFinding, type CheckData, type FindingDraft } from './draft.ts'
import { deviation, strengthBeyond, usualOf, type Usual } from './robust.ts'

/** Spreads beyond the usual distance of all items, and of items with the same label. */
const oddDeviation = 2.5
const oddOwnDeviation = 2
/** Smallest label that has a usual distance of its own. */
const ownLeast = 50
/** A spread counts as at least this share of the median: nothing is odd by a hair. */
const leastSpread01 = 0.05
/** Share of the data called odd at most: where much is far apart, that is how the data is. */
const oddMost01 = 0.02

/** The finding, or undefined when distances are not known. */
export function oddOnes(data: CheckData): FindingDraft | undefined {
  const { distances } = data
  if (distances === undefined) return undefined
  const { labels } = data.columns
  const known = Array.from(data.plan.distinct).filter((row) => distances[row] > 0)
  const byLabel = new Map<number, number[]>()
  for (const row of known) {
    const members = byLabel.get(labels[row])
    if (members === undefined) byLabel.set(labels[row], [row])
    else members.push(row)
  }
  const off = (row: number, usual: Usual): number =>
    deviation(distances[row], usual, leastSpread01 * usual.median)
  const all = usualOf(known.map((row) => distances[row]))
  const found = [...byLabel].flatMap(([label, members]) => {
    const isOwn = label >= 0 && members.length >= ownLeast
    const usual = isOwn ? usualOf(members.map((row) => distances[row])) : all
    return members.flatMap((row) => {
      const far = off(row, all)
      if (!(far > oddDeviation && off(row, usual) > oddOwnDeviation)) return []
      const times = distances[row] / usual.median
      return [{ row, score01: strengthBeyond(far, oddDeviation), reason: [times, isOwn ? 1 : 0] }]
    })
  })
  found.sort((a, b) => b.score01 - a.score01 || a.row - b.row)
  return flatFinding('outliers', found.slice(0, Math.max(1, Math.ceil(oddMost01 * known.length))))
}

/** Neighbours of all places as {@link neighbourDistances} needs them. */
export interface NeighbourLists {
  /** Dataset row of each place. */
  readonly order: Uint32Array
  /** Length of the fingerprint of each place. */
  readonly norms: Float32Array
  /** places x k neighbour rows and their cosines. */
  readonly rows: Uint32Array
  readonly cosine: Float32Array
  readonly k: number
}

/**
 * Mean distance of each row to its neighbours (by cosine), measured between the fingerprints as they
 * are: on planted odd pictures it finds twice as many as 1 - cosine (docs/methods/data-health.md).
 * NaN for rows that were not compared or are like nothing (an unreadable picture has no fingerprint).
 */
export function neighbourDistances(lists: NeighbourLists, rowCount: number): Float32Array {
  const { order, norms, rows, cosine, k } = lists
  const normOf = new Float32Array(rowCount)
  order.forEach((row, place) => (normOf[row] = norms[place]))
  const distances = new Float32Array(rowCount).fill(Number.NaN)
  for (let place = 0; place < order.length; place++) {
    const own = norms[place]
    if (own === 0) continue
    let sum = 0
    let count = 0
    for (let i = place * k; i < (place + 1) * k; i++) {
      if (rows[i] === noRow) continue
      const other = normOf[rows[i]]
      // The law of cosines; rounding may leave a little below zero.
      sum += Math.sqrt(Math.max(0, own * own + other * other - 2 * own * other * cosine[i]))
      count++
    }
    if (count >= 3) distances[order[place]] = Math.max(1e-6, sum / count)
  }
  return distances
}
