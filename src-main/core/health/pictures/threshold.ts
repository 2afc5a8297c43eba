// The likeness from which two pictures count as near-duplicates, found on the data itself: as low as
// possible while pairs of pictures that are known to be different hardly ever reach it.

export interface LikenessCounts {
  /** Likeness of the candidate pairs, and for each pair the better of its two neighbour ranks. */
  readonly likeness: Float32Array
  readonly ranks: Uint8Array
  /** Neighbours kept for each picture. */
  readonly k: number
  /** Likeness of mirrored pictures to the pictures that look most like the mirror image. */
  readonly decoys: Float32Array
  /** Pictures per mirrored picture: 1 when all were mirrored. */
  readonly decoyShare: number
}

export interface LikenessCut {
  readonly cut: number
  /** Expected share of false pairs among those at or above the cut, 0..1. */
  readonly expectedFalse01: number
}

/** Cuts tried. Below the first one, crops of one picture and different pictures are mixed. */
export const lowestCut = 0.75
export const highestCut = 0.98
const steps = 24
/** Share of false pairs accepted. */
const falseMost = 0.04

/**
 * The lowest cut whose expected share of false pairs is at most 4 %; the highest when none is.
 * False pairs are estimated twice, and the larger number counts: from mirrored pictures (a mirror
 * image has the same statistics but is another picture), and from the last neighbour rank (a
 * picture rarely has ten copies, so nearly all pairs of the last rank are different pictures; each
 * of the k ranks is taken to hold as many).
 */
export function findCut(counts: LikenessCounts): LikenessCut {
  for (let step = 0; step <= steps; step++) {
    const cut = lowestCut + ((highestCut - lowestCut) * step) / steps
    const expectedFalse01 = expectedFalse(counts, cut)
    if (expectedFalse01 <= falseMost) return { cut, expectedFalse01 }
  }
  return { cut: highestCut, expectedFalse01: expectedFalse(counts, highestCut) }
}

/** Expected share of false pairs at a cut, 0..1. */
function expectedFalse(counts: LikenessCounts, cut: number): number {
  const { likeness, ranks, k, decoys, decoyShare } = counts
  let found = 0
  let last = 0
  for (let i = 0; i < likeness.length; i++) {
    if (likeness[i] < cut) continue
    found++
    if (ranks[i] === k - 1) last++
  }
  let mirrored = 0
  for (const value of decoys) if (value >= cut) mirrored++
  // A pair of pictures can be found from both of its sides, and so can a mirrored one.
  const wrong = Math.max((mirrored * decoyShare) / 2, last * k)
  return found === 0 ? 0 : Math.min(1, wrong / found)
}
