// How much of a picture is left after each step of noising, and the deterministic way up and down
// (Ho et al. 2020, section 2 and 4; Song et al. 2021, "DDIM", equation 12 with eta = 0).

/** How noise grows from step to step. */
export type ScheduleKind =
  /** On a line (Ho et al. 2020). */
  | 'linear'
  /** Its root on a line (Rombach et al. 2022, appendix). */
  | 'scaled-linear'
  /** What is left of the picture falls as a squared cosine (Nichol and Dhariwal 2021, equation 17). */
  | 'cosine'

/** Noise levels of a diffusion model. Plain data. */
export interface NoiseSchedule {
  /** T. */
  readonly steps: number
  /** Noise added in the first and the last step; of no use to a cosine. */
  readonly first: number
  readonly last: number
  /** "linear" when absent. */
  readonly kind?: ScheduleKind
}

/** Ho et al. 2020. */
export const usualSchedule: NoiseSchedule = { steps: 1000, first: 1e-4, last: 0.02 }

/** Noise that one step may add at most; without a bound the last step of a cosine leaves nothing. */
const mostAdded = 0.999
/** Where a cosine begins, so that its first steps are not too small. */
const cosineOffset = 0.008

/**
 * The schedule of a kind as it is usually published. Its ends hold for 1,000 steps; with fewer, each
 * adds as much more, so that as little is left at the top.
 */
export function publishedSchedule(kind: ScheduleKind, steps: number): NoiseSchedule {
  const [first, last] = kind === 'scaled-linear' ? [0.00085, 0.012] : [1e-4, 0.02]
  const share = usualSchedule.steps / steps
  return {
    steps,
    first: Math.min(mostAdded, first * share),
    last: Math.min(mostAdded, last * share),
    kind
  }
}

/** Share of the picture's energy that is left after step t: abar_t, for t = 0 .. T - 1. */
export function keptShares(schedule: NoiseSchedule): Float64Array {
  const { steps } = schedule
  const kept = new Float64Array(steps)
  let product = 1
  for (let t = 0; t < steps; t++) {
    product *= 1 - noiseAdded(schedule, t)
    kept[t] = product
  }
  return kept
}

/** beta_t. */
function noiseAdded({ steps, first, last, kind = 'linear' }: NoiseSchedule, t: number): number {
  if (kind === 'cosine') {
    const left = (at: number): number =>
      Math.cos(((at / steps + cosineOffset) / (1 + cosineOffset)) * (Math.PI / 2)) ** 2
    return Math.min(mostAdded, 1 - left(t + 1) / left(t))
  }
  if (steps === 1) return first
  if (kind === 'linear') return first + ((last - first) * t) / (steps - 1)
  const [low, high] = [Math.sqrt(first), Math.sqrt(last)]
  return (low + ((high - low) * t) / (steps - 1)) ** 2
}

/** The step at which about `share` of the picture's energy is left. */
export function levelWith(kept: Float64Array, share: number): number {
  let best = 0
  for (let t = 1; t < kept.length; t++)
    if (Math.abs(kept[t] - share) < Math.abs(kept[best] - share)) best = t
  return best
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
