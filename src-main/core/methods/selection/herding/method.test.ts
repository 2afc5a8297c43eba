// Herding against a plain float64 loop.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  chosenOf,
  describeCoverageMethod,
  makeCoverageCase,
  permuted,
  runMethod
} from '../../coverage/coverage.test-support.ts'
import { runCoverage } from '../../coverage/coverage-run.ts'
import type { MethodCheckpoint } from '../../method.ts'
import method, { pickHerding } from './method.ts'

describeCoverageMethod(method as never, {
  variants: [{}, { mix: 'free', compare: 'position' }],
  small: {}
})

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

/** Each step the x nearest to (t + 1) mu - sum. */
function plain(
  rows: readonly (readonly number[])[],
  need: number
): { picks: number[]; gaps: number[] } {
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length)
  const sum = mean.map(() => 0)
  const picks: number[] = []
  const gaps: number[] = []
  while (picks.length < need) {
    const wanted = mean.map((value, j) => (picks.length + 1) * value - sum[j])
    const far = rows.map((row, i) =>
      picks.includes(i) ? Infinity : row.reduce((s, value, j) => s + (value - wanted[j]) ** 2, 0)
    )
    const best = far.indexOf(Math.min(...far))
    picks.push(best)
    rows[best].forEach((value, j) => (sum[j] += value))
    gaps.push(Math.hypot(...mean.map((value, j) => sum[j] / picks.length - value)))
  }
  return { picks, gaps }
}

describe('herding', () => {
  it('takes the nearest each time, not the farthest, and the average closes in', async () => {
    const { inputs, values } = makeCoverageCase(1, { rows: 70, columns: 4, classes: 2, budget: 25 })
    const rows = Array.from({ length: 70 }, (_, i) => [...values.subarray(4 * i, 4 * i + 4)])
    const expected = plain(rows, 25)
    const params = { mix: 'free', compare: 'position' }
    const { selection } = await runMethod(device, method as never, inputs, params)
    const picks = chosenOf(selection)
    expect(picks).toEqual(expected.picks)
    // The column's unit is the spread of the data: ratios are the plain loop's.
    const gap = selection.columns['gap']
    for (const place of [4, 9, 24])
      expect(gap[picks[place]] / gap[picks[0]]).toBeCloseTo(
        expected.gaps[place] / expected.gaps[0],
        3
      )
    expect(gap[picks[24]]).toBeLessThan(gap[picks[0]] / 5)
    const smaller = await runMethod(device, method as never, { ...inputs, budget: 10 }, params)
    expect(chosenOf(smaller.selection)).toEqual(picks.slice(0, 10))
  })

  it('does not depend on the order of the rows', async () => {
    const made = makeCoverageCase(2, { rows: 80, columns: 5, classes: 3, budget: 24 })
    const first = chosenOf((await runMethod(device, method as never, made.inputs)).selection)
    const { inputs, at } = permuted(made, 3)
    const moved = chosenOf((await runMethod(device, method as never, inputs)).selection)
    expect(moved.map((row) => at[row]).sort()).toEqual(first.sort())
  })

  it('keeps the average in parts too, and goes on from a checkpoint between parts', async () => {
    const { inputs } = makeCoverageCase(3, { rows: 900, columns: 6, classes: 4, budget: 90 })
    const run = async (limit: number, resume?: MethodCheckpoint) => {
      const context = {
        random: createRandom(1),
        seed: 1,
        signal: new AbortController().signal,
        device,
        resume
      }
      const steps = runCoverage(context, inputs, {
        form: 'direction',
        mix: 'free',
        columns: { distance: { type: 'real', fill: -1 }, gap: { type: 'real', fill: -1 } },
        pick: (task) => pickHerding(task, limit)
      })
      const states: MethodCheckpoint[] = []
      for (;;) {
        const step = await steps.next()
        if (step.done === true) return { outcome: { ...step.value, prepared: undefined }, states }
        if (step.value.checkpoint) states.push(step.value.checkpoint)
      }
    }
    const whole = await run(1000)
    const parts = await run(200)
    expect(parts.outcome.info.measures[0]).toBeLessThan(3 * whole.outcome.info.measures[0] + 0.01)
    expect(parts.outcome.notes.join()).toContain('parts')
    expect(parts.states.length).toBeGreaterThan(3)
    for (const state of parts.states)
      expect((await run(200, structuredClone(state))).outcome).toEqual(parts.outcome)
  })
})
