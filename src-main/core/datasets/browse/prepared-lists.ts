// What lists of a large dataset need beside the project file: columns and orders as files of plain
// numbers, so that the first filter after opening a project is as quick as the second. They are made from
// the project file again whenever one is missing, damaged or of an earlier state of the data.
import { createHash } from 'node:crypto'
import { lstat, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import { writeFileAtomic } from '../../files/atomic-write.ts'

/** Arrays of a prepared file. */
export type PreparedArray = Uint8Array | Uint32Array | Int32Array | Float64Array

/** What one file holds. */
export interface Prepared {
  readonly arrays: readonly PreparedArray[]
  readonly texts: readonly string[]
  /** A number that belongs to them, such as the rank of what is missing. */
  readonly number: number
}

/** Prepared files of one project. Nothing here throws: a file that cannot be used is not there. */
export interface PreparedLists {
  /**
   * Whether lists of a dataset of this many items are prepared: small ones are quicker read from the
   * project file.
   */
  holds(items: number): boolean
  /** `state` names the state of the data that is wanted. */
  read(dataset: string, items: number, name: string, state: string): Promise<Prepared | undefined>
  write(dataset: string, items: number, name: string, state: string, what: Prepared): Promise<void>
  forget(dataset: string): Promise<void>
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>
}

const types = { u8: Uint8Array, u32: Uint32Array, i32: Int32Array, f64: Float64Array } as const
const mark = Buffer.from('WINLIST1')
const version = 1
/** Texts beyond this are not worth a file. */
const textsMost = 100_000
const headMost = 32 * 1024 * 1024
const arraysMost = 5
const Head = z.strictObject({
  version: z.literal(version),
  dataset: z.string(),
  items: z.int().min(0),
  name: z.string(),
  state: z.string(),
  number: z.number(),
  texts: z.array(z.string()),
  arrays: z.array(z.enum(['u8', 'u32', 'i32', 'f64'])).max(arraysMost),
  /** Of the arrays' bytes. */
  check: z.number()
})
/** Arrays begin at whole doubles. */
const aligned = (at: number): number => Math.ceil(at / 8) * 8

/** Prepared lists in `folder`, of datasets of at least `least` items. */
export function createPreparedLists(
  folder: string,
  isReadOnly: boolean,
  least = 50_000
): PreparedLists {
  // Ids are the app's own, but a project may come from anywhere.
  const hashed = (text: string): string =>
    createHash('sha256').update(text).digest('hex').slice(0, 24)
  const placeOf = (dataset: string): string => join(folder, hashed(dataset))
  const pathOf = (dataset: string, name: string): string =>
    join(placeOf(dataset), `${hashed(name)}.list`)
  const writing = new Set<Promise<void>>()
  async function writeNow(path: string, parts: readonly Uint8Array[]): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true })
      await writeFileAtomic(path, parts)
    } catch {
      // A full disk costs quickness alone.
    }
  }
  return {
    holds: (items) => items >= least,
    async read(dataset, items, name, state) {
      try {
        const path = pathOf(dataset, name)
        // The project may come from anywhere: no links, no pipes, nothing larger than it can be.
        const entry = await lstat(path)
        if (!entry.isFile() || entry.size > headMost + 8 * arraysMost * (items + 1))
          return undefined
        const found = parsed(await readFile(path))
        if (found === undefined) return undefined
        const { head, what } = found
        const isWanted =
          head.dataset === dataset &&
          head.items === items &&
          head.name === name &&
          head.state === state
        return isWanted ? what : undefined
      } catch {
        return undefined
      }
    },
    async write(dataset, items, name, state, { arrays, texts, number }) {
      if (isReadOnly || texts.length > textsMost) return
      const about = { version, dataset, items, name, state, number, texts }
      const done = writeNow(pathOf(dataset, name), bytesOf(about, arrays))
      writing.add(done)
      await done
      writing.delete(done)
    },
    async forget(dataset) {
      if (isReadOnly) return
      await this.settled()
      await rm(placeOf(dataset), { recursive: true, force: true }).catch(() => {})
    },
    async settled() {
      await Promise.all(writing)
    }
  }
}

function bytesOf(
  about: Readonly<Record<string, unknown>>,
  arrays: readonly PreparedArray[]
): Uint8Array[] {
  const gap = (length: number): Uint8Array => new Uint8Array(aligned(length) - length)
  const parts = arrays.flatMap((array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    return [bytes, gap(bytes.length)]
  })
  const check = parts.reduce((sum, bytes) => crc32(bytes, sum), 0)
  const kinds = arrays.map((array) =>
    array instanceof Uint8Array
      ? 'u8'
      : array instanceof Uint32Array
        ? 'u32'
        : array instanceof Int32Array
          ? 'i32'
          : 'f64'
  )
  const head = Buffer.from(JSON.stringify({ ...about, arrays: kinds, check }))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32LE(head.length)
  const start = mark.length + lengths.length + head.length
  return [mark, lengths, head, gap(start), ...parts]
}

/** All arrays of a file have one entry an item. */
function parsed(bytes: Buffer): { head: z.infer<typeof Head>; what: Prepared } | undefined {
  if (bytes.length < 16 || !bytes.subarray(0, mark.length).equals(mark)) return undefined
  const headLength = bytes.readUInt32LE(mark.length)
  const headStart = mark.length + 8
  if (headLength > headMost || headStart + headLength > bytes.length) return undefined
  const head = Head.parse(JSON.parse(bytes.toString('utf8', headStart, headStart + headLength)))
  const start = aligned(headStart + headLength)
  if (crc32(bytes.subarray(start)) !== head.check) return undefined
  // One allocation of its own: typed arrays need their offsets whole.
  const own = new Uint8Array(bytes.length - start)
  own.set(bytes.subarray(start))
  const arrays: PreparedArray[] = []
  let at = 0
  for (const kind of head.arrays) {
    const Type = types[kind]
    const size = head.items * Type.BYTES_PER_ELEMENT
    if (at + size > own.length) return undefined
    arrays.push(new Type(own.buffer, at, head.items))
    at += aligned(size)
  }
  return { head, what: { arrays, texts: head.texts, number: head.number } }
}
