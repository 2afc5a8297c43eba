// Honest progress: never falls, never exceeds one, says nothing about time before it can be
// trusted, and gives a reason when the estimate has grown.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Eta } from '../../api/dto/jobs.ts'
import { createProgress, roundSeconds, type ProgressTracker } from './progress.ts'

describe('the share that is done', () => {
  it('is the weighted sum over phases', () => {
    const progress = createProgress([1, 3])
    progress.phase(0, 10, 'items')
    progress.progress(5)
    expect(progress.fraction01).toBeCloseTo(0.125)
    progress.phase(1, 4, 'items')
    expect(progress.fraction01).toBeCloseTo(0.25)
    progress.progress(2)
    expect(progress.fraction01).toBeCloseTo(0.625)
    progress.progress(4)
    expect(progress.fraction01).toBe(1)
  })

  it('stands still while the total is not known', () => {
    const progress = createProgress([1, 1])
    progress.phase(0, 0, 'bytes')
    progress.progress(12345)
    expect(progress.fraction01).toBe(0)
    expect(progress.phaseDone).toBe(12345)
    progress.total(24690)
    expect(progress.fraction01).toBeCloseTo(0.25)
  })

  it('never falls and never exceeds one, whatever a job reports', () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer({ min: -5, max: 200 }),
      fc.constantFrom(Number.NaN, Infinity, -Infinity)
    )
    const step = fc.oneof(
      fc.record({
        what: fc.constant('phase' as const),
        at: fc.integer({ min: -2, max: 6 }),
        n: number
      }),
      fc.record({ what: fc.constant('progress' as const), n: number }),
      fc.record({ what: fc.constant('total' as const), n: number }),
      fc.record({ what: fc.constant('time' as const), n: fc.nat(100) })
    )
    const weights = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 5 })
    fc.assert(
      fc.property(weights, fc.array(step, { maxLength: 40 }), (shares, steps) => {
        const progress = createProgress(shares)
        let last = progress.fraction01
        let seconds = 0
        for (const each of steps) {
          if (each.what === 'phase') progress.phase(each.at, each.n, 'items')
          else if (each.what === 'time') seconds += each.n
          else progress[each.what](each.n)
          expect(progress.fraction01).toBeGreaterThanOrEqual(last)
          expect(progress.fraction01).toBeLessThanOrEqual(1)
          last = progress.fraction01
          expect(Number.isFinite(progress.phaseDone) && progress.phaseDone >= 0).toBe(true)
          expect(Number.isFinite(progress.phaseTotal)).toBe(true)
          const eta = progress.eta(seconds)
          if (eta) expect(eta.lowSeconds).toBeLessThanOrEqual(eta.highSeconds)
        }
      }),
      { numRuns: 200 }
    )
  })

  it('of a job that goes on starts where it was', () => {
    const progress = createProgress([1], 0.6)
    progress.phase(0, 10, 'items')
    progress.progress(2)
    expect(progress.fraction01).toBe(0.6)
    progress.progress(8)
    expect(progress.fraction01).toBeCloseTo(0.8)
  })
})

/** Reports `share(t)` once a second from second `from` to `to`; returns what was estimated. */
function drive(
  progress: ProgressTracker,
  from: number,
  to: number,
  share: (seconds: number) => number
): (Eta | null)[] {
  const estimates: (Eta | null)[] = []
  for (let seconds = from; seconds <= to; seconds++) {
    progress.progress(share(seconds) * 1000)
    estimates.push(progress.eta(seconds))
  }
  return estimates
}

function started(startAt = 0, startSeconds = 0): ProgressTracker {
  const progress = createProgress([1], startAt, startSeconds)
  progress.phase(0, 1000, 'items')
  return progress
}

describe('the time that is left', () => {
  it('is hidden before 5 % and before 8 seconds', () => {
    expect(drive(started(), 1, 7, (t) => t / 10)).toEqual(Array(7).fill(null))
    expect(drive(started(), 1, 60, (t) => t * 0.0008)).toEqual(Array(60).fill(null))
    expect(drive(started(), 1, 8, (t) => t / 20).at(-1)).not.toBeNull()
  })

  it('of steady work holds the truth all along', () => {
    const total = 200
    drive(started(), 1, total - 1, (t) => t / total).forEach((eta, i) => {
      if (eta === null) return
      const left = total - (i + 1)
      // Ranges are rounded to human steps, which may be off by half a step.
      const step = roundSeconds(left * 1.1) < 30 ? 5 : roundSeconds(left * 1.1) < 120 ? 15 : 60
      expect(eta.lowSeconds).toBeLessThanOrEqual(left + step)
      expect(eta.highSeconds).toBeGreaterThanOrEqual(left - step)
      expect(eta.reason).toBeNull()
    })
  })

  it('gives a reason when it has grown by more than a quarter, in one jump or slowly', () => {
    const jump = drive(started(), 1, 120, (t) => (t < 40 ? t / 100 : 0.4 + (t - 40) / 1000))
    expect(jump[38]?.reason).toBeNull()
    expect(jump.at(-1)?.reason).toContain('takes longer')
    const slowly = drive(started(), 1, 400, (t) => t / (t + 100))
    expect(slowly[12]?.reason).toBeNull()
    expect(slowly.at(-1)?.reason ?? '').toContain('takes longer')
  })

  it('is hidden when the work is done', () => {
    expect(drive(started(), 1, 20, (t) => t / 20).at(-1)).toBeNull()
  })

  it('of a job that goes on is made from its new speed, not from the pause between', () => {
    // 500 of 1,000 items took 100 s; the job goes on as fast.
    const progress = started(0.5, 100)
    const estimates = drive(progress, 101, 110, (t) => 0.5 + (t - 100) / 200)
    const last = estimates.at(-1)
    expect(last?.lowSeconds).toBeGreaterThan(60)
    expect(last?.highSeconds).toBeLessThan(130)
    expect(last?.reason).toBeNull()
  })

  it('is rounded to steps people use', () => {
    expect([0, 3, 12, 40, 100, 200, 4000].map(roundSeconds)).toEqual([5, 5, 10, 45, 105, 180, 3900])
  })
})
