// Accuracy and speed of the picture extractor on Fashion-MNIST, with raw pixels and their principal
// components as baselines. Run: node bench/features/fashion.ts
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import {
  describeImages,
  fitImages
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { greyShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import { multiplyArrays } from '../../src-main/core/features/matrix-product.ts'
import { principalAxes } from '../../src-main/core/features/principal-axes.ts'
import { fashionMnist, hasFashionMnist } from './fashion-mnist.ts'
import { linearProbe, percent } from './linear-probe.ts'

if (!hasFashionMnist) {
  console.log('Skipped: the Debian package dataset-fashion-mnist is not installed.')
  process.exit(0)
}

const fitPictures = 4000
const signal = new AbortController().signal
const { device } = await openDevice(process.argv[2] ?? 'auto')
const { tf } = device
const train = fashionMnist('train', 10_000)
const test = fashionMnist('t10k', 10_000)
console.log(`Fashion-MNIST, first 10,000 training pictures, 10,000 test pictures, ${device.name}`)

const unit = (pixels: Uint8Array): Float32Array => Float32Array.from(pixels, (value) => value / 255)
const raw = { train: unit(train.pixels), test: unit(test.pixels) }
const probe = (a: Float32Array, b: Float32Array, columns: number): Promise<number> =>
  linearProbe(
    tf,
    { values: a, labels: train.labels },
    { values: b, labels: test.labels },
    columns,
    10
  )
console.log(`raw pixels, 784 columns: ${percent(await probe(raw.train, raw.test, 784))}`)

const pca = await principalAxes(tf, raw.train.slice(0, fitPictures * 784), 784, 256, 0, signal)
const project = (rows: Float32Array): Float32Array => {
  const centred = rows.map((value, i) => value - pca.mean[i % 784])
  return multiplyArrays(tf, centred, 784, pca.axes)
}
console.log(
  `principal components of pixels, ${pca.columns} columns: ${percent(await probe(project(raw.train), project(raw.test), pca.columns))}`
)

let start = performance.now()
const fit = await fitImages(
  tf,
  train.pixels.subarray(0, fitPictures * 784),
  greyShape(28),
  0,
  signal
)
console.log(
  `image-small: fitted on ${fitPictures} training pictures in ${((performance.now() - start) / 1000).toFixed(1)} s`
)
start = performance.now()
const described = await describeImages(tf, train.pixels, fit, signal)
const perSecond = 10_000 / ((performance.now() - start) / 1000)
const describedTest = await describeImages(tf, test.pixels, fit, signal)
console.log(
  `image-small, ${fit.columns} columns: ${percent(await probe(described, describedTest, fit.columns))}, ${Math.round(perSecond)} pictures a second per core`
)
