import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { runMethod } from '../../coverage/coverage.test-support.ts'
import {
  describeSourceMethod,
  makeSourceCase,
  mixtureOf
} from '../../mixtures/mixtures.test-support.ts'
import { lateGains, sharesFromGains } from './gains.ts'
import late from './method.ts'

// As in the registry: the method's own parameter type is widened.
const method = late as never
const quick = { repeats: 2, steps: 5 }
let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describeSourceMethod(method, [quick, { ...quick, repeats: 1, most: 10 }])

describe('late upsampling', () => {
  it('takes more of what helps the examples and less of what harms', async () => {
    const shape = { sizes: [200, 400], noise: [0, 1], budget: 90, tasks: 1, examples: 40 }
    const { inputs } = makeSourceCase(3, shape)
    const { selection } = await runMethod(device, method, inputs)
    const [clean, noisy] = mixtureOf(selection).sources
    expect(clean.asked).toBeGreaterThan(0.45)
    expect(noisy.asked).toBeLessThan(0.55)
    expect(selection.notes.join(' ')).toContain('lowered the loss: "source 0"')
  })
})

describe('gains', () => {
  it('count only where they show beyond the spread', () => {
    const gains = lateGains(
      [1, 1.1, 0.9],
      [
        [0.8, 1.2],
        [0.9, 0.9],
        [0.71, 0.9]
      ]
    )
    expect(gains[0].mean).toBeCloseTo(0.19667, 4)
    expect(gains.map(({ isClear }) => isClear)).toEqual([true, false])
    for (const share of sharesFromGains([0.25, 0.75], gains, 3)) expect(share).toBeCloseTo(0.5, 12)
  })

  it('lead to shares by size where none is clear, and to less of what harms', () => {
    const gain = (mean: number, isClear = true) => ({ mean, low: mean, high: mean, isClear })
    expect(sharesFromGains([0.2, 0.8], [gain(0.5, false), gain(-0.1, false)], 3)).toEqual([
      0.2, 0.8
    ])
    // Weights 0.5 / 4 and 0.5 * 2: the second has half the effect, 4 ^ 0.5.
    const shares = sharesFromGains([0.5, 0.5], [gain(-0.2), gain(0.1)], 4)
    expect(shares[1] / shares[0]).toBeCloseTo(8, 12)
  })

  it('can be stored with one repeat', () => {
    const [gain] = lateGains([1], [[0.5]])
    expect(gain).toEqual({ mean: 0.5, low: 0.5, high: 0.5, isClear: true })
  })
})
