// How much of a picture is left after each step of noising, and the deterministic way up and down
// (Ho et al. 2020, section 2 and 4; Song et al. 2021, "DDIM", equation 12 with eta = 0).

/** Noise levels of a diffusion model. Plain data. */
export interface NoiseSchedule {
  /** T. */
  readonly steps: number
  /** Noise added in the first and the last step; in between they lie on a line. */
  readonly first: number
  readonly last: number
}

/** Ho et al. 2020. */
export const usualSchedule: NoiseSchedule = { steps: 1000, first: 1e-4, last: 0.02 }

/** Share of the picture's energy that is left after step t: abar_t, for t = 0 .. T - 1. */
export function keptShares({ steps, first, last }: NoiseSchedule): Float64Array {
  const kept = new Float64Array(steps)
  let product = 1
  for (let t = 0; t < steps; t++) {
    const beta = steps === 1 ? first : first + ((last - first) * t) / (steps - 1)
    product *= 1 - beta
    kept[t] = product
  }
  return kept
}

/**
 * Steps to visit: `count` whole numbers from 0 to `top`, evenly spread, lowest first. Fewer where
 * some of them meet.
 */
export function stepGrid(count: number, top: number): readonly number[] {
  if (count < 2) return [top]
  const grid = Array.from({ length: count }, (_, at) => Math.round((at * top) / (count - 1)))
  return grid.filter((step, at) => at === 0 || step !== grid[at - 1])
}

/** The two factors of a move: x at the new level = picture * x + noise * eps(x). */
export interface MoveFactors {
  readonly picture: number
  readonly noise: number
}

/**
 * Factors of the move between two levels, either way. With eps the noise that the network sees in x,
 * the clean picture is (x - sqrt(1 - a) eps) / sqrt(a), and it is noised again with the same eps.
 * @param from and to: abar of the two levels; 1 is the clean picture
 */
export function moveFactors(from: number, to: number): MoveFactors {
  const picture = Math.sqrt(to / from)
  return { picture, noise: Math.sqrt(1 - to) - picture * Math.sqrt(1 - from) }
}
