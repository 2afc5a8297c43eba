// The bytes and pixels of a dataset's items, read from the originals in any thread. Zips and
// arrays stay open until closed. Nothing here knows the store.
import { stat } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import sharp from 'sharp'
import type { DataKind, SourceFormat } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { byteLimits } from '../files/byte-limits.ts'
import { containedPath, portableName, realContainedPath } from '../files/contain.ts'
import type { AddedSource, DatasetRecord, StoredItem } from '../store/records.ts'
import { joinSources } from './joined-source.ts'
import { pictureRoot } from './readers/annotations/picture-root.ts'
import {
  openArrayPictures,
  type ArrayPicture,
  type ArrayPictures
} from './readers/arrays/array-items.ts'
import { openIdx, type IdxArray } from './readers/idx-file.ts'
import { parseIdxLocator } from './readers/idx-reader.ts'
import { openImageFolder, openImageZip, type ImageFiles } from './readers/image-files.ts'
import { pixelLimit } from './readers/image-header.ts'
import { sniffImage } from './readers/image-sniff.ts'
import { openPictureReader, type PictureReader } from './record-pictures.ts'

/** Where a dataset's items come from. Plain and cloneable; made by {@link describeSource}. */
export interface SourceDescription {
  readonly kind: DataKind
  readonly format: SourceFormat
  /** Absolute. */
  readonly path: string
  readonly storage: 'link' | 'copy'
  /** Sources added to earlier versions, in the order of their numbers; see locators.ts. */
  readonly added?: readonly SourceDescription[]
}

/** The description of a stored dataset. Throws AppError "invalid-input" for a path that leaves media/. */
export function describeSource(
  record: DatasetRecord,
  mediaFolder: string
): SourceDescription & { readonly added: readonly SourceDescription[] } {
  const { kind, addedSources } = record
  return {
    ...describeOne(kind, record, mediaFolder),
    added: addedSources.map((source) => describeOne(kind, source, mediaFolder))
  }
}

function describeOne(kind: DataKind, source: AddedSource, mediaFolder: string): SourceDescription {
  const { format, storage, sourcePath } = source
  const path = storage === 'copy' ? containedPath(dirname(mediaFolder), sourcePath) : sourcePath
  if (storage === 'copy') containedPath(mediaFolder, sourcePath.replace(/^media\//, ''))
  return { kind, format, path, storage }
}

export type LocatedItem = Pick<StoredItem, 'name' | 'locator' | 'text' | 'values' | 'key'>

export interface PixelShape {
  /** Width and height of the result; pictures are squeezed to a square. */
  readonly size: number
  /** 1 = grey, 3 = RGB. */
  readonly channels: 1 | 3
}

export interface ItemPixels {
  /** 0..255, n x size x size x channels, row-major, channels last; zeros for failed ones. */
  readonly pixels: Uint8Array
  /** Positions in the list of locators whose picture could not be decoded. */
  readonly failed: readonly number[]
}

export interface ItemSource {
  /** Encoded picture: the original's bytes, or a PNG for arrays. */
  readImageBytes(locator: string): Promise<{ readonly bytes: Buffer; readonly mime: string }>
  /** Decoded and resized pictures, for features. Throws only when the source itself is gone. */
  readPixels(locators: readonly string[], shape: PixelShape): Promise<ItemPixels>
  /** What an export writes: the original's bytes and a portable file name with extension. */
  originalFile(item: LocatedItem): Promise<{ readonly bytes: Uint8Array; readonly name: string }>
  close(): Promise<void>
}

/** Opens the originals. Throws AppError "file-not-readable" when they are not where they were. */
export function openItemSource(source: SourceDescription): Promise<ItemSource> {
  const { added = [], ...first } = source
  return added.length === 0 ? openOneSource(first) : joinSources([first, ...added], openOneSource)
}

async function openOneSource(source: SourceDescription): Promise<ItemSource> {
  if (source.kind !== 'images') return rowSource(await recordPictures(source.path))
  await stat(source.path).catch((error: unknown) => {
    throw new AppError('file-not-readable', 'The original files are not where they were.', {
      cause: error
    })
  })
  switch (source.format) {
    case 'idx':
      return arraySource(await openIdxPictures(source.path))
    case 'npy':
    case 'npz':
    case 'safetensors':
      return arraySource(await openArrayPictures(source.path))
    case 'image-zip':
      return pictureSource(await openLasting(source.path))
    case 'coco':
    case 'yolo':
    case 'voc': {
      const root = await pictureRoot(source.path)
      return pictureSource(
        root.isZip ? await openLasting(root.path) : await openImageFolder(root.path, 0)
      )
    }
    case 'image-folder':
      return pictureSource(await openImageFolder(source.path, 0))
    default:
      return pictureSource(await recordPictures(source.path))
  }
}

/** Pictures of records: locators start from the folder, or from the one the file lies in. */
async function recordPictures(path: string): Promise<PictureReader> {
  // Texts can be shown and written without their source, so that a missing one is no error here.
  const facts = await stat(path).catch(() => undefined)
  return openPictureReader(facts?.isDirectory() === true ? path : dirname(path))
}

// A source stays open while thousands of pictures are shown again and again, so the total is not
// counted; each entry still is.
function openLasting(path: string): Promise<ImageFiles> {
  return openImageZip(path, { ...byteLimits, totalBytes: Infinity })
}

function pictureSource(files: PictureReader): ItemSource {
  async function bytesOf(
    locator: string
  ): Promise<{ bytes: Buffer; mime: string; extension: string }> {
    const bytes = await files.read(locator)
    const format = sniffImage(bytes)
    if (format === undefined)
      throw new AppError('file-damaged', 'The picture is not what it was when it was imported.')
    return { bytes, mime: format.mime, extension: format.extension }
  }
  return {
    async readImageBytes(locator) {
      const { bytes, mime } = await bytesOf(locator)
      return { bytes, mime }
    },
    readPixels: (locators, shape) =>
      decodeAll(locators.length, shape, async (i) =>
        decodePicture((await bytesOf(locators[i])).bytes, shape)
      ),
    async originalFile(item) {
      const { bytes, extension } = await bytesOf(item.locator)
      return { bytes, name: fileName(item.name, extension) }
    },
    close: () => files.close()
  }
}

/** Decodes, turns upright, squeezes to a square and drops transparency onto white. */
function decodePicture(bytes: Buffer, shape: PixelShape): Promise<Buffer> {
  const picture = sharp(bytes, { limitInputPixels: pixelLimit, failOn: 'none' })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(shape.size, shape.size, { fit: 'fill' })
  return (
    shape.channels === 1 ? picture.greyscale().toColourspace('b-w') : picture.toColourspace('srgb')
  )
    .raw()
    .toBuffer()
}

// Pictures decoded at once per thread: enough to hide reading behind decoding.
const decodedAtOnce = 4

async function decodeAll(
  count: number,
  shape: PixelShape,
  decode: (i: number) => Promise<Uint8Array>
): Promise<ItemPixels> {
  const each = shape.size * shape.size * shape.channels
  const pixels = new Uint8Array(count * each)
  const failed: number[] = []
  let next = 0
  async function work(): Promise<void> {
    while (next < count) {
      const i = next++
      try {
        const decoded = await decode(i)
        if (decoded.length !== each) throw new AppError('file-damaged')
        pixels.set(decoded, i * each)
      } catch {
        failed.push(i)
      }
    }
  }
  await Promise.all(Array.from({ length: decodedAtOnce }, work))
  return { pixels, failed: failed.sort((a, b) => a - b) }
}

/** Pictures of IDX arrays by locator. */
async function openIdxPictures(path: string): Promise<ArrayPictures> {
  const folder = (await stat(path)).isDirectory() ? path : dirname(path)
  const arrays = new Map<string, Promise<IdxArray>>()
  function arrayOf(file: string): Promise<IdxArray> {
    let array = arrays.get(file)
    if (array === undefined) {
      array = realContainedPath(folder, file).then(openIdx)
      arrays.set(file, array)
    }
    return array
  }
  async function read(locator: string): Promise<ArrayPicture> {
    const { file, index } = parseIdxLocator(locator)
    const array = await arrayOf(file)
    const [count, height, width, channels = 1] = array.header.shape
    if (index >= count)
      throw new AppError('item-not-found', 'This item is not in the array any more.')
    return { raw: await array.read(index, 1), height, width, channels: channels === 3 ? 3 : 1 }
  }
  return {
    read,
    async close() {
      for (const array of arrays.values()) await array.then((open) => open.close()).catch(() => {})
      arrays.clear()
    }
  }
}

/** Items that are pixels in arrays: shown and exported as PNGs. */
function arraySource(pictures: ArrayPictures): ItemSource {
  async function pngOf(locator: string): Promise<Buffer> {
    const { raw, ...info } = await pictures.read(locator)
    return sharp(raw, { raw: info }).png().toBuffer()
  }
  return {
    readImageBytes: async (locator) => ({ bytes: await pngOf(locator), mime: 'image/png' }),
    readPixels: (locators, shape) =>
      decodeAll(locators.length, shape, async (i) =>
        resizeRaw(await pictures.read(locators[i]), shape)
      ),
    originalFile: async (item) => ({
      bytes: await pngOf(item.locator),
      name: fileName(item.name, 'png')
    }),
    close: () => pictures.close()
  }
}

async function resizeRaw(picture: ArrayPicture, shape: PixelShape): Promise<Uint8Array> {
  const { raw, height, width, channels } = picture
  if (height === shape.size && width === shape.size && channels === shape.channels) return raw
  if (height === shape.size && width === shape.size && channels === 1) return repeatGrey(raw)
  const image = sharp(raw, { raw: { height, width, channels } }).resize(shape.size, shape.size, {
    fit: 'fill'
  })
  return (
    shape.channels === 1 ? image.greyscale().toColourspace('b-w') : image.toColourspace('srgb')
  )
    .raw()
    .toBuffer()
}

function repeatGrey(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3)
  for (let i = 0; i < grey.length; i++) rgb.fill(grey[i], 3 * i, 3 * i + 3)
  return rgb
}

// Rows live in the store; their pictures are read where they are.
function rowSource(reader: PictureReader): ItemSource {
  return {
    ...pictureSource(reader),
    originalFile: async (item) =>
      item.text === undefined
        ? {
            bytes: Buffer.from(`${JSON.stringify(item.values, null, 2)}\n`),
            name: fileName(item.name, 'json')
          }
        : { bytes: Buffer.from(item.text), name: fileName(item.name, 'txt') }
  }
}

// The extension says what the bytes are, whatever the original was called.
function fileName(name: string, extension: string): string {
  const own = extname(name).slice(1).toLowerCase()
  const isRight =
    own === extension ||
    (extension === 'jpg' && /^(jpe?g|jpe|jfif)$/.test(own)) ||
    (extension === 'tif' && own === 'tiff')
  return portableName(isRight ? name : `${name}.${extension}`, `item.${extension}`)
}
