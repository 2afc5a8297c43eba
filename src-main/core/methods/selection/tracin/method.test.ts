import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { unpackHeads } from '../../head-gradients/head-set.ts'
import {
  checkpointOf,
  dotOf,
  fullGradient,
  runSpec,
  scaledRow,
  scoresOf
} from '../../head-gradients/target.test-support.ts'
import { createRandom } from '../../../compute/random.ts'
import { makeCase } from '../icons/icons.test-support.ts'
import { tracinSpec } from './method.ts'
import { tracinParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const shape = { rows: 150, columns: 9, classes: 4, tasks: 2, budget: 30 }

describe('TracIn', () => {
  it.each([1, 4])(
    'is the sum of dot products of whole gradients at %i checkpoints',
    async (epochs) => {
      const given = makeCase(5, shape)
      const params = tracinParams.parse({ subTasks: 'none', warmUpEpochs: epochs })
      const record = await runSpec(device, given.inputs, tracinSpec(params))
      const checkpoint = checkpointOf(record, 'heads')
      const { weights, shares } = unpackHeads(checkpoint)
      expect(weights).toHaveLength(epochs)
      const got = scoresOf(record)
      given.inputs.tasks.forEach(({ parts: [part] }, task) => {
        const expected = [...given.inputs.labels].map((label, i) =>
          weights.reduce((total, own, t) => {
            const g = fullGradient(own, scaledRow(checkpoint, given.values, i), label)
            const dots = [...part.labels].map((target, v) =>
              dotOf(g, fullGradient(own, scaledRow(checkpoint, part.features, v), target))
            )
            return total + (shares[t] * dots.reduce((a, b) => a + b)) / dots.length
          }, 0)
        )
        const size = Math.max(...expected.map(Math.abs))
        expected.forEach((value, i) =>
          expect(Math.abs(got[task * 150 + i] - value)).toBeLessThan(1e-5 * size)
        )
      })
    }
  )

  it('puts wrong labels at the end: their steps work against the examples', async () => {
    const { inputs } = makeCase(12, { rows: 400, columns: 12, classes: 4, tasks: 4, budget: 40 })
    const random = createRandom(3)
    const wrong = new Set(random.sample(400, 40))
    const labels = inputs.labels.map((label, row) =>
      wrong.has(row) ? (label + 1 + random.below(3)) % 4 : label
    )
    const spec = tracinSpec(tracinParams.parse({ join: 'mean', subTasks: 'none' }))
    const { selection } = await runSpec(device, { ...inputs, labels }, spec)
    const { value } = selection.columns
    const against = [...wrong].filter((row) => value[row] < 0).length
    expect(against).toBeGreaterThan(30)
  })
})
