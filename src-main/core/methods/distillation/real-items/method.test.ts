// Real items with plain labels, from the choice to the set.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { pictureInputs, runToEnd, vectorInputs } from './distillation.test-support.ts'
import { realItemsMethod as method } from './method.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const network = { kind: 'mlp', width: 16, depth: 1, norm: 'none' } as const

describe('real items with plain labels', () => {
  it('go on from a checkpoint to the same bits, with the better step size', async () => {
    const inputs = vectorInputs(5, network)
    const params = { choice: 'herding', rates: 3, studentEpochs: 60 } as const
    const before = device.tf.memory().numTensors
    const { set, checkpoints, seen } = await runToEnd(device, method, inputs, params)
    expect(device.tf.memory().numTensors).toBe(before)
    expect(set.targets).toEqual({ kind: 'hard' })
    expect(set.count).toBe(30)
    expect(set.info['validationAccuracy']).toBeGreaterThan(0.4)
    const last = seen[seen.length - 1]
    expect(last.done).toBe(last.total)
    for (const resume of checkpoints)
      expect((await runToEnd(device, method, inputs, params, { resume })).set).toEqual(set)
  })

  it('work on pictures', async () => {
    const inputs = pictureInputs(3)
    const { set } = await runToEnd(device, method, inputs, { rates: 1, studentEpochs: 10 })
    expect(set.form).toBe('rows')
    expect(set.values).toEqual(inputs.train.read(set.sourceRows ?? new Uint32Array(0)))
    expect(set.stored.map(({ part }) => part)).toEqual(['items', 'labels'])
  })
})
