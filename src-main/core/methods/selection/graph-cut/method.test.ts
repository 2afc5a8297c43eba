// Graph cut against its definition, with all similarities.
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
  variants: [{}, { lambda: 1 }, { mix: 'free', lambda: 0.3 }],
  small: {}
})

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describe('graph cut', () => {
  it.each([0, 1, 0.2])('has the gains of its definition at weight %d', async (lambda) => {
    const { inputs, values } = makeCoverageCase(1, { rows: 60, columns: 5, classes: 3, budget: 15 })
    const mean = [0, 1, 2, 3, 4].map(
      (j) => inputs.labels.reduce((s, _, i) => s + values[5 * i + j], 0) / 60
    )
    const units = Array.from({ length: 60 }, (_, i) => {
      const moved = mean.map((value, j) => values[5 * i + j] - value)
      return moved.map((value) => value / Math.hypot(...moved))
    })
    const s = units.map((a) =>
      units.map((b) => 0.5 + 0.5 * a.reduce((sum, v, j) => sum + v * b[j], 0))
    )
    const weight = lambda > 0 ? lambda : (2 * 15) / 60
    const picks: number[] = []
    while (picks.length < 15) {
      const gains = s.map((line, j) =>
        picks.includes(j)
          ? -Infinity
          : weight * line.reduce((a, b) => a + b, 0) -
            2 * picks.reduce((sum, i) => sum + s[i][j], 0)
      )
      picks.push(gains.indexOf(Math.max(...gains)))
    }
    const { selection } = await runMethod(device, method as never, inputs, { mix: 'free', lambda })
    expect(chosenOf(selection)).toEqual(picks)
    const alike = picks.flatMap((i) => picks.map((j) => 2 * s[i][j] - 1))
    expect(selection.summary.value).toBeCloseTo(alike.reduce((a, b) => a + b, 0) / 225, 5)
  })

  it('spreads out as the weight falls', async () => {
    const { inputs } = makeCoverageCase(2, { rows: 200, columns: 6, classes: 4, budget: 20 })
    const alike = []
    for (const lambda of [0.01, 0.2, 5]) {
      const { selection } = await runMethod(device, method as never, inputs, {
        mix: 'free',
        lambda
      })
      alike.push(selection.summary.value)
    }
    expect(alike[0]).toBeLessThan(alike[1])
    expect(alike[1]).toBeLessThan(alike[2])
  })
})
