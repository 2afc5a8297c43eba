// G22: on Fashion-MNIST, one made picture for each label after 50 steps of distribution matching teaches
// a small network clearly better than one real picture by lot. With the whole data set where it is
// installed; with the sample pictures that come with the app everywhere (method.test.ts).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { loadIdxPair } from '../../../datasets/samples.ts'
import { drawPerClass } from '../../../evaluation/distilled/random-items.ts'
import { judge } from '../../../evaluation/distilled/judge.ts'
import { openFastDevice } from '../../../evaluation/models/models.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import {
  labelledPictures,
  oneHotShares,
  publishedNormalisation
} from '../../../networks/normalisation.ts'
import { plainStudent } from '../../../networks/student-recipe.ts'
import type { StudentItems } from '../../../networks/train-student.ts'
import type { DistillationInputs, LabelledRows } from '../distillation-method.ts'
import { runToEnd } from '../matching/matching.test-support.ts'
import { distributionMatchingMethod } from './method.ts'
import { distributionMatchingParams } from './params.ts'

/** Debian's package dataset-fashion-mnist. */
const folder = '/usr/share/datasets/fashion-mnist'
const isInstalled = existsSync(join(folder, 'train-images-idx3-ubyte.gz'))
const shape = { height: 28, width: 28, channels: 1 }
const { signal } = new AbortController()

let device: Device
beforeAll(async () => {
  device = await openFastDevice()
})

async function fashion(): Promise<DistillationInputs> {
  const [train, validation] = [4000, 500]
  const { images, labels } = await loadIdxPair(
    join(folder, 'train-images-idx3-ubyte.gz'),
    join(folder, 'train-labels-idx1-ubyte.gz')
  )
  const part = (from: number, to: number): LabelledRows =>
    labelledPictures(
      images.pixels.subarray(from * 784, to * 784),
      Int32Array.from(labels.subarray(from, to)),
      shape,
      publishedNormalisation.fashionMnist
    )
  return {
    data: 'pictures',
    shape,
    normalisation: publishedNormalisation.fashionMnist,
    classNames: Array.from({ length: 10 }, (_, c) => `class ${c}`),
    train: part(0, train),
    validation: part(train, train + validation),
    perClass: 1,
    network: { kind: 'convnet', width: 16, depth: 3, norm: 'instance' }
  }
}

/** Mean share of the validation items that two students of the items name rightly. */
async function score(
  inputs: DistillationInputs,
  itemsFor: (seed: number) => StudentItems
): Promise<number> {
  const network = createNetwork(inputs.network, inputs.shape, 10)
  const recipe = { ...plainStudent, epochs: 60 }
  let sum = 0
  for (const seed of [1, 2]) {
    const asked = { items: itemsFor(seed), recipe, network, seed, rows: inputs.validation }
    sum += await judge(device, asked, signal)
  }
  return sum / 2
}

test.skipIf(!isInstalled)(
  'G22: 50 steps at width 16 beat random items by more than 8 points (skipped where the data is not installed)',
  async () => {
    const inputs = await fashion()
    const params = distributionMatchingParams.parse({
      iterations: 50,
      realPerClass: 16,
      changes: 'off'
    })
    const context = { device, resume: undefined, signal, seed: 5, random: createRandom(5) }
    const { set } = await runToEnd(distributionMatchingMethod.run(context, inputs, params))
    const made = await score(inputs, () => ({
      values: set.values,
      count: set.count,
      targets: oneHotShares(set.labels, 10)
    }))
    const random = await score(inputs, (seed) => {
      const rows = drawPerClass(inputs.train.labels, 10, 1, seed)
      const labels = Int32Array.from(rows, (row) => inputs.train.labels[row])
      return {
        values: inputs.train.read(rows),
        count: rows.length,
        targets: oneHotShares(labels, 10)
      }
    })
    expect(made - random).toBeGreaterThan(0.08)
  },
  120_000
)
