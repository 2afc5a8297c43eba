// Which part of a helper model's training is matched.
import { AppError } from '../../../../api/errors.ts'

/** Moments a comparison may begin at: `from` to `to`, both included. */
export interface Segment {
  readonly from: number
  readonly to: number
}

/** Shares of a training where comparisons begin: `from` to `to`, `to` growing to `end` in the run. */
interface Shares {
  readonly from: number
  readonly to: number
  readonly end: number
}

/**
 * The shares published for DATM (Guo et al. 2024, table of settings): few items can only carry what
 * is learned early, many have to carry what is learned late.
 */
function sharesFor(perClass: number): Shares {
  if (perClass < 5) return { from: 0, to: 0.08, end: 0.08 }
  if (perClass < 30) return { from: 0, to: 0.2, end: 0.4 }
  if (perClass < 300) return { from: 0, to: 0.4, end: 0.8 }
  return { from: 0.4, to: 0.8, end: 1 }
}

/**
 * The segment at `done` of `total` steps, for trainings with `moments` kept moments of which the last
 * `ahead` are goals only. `latest` 0 chooses by the items per class. Throws a RangeError when the
 * training is shorter than `ahead`.
 */
export function segmentAt(
  asked: { readonly perClass: number; readonly ahead: number; readonly latest: number },
  moments: number,
  done: number,
  total: number
): Segment {
  const last = moments - 1 - asked.ahead
  if (last < 0) throw new RangeError(`${moments} moments, but the goal is ${asked.ahead} later`)
  const at = (share: number): number => Math.min(last, Math.round(share * last))
  if (asked.latest > 0) return { from: 0, to: at(asked.latest) }
  const { from, to, end } = sharesFor(asked.perClass)
  // The window has grown fully after half of the run.
  const grown = Math.min(1, (2 * done) / total)
  return { from: at(from), to: at(to + grown * (end - to)) }
}

/** Throws AppError "method-not-possible" when no moment has a goal `ahead` moments later. */
export function requireMoments(moments: number, ahead: number): void {
  if (moments > ahead) return
  throw new AppError(
    'method-not-possible',
    `The helper models are kept at ${moments} moments, but the goal lies ${ahead} later.`,
    { hint: 'Train them for more passes, or set the goal nearer.' }
  )
}
