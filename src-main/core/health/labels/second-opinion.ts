// A second opinion on labels: what the most alike items are labelled. A linear model and the
// neighbours of an item go wrong in different places, so a label that both speak against is far
// more often wrong than one that the model alone doubts (measured in docs/methods/data-health.md).
import { noRow } from '../../compute/kernels/nearest-rows.ts'

/** Neighbours with the given label that an item may have and still count as likely wrong. */
export const sameMost = 1

export interface SecondOpinion {
  /** Neighbours of a row that carry a class; 0 for a row without neighbours. */
  votes(row: number, label: number): number
  /** Most frequent class of a row's neighbours, the lowest of equals; -1 when there is none. */
  plurality(row: number): number
}

/**
 * Opinions from neighbour lists.
 * @param order row of each place @param lists places x k neighbour rows
 * @param firstSame row of the first equal item: equal items share a list
 * @param classes dense class per row, -1 = none
 */
export function secondOpinion(
  order: Uint32Array,
  lists: Uint32Array,
  k: number,
  firstSame: Uint32Array,
  classes: Int32Array
): SecondOpinion {
  const placeOf = new Uint32Array(firstSame.length).fill(noRow)
  order.forEach((row, place) => (placeOf[firstSame[row]] = place))
  function each(row: number, take: (label: number) => void): void {
    const place = placeOf[firstSame[row]]
    if (place === noRow) return
    for (let i = place * k; i < (place + 1) * k; i++)
      if (lists[i] !== noRow && classes[lists[i]] >= 0) take(classes[lists[i]])
  }
  return {
    votes(row, label) {
      let count = 0
      each(row, (other) => {
        if (other === label) count++
      })
      return count
    },
    plurality(row) {
      const counts = new Map<number, number>()
      each(row, (label) => counts.set(label, (counts.get(label) ?? 0) + 1))
      let best = -1
      let most = 0
      for (const [label, count] of counts)
        if (count > most || (count === most && label < best)) {
          best = label
          most = count
        }
      return best
    }
  }
}
