// The pictures a check learns from, decoded once into the run's folder: every unit reads the few it
// needs from there instead of decoding them again. Removed when the check is done.
import { mkdir, open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { createSourceKeeper } from '../datasets/open-sources.ts'
import { describeSource, type SourceDescription } from '../datasets/item-source.ts'
import { pictureSide } from '../evaluation/models/picture-side.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { readArrayOf, writeArray } from './array-files.ts'

/** Where a dataset's pictures are, for {@link checkPixelsTask}. */
export interface PictureAccess {
  readonly source: SourceDescription
  /** Places of these rows in the source, in their order; `breathe` is called between blocks. */
  locators(rows: Uint32Array, breathe: () => Promise<void>): Promise<readonly string[]>
}

/** Rows looked up in the store at a time. */
const lookUpRows = 500

/** The pictures of a dataset; undefined when its items are no pictures. */
export function pictureAccess(
  store: Pick<Store, 'items'>,
  dataset: DatasetRecord,
  mediaFolder: string
): PictureAccess | undefined {
  if (dataset.kind !== 'images') return undefined
  return {
    source: describeSource(dataset, mediaFolder),
    async locators(rows, breathe) {
      const found: string[] = []
      for (let from = 0; from < rows.length; from += lookUpRows) {
        await breathe()
        const part = [...rows.subarray(from, from + lookUpRows)]
        const byRow = new Map(
          store.items.rows(dataset.id, part).map((item) => [item.row, item.locator])
        )
        // A row without an item counts as a picture that cannot be read.
        found.push(...part.map((row) => byRow.get(row) ?? ''))
      }
      return found
    }
  }
}

export interface CheckPixelsInput {
  readonly source: SourceDescription
  /** Ascending, with the place of each. */
  readonly rows: Uint32Array
  readonly locators: readonly string[]
  /** Made whole by the task, or not at all. */
  readonly folder: string
  /** Side that pictures are squeezed to; {@link pictureSide} unless told. */
  readonly size?: number
}

/** Pictures done so far. */
export interface CheckPixelsProgress {
  readonly done: number
}

export interface CheckPixelsOutput {
  /** Pictures that could not be read. */
  readonly failed: number
}

const Shape = z.strictObject({
  size: z.int().min(1),
  channels: z.union([z.literal(1), z.literal(3)])
})

// Pictures decoded in one go: cancelling waits for one such group.
const decodedAtOnce = 128
// Lives as long as the thread; see datasets/open-sources.ts.
const sources = createSourceKeeper()

/** True when the pixels of some RGB pictures hold no colour, but for the rounding of JPEG. */
export function isGrey(rgb: Uint8Array): boolean {
  for (let at = 0; at < rgb.length; at += 3) {
    const high = Math.max(rgb[at], rgb[at + 1], rgb[at + 2])
    const low = Math.min(rgb[at], rgb[at + 1], rgb[at + 2])
    if (high - low > 4) return false
  }
  return true
}

/** Decodes pictures into a folder that {@link openCheckPixels} reads. */
export const checkPixelsTask: ComputeTask<
  CheckPixelsInput,
  CheckPixelsProgress,
  CheckPixelsOutput
> = {
  name: 'check-pixels',
  async *run({ source, rows, locators, folder, size = pictureSide }, { signal }) {
    const read = (from: number, count: number, channels: 1 | 3) =>
      sources.use(source, (open) =>
        open.readPixels(locators.slice(from, from + count), { size, channels })
      )
    // Grey when the first pictures have no colour at all, as for the fingerprints.
    const channels = isGrey((await read(0, decodedAtOnce, 3)).pixels) ? 1 : 3
    const part = `${folder}.part`
    await rm(part, { recursive: true, force: true })
    await mkdir(part, { recursive: true })
    const failed = new Uint8Array(rows.length)
    const file = await open(join(part, 'pixels.u1'), 'w')
    try {
      for (let from = 0; from < rows.length; from += decodedAtOnce) {
        signal.throwIfAborted()
        const group = await read(from, decodedAtOnce, channels)
        await file.write(group.pixels)
        for (const at of group.failed) failed[from + at] = 1
        yield { done: Math.min(rows.length, from + decodedAtOnce) }
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await writeArray(join(part, 'rows.npy'), rows)
    await writeArray(join(part, 'failed.npy'), failed)
    await writeFileAtomic(
      join(part, 'shape.json'),
      JSON.stringify({ size, channels } satisfies z.infer<typeof Shape>)
    )
    await rm(folder, { recursive: true, force: true })
    await rename(part, folder)
    return { failed: failed.reduce((sum, one) => sum + one, 0) }
  }
}

/** True when the folder holds finished pictures. */
export async function hasCheckPixels(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() === true
}

/** How many of the decoded pictures could not be read. */
export async function unreadPictures(folder: string): Promise<number> {
  return (await readArrayOf(join(folder, 'failed.npy'), 'u1')).reduce((sum, one) => sum + one, 0)
}

/** Removes the pictures and what an aborted decoding left. */
export async function removeCheckPixels(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await rm(`${folder}.part`, { recursive: true, force: true })
}

/** Decoded pictures of a check. */
export interface CheckPixels {
  readonly size: number
  readonly channels: 1 | 3
  /** n x size x size x channels for these rows of the dataset (ascending). */
  read(rows: Uint32Array): Promise<Uint8Array>
  /** The labels with -1 for rows whose picture could not be read. */
  readable(rows: Uint32Array, labels: Int32Array): Int32Array
  close(): Promise<void>
}

/** Rows between two wanted ones that are read along rather than jumped over. */
const readAlong = 16

/** Opens what {@link checkPixelsTask} wrote. Throws AppError "file-damaged" when it is not sound. */
export async function openCheckPixels(folder: string): Promise<CheckPixels> {
  const { size, channels } = await readShape(join(folder, 'shape.json'))
  const known = await readArrayOf(join(folder, 'rows.npy'), 'u4')
  const failed = await readArrayOf(join(folder, 'failed.npy'), 'u1')
  const file = await open(join(folder, 'pixels.u1'), 'r')
  const each = size * size * channels
  const placesOf = (rows: Uint32Array): Uint32Array => {
    let at = 0
    return rows.map((row) => {
      while (at < known.length && known[at] < row) at++
      if (known[at] !== row) throw damaged(dirname(folder))
      return at
    })
  }
  return {
    size,
    channels,
    async read(rows) {
      const places = placesOf(rows)
      const out = new Uint8Array(rows.length * each)
      for (let from = 0; from < places.length;) {
        let to = from + 1
        while (to < places.length && places[to] - places[to - 1] <= readAlong) to++
        await readRun(file, places.subarray(from, to), each, out.subarray(from * each, to * each))
        from = to
      }
      return out
    },
    readable(rows, labels) {
      const places = placesOf(rows)
      return labels.map((label, i) => (failed[places[i]] === 1 ? -1 : label))
    },
    close: () => file.close()
  }
}

/** Reads pictures at ascending places that lie close together, in one go per megabyte. */
async function readRun(
  file: FileHandle,
  places: Uint32Array,
  each: number,
  out: Uint8Array
): Promise<void> {
  const most = Math.max(1, Math.floor(2 ** 20 / each))
  for (let from = 0; from < places.length;) {
    const first = places[from]
    let to = from + 1
    while (to < places.length && places[to] - first < most) to++
    const bytes = new Uint8Array((places[to - 1] - first + 1) * each)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, first * each)
    if (bytesRead !== bytes.length) throw damaged('pixels')
    for (let i = from; i < to; i++) {
      const at = (places[i] - first) * each
      out.set(bytes.subarray(at, at + each), i * each)
    }
    from = to
  }
}

async function readShape(path: string): Promise<z.infer<typeof Shape>> {
  try {
    return Shape.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw damaged(path, cause)
  }
}

function damaged(what: string, cause?: unknown): AppError {
  return new AppError('file-damaged', 'The pictures of this test are damaged. Run it again.', {
    cause: cause ?? new Error(`not as written: ${what}`)
  })
}
