// Odd ones out: items that are far from their nearest neighbours, compared with what is usual for
// their label (or for all, where labels are few or missing).
import { flatFinding, type CheckData, type FindingDraft } from './draft.ts'
import { deviation, strengthBeyond, usualOf } from './robust.ts'

/** Deviations (on a log scale) from the usual distance that make an item odd. */
const oddDeviation = 4
/** Smallest label that has a usual distance of its own. */
const ownLeast = 50
/** Spread of log distances at least: in data of very even spacing nothing is odd by a hair. */
const leastSpread = 0.05

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
  const log = (row: number): number => Math.log(distances[row])
  const all = usualOf(known.map(log))
  const found = [...byLabel].flatMap(([label, members]) => {
    const isOwn = label >= 0 && members.length >= ownLeast
    const usual = isOwn ? usualOf(members.map(log)) : all
    return members.flatMap((row) => {
      const off = deviation(log(row), usual, leastSpread)
      if (!(off > oddDeviation)) return []
      const times = Math.exp(log(row) - usual.median)
      return [{ row, score01: strengthBeyond(off, oddDeviation), reason: [times, isOwn ? 1 : 0] }]
    })
  })
  return flatFinding('outliers', found)
}

/**
 * Mean distance (1 - cosine) of each row to its neighbours; NaN for rows that were not compared or
 * are like nothing (an unreadable picture has no fingerprint).
 * @param order row of each place @param lists places x k cosines, -2 = none
 */
export function neighbourDistances(
  order: Uint32Array,
  lists: Float32Array,
  k: number,
  rowCount: number
): Float32Array {
  const distances = new Float32Array(rowCount).fill(Number.NaN)
  for (let place = 0; place < order.length; place++) {
    let sum = 0
    let count = 0
    let isAlikeAny = false
    for (let i = place * k; i < (place + 1) * k; i++) {
      if (lists[i] < -1.5) continue
      sum += 1 - lists[i]
      count++
      if (lists[i] !== 0) isAlikeAny = true
    }
    if (count >= 3 && isAlikeAny) distances[order[place]] = Math.max(1e-6, sum / count)
  }
  return distances
}
