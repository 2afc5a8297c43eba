// Accuracy and time of every check model on Fashion-MNIST: random sets of 600 and 6,000 of the first
// 10,000 training pictures, the first 2,000 test pictures. The figures of docs/methods/check.md.
// Run: node bench/evaluation/check-models.ts [MODEL,MODEL] [DEVICE]
import sharp from 'sharp'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { mean, sd } from '../../src-main/core/compute/statistics.ts'
import { drawRandom } from '../../src-main/core/evaluation/draws.ts'
import { pictureSide } from '../../src-main/core/evaluation/models/picture-side.ts'
import { fingerprintModels, pictureModels } from '../../src-main/core/evaluation/train-and-test.ts'
import {
  describeImages,
  fitImages
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { greyShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import { fashionMnist, hasFashionMnist } from '../features/fashion-mnist.ts'

if (!hasFashionMnist) {
  console.log('Skipped: the Debian package dataset-fashion-mnist is not installed.')
  process.exit(0)
}

const wanted = (process.argv[2] ?? 'linear,knn,mlp,convnet').split(',')
const { signal } = new AbortController()
const { device } = await openDevice(process.argv[3] ?? 'auto')
device.setCores?.(1)
const train = fashionMnist('train', 10_000)
const test = fashionMnist('t10k', 2000)
const pool = Uint32Array.from(train.labels, (_, i) => i)
const fit = await fitImages(
  device.tf,
  train.pixels.subarray(0, 4000 * 784),
  greyShape(28),
  0,
  signal
)
const fingerprints = await describeImages(device.tf, train.pixels, fit, signal)
const testFingerprints = await describeImages(device.tf, test.pixels, fit, signal)

function rowsOf(values: Float32Array, columns: number, rows: Uint32Array): Float32Array {
  const out = new Float32Array(rows.length * columns)
  rows.forEach((row, i) =>
    out.set(values.subarray(row * columns, (row + 1) * columns), i * columns)
  )
  return out
}

/** Enlarged as the app does it. */
async function enlarged(pixels: Uint8Array, rows: Uint32Array): Promise<Uint8Array> {
  const each = pictureSide * pictureSide
  const out = new Uint8Array(rows.length * each)
  for (const [i, row] of rows.entries()) {
    const raw = { width: 28, height: 28, channels: 1 } as const
    const picture = sharp(pixels.subarray(row * 784, (row + 1) * 784), { raw })
      .resize(pictureSide, pictureSide, { fit: 'fill' })
      .toColourspace('b-w')
    out.set(await picture.raw().toBuffer(), i * each)
  }
  return out
}

async function score(model: string, rows: Uint32Array, seed: number): Promise<[number, number]> {
  const trainLabels = Int32Array.from(rows, (row) => train.labels[row])
  const shared = { trainLabels, testLabels: test.labels, classes: 10, seed }
  const timed = async (work: () => Promise<number>): Promise<[number, number]> => {
    const before = process.cpuUsage()
    const accuracy = await work()
    const { user, system } = process.cpuUsage(before)
    return [accuracy, (user + system) / 1e6]
  }
  if (model === 'convnet') {
    const trainPixels = await enlarged(train.pixels, rows)
    const testPixels = await enlarged(test.pixels, pool.slice(0, test.labels.length))
    const inputs = { ...shared, trainPixels, testPixels, size: pictureSide, channels: 1 } as const
    return timed(() => pictureModels.convnet.score(inputs, device, signal))
  }
  if (model !== 'linear' && model !== 'knn' && model !== 'mlp')
    throw new Error(`no check model ${model}`)
  const inputs = {
    ...shared,
    trainFeatures: rowsOf(fingerprints, fit.columns, rows),
    testFeatures: testFingerprints,
    columns: fit.columns
  }
  return timed(() => fingerprintModels[model].score(inputs, device, signal))
}

console.log(`${device.name}, one core; mean and spread of three draws, processor seconds each`)
for (const model of wanted)
  for (const count of [600, 6000]) {
    const found: [number, number][] = []
    for (const seed of [1, 2, 3])
      found.push(await score(model, drawRandom(pool, count, seed), seed))
    const accuracies = found.map(([accuracy]) => 100 * accuracy)
    const seconds = mean(found.map(([, spent]) => spent))
    console.log(
      `${model}, ${count} pictures: ${mean(accuracies).toFixed(1)} % ± ${sd(accuracies).toFixed(1)}, ${seconds.toFixed(2)} s`
    )
  }
