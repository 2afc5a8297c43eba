// Every derivative that second-order methods rest on, against central differences, on every device
// of this machine. REPORT_ERRORS=1 prints the largest errors (docs/methods/second-order.md).
import type { Tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TensorFlow } from '../devices/device.ts'
import { enableGradients } from '../devices/gradients.ts'
import { listDevices, openDevice } from '../devices/registry.ts'
import { createRandom } from '../random.ts'
import { derivativeError, normalStart, unrolledError } from './finite-differences.test-support.ts'
import { matchingCase, operationCases, trainingCase } from './second-order-cases.test-support.ts'

/** Largest allowed error in float32, relative as derivativeError says. */
const tolerance = 1e-3
/** Graphics cards compute exp and log with fewer digits. */
const graphicsTolerance = 5e-3
const orders = [1, 2, 3]
const seeds = fc.integer({ min: 0, max: 0x7fffffff })

await enableGradients()
const devices = (await listDevices()).filter((device) => device.isAvailable)
const report: Record<string, Record<string, string>> = {}

describe.each(devices)('on $id', ({ id, isGraphics }) => {
  let tf: TensorFlow
  const allowed = isGraphics ? graphicsTolerance : tolerance
  const worst: Record<string, number> = {}
  const note = (name: string, error: number): void => {
    worst[name] = Math.max(worst[name] ?? 0, error)
  }
  beforeAll(async () => {
    const { device } = await openDevice(id)
    expect(device.id).toBe(id)
    tf = device.tf
  })
  afterAll(() => {
    for (const [name, error] of Object.entries(worst))
      (report[name] ??= {})[id] = error.toExponential(1)
  })

  test.each(Object.entries(operationCases))(
    '%s: first, second and third derivative',
    (name, make) => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const random = createRandom(seed)
          const { f, starts } = make(tf, random)
          for (const order of orders) {
            const error = derivativeError(tf, f, starts, order, random)
            note(`${name}, ${order}`, error)
            expect(error, `order ${order}`).toBeLessThan(allowed)
          }
        }),
        { numRuns: 4 }
      )
    }
  )

  test.each([1, 2])('a training of %i steps: derivative for the synthetic pictures', (steps) => {
    const { training, parameters, pictures } = trainingCase(tf, 7 + steps, steps)
    const error = unrolledError(tf, training, parameters, pictures, createRandom(3))
    note(`training, ${steps}`, error)
    expect(error).toBeLessThan(allowed)
  })

  test('gradient matching: derivative for the synthetic pictures', () => {
    const { f, starts } = matchingCase(tf, 21)
    const error = derivativeError(tf, f, starts, 1, createRandom(4))
    note('gradient matching', error)
    expect(error).toBeLessThan(allowed)
  })
})

describe("the harness finds what tfjs-core's own operations get wrong at second order", () => {
  test.each(['exp', 'sigmoid', 'tanh', 'softmax', 'logSoftmax'] as const)('%s', async (name) => {
    const { tf } = (await openDevice('cpu')).device
    const random = createRandom(11)
    const starts = [normalStart(random, [2, 4], 0.7)]
    const error = (order: number): number =>
      derivativeError(tf, ([x]) => tf[name](tf.add(tf.square(x), x)), starts, order, random)
    expect(error(1)).toBeLessThan(tolerance)
    expect(error(2)).toBeGreaterThan(0.05)
  })

  test('and a training whose inner loss is its softmax cross-entropy', async () => {
    const { tf } = (await openDevice('cpu')).device
    const random = createRandom(12)
    const loss = (w: Tensor, x: Tensor): Tensor =>
      tf.neg(tf.mean(tf.mul(tf.logSoftmax(tf.matMul(x, w)), tf.tensor2d([1, 0, 0, 1], [2, 2]))))
    const parameters = [normalStart(random, [3, 2])]
    const pictures = normalStart(random, [2, 3])
    const training = {
      steps: 1,
      rate: 1,
      inner: ([w]: readonly Tensor[], x: Tensor) => loss(w, x),
      outer: ([w]: readonly Tensor[]) => tf.sum(tf.square(w))
    }
    const error = unrolledError(tf, training, parameters, pictures, random)
    expect(error).toBeGreaterThan(0.05)
  })
})

afterAll(() => {
  if (process.env['REPORT_ERRORS'] !== undefined) console.table(report)
})
