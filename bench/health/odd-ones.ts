// Odd ones out: 60 pictures of a zip (grey, 28 x 28) among 6,000 of Fashion-MNIST, each under a
// random label. How many of them the check names, and how many of the data's own.
//   node bench/health/odd-ones.ts [--zip cifar10-jpeg.zip]
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import {
  describeImages,
  fitImages
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { greyShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import { readNpy, writeNpy } from '../../src-main/core/features/npy.ts'
import { neighbourDistances, oddOnes } from '../../src-main/core/health/checks/odd-ones.ts'
import { arrangeTask } from '../../src-main/core/health/likeness/arrange-task.ts'
import {
  findNeighbours,
  neighboursEach
} from '../../src-main/core/health/likeness/find-neighbours.ts'
import { neighboursTask } from '../../src-main/core/health/likeness/neighbours-task.ts'
import { planHealth } from '../../src-main/core/health/plan-task.ts'
import { openRecords } from '../../src-main/core/health/record-file.ts'
import { fashionMnist, hasFashionMnist } from '../features/fashion-mnist.ts'
import { phaseContext } from './inline-pool.ts'
import { zipPictures } from './planted-pictures.ts'

const { values: options } = parseArgs({
  options: { zip: { type: 'string', default: process.env['WINNOW_CIFAR10_ZIP'] ?? '' } }
})
if (!existsSync(options.zip) || !hasFashionMnist) {
  console.log(
    'Skipped: it needs dataset-fashion-mnist, and a zip of pictures (--zip or WINNOW_CIFAR10_ZIP).'
  )
  process.exit(0)
}

const own = 6000
const strange = 60
const total = own + strange
const { pixels: fashion, labels: given } = fashionMnist('train', own)
const pixels = new Uint8Array(total * 784)
pixels.set(fashion)
const strangers = await zipPictures(options.zip, strange, 1)
for (const [i, file] of strangers.files.entries())
  pixels.set(
    await sharp(file).resize(28, 28).greyscale().toColourspace('b-w').raw().toBuffer(),
    (own + i) * 784
  )
const random = createRandom(1)
const labels = Int32Array.from({ length: total }, (_, i) => (i < own ? given[i] : random.below(10)))

const signal = new AbortController().signal
const { device } = await openDevice('auto')
const fit = await fitImages(device.tf, pixels.subarray(0, 4000 * 784), greyShape(28), 0, signal)
const features = await describeImages(device.tf, pixels, fit, signal)
const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'))
try {
  const path = join(folder, 'features.npy')
  await writeNpy(path, features, total, fit.columns)
  const rows = Uint32Array.from({ length: total }, (_, i) => i)
  const context = phaseContext([arrangeTask, neighboursTask])
  const files = await findNeighbours(context, folder, { features: path, rows, lift: 0 })
  const whole = async (file: string): Promise<ArrayBufferLike> => {
    const records = await openRecords(file, 4 * neighboursEach)
    try {
      return (await records.range(0, total)).buffer
    } finally {
      await records.close()
    }
  }
  const lists = {
    order: Uint32Array.from((await readNpy(files.order)).values),
    norms: Float32Array.from((await readNpy(files.norms)).values),
    rows: new Uint32Array(await whole(files.rows)),
    cosine: new Float32Array(await whole(files.cosine)),
    k: neighboursEach
  }
  const columns = {
    labels,
    splits: new Uint8Array(total),
    aside: new Uint8Array(total),
    firstSame: rows,
    textLengths: new Uint32Array(total),
    widths: new Uint32Array(total).fill(28),
    heights: new Uint32Array(total).fill(28)
  }
  const finding = oddOnes({
    kind: 'images',
    columns,
    plan: planHealth('images', columns),
    classNames: [],
    skipped: 0,
    looks: undefined,
    texts: undefined,
    near: undefined,
    nearFacts: {},
    distances: neighbourDistances(lists, total),
    wrong: undefined,
    groupIds: undefined,
    groupColumn: undefined
  })
  const named = Array.from(finding?.rows ?? [])
  const right = named.filter((row) => row >= own).length
  console.log(
    `odd ones out: recall ${((100 * right) / strange).toFixed(1)} %, ${named.length - right} of ${own} own pictures named as well`
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
