// The pools of the selection grid: real data, clean and with planted faults, each drawn anew per
// seed. Pictures and texts are described by the product's own extractors, fitted once per source.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import type { Device } from '../../../src-main/core/compute/devices/device.ts'
import { createRandom, type Random } from '../../../src-main/core/compute/random.ts'
import { plantPool } from '../../../src-main/core/datasets/plant-pool.ts'
import { openImageZip } from '../../../src-main/core/datasets/readers/image-files.ts'
import {
  describeImages,
  fitImages
} from '../../../src-main/core/features/extractors/image-small/extractor.ts'
import {
  colourShape,
  greyShape
} from '../../../src-main/core/features/extractors/image-small/shape.ts'
import { loadSentenceEncoder } from '../../../src-main/core/features/extractors/text-sentences/encoder.ts'
import { fashionMnist, hasFashionMnist } from '../../features/fashion-mnist.ts'

/** n x columns rows with their classes, and their texts where they are texts. */
export interface Rows {
  readonly values: Float32Array
  readonly labels: Int32Array
  readonly texts?: readonly string[]
}

export interface Pool {
  readonly columns: number
  readonly classes: number
  readonly pool: Rows
  /** Labelled rows kept apart from the pool, for example tasks. */
  readonly examples: Rows
  readonly test: Rows
  /** Classes of each task that a user gave; undefined = none given. */
  readonly tasks: readonly (readonly number[])[] | undefined
}

/** What is special about a pool: where a method should be able to win. */
export type Trait = 'clean' | 'faulty' | 'redundant' | 'uneven' | 'targeted'

export interface PoolKind {
  readonly name: string
  readonly trait: Trait
  readonly about: string
  /** Classes of each task that a user gave; undefined = none given. */
  readonly tasks?: readonly (readonly number[])[]
  readonly hasWrongLabels?: boolean
  /** Large pools are for methods whose cost allows it. */
  readonly isLarge?: boolean
  /** Undefined = possible here; otherwise what is missing. */
  readonly missing: () => string | undefined
  draw(device: Device, seed: number): Promise<Pool>
}

const signal = new AbortController().signal
const poolRows = 2000
const testRows = 3000
const examplesPerClass = 20
const cifarZip = process.env['WINNOW_CIFAR10_ZIP'] ?? ''
const wordNet = '/usr/share/wordnet/data.noun'

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function take(rows: Rows, columns: number, wanted: ArrayLike<number>): Rows {
  const values = new Float32Array(wanted.length * columns)
  const labels = new Int32Array(wanted.length)
  const list = Array.from(wanted)
  list.forEach((row, i) => {
    values.set(rows.values.subarray(row * columns, (row + 1) * columns), i * columns)
    labels[i] = rows.labels[row]
  })
  return rows.texts === undefined
    ? { values, labels }
    : { values, labels, texts: list.map((row) => rows.texts?.[row] ?? '') }
}

/** `share01` of the labels become another class, evenly among the others. */
function withWrongLabels(rows: Rows, classes: number, share01: number, random: Random): Rows {
  const labels = rows.labels.slice()
  for (const row of random.sample(labels.length, Math.round(share01 * labels.length)))
    labels[row] = (labels[row] + 1 + random.below(classes - 1)) % classes
  return { ...rows, labels }
}

// --- digits -----------------------------------------------------------------------------------

const digitsColumns = 128
const digits = once(async () => {
  const python = process.env['PYTHON'] ?? '/usr/bin/python3'
  const script =
    'from sklearn.datasets import load_digits\n' +
    'd = load_digits()\n' +
    'for x, y in zip(d.data, d.target): print(",".join(str(int(v)) for v in x) + "," + str(y))'
  const csv = execFileSync(python, ['-c', script], { encoding: 'utf8', maxBuffer: 1e8 })
  return csv
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number))
})

function hasSklearn(): boolean {
  try {
    execFileSync(process.env['PYTHON'] ?? '/usr/bin/python3', ['-c', 'import sklearn'], {
      stdio: 'ignore'
    })
    return true
  } catch {
    return false
  }
}

/** 1,100 pool, 100 examples, 597 test rows; 128 fixed random ReLU features of the 64 pixels. */
async function drawDigits(seed: number): Promise<Pool> {
  const table = await digits()
  const weights = createRandom(77).fork('random features')
  const matrix = Float32Array.from({ length: 64 * digitsColumns }, () => weights.normal() / 8)
  const shift = Float32Array.from({ length: digitsColumns }, () => 0.3 * weights.normal())
  const values = new Float32Array(table.length * digitsColumns)
  table.forEach((line, row) => {
    for (let j = 0; j < digitsColumns; j++) {
      let sum = shift[j]
      for (let i = 0; i < 64; i++) sum += (line[i] / 8 - 0.6) * matrix[i * digitsColumns + j]
      values[row * digitsColumns + j] = Math.max(0, sum)
    }
  })
  const all = { values, labels: Int32Array.from(table, (line) => line[64]) }
  const order = createRandom(seed).fork('digits').sample(table.length, table.length)
  return {
    columns: digitsColumns,
    classes: 10,
    pool: take(all, digitsColumns, order.subarray(0, 1100)),
    examples: take(all, digitsColumns, order.subarray(1100, 1200)),
    test: take(all, digitsColumns, order.subarray(1200)),
    tasks: undefined
  }
}

// --- pictures ---------------------------------------------------------------------------------

interface Pictures {
  readonly side: number
  readonly channels: 1 | 3
  readonly pixels: Uint8Array
  readonly labels: Int32Array
}

interface PictureSource {
  readonly train: Pictures
  readonly columns: number
  readonly test: Rows
  describe(pictures: Pictures): Promise<Rows>
}

function somePictures(from: Pictures, rows: ArrayLike<number>): Pictures {
  const each = from.side * from.side * from.channels
  const list = Array.from(rows)
  const pixels = new Uint8Array(list.length * each)
  list.forEach((row, i) => pixels.set(from.pixels.subarray(row * each, (row + 1) * each), i * each))
  return { ...from, pixels, labels: Int32Array.from(list, (row) => from.labels[row]) }
}

async function pictureSource(
  device: Device,
  train: Pictures,
  test: Pictures
): Promise<PictureSource> {
  const { tf } = device
  const shape = train.channels === 1 ? greyShape(train.side) : colourShape(train.side)
  const each = train.side * train.side * train.channels
  const fit = await fitImages(tf, train.pixels.subarray(0, 4000 * each), shape, 0, signal)
  const describe = async ({ pixels, labels }: Pictures): Promise<Rows> => ({
    values: await describeImages(tf, pixels, fit, signal),
    labels
  })
  return { train, columns: fit.columns, test: await describe(test), describe }
}

let fashionSource: Promise<PictureSource> | undefined
function fashion(device: Device): Promise<PictureSource> {
  fashionSource ??= pictureSource(
    device,
    { side: 28, channels: 1, ...fashionMnist('train', 20_000) },
    { side: 28, channels: 1, ...fashionMnist('t10k', testRows) }
  )
  return fashionSource
}

let largeSource: Promise<PictureSource> | undefined
function largeFashion(device: Device): Promise<PictureSource> {
  largeSource ??= pictureSource(
    device,
    { side: 28, channels: 1, ...fashionMnist('train', 60_000) },
    { side: 28, channels: 1, ...fashionMnist('t10k', 10_000) }
  )
  return largeSource
}

async function cifarPart(part: 'train' | 'test', count: number): Promise<Pictures> {
  const source = await openImageZip(cifarZip)
  try {
    const files = source.files.filter(({ path }) => path.startsWith(`${part}/`))
    const names = [...new Set(files.map(({ path }) => path.split('/')[1]))].sort()
    const picked = createRandom(5).fork(part).sample(files.length, count)
    const pixels = new Uint8Array(count * 3072)
    const labels = new Int32Array(count)
    for (const [i, file] of picked.entries()) {
      const { path } = files[file]
      const raw = await sharp(await source.read(path))
        .removeAlpha()
        .raw()
        .toBuffer()
      pixels.set(raw, i * 3072)
      labels[i] = names.indexOf(path.split('/')[1])
    }
    return { side: 32, channels: 3, pixels, labels }
  } finally {
    await source.close()
  }
}

let cifarSource: Promise<PictureSource> | undefined
function cifar(device: Device): Promise<PictureSource> {
  cifarSource ??= (async () =>
    pictureSource(device, await cifarPart('train', 12_000), await cifarPart('test', testRows)))()
  return cifarSource
}

interface PictureDraw {
  readonly rows?: number
  readonly plant?: (pictures: Pictures, random: Random) => Pictures
  /** Rows of the pool from the shuffled rest. */
  readonly pick?: (labels: Int32Array, rest: Uint32Array) => ArrayLike<number>
  readonly tasks?: readonly (readonly number[])[]
  /** The test is about these classes only. */
  readonly testClasses?: readonly number[]
}

async function drawPictures(source: PictureSource, seed: number, how: PictureDraw): Promise<Pool> {
  const { train, columns } = source
  const random = createRandom(seed).fork('pool')
  const order = random.sample(train.labels.length, train.labels.length)
  const counts = new Map<number, number>()
  const examples: number[] = []
  const rest: number[] = []
  for (const row of order) {
    const count = counts.get(train.labels[row]) ?? 0
    counts.set(train.labels[row], count + 1)
    if (count < examplesPerClass) examples.push(row)
    else rest.push(row)
  }
  const free = Uint32Array.from(rest)
  const wanted = how.pick?.(train.labels, free) ?? free.subarray(0, how.rows ?? poolRows)
  const chosen = somePictures(train, wanted)
  const pool = await source.describe(how.plant?.(chosen, random) ?? chosen)
  const only = how.testClasses
  const testOf = [...source.test.labels.keys()].filter(
    (row) => only === undefined || only.includes(source.test.labels[row])
  )
  return {
    columns,
    classes: 10,
    pool,
    examples: await source.describe(somePictures(train, examples)),
    test: take(source.test, columns, testOf),
    tasks: how.tasks
  }
}

/** Wrong labels, near-copies and foreign pictures, as the product's sample has them. */
function plantFaults(pictures: Pictures, random: Random): Pictures {
  const { side, channels } = pictures
  if (channels !== 1) throw new RangeError('faults are planted in grey pictures')
  const planted = plantPool({
    images: { count: pictures.labels.length, height: side, width: side, pixels: pictures.pixels },
    labels: Uint8Array.from(pictures.labels),
    seed: random.below(2 ** 31),
    wrongLabels01: 0.2,
    nearDuplicates01: 0.15,
    otherSource01: 0.15
  })
  return { ...pictures, pixels: planted.images.pixels, labels: Int32Array.from(planted.labels) }
}

function plantWrongLabels(pictures: Pictures, random: Random): Pictures {
  const { labels } = withWrongLabels(
    { values: new Float32Array(0), labels: pictures.labels },
    10,
    0.2,
    random
  )
  return { ...pictures, labels }
}

/** Four of five rows become slightly brighter or darker copies of 60 of the others, as bursts of photos are. */
function plantBursts(pictures: Pictures, random: Random): Pictures {
  const each = pictures.side * pictures.side * pictures.channels
  const count = pictures.labels.length
  const pixels = pictures.pixels.slice()
  const labels = pictures.labels.slice()
  const order = random.sample(count, count)
  const copies = Math.floor(0.8 * count)
  const originals = order.subarray(copies, copies + 60)
  for (const row of order.subarray(0, copies)) {
    const of = originals[random.below(60)]
    const gain = 0.96 + 0.08 * random.uniform()
    const noise = random.fork(`copy ${row}`)
    for (let i = 0; i < each; i++) {
      const value = pictures.pixels[of * each + i] * gain + 2 * noise.normal()
      pixels[row * each + i] = Math.max(0, Math.min(255, Math.round(value)))
    }
    labels[row] = pictures.labels[of]
  }
  return { ...pictures, pixels, labels }
}

/** Classes in shares that fall by 0.6 from one to the next; the test is even. */
function unevenRows(labels: Int32Array, rest: Uint32Array): number[] {
  const weights = Array.from({ length: 10 }, (_, i) => 0.6 ** i)
  const sum = weights.reduce((a, b) => a + b, 0)
  const quota = weights.map((weight) => Math.round((poolRows * weight) / sum))
  const rows: number[] = []
  for (const row of rest) if (quota[labels[row]]-- > 0) rows.push(row)
  return rows
}

// --- texts ------------------------------------------------------------------------------------

/** Ten of WordNet's noun categories by number; a definition's category is its label. */
const categories = ['03', '04', '05', '06', '07', '08', '09', '13', '15', '18']
const textSource = (device: Device): Promise<Rows> => (texts ??= describeTexts(device))
let texts: Promise<Rows> | undefined

async function describeTexts(device: Device): Promise<Rows> {
  const lines = readFileSync(wordNet, 'latin1').split('\n')
  const found: { text: string; label: number }[] = []
  for (const line of lines) {
    const label = categories.indexOf(line.slice(9, 11))
    const at = line.indexOf('| ')
    if (label >= 0 && at > 0 && /^\d{8} /.test(line))
      found.push({ text: line.slice(at + 2).trim(), label })
  }
  const random = createRandom(8).fork('texts')
  const perClass = new Map<number, number>()
  const picked: typeof found = []
  for (const i of random.sample(found.length, found.length)) {
    const { label } = found[i]
    const count = perClass.get(label) ?? 0
    if (count >= 800) continue
    perClass.set(label, count + 1)
    picked.push(found[i])
  }
  const encoder = await loadSentenceEncoder(device.tf)
  const { values } = await encoder.encode(
    picked.map(({ text }) => text),
    signal
  )
  encoder.dispose()
  return {
    values,
    labels: Int32Array.from(picked, ({ label }) => label),
    texts: picked.map(({ text }) => text)
  }
}

async function drawTexts(
  device: Device,
  seed: number,
  wrong01: number,
  tasks?: readonly (readonly number[])[]
): Promise<Pool> {
  const all = await textSource(device)
  const columns = all.values.length / all.labels.length
  const random = createRandom(seed).fork('texts')
  const order = random.sample(all.labels.length, all.labels.length)
  const examples = order.subarray(0, 10 * examplesPerClass)
  const pool = take(all, columns, order.subarray(examples.length, examples.length + poolRows))
  const test = order.subarray(examples.length + poolRows)
  const only = tasks?.flat()
  return {
    columns,
    classes: categories.length,
    pool: wrong01 > 0 ? withWrongLabels(pool, categories.length, wrong01, random) : pool,
    examples: take(all, columns, examples),
    test: take(
      all,
      columns,
      [...test].filter((row) => only === undefined || only.includes(all.labels[row]))
    ),
    tasks
  }
}

// --- the list ---------------------------------------------------------------------------------

const needs = (isHere: boolean, what: string) => (): string | undefined =>
  isHere ? undefined : what
const fashionHere = needs(hasFashionMnist, 'dataset-fashion-mnist')
const cifarHere = needs(existsSync(cifarZip), 'WINNOW_CIFAR10_ZIP')
const textsHere = needs(existsSync(wordNet), 'wordnet-base')
const digitsHere = (): string | undefined => (hasSklearn() ? undefined : 'python3-sklearn')

const largeRows = 30_000

/** Groups of classes as in the bundled sample: footwear, tops, warm clothes, going out. */
const overlapping = [
  [5, 7, 9],
  [0, 2, 6, 4],
  [2, 4, 9, 1],
  [3, 8, 5, 6]
]

export const poolKinds: readonly PoolKind[] = [
  {
    name: 'digits',
    trait: 'clean',
    about: 'scikit-learn digits, 1,100 rows, 128 random features',
    missing: digitsHere,
    draw: (_, seed) => drawDigits(seed)
  },
  {
    name: 'digits, wrong labels',
    trait: 'faulty',
    about: 'the same, 20 % of the labels wrong',
    hasWrongLabels: true,
    missing: digitsHere,
    async draw(_, seed) {
      const pool = await drawDigits(seed)
      const random = createRandom(seed).fork('wrong labels')
      return { ...pool, pool: withWrongLabels(pool.pool, 10, 0.2, random) }
    }
  },
  {
    name: 'Fashion-MNIST',
    trait: 'clean',
    about: '2,000 pictures as they are',
    missing: fashionHere,
    draw: async (device, seed) => drawPictures(await fashion(device), seed, {})
  },
  {
    name: 'Fashion-MNIST, polluted',
    trait: 'faulty',
    about: '20 % wrong labels, 15 % near-copies, 15 % from elsewhere',
    hasWrongLabels: true,
    missing: fashionHere,
    draw: async (device, seed) => drawPictures(await fashion(device), seed, { plant: plantFaults })
  },
  {
    name: 'Fashion-MNIST, bursts',
    trait: 'redundant',
    about: '80 % of the rows are near-copies of 60 pictures',
    missing: fashionHere,
    draw: async (device, seed) => drawPictures(await fashion(device), seed, { plant: plantBursts })
  },
  {
    name: 'Fashion-MNIST, uneven',
    trait: 'uneven',
    about: 'class shares fall by 0.6 from one to the next, the test is even',
    missing: fashionHere,
    draw: async (device, seed) => drawPictures(await fashion(device), seed, { pick: unevenRows })
  },
  {
    name: 'Fashion-MNIST, one task',
    trait: 'targeted',
    about: 'examples of three kinds of shoe, and a test of those',
    tasks: [[5, 7, 9]],
    missing: fashionHere,
    draw: async (device, seed) =>
      drawPictures(await fashion(device), seed, { tasks: [[5, 7, 9]], testClasses: [5, 7, 9] })
  },
  {
    name: 'Fashion-MNIST, polluted, four tasks',
    trait: 'targeted',
    about: 'four tasks that share classes, on the polluted pool',
    hasWrongLabels: true,
    tasks: overlapping,
    missing: fashionHere,
    draw: async (device, seed) =>
      drawPictures(await fashion(device), seed, { plant: plantFaults, tasks: overlapping })
  },
  {
    name: 'CIFAR-10',
    trait: 'clean',
    about: '2,000 pictures as they are',
    missing: cifarHere,
    draw: async (device, seed) => drawPictures(await cifar(device), seed, {})
  },
  {
    name: 'CIFAR-10, wrong labels',
    trait: 'faulty',
    about: '20 % of the labels wrong',
    hasWrongLabels: true,
    missing: cifarHere,
    draw: async (device, seed) =>
      drawPictures(await cifar(device), seed, { plant: plantWrongLabels })
  },
  {
    name: 'Fashion-MNIST, 30,000',
    trait: 'clean',
    about: '30,000 pictures as they are',
    isLarge: true,
    missing: fashionHere,
    draw: async (device, seed) =>
      drawPictures(await largeFashion(device), seed, { rows: largeRows })
  },
  {
    name: 'Fashion-MNIST, 30,000, polluted',
    trait: 'faulty',
    about: '30,000 pictures; 20 % wrong labels, 15 % near-copies, 15 % from elsewhere',
    hasWrongLabels: true,
    isLarge: true,
    missing: fashionHere,
    draw: async (device, seed) =>
      drawPictures(await largeFashion(device), seed, { rows: largeRows, plant: plantFaults })
  },
  {
    name: 'definitions',
    trait: 'clean',
    about: '2,000 definitions of WordNet in ten noun categories',
    missing: textsHere,
    draw: (device, seed) => drawTexts(device, seed, 0)
  },
  {
    name: 'definitions, wrong labels',
    trait: 'faulty',
    about: '20 % of the labels wrong',
    hasWrongLabels: true,
    missing: textsHere,
    draw: (device, seed) => drawTexts(device, seed, 0.2)
  },
  {
    name: 'definitions, one task',
    trait: 'targeted',
    about: 'examples of three categories, and a test of those',
    tasks: [[2, 4, 6]],
    missing: textsHere,
    draw: (device, seed) => drawTexts(device, seed, 0, [[2, 4, 6]])
  }
]

/** The pool with only these rows. */
export function poolRowsOf(pool: Pool, rows: Uint32Array): Rows {
  return take(pool.pool, pool.columns, rows)
}

/** Example rows of the classes in `group`. */
export function exampleRows(pool: Pool, group: readonly number[]): Rows {
  const rows = [...pool.examples.labels.keys()].filter((row) =>
    group.includes(pool.examples.labels[row])
  )
  return take(pool.examples, pool.columns, rows)
}
