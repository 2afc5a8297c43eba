// The exported decoder: another runtime draws the method's own pictures from it, for any number of items.
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { inputSize, type InputShape } from '../../../networks/network.ts'
import { decoderModels } from './decoder-onnx.ts'
import { startGroup } from './group-state.ts'
import { decodeItems, readGroups } from './latent-set.ts'
import { groupDecoder, planLayout } from './layout.ts'
import { latentSet } from './made-latents.ts'
import { distributionalParams } from './params.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
})

function setOf(shape: InputShape) {
  const { channels } = shape
  const inputs = {
    shape,
    perClass: 10,
    classNames: ['a', 'b', 'c'],
    normalisation: { mean: Array(channels).fill(0.4), sd: Array(channels).fill(0.3) }
  }
  const params = distributionalParams.parse({ groups: 2, priors: 2 })
  const { layout } = planLayout(inputs, params)
  const groups = layout.groups.map(({ classes }, g) =>
    startGroup(groupDecoder(layout, g, shape), classes * 2, createRandom(g))
  )
  const facts = { iterations: 0, loss: 0, studentEpochs: 10, notes: [] }
  return { layout, set: latentSet(tf, inputs, groups, layout, undefined, facts, createRandom(1)) }
}

test.each([
  { height: 28, width: 28, channels: 1 },
  { height: 12, width: 18, channels: 3 }
])('draws the pictures of the set: %o', async (shape) => {
  const { layout, set } = setOf(shape)
  const groups = readGroups(set.stored, layout, shape)
  const models = decoderModels(set, shape)
  expect(models.map(({ firstClass, classes }) => [firstClass, classes])).toEqual([
    [0, 1],
    [1, 2]
  ])
  for (const [g, { onnx, mean, logvar, latent }] of models.entries()) {
    const session = await InferenceSession.create(onnx)
    expect(session.inputNames).toEqual(['mean', 'logvar', 'noise'])
    for (const clouds of [Int32Array.of(1), Int32Array.of(0, 1, 1, 0, 1)]) {
      const random = createRandom(7)
      const noise = Float32Array.from({ length: clouds.length * latent }, () => random.normal())
      const rows = (of: Float32Array): Tensor =>
        new Tensor(
          'float32',
          Float32Array.from(
            noise,
            (_, at) => of[clouds[Math.floor(at / latent)] * latent + (at % latent)]
          ),
          [clouds.length, latent]
        )
      const { pictures } = await session.run({
        mean: rows(mean),
        logvar: rows(logvar),
        noise: new Tensor('float32', noise, [clouds.length, latent])
      })
      expect(pictures.dims).toEqual([clouds.length, shape.height, shape.width, shape.channels])
      const expected = decodeItems(tf, groups[g], layout, g, shape, clouds, noise)
      expect(expected).toHaveLength(clouds.length * inputSize(shape))
      const drawn = pictures.data as Float32Array // float32, as the model says
      const apart = expected.map((value, i) => Math.abs(value - drawn[i]))
      expect(Math.max(...apart)).toBeLessThan(1e-4)
      expect(new Set(expected).size).toBeGreaterThan(20)
    }
    await session.release()
  }
})

test('refuses sets without a decoder', () => {
  expect(() =>
    decoderModels({ stored: [], info: {} }, { height: 4, width: 4, channels: 1 })
  ).toThrow('no decoder')
})
