// How well heads find things: for every unseen picture its own text among all texts, and for every text
// its own picture. Equal candidates share their ranks, so that a space in which everything is one point
// finds no more than chance does.

/** Ranks that are counted. */
export const recallRanks = [1, 5, 10] as const

/** Shares 0..1 found within the first 1, 5 and 10. */
export interface Recall {
  readonly pictureToText: readonly number[]
  readonly textToPicture: readonly number[]
  /** Mean of both shares at rank 1: what counts. */
  readonly score01: number
}

/** Share 0..1 of the orders of equal candidates in which the own one is among the first `rank`. */
export function foundWithin(better: number, equal: number, rank: number): number {
  return Math.min(1, Math.max(0, (rank - better) / equal))
}

/** @param cosines rows x rows: picture of the row against text of the column */
export function recallOf(cosines: Float32Array, rows: number): Recall {
  const way = (at: (own: number, other: number) => number): number[] => {
    const found: number[] = recallRanks.map(() => 0)
    for (let own = 0; own < rows; own++) {
      const mine = cosines[at(own, own)]
      let better = 0
      let equal = 0
      for (let other = 0; other < rows; other++) {
        const theirs = cosines[at(own, other)]
        if (theirs > mine) better++
        else if (theirs === mine) equal++
      }
      // Not a number: nothing is equal to it, and nothing is found.
      if (equal === 0) continue
      recallRanks.forEach((rank, i) => (found[i] += foundWithin(better, equal, rank) / rows))
    }
    return found
  }
  const pictureToText = way((own, other) => own * rows + other)
  const textToPicture = way((own, other) => other * rows + own)
  return { pictureToText, textToPicture, score01: (pictureToText[0] + textToPicture[0]) / 2 }
}

/**
 * Mean cosine of different rows of length 1 (rows x columns): near 1 where all pictures, or all texts,
 * have collapsed to one direction. 0 for fewer than two rows.
 */
export function meanCosine(directions: Float32Array, columns: number): number {
  const rows = directions.length / columns
  if (rows < 2) return 0
  const sum = new Float64Array(columns)
  let own = 0
  directions.forEach((value, i) => {
    sum[i % columns] += value
    own += value * value
  })
  const all = sum.reduce((total, value) => total + value * value, 0)
  return (all - own) / (rows * (rows - 1))
}
