// Files of an exported set of clouds: one decoder for each group with the clouds of its labels.
import { beforeAll, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { decoderModels } from './decoder-onnx.ts'
import { decoderFiles } from './export-files.ts'
import { startGroup } from './group-state.ts'
import { groupDecoder, planLayout } from './layout.ts'
import { latentSet } from './made-latents.ts'
import { distributionalParams } from './params.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
})

const shape = { height: 12, width: 12, channels: 1 }

function setOf(groups: number) {
  const inputs = {
    shape,
    perClass: 10,
    classNames: ['a', 'b', 'c'],
    normalisation: { mean: [0.4], sd: [0.3] }
  }
  const { layout } = planLayout(inputs, distributionalParams.parse({ groups, priors: 2 }))
  const states = layout.groups.map(({ classes }, g) =>
    startGroup(groupDecoder(layout, g, shape), classes * 2, createRandom(g))
  )
  const facts = { iterations: 0, loss: 0, studentEpochs: 10, notes: [] }
  return latentSet(tf, inputs, states, layout, undefined, facts, createRandom(1))
}

test('a set of one group has one decoder', () => {
  const set = setOf(1)
  const [{ onnx, mean, logvar, latent }] = decoderModels(set, shape)
  expect(decoderFiles(set, shape)).toMatchObject([
    { name: 'decoder.onnx', bytes: onnx },
    { name: 'cloud-means.npy', array: { shape: [6, latent], values: mean } },
    { name: 'cloud-logvars.npy', array: { shape: [6, latent], values: logvar } }
  ])
})

test('groups have their own, and say whose labels they draw', () => {
  const files = decoderFiles(setOf(2), shape)
  expect(files.map(({ name }) => name)).toEqual([
    ...['decoder-1.onnx', 'cloud-means-1.npy', 'cloud-logvars-1.npy'],
    ...['decoder-2.onnx', 'cloud-means-2.npy', 'cloud-logvars-2.npy']
  ])
  expect(files[0].text).toContain('draws items of the label number 0 with')
  expect(files[3].text).toContain('draws items of the labels number 1 to 2 with')
})
