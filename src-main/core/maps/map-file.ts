// A map on disk: one small binary file that holds the latest stage. Always written whole beside its
// place and renamed, so that a reader sees the stage before or this one, never half of one.
import { open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { MapWord, MapStage } from '../../api/dto/maps.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'

const Header = z.strictObject({
  format: z.literal(1),
  stage: MapStage.exclude(['none']),
  revision: z.string(),
  sentence: z.string(),
  words: z.array(MapWord).max(1000),
  points: z.int().min(0)
})

/** What a map file says besides its points. */
export type MapHeader = Omit<z.infer<typeof Header>, 'format'>

export interface MapState {
  readonly header: MapHeader
  /** One per item, -1..1. */
  readonly x: Float32Array
  readonly y: Float32Array
}

/** A map as it was read. */
export interface ReadMap extends MapState {
  readonly x: Float32Array<ArrayBuffer>
  readonly y: Float32Array<ArrayBuffer>
}

// "WMAP", the header's length in bytes, the header as JSON padded to 4 bytes, x, y: little-endian.
const mark = 0x50414d57
const headBytes = 8
const headerBytesMax = 1 << 20

const fileOf = (folder: string, key: string): string => join(folder, `${key}.map`)

/** Replaces the map's file. Throws AppError "disk-full" or "destination-not-writable". */
export async function saveMap(folder: string, key: string, state: MapState): Promise<void> {
  const { header, x, y } = state
  if (x.length !== header.points || y.length !== header.points)
    throw new RangeError(`${x.length} and ${y.length} coordinates for ${header.points} points`)
  const json = JSON.stringify({ format: 1, ...header })
  const text = Buffer.from(json + ' '.repeat(-Buffer.byteLength(json) & 3), 'utf8')
  const head = Buffer.alloc(headBytes)
  head.writeUInt32LE(mark, 0)
  head.writeUInt32LE(text.length, 4)
  await writeFileAtomic(fileOf(folder, key), [head, text, bytesOf(x), bytesOf(y)])
}

/** What the file says of itself; undefined when there is none that is whole. */
export function readMapHeader(folder: string, key: string): Promise<MapHeader | undefined> {
  return withFile(folder, key, async (file) => (await readHead(file))?.header)
}

/** The map; undefined when there is none that is whole. */
export function readMap(folder: string, key: string): Promise<ReadMap | undefined> {
  return withFile(folder, key, async (file) => {
    const head = await readHead(file)
    if (head === undefined) return undefined
    const bytes = head.header.points * 4
    const x = await readFloats(file, head.pointsAt, bytes)
    const y = await readFloats(file, head.pointsAt + bytes, bytes)
    return x === undefined || y === undefined ? undefined : { header: head.header, x, y }
  })
}

/** Removes a map's file, if there is one. */
export async function removeMap(folder: string, key: string): Promise<void> {
  await rm(fileOf(folder, key), { force: true })
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

async function withFile<T>(
  folder: string,
  key: string,
  read: (file: FileHandle) => Promise<T | undefined>
): Promise<T | undefined> {
  const file = await open(fileOf(folder, key), 'r').catch(() => undefined)
  if (file === undefined) return undefined
  try {
    return await read(file)
  } finally {
    await file.close()
  }
}

async function readHead(
  file: FileHandle
): Promise<{ header: MapHeader; pointsAt: number } | undefined> {
  const { size } = await file.stat()
  const head = await readBytes(file, 0, headBytes)
  if (head === undefined) return undefined
  const view = new DataView(head.buffer)
  const length = view.getUint32(4, true)
  if (view.getUint32(0, true) !== mark || length > headerBytesMax) return undefined
  const text = await readBytes(file, headBytes, length)
  const parsed = text && Header.safeParse(parseJson(new TextDecoder().decode(text)))
  if (parsed?.success !== true) return undefined
  const pointsAt = headBytes + length
  const { stage, revision, sentence, words, points } = parsed.data
  const header = { stage, revision, sentence, words, points }
  return size === pointsAt + header.points * 8 ? { header, pointsAt } : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

async function readFloats(
  file: FileHandle,
  at: number,
  length: number
): Promise<Float32Array<ArrayBuffer> | undefined> {
  const bytes = await readBytes(file, at, length)
  return bytes && new Float32Array(bytes.buffer)
}

async function readBytes(
  file: FileHandle,
  at: number,
  length: number
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) return undefined
    done += bytesRead
  }
  return bytes
}
