// One sharpness-aware step against plain loops.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../compute/devices/device.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { createRandom } from '../compute/random.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import { createNetwork } from './create-network.ts'
import { createTrainer } from './trainer.ts'

let device: Device
beforeAll(async () => {
  await enableGradients()
  device = await openFastDevice()
})

const values = Float32Array.of(1, -0.5, 0.25, 2)
const targets = Float32Array.of(1, 0, 0, 1)

/** Gradient of softmax regression: weights 2 x 2 row-major, then biases. */
function slope(w: readonly number[]): number[] {
  const gradient = w.map(() => 0)
  for (let item = 0; item < 2; item++) {
    const x = [values[2 * item], values[2 * item + 1], 1]
    const z = [0, 1].map((c) => x[0] * w[c] + x[1] * w[2 + c] + w[4 + c])
    const total = Math.exp(z[0]) + Math.exp(z[1])
    for (let c = 0; c < 2; c++)
      for (let i = 0; i < 3; i++)
        gradient[2 * i + c] += ((Math.exp(z[c]) / total - targets[2 * item + c]) * x[i]) / 2
  }
  return gradient
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0)

describe('a sharpness-aware step', () => {
  it('is the raised gradient less 0.3 of the plain one across it', () => {
    const columns = { height: 1, width: 1, channels: 2 }
    const network = createNetwork({ kind: 'linear', width: 0, depth: 0, norm: 'none' }, columns, 2)
    const parameters = network.start(createRandom(1))
    const w = [...parameters[0], ...parameters[1]].map(Number)
    const plain = slope(w)
    const length = Math.sqrt(dot(plain, plain))
    const near = slope(w.map((value, i) => value + (0.4 * plain[i]) / length))
    const along = dot(plain, near) / dot(near, near)
    const expected = w.map(
      (value, i) => value - 0.5 * (near[i] - 0.3 * (plain[i] - along * near[i]))
    )
    const trainer = createTrainer(
      device.tf,
      network,
      {
        optimizer: 'sgd',
        momentum: 0,
        decay: 0,
        loss: 'cross-entropy',
        temperature: 1,
        sharpness: 0.4
      },
      { parameters }
    )
    trainer.step(values, targets, 0.5)
    const after = trainer.state().parameters.flatMap((part) => [...part])
    trainer.dispose()
    after.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5))
  })
})
