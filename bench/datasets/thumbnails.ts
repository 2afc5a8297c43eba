// Thumbnails per second: small pictures as CIFAR's (32 x 32 JPEG in a zip) and photographs (1,000 x
// 800 JPEG in a folder), made for the first time and read again from the kept files. Two pictures
// are worked on at once on two cores.
//   node bench/datasets/thumbnails.ts [--small 2000] [--photos 400]
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import yazl from 'yazl'
import { createRandom } from '../../src-main/core/compute/random.ts'
import type { SourceDescription } from '../../src-main/core/datasets/item-source.ts'
import type { TaskContext } from '../../src-main/core/jobs/compute-task.ts'
import { thumbnailTask, type ThumbnailItem } from '../../src-main/core/datasets/thumbnails.ts'

const { values: options } = parseArgs({
  options: {
    small: { type: 'string', default: '2000' },
    photos: { type: 'string', default: '400' }
  }
})
const folder = await mkdtemp(join(tmpdir(), 'winnow-thumbnails-'))
// Asked for at once, as a gallery does.
const pageOf = 60

/** A picture with soft shapes and some noise, as photographs compress. */
async function photo(seed: number, width: number, height: number): Promise<Buffer> {
  const random = createRandom(seed)
  const coarse = Buffer.from(Uint8Array.from({ length: 12 * 9 * 3 }, () => random.below(256)))
  const base = await sharp(coarse, { raw: { width: 12, height: 9, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer()
  for (let i = 0; i < base.length; i++)
    base[i] = Math.max(0, Math.min(255, base[i] + random.below(17) - 8))
  return sharp(base, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer()
}

function itemOf(row: number, locator: string, width: number, height: number): ThumbnailItem {
  const fingerprint = createHash('sha256').update(locator).digest('hex')
  return { row, locator, fingerprint, width, height }
}

async function measure(
  what: string,
  source: SourceDescription,
  items: readonly ThumbnailItem[],
  size: 96 | 192 | 512
): Promise<void> {
  const context: TaskContext = {
    signal: new AbortController().signal,
    device: () => Promise.reject(new Error('thumbnails need no device')),
    transfer: () => {}
  }
  const start = performance.now()
  const before = process.cpuUsage()
  for (let first = 0; first < items.length; first += pageOf) {
    const work = thumbnailTask.run(
      {
        source,
        items: items.slice(first, first + pageOf),
        size,
        cacheFolder: join(folder, 'kept')
      },
      context
    )
    const { value } = await work.next()
    if (!Array.isArray(value) || value.some((made) => made.bytes === null))
      throw new Error('a picture could not be made')
  }
  const seconds = (performance.now() - start) / 1000
  const used = process.cpuUsage(before)
  const each = (used.user + used.system) / 1000 / items.length
  console.log(
    `${what}, ${size} px: ${(items.length / seconds).toFixed(0)} per second, ${each.toFixed(2)} ms of processor each`
  )
}

try {
  const zip = new yazl.ZipFile()
  const small: ThumbnailItem[] = []
  for (let i = 0; i < Number(options.small); i++) {
    const name = `class ${i % 10}/${i}.jpg`
    zip.addBuffer(await photo(i, 32, 32), name, { compress: false })
    small.push(itemOf(i, name, 32, 32))
  }
  zip.end()
  const zipPath = join(folder, 'small.zip')
  await pipeline(zip.outputStream, createWriteStream(zipPath))
  const photosPath = join(folder, 'photos')
  await mkdir(photosPath)
  const photos: ThumbnailItem[] = []
  for (let i = 0; i < Number(options.photos); i++) {
    await writeFile(join(photosPath, `${i}.jpg`), await photo(i, 1000, 800))
    photos.push(itemOf(i, `${i}.jpg`, 1000, 800))
  }
  const described = (format: 'image-zip' | 'image-folder', path: string): SourceDescription => ({
    ...{ kind: 'images', format, path, storage: 'link' }
  })
  const inZip = described('image-zip', zipPath)
  const inFolder = described('image-folder', photosPath)
  for (const size of [96, 192] as const)
    await measure('small pictures of 32 x 32', inZip, small, size)
  for (const size of [96, 192, 512] as const) {
    await measure('photos of 1,000 x 800', inFolder, photos, size)
    await measure('photos again, from the kept files', inFolder, photos, size)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)
