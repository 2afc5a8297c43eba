// What holds for every plan and every set of attempts.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { QueueOrder } from '../../../../api/dto/trace-reviews.ts'
import { secondLookGap } from './places.ts'
import { planQueue } from './plan-queue.ts'
import { candidates, queuePlan } from './queue.test-support.ts'
import { evenQuotas } from './quotas.ts'

const plans = fc
  .record({
    count: fc.integer({ min: 1, max: 120 }),
    order: fc.constantFrom(...QueueOrder.options),
    randomShare01: fc.double({ min: 0.1, max: 1, noNaN: true }),
    secondLook01: fc.double({ min: 0, max: 0.5, noNaN: true }),
    isBalanced: fc.boolean(),
    seed: fc.nat()
  })
  .map((change) => queuePlan(change))
const attempts = fc
  .array(
    fc.record({
      task: fc.constantFrom('a', 'b', 'c', 'd'),
      outcome: fc.constantFrom('pass', 'fail', 'partial', 'unknown'),
      steps: fc.nat(50),
      tools: fc.subarray(['x', 'y', 'z']),
      detectors: fc.subarray(['period', 'ungrounded', 'recovered']),
      startedAt: fc.option(fc.nat()),
      isFlagged: fc.boolean()
    }),
    { minLength: 1, maxLength: 90 }
  )
  .map((changes) => candidates(changes.length, (trace) => changes[trace - 1]))

it('holds each attempt once, the random share, and second looks well after the first ones', () => {
  fc.assert(
    fc.property(plans, attempts, (plan, all) => {
      const planned = planQueue(plan, all)
      if (planned.messages.some(({ severity }) => severity === 'error')) return
      const { places } = planned
      expect(places.map(({ position }) => position)).toEqual(places.map((_, i) => i))
      const firsts = places.filter(({ pass }) => pass === 1)
      expect(firsts).toHaveLength(Math.min(plan.count, all.length))
      expect(new Set(firsts.map(({ trace }) => trace)).size).toBe(firsts.length)
      const drawn = firsts.filter(({ isRandom }) => isRandom).length
      expect(drawn).toBe(planned.random)
      expect(drawn).toBeGreaterThanOrEqual(plan.randomShare01 * firsts.length - 1e-6)
      expect(places.every(({ why }) => why.endsWith('.'))).toBe(true)
      const first = new Map(firsts.map((it) => [it.trace, it]))
      const seconds = places.filter(({ pass }) => pass === 2)
      expect(seconds).toHaveLength(planned.secondLooks)
      expect(new Set(seconds.map(({ trace }) => trace)).size).toBe(seconds.length)
      for (const { trace, position, isRandom } of seconds) {
        const before = first.get(trace)
        expect(position - (before?.position ?? Infinity)).toBeGreaterThanOrEqual(secondLookGap)
        expect(isRandom).toBe(before?.isRandom)
      }
      // Where there is room for all of them, all of them come.
      const looks = Math.round(plan.secondLook01 * firsts.length)
      if (firsts.length - secondLookGap >= looks) expect(seconds).toHaveLength(looks)
    }),
    { numRuns: 150 }
  )
})

it('is the same for the same seed, whatever others do', () => {
  fc.assert(
    fc.property(plans, attempts, (plan, all) => {
      expect(planQueue(plan, all)).toEqual(planQueue(plan, all))
    }),
    { numRuns: 30 }
  )
})

it('quotas use up all places, and differ by one at most between kinds that have enough', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
      fc.nat(100),
      (have, total) => {
        const quotas = evenQuotas(have, total)
        const sum = have.reduce((a, b) => a + b, 0)
        expect(quotas.reduce((a, b) => a + b, 0)).toBe(Math.min(total, sum))
        const open = quotas.filter((quota, i) => quota < have[i])
        if (open.length > 0) expect(Math.max(...quotas) - Math.min(...open)).toBeLessThanOrEqual(1)
      }
    )
  )
})
