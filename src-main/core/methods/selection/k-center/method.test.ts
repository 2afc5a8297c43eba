// k-center greedy against plain loops, brute force, and itself with little memory.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  chosenOf,
  describeCoverageMethod,
  makeCoverageCase,
  runMethod
} from '../../coverage/coverage.test-support.ts'
import method from './method.ts'

describeCoverageMethod(method as never, {
  variants: [{}, { mix: 'free' }, { mix: 'free', compare: 'position', start: 'lot' }],
  small: {}
})

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describe('k-center', () => {
  it('finds a radius of at most twice the best, which never grows with the number', async () => {
    for (const seed of [1, 2, 3]) {
      const { inputs, values } = makeCoverageCase(seed, {
        rows: 12,
        columns: 2,
        classes: 2,
        budget: 3
      })
      const params = { mix: 'free', compare: 'position' }
      const far = (a: number, b: number): number =>
        Math.hypot(values[2 * a] - values[2 * b], values[2 * a + 1] - values[2 * b + 1])
      const radius = (picks: readonly number[]): number =>
        Math.max(
          ...[...inputs.labels.keys()].map((row) => Math.min(...picks.map((p) => far(row, p))))
        )
      let best = Infinity
      for (let a = 0; a < 12; a++)
        for (let b = 0; b < a; b++)
          for (let c = 0; c < b; c++) best = Math.min(best, radius([a, b, c]))
      let before = Infinity
      let picks: number[] = []
      for (let budget = 1; budget <= 12; budget++) {
        const { selection } = await runMethod(
          device,
          method as never,
          { ...inputs, budget },
          params
        )
        const now = chosenOf(selection)
        expect(now.slice(0, picks.length)).toEqual(picks)
        picks = now
        expect(radius(picks)).toBeLessThanOrEqual(before + 1e-6)
        before = radius(picks)
        if (budget === 3) expect(before).toBeLessThanOrEqual(2 * best + 1e-6)
      }
      expect(before).toBe(0)
    }
  })

  it('starts with the item nearest to the middle', async () => {
    const { inputs, values } = makeCoverageCase(4, { rows: 50, columns: 3, classes: 1, budget: 1 })
    const { selection } = await runMethod(device, method as never, inputs, { compare: 'position' })
    const mean = [0, 1, 2].map(
      (j) => inputs.labels.reduce((sum, _, i) => sum + values[3 * i + j], 0) / 50
    )
    const far = [...inputs.labels.keys()].map((i) =>
      Math.hypot(...mean.map((m, j) => values[3 * i + j] - m))
    )
    expect(chosenOf(selection)).toEqual([far.indexOf(Math.min(...far))])
  })

  it('takes copies last and says that a tie decided', async () => {
    const { inputs, values } = makeCoverageCase(5, { rows: 30, columns: 4, classes: 1, budget: 20 })
    values.copyWithin(15 * 4, 0, 15 * 4)
    const { selection } = await runMethod(device, method as never, inputs)
    const picks = chosenOf(selection)
    expect(new Set(picks.slice(0, 15).map((row) => row % 15)).size).toBe(15)
    expect(selection.tieShare).toBe(5 / 20)
    expect(selection.summary.value).toBe(0)
  })
})
