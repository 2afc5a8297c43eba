// Honest progress: a weighted sum over phases that never falls and never exceeds one, and a time
// range that stays hidden until it can be trusted (product design 4.2). Pure; the caller passes
// the clock.
import type { Eta } from '../../api/dto/jobs.ts'

/** Shown only after this share and this many seconds. */
const etaAfterFraction = 0.05
const etaAfterSeconds = 8
/** A longer estimate by more than this needs a word of explanation. */
const etaGrowth = 1.25
/** Estimates wander by a step of rounding near the end; that is no growth. */
const etaWobbleSeconds = 10
const growthReason = 'This part takes longer than the first one suggested.'
/** Weight of the newest speed in the moving average. */
const speedWeight = 0.3

export interface ProgressTracker {
  /** Goes to phase `index`; earlier phases count as done. */
  phase(index: number, total: number, unit: string): void
  progress(done: number): void
  total(total: number): void
  readonly phaseIndex: number
  readonly phaseDone: number
  readonly phaseTotal: number
  readonly phaseUnit: string
  readonly fraction01: number
  /** `activeSeconds` leaves pauses out. */
  eta(activeSeconds: number): Eta | null
}

/**
 * Tracks phases with the given weights (any positive numbers). A job that goes on starts at the
 * fraction and with the active seconds it had.
 */
export function createProgress(
  weights: readonly number[],
  startAt = 0,
  startSeconds = 0
): ProgressTracker {
  const sum = weights.reduce((total, weight) => total + weight, 0) || 1
  let index = 0
  let done = 0
  let total = 0
  let unit = ''
  let fraction = Math.min(1, Math.max(0, startAt))
  let speed: number | undefined
  let lastSeconds = startSeconds
  let lastFraction = fraction
  let leastHigh: number | undefined

  function update(): void {
    const before = weights.slice(0, index).reduce((all, weight) => all + weight, 0)
    const inside = total > 0 ? Math.min(1, done / total) : 0
    fraction = Math.max(fraction, Math.min(1, (before + (weights[index] ?? 0) * inside) / sum))
  }

  return {
    phase(nextIndex, nextTotal, nextUnit) {
      index = Math.min(Math.max(0, nextIndex), Math.max(0, weights.length - 1))
      done = 0
      total = amount(nextTotal)
      unit = nextUnit
      update()
    },
    progress(value) {
      done = Math.max(done, total > 0 ? Math.min(amount(value), total) : amount(value))
      update()
    },
    total(value) {
      total = Math.max(amount(value), done)
      update()
    },
    get phaseIndex() {
      return index
    },
    get phaseDone() {
      return done
    },
    get phaseTotal() {
      return total
    },
    get phaseUnit() {
      return unit
    },
    get fraction01() {
      return fraction
    },
    eta(activeSeconds) {
      const passed = activeSeconds - lastSeconds
      if (passed > 0.5 && fraction > lastFraction) {
        const now = (fraction - lastFraction) / passed
        speed = speed === undefined ? now : speedWeight * now + (1 - speedWeight) * speed
        lastSeconds = activeSeconds
        lastFraction = fraction
      }
      if (fraction < etaAfterFraction || activeSeconds < etaAfterSeconds || fraction >= 1)
        return null
      if (speed === undefined) return null
      // The overall mean steadies the recent speed; the two bound the range.
      const mean = fraction / activeSeconds
      const left = [(1 - fraction) / speed, (1 - fraction) / mean].sort((a, b) => a - b)
      const low = roundSeconds((left[0] ?? 0) * 0.9)
      const high = Math.max(low, roundSeconds((left[1] ?? 0) * 1.1))
      // Against the shortest estimate shown, so that growth in small steps is growth, too.
      leastHigh = Math.min(leastHigh ?? high, high)
      const hasGrown = high > leastHigh * etaGrowth && high - leastHigh > etaWobbleSeconds
      return { lowSeconds: low, highSeconds: high, reason: hasGrown ? growthReason : null }
    }
  }
}

/** What cannot be an amount counts as none. */
function amount(value: number): number {
  return Number.isFinite(value) ? Math.max(0, value) : 0
}

/** To steps people use: 5 s, 15 s, whole minutes, 5 minutes. */
export function roundSeconds(seconds: number): number {
  const step = seconds < 30 ? 5 : seconds < 120 ? 15 : seconds < 1800 ? 60 : 300
  return Math.max(step, Math.round(seconds / step) * step)
}
