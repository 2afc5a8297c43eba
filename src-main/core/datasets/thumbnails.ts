// Small pictures of items for galleries, made in a compute thread. Larger originals are kept as
// files in media/thumbnails; tiny ones are quicker made than looked up.
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import type { Thumbnail } from '../../api/dto/datasets.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { ItemSource, SourceDescription } from './item-source.ts'
import { createSourceKeeper } from './open-sources.ts'
import { pixelLimit } from './readers/image-header.ts'

export type ThumbnailSize = 96 | 192 | 512

export interface ThumbnailItem {
  readonly row: number
  readonly locator: string
  /** Hex digits of the content fingerprint; names the kept file. */
  readonly fingerprint: string
  readonly width: number | undefined
  readonly height: number | undefined
}

export interface ThumbnailInput {
  readonly source: SourceDescription
  readonly items: readonly ThumbnailItem[]
  readonly size: ThumbnailSize
  /** Absolute folder of kept thumbnails; undefined keeps none. */
  readonly cacheFolder: string | undefined
}

/** Pictures up to this many pixels a side are enlarged without smoothing. */
export const crispPixels = 64
// At this effort WebP takes a quarter of the time of the usual one, for a few more bytes.
const webp = { quality: 80, effort: 1 } as const
// Pictures worked on at once: while one is read, the others are decoded on their own threads.
const madeAtOnce = 3

// Lives as long as the thread; see open-sources.ts.
const sources = createSourceKeeper()

/** Makes thumbnails; bytes are null for a picture that cannot be decoded. */
export const thumbnailTask: ComputeTask<ThumbnailInput, never, readonly Thumbnail[]> = {
  name: 'datasets.thumbnails',
  // eslint-disable-next-line require-yield
  async *run(input, { signal }) {
    return sources.use(input.source, async (source) => {
      const made = new Array<Thumbnail>(input.items.length)
      let next = 0
      async function work(): Promise<void> {
        while (next < input.items.length) {
          signal.throwIfAborted()
          const at = next++
          made[at] = await makeThumbnail(source, input.items[at], input)
        }
      }
      await Promise.all(Array.from({ length: madeAtOnce }, work))
      return made
    })
  }
}

/** One thumbnail, from the kept files when it is there. */
export async function makeThumbnail(
  source: ItemSource,
  item: ThumbnailItem,
  input: Pick<ThumbnailInput, 'size' | 'cacheFolder'>
): Promise<Thumbnail> {
  const isTiny = isCrisp(item.width, item.height)
  const mime = isTiny ? 'image/png' : 'image/webp'
  const file =
    isTiny || input.cacheFolder === undefined
      ? undefined
      : cacheFile(input.cacheFolder, item.fingerprint, input.size)
  const found = file === undefined ? undefined : await readFile(file).catch(() => undefined)
  if (found !== undefined && isWhole(found))
    return { row: item.row, mime, bytes: new Uint8Array(found) }
  try {
    const { bytes } = await source.readImageBytes(item.locator)
    const small = isTiny ? await enlarge(bytes, input.size) : await shrink(bytes, input.size)
    if (file !== undefined) await keep(file, small)
    return { row: item.row, mime, bytes: new Uint8Array(small) }
  } catch {
    return { row: item.row, mime, bytes: null }
  }
}

export interface PictureInput {
  readonly source: SourceDescription
  readonly locator: string
}

/** Longest side of a picture shown in full size. */
export const pictureSide = 2048

/** One picture, re-encoded so that nothing but pixels reaches a page; null when it is damaged. */
export const pictureTask: ComputeTask<PictureInput, never, Omit<Thumbnail, 'row'>> = {
  name: 'datasets.picture',
  // eslint-disable-next-line require-yield
  async *run(input) {
    return sources.use(input.source, async (source) => {
      const { bytes } = await source.readImageBytes(input.locator)
      const small = await shrink(bytes, pictureSide).catch(() => undefined)
      return { mime: 'image/webp', bytes: small === undefined ? null : new Uint8Array(small) }
    })
  }
}

function isCrisp(width: number | undefined, height: number | undefined): boolean {
  return (
    width !== undefined && height !== undefined && width <= crispPixels && height <= crispPixels
  )
}

function cacheFile(folder: string, fingerprint: string, size: number): string {
  // Hex digits only, so that no stored value can lead out of the folder.
  const name = fingerprint.replaceAll(/[^0-9a-f]/g, '').slice(0, 40)
  return join(folder, String(size), name.slice(0, 2), `${name}.webp`)
}

/** A WebP file says how long it is; a power cut may have left a shorter one. */
function isWhole(bytes: Buffer): boolean {
  return (
    bytes.length > 12 &&
    bytes.toString('latin1', 0, 4) === 'RIFF' &&
    bytes.readUInt32LE(4) === bytes.length - 8
  )
}

// Not flushed to the disk one by one, which would take longer than making them: one that is not
// whole is made again. A full disk or a read-only project only costs speed.
async function keep(file: string, bytes: Buffer): Promise<void> {
  const draft = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, bytes, { flag: 'wx' })
    await rename(draft, file)
  } catch {
    await rm(draft, { force: true }).catch(() => {})
  }
}

function enlarge(bytes: Buffer, size: number): Promise<Buffer> {
  // What a record says of its size is not what a file may hold by now.
  return sharp(bytes, { failOn: 'none', limitInputPixels: pixelLimit })
    .autoOrient()
    .resize(size, size, { fit: 'inside', kernel: 'nearest' })
    .png({ compressionLevel: 3 })
    .toBuffer()
}

function shrink(bytes: Buffer, size: number): Promise<Buffer> {
  return sharp(bytes, { failOn: 'none', limitInputPixels: pixelLimit })
    .autoOrient()
    .resize(size, size, { fit: 'inside', withoutEnlargement: true })
    .webp(webp)
    .toBuffer()
}
