import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { runMethod } from '../../coverage/coverage.test-support.ts'
import {
  describeSourceMethod,
  makeSourceCase,
  mixtureOf
} from '../../mixtures/mixtures.test-support.ts'
import skillIt from './method.ts'

// As in the registry: the method's own parameter type is widened.
const method = skillIt as never
const quick = { repeats: 2, graphSteps: 2, rounds: 2, roundSteps: 2 }
let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describeSourceMethod(method, [quick, { ...quick, edges: 'learned', repeats: 1, window: 1 }])

describe('skill-it', () => {
  it('takes more from the source that helps the examples', async () => {
    const shape = { sizes: [300, 300], noise: [0, 1], budget: 100, tasks: 1, examples: 40 }
    const { inputs } = makeSourceCase(3, shape)
    const { selection } = await runMethod(device, method, inputs, { eta: 2 })
    const [clean, noisy] = mixtureOf(selection).sources
    expect(clean.asked).toBeGreaterThan(1.5 * noisy.asked)
    expect(selection.info['graph']).toMatchObject([[1], [expect.any(Number)]])
  })

  it('goes towards a noisy source without examples, the trap its card names', async () => {
    const { inputs } = makeSourceCase(3, { sizes: [300, 300], noise: [0, 0.8], budget: 100 })
    const { selection } = await runMethod(device, method, inputs, { window: 1, rounds: 8 })
    const [clean, noisy] = mixtureOf(selection).sources
    expect(noisy.asked).toBeGreaterThan(clean.asked)
  })

  it('refuses more sources than helper models can compare', async () => {
    const { inputs } = makeSourceCase(3, { sizes: Array<number>(65).fill(1), budget: 10 })
    await expect(runMethod(device, method, inputs, quick)).rejects.toMatchObject({
      code: 'method-not-possible',
      message: expect.stringContaining('at most 64 sources') as unknown
    })
  })
})
