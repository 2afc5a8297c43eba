import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { runMethod } from '../../coverage/coverage.test-support.ts'
import {
  describeSourceMethod,
  makeSourceCase,
  mixtureOf
} from '../../mixtures/mixtures.test-support.ts'
import aioli from './method.ts'

// As in the registry: the method's own parameter type is widened.
const method = aioli as never
const quick = { rounds: 2, sweeps: 1, sweepSteps: 1, roundSteps: 2 }
let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describeSourceMethod(method, [quick, { ...quick, rounds: 3, ema: 0.1 }])

describe('aioli', () => {
  it('takes more from the source that lowers the loss of the examples', async () => {
    const shape = { sizes: [300, 300], noise: [0, 1], budget: 100, tasks: 1, examples: 40 }
    const { inputs } = makeSourceCase(3, shape)
    const { selection } = await runMethod(device, method, inputs)
    const [clean, noisy] = mixtureOf(selection).sources
    expect(clean.asked).toBeGreaterThan(1.3 * noisy.asked)
  })

  it('starts from equal shares, whatever the sizes', async () => {
    const { inputs } = makeSourceCase(3, { sizes: [100, 400], budget: 50 })
    const { selection } = await runMethod(device, method, inputs, { ...quick, eta: 1e-6 })
    for (const { asked } of mixtureOf(selection).sources) expect(asked).toBeCloseTo(0.5, 5)
  })
})
