// training/arrays.npz: pictures of one size as one array of bytes with their labels, as NumPy and
// most small training scripts read them. Written as it comes: memory holds one picture.
import { PassThrough } from 'node:stream'
import sharp from 'sharp'
import { ZipFile } from 'yazl'
import { AppError } from '../../../api/errors.ts'
import type { OpenPart } from '../export-part.ts'
import { HashedFile } from '../hashed-file.ts'
import { npyHeader } from '../../files/npy-preamble.ts'
import { textArray } from '../npy-bytes.ts'
import type { RunItem } from '../../../api/dto/runs.ts'

export interface ArraysInput {
  /** Pictures that will come. */
  readonly count: number
  readonly width: number
  readonly height: number
  /** True for data whose pictures all have as many channels as the first; others become RGB. */
  readonly isUniform: boolean
  readonly classNames: readonly string[]
  /** The encoded picture of an item. */
  picture(item: RunItem): Promise<Uint8Array>
}

/** Opens `training/arrays.npz`: x (n, height, width[, 3]) uint8, y (n) int32 (-1 none), classes. */
export function arraysPart(input: ArraysInput): OpenPart {
  return async (folder) => {
    const file = await HashedFile.create(folder, 'training/arrays.npz')
    const zip = new ZipFile()
    const pixels = new PassThrough()
    // The date of an entry would make two exports of the same items differ.
    const options = { compress: false, mtime: new Date(Date.UTC(2000, 0, 1)) }
    zip.addReadStream(pixels, 'x.npy', options)
    const written = copyOut(zip, file)
    // An error shows when the part is finished; until then nobody waits for it.
    written.catch(() => {})
    const labels: number[] = []
    const place = new Map(input.classNames.map((name, i) => [name, i]))
    let channels: 1 | 3 | undefined
    function begin(grey: boolean): 1 | 3 {
      const shape = [input.count, input.height, input.width, ...(grey ? [] : [3])]
      pixels.write(npyHeader('|u1', shape))
      return grey ? 1 : 3
    }
    return {
      async item(item) {
        const bytes = await input.picture(item)
        channels ??= begin(input.isUniform && (await sharp(bytes).metadata()).channels === 1)
        const raw = await rawPicture(bytes, input, channels, item.item.name)
        labels.push(item.item.label === null ? -1 : (place.get(item.item.label) ?? -1))
        if (!pixels.write(raw)) await new Promise((resolve) => pixels.once('drain', resolve))
      },
      async finish() {
        channels ??= begin(false)
        pixels.end()
        zip.addBuffer(npyOf('<i4', [labels.length], Int32Array.from(labels)), 'y.npy', options)
        zip.addBuffer(textArray(input.classNames), 'classes.npy', options)
        zip.end()
        await written
        return [await file.finish()]
      },
      async abandon() {
        pixels.destroy()
        await file.abandon()
      }
    }
  }
}

async function copyOut(zip: ZipFile, file: HashedFile): Promise<void> {
  // yazl's stream yields Buffers.
  for await (const chunk of zip.outputStream) await file.write(chunk as Buffer)
}

async function rawPicture(
  bytes: Uint8Array,
  { width, height }: ArraysInput,
  channels: 1 | 3,
  name: string
): Promise<Buffer> {
  const picture = sharp(bytes).autoOrient().flatten({ background: '#ffffff' })
  const { data, info } = await (
    channels === 1 ? picture.greyscale().toColourspace('b-w') : picture.toColourspace('srgb')
  )
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.width !== width || info.height !== height || info.channels !== channels)
    throw new AppError(
      'file-damaged',
      `“${name}” is not ${width} × ${height} pixels any more, so the arrays cannot be written.`,
      { hint: 'Export without the arrays, or add the data again.' }
    )
  return data
}

function npyOf(descr: string, shape: readonly number[], values: Int32Array): Buffer {
  const data = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => data.writeInt32LE(value, 4 * i))
  return Buffer.concat([npyHeader(descr, shape), data])
}
