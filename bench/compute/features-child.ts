// Winnow's side of the benchmark of fingerprints, a process of its own on one device. Answers lines:
// "texts SEED COUNT", "pictures COUNT" and "fit"; "save FOLDER" writes rows of texts and pictures.
// Usage: node features-child.ts FOLDER DEVICE CORES
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import {
  describeImages,
  fitImages,
  type ImageFit
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { greyShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import { loadSentenceEncoder } from '../../src-main/core/features/extractors/text-sentences/encoder.ts'
import { drawText, realSentences } from '../datasets/real-text.ts'
import { fashionMnist, hasFashionMnist } from '../features/fashion-mnist.ts'
import { answerLines, peakMb, type Answer } from './contender.ts'

const [folder, id, cores] = process.argv.slice(2)
const signal = new AbortController().signal
const { device, fallback } = await openDevice(id)
if (device.id !== id) {
  console.log(JSON.stringify({ error: fallback }))
  process.exit(0)
}
device.setCores?.(Number(cores))
const { tf } = device
const shape = greyShape(28)
const { sentences, from } = realSentences()
const fitPictures = 1000

/** Fashion-MNIST, or soft blobs where it is not installed. */
function pictures(count: number): Uint8Array {
  if (hasFashionMnist) return fashionMnist('train', count).pixels
  const random = createRandom(3)
  return Uint8Array.from({ length: count * 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor(i / 28) % 28]
    return 128 + 90 * Math.sin(x / 3 + i / 784) * Math.cos(y / 4) + random.below(30)
  })
}

function texts(seed: number, count: number): string[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => drawText(sentences, random, 1 + random.below(4)))
}

const fitPath = join(folder, 'fit.json')
const encoder = await loadSentenceEncoder(tf)
let fit: ImageFit | undefined

/** The fit that the first contender wrote: the same for all, so that rows can be compared. */
async function sharedFit(): Promise<ImageFit> {
  if (!existsSync(fitPath)) {
    const made = await fitImages(tf, pictures(fitPictures), shape, 0, signal)
    const { filters, mean, projection, columns } = made
    const numbers = { filters: [...filters], mean: [...mean], projection: [...projection] }
    writeFileSync(fitPath, JSON.stringify({ columns, ...numbers }))
  }
  const read = JSON.parse(readFileSync(fitPath, 'utf8')) as {
    readonly columns: number
    readonly filters: readonly number[]
    readonly mean: readonly number[]
    readonly projection: readonly number[]
  }
  return {
    shape,
    columns: read.columns,
    filters: Float32Array.from(read.filters),
    mean: Float32Array.from(read.mean),
    projection: Float32Array.from(read.projection)
  }
}

async function timed(work: () => Promise<unknown>, items: number): Promise<Answer> {
  const before = device.usage?.().compiled ?? 0
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return {
    perSecond: items / (ms / 1000),
    seconds: ms / 1000,
    cpuMs: (user + system) / 1000 / items,
    peakMb: peakMb(),
    graphs: (device.usage?.().compiled ?? 0) - before,
    fallbacks: device.usage?.().fallbacks ?? {}
  }
}

async function save(): Promise<Answer> {
  const { values } = await encoder.encode(texts(0, 64), signal)
  writeFileSync(join(folder, `texts-${id}-${cores}`), new Uint8Array(values.buffer))
  const rows = await describeImages(tf, pictures(256), await sharedFit(), signal)
  writeFileSync(join(folder, `pictures-${id}-${cores}`), new Uint8Array(rows.buffer))
  return {}
}

await encoder.encode(texts(1000, 1), signal)
await answerLines({ about: device.name, texts: from }, async ([word, first, second]) => {
  if (word === 'texts') {
    const drawn = texts(Number(first), Number(second))
    return timed(() => encoder.encode(drawn, signal), drawn.length)
  }
  if (word === 'pictures') {
    const [pixels, ready] = [pictures(Number(first)), (fit ??= await sharedFit())]
    return timed(() => describeImages(tf, pixels, ready, signal), Number(first))
  }
  if (word === 'fit')
    return timed(() => fitImages(tf, pictures(fitPictures), shape, 0, signal), fitPictures)
  return save()
})
