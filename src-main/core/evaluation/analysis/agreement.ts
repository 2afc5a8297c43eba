// Agreement of networks: the share of items they name alike, rightly or wrongly (Yang et al. 2024,
// section 4.1), and what it is compared with.

/** The largest of each row of logits; the first of equal ones. */
export function namesOf(logits: Float32Array, classes: number): Int32Array {
  return Int32Array.from({ length: logits.length / classes }, (_, row) => {
    let best = 0
    for (let c = 1; c < classes; c++)
      if (logits[row * classes + c] > logits[row * classes + best]) best = c
    return best
  })
}

/** Share of items named alike, 0..1. Throws a RangeError unless both name the same, some, items. */
export function agreement(u: ArrayLike<number>, v: ArrayLike<number>): number {
  if (u.length !== v.length || u.length === 0) throw new RangeError('two lists of names are needed')
  let alike = 0
  for (let i = 0; i < u.length; i++) if (u[i] === v[i]) alike++
  return alike / u.length
}

/**
 * Agreement of two networks of accuracy a whose errors are independent and spread evenly over the
 * other classes: a^2 + (1 - a)^2 / (C - 1). Networks that share hard items agree more.
 */
export function independentAgreement(accuracy01: number, classes: number): number {
  return accuracy01 ** 2 + (1 - accuracy01) ** 2 / Math.max(1, classes - 1)
}

/** A network of a pool, with how far it agrees with a student. */
export interface PoolModel {
  readonly accuracy01: number
  readonly agreement01: number
  /** Items it learned from, or the step it was stopped at. */
  readonly at: number
}

const near01 = 0.01 + 1e-9
const aside01 = 0.05 + 1e-9

/**
 * Models as accurate as the student, because agreement grows with accuracy: those at most a point
 * away (the paper's two nearest bins of 1 %). A small pool may have none: then the nearest model
 * below and the nearest one above, at most five points away each, so that the difference cancels;
 * else nothing.
 */
export function matchedModels(pool: readonly PoolModel[], accuracy01: number): PoolModel[] {
  const away = (model: PoolModel): number => Math.abs(model.accuracy01 - accuracy01)
  const near = pool.filter((model) => away(model) <= near01)
  if (near.length > 0) return near
  const aside = pool.filter((model) => away(model) <= aside01).sort((a, b) => away(a) - away(b))
  const below = aside.find((model) => model.accuracy01 < accuracy01)
  const above = aside.find((model) => model.accuracy01 > accuracy01)
  return below === undefined || above === undefined ? [] : [below, above]
}

/** Counts in bins from 0 to 1; 1 itself is in the last one. */
export function histogram(values: readonly number[], width: number): number[] {
  const bins = Math.round(1 / width)
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value / width + 1e-9))]++
  return counts
}

/** Middle of the fullest bin, the first of equal ones; undefined without values. */
export function modeOf(counts: readonly number[], width: number): number | undefined {
  const most = Math.max(...counts)
  return most > 0 ? (counts.indexOf(most) + 0.5) * width : undefined
}
