// How long an attempt takes a reviewer: few short reviews say little, many say all.
import { describe, expect, it } from 'vitest'
import type { ReviewRepository } from '../../store/review-records.ts'
import { secondsEach, usualSeconds } from './queue-progress.ts'

function paceOf(seconds: readonly number[]): number {
  const recentTimes = (): readonly number[] => seconds.map((each) => each * 1000)
  // Nothing else of the repository is asked for.
  return secondsEach({ reviews: { recentTimes } as unknown as ReviewRepository }, 'ann')
}

describe('seconds for one attempt', () => {
  it('are the usual ones without a review', () => expect(paceOf([])).toBe(usualSeconds))

  it('hardly fall after a few very short reviews', () => {
    expect(paceOf([1])).toBeCloseTo(42.8)
    expect(paceOf([1, 1, 1, 1, 1])).toBeCloseTo(34)
  })

  it('hardly rise after one that was left open', () => {
    expect(paceOf([600])).toBeCloseTo(72.75)
    expect(paceOf([40, 50, 3600])).toBeLessThan(50)
  })

  it('are the median of the own ones from twenty on', () => {
    const times = Array.from({ length: 20 }, (_, i) => i + 11)
    expect(paceOf(times)).toBe(20.5)
    expect(paceOf([...times, 3600])).toBe(21)
  })

  it('come closer to the own ones with every review', () => {
    const paces = Array.from({ length: 21 }, (_, n) => paceOf(Array<number>(n).fill(20)))
    expect(paces.every((pace, n) => n === 0 || pace < paces[n - 1])).toBe(true)
    expect(paces[20]).toBe(20)
  })

  it('never fall below what reading takes', () =>
    expect(paceOf(Array<number>(50).fill(0.4))).toBe(5))
})
