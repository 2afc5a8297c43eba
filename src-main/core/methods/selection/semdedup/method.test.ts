// SemDeDup against all pairs in plain loops, and its ways to reach the number.
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
  variants: [{ alikePercent: 100 }, { mix: 'free', beyond: 'raise', stays: 'near', cells: 3 }],
  small: {}
})

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describe('SemDeDup', () => {
  it('finds every copy, and keeps one of each', async () => {
    const made = makeCoverageCase(1, { rows: 60, columns: 8, classes: 2, budget: 30 })
    made.values.copyWithin(30 * 8, 0, 30 * 8)
    made.inputs.labels.copyWithin(30, 0, 30)
    for (const stays of ['far', 'near']) {
      const params = { stays, alikePercent: 99.99 }
      const { selection } = await runMethod(device, method as never, made.inputs, params)
      expect(new Set(chosenOf(selection).map((row) => row % 30)).size).toBe(30)
      expect(selection.summary.value).toBe(0.5)
      expect(selection.info['unique']).toBe(30)
    }
  })

  it('compares with all earlier ones, farthest from the middle first', async () => {
    const made = makeCoverageCase(2, { rows: 50, columns: 4, classes: 1, budget: 50 })
    const { inputs, values } = made
    const mean = [0, 1, 2, 3].map(
      (j) => inputs.labels.reduce((s, _, i) => s + values[4 * i + j], 0) / 50
    )
    const units = Array.from({ length: 50 }, (_, i) => {
      const moved = mean.map((value, j) => values[4 * i + j] - value)
      return moved.map((value) => value / Math.hypot(...moved))
    })
    const dot = (a: number[], b: number[]): number => a.reduce((s, v, j) => s + v * b[j], 0)
    const sum = mean.map((_, j) => units.reduce((s, row) => s + row[j], 0))
    const centre = sum.map((value) => value / Math.hypot(...sum))
    for (const [stays, sign] of [
      ['far', 1],
      ['near', -1]
    ] as const) {
      const { selection } = await runMethod(device, method as never, inputs, { stays, cells: 1 })
      const order = [...units.keys()].sort(
        (a, b) => sign * (dot(units[a], centre) - dot(units[b], centre))
      )
      order.forEach((row, place) => {
        const before = order.slice(0, place).map((other) => dot(units[row], units[other]))
        const got = selection.columns['alike'][row]
        if (place === 0) expect(got).toBe(-2)
        else expect(got).toBeCloseTo(Math.max(...before), 5)
      })
    }
  })

  it('holds the selections of all thresholds in one order when it goes on leaving out', async () => {
    const { inputs } = makeCoverageCase(3, { rows: 90, columns: 3, classes: 3, budget: 40 })
    const params = { beyond: 'raise', mix: 'free' }
    const { selection } = await runMethod(device, method as never, inputs, params)
    const { order, columns } = selection
    for (let place = 1; place < 90; place++)
      expect(columns['alike'][order[place]]).toBeGreaterThanOrEqual(
        columns['alike'][order[place - 1]]
      )
  })

  it('fills up openly, or gives fewer', async () => {
    const made = makeCoverageCase(4, { rows: 40, columns: 6, classes: 1, budget: 25 })
    made.values.copyWithin(20 * 6, 0, 20 * 6)
    const params = { alikePercent: 99.99 }
    const filled = await runMethod(device, method as never, made.inputs, params)
    expect(filled.selection.got).toBe(25)
    expect(filled.selection.notes.join()).toContain('filled up')
    const short = await runMethod(device, method as never, made.inputs, { ...params, fill: false })
    expect(short.selection.got).toBe(20)
    expect(short.selection.notes.join()).toContain('Only 20 items')
  })
})
