// Lists of repeated random sampling: every item once before any comes twice.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  chosenOf,
  describeCoverageMethod,
  makeCoverageCase,
  runMethod
} from '../../coverage/coverage.test-support.ts'
import { rowsOfPass } from './lists.ts'
import method from './method.ts'

describeCoverageMethod(method as never, {
  variants: [{}, { mix: 'free', epochs: 40, replacement: 'with' }],
  small: {}
})

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describe('repeated random', () => {
  it('shows every item before any comes again, and then shuffles anew', async () => {
    const shape = fc.record({
      seed: fc.nat(100),
      rows: fc.integer({ min: 1, max: 40 }),
      classes: fc.integer({ min: 1, max: 4 }),
      fill: fc.double({ min: 0.01, max: 1, noNaN: true }),
      mix: fc.constantFrom('keep', 'free')
    })
    await fc.assert(
      fc.asyncProperty(shape, async ({ seed, rows, classes, fill, mix }) => {
        const budget = Math.max(1, Math.round(fill * rows))
        const { inputs } = makeCoverageCase(seed, { rows, columns: 1, classes, budget })
        const params = { mix, epochs: 90 }
        const { selection } = await runMethod(device, method as never, inputs, params, { seed })
        const lists = Array.from({ length: 90 }, (_, pass) => [
          ...rowsOfPass(selection.columns, pass)
        ])
        expect(lists[0]).toEqual(chosenOf(selection).sort((a, b) => a - b))
        const perRound = Math.ceil(rows / budget)
        for (let round = 0; (round + 1) * perRound <= 90; round++) {
          const own = lists.slice(round * perRound, (round + 1) * perRound)
          const times = new Array<number>(rows).fill(0)
          for (const list of own) {
            expect(list.length).toBe(budget)
            for (const row of list) times[row]++
          }
          expect(Math.min(...times)).toBe(1)
          expect(times.reduce((a, b) => a + b, 0)).toBe(budget * perRound)
          const untilWrap = own.slice(0, -1).flat()
          expect(new Set(untilWrap).size).toBe(untilWrap.length)
        }
      }),
      { numRuns: 40 }
    )
  })

  it('keeps the mix of labels in every list', async () => {
    const { inputs } = makeCoverageCase(3, { rows: 100, columns: 1, classes: 3, budget: 20 })
    const { selection } = await runMethod(device, method as never, inputs, { epochs: 12 })
    for (let pass = 0; pass < 12; pass++) {
      const list = rowsOfPass(selection.columns, pass)
      for (let label = 0; label < 3; label++) {
        const share = inputs.labels.filter((own) => own === label).length / 5
        const got = list.filter((row) => inputs.labels[row] === label).length
        expect(Math.abs(got - share)).toBeLessThan(2)
      }
    }
  })
})
