// An .npz file: a zip of .npy entries. Stored entries are read where they lie; packed ones
// (numpy.savez_compressed) are unpacked into a temporary file when their rows are asked for.
import { basename } from 'node:path'
import { byteLimits, damagedFile } from '../../../files/byte-limits.ts'
import { openZip, type ZipArchive, type ZipEntry } from '../../../files/zip-reader.ts'
import { refusedArray } from './array-errors.ts'
import type { ArrayFile } from './array-file.ts'
import {
  findLocated,
  isNumbers,
  notNumbers,
  notTexts,
  readTexts,
  type Located,
  type TextPlace
} from './located.ts'
import { npyDataOffset, npyPreambleBytes } from './npy-fields.ts'
import { locateNpy, npyArray } from './npy-file.ts'
import { tensorRows, openTensor, type TensorPlace, type TensorRows } from './tensor-rows.ts'
import { unpackEntry, unpackedBytes } from './unpacked-entry.ts'

interface ZippedArray extends Located {
  readonly entry: ZipEntry
}

// Every array's description bounds its bytes, and arrays of one value pack as well as deflate can
// (1,032 : 1), so the ratio is no sign of a bomb here. More arrays than this is no data file.
const limits = { ...byteLimits, ratio: 1100, entries: 10_000, totalBytes: Infinity }

/** Opens an .npz file. Throws AppError "archive-unsafe", "file-damaged" or "file-not-recognised". */
export async function openNpzFile(path: string): Promise<ArrayFile> {
  const archive = await openZip(path, limits)
  try {
    const arrays: ZippedArray[] = []
    for (const entry of archive.entries) {
      if (entry.isFolder) continue
      if (!entry.name.endsWith('.npy'))
        throw refusedArray(basename(path), `“${entry.name}” in it is not a NumPy array`)
      arrays.push(await locate(archive, entry, path))
    }
    return npzFile(archive, path, arrays)
  } catch (error) {
    await archive.close()
    throw error
  }
}

async function locate(archive: ZipArchive, entry: ZipEntry, path: string): Promise<ZippedArray> {
  const name = entry.name.slice(0, -'.npy'.length)
  const place = await archive.place(entry)
  if (place !== undefined)
    return { entry, ...(await locateNpy({ ...place, path, name, shown: entry.name })) }
  const head = await firstBytes(archive, entry)
  const where = { path, offset: 0, bytes: entry.sizeBytes, name, shown: entry.name }
  const located = npyArray(head, where)
  return { ...located, entry, tensor: { ...located.tensor, isPacked: true } }
}

async function firstBytes(archive: ZipArchive, entry: ZipEntry): Promise<Uint8Array> {
  let head = Buffer.alloc(0)
  let wanted = npyPreambleBytes
  for await (const block of archive.stream(entry)) {
    head = Buffer.concat([head, block])
    if (head.length < npyPreambleBytes) continue
    wanted = npyDataOffset(head)
    if (head.length >= wanted) break
  }
  if (head.length < wanted) throw damagedFile(entry.name)
  return head.subarray(0, wanted)
}

function npzFile(archive: ZipArchive, path: string, arrays: readonly ZippedArray[]): ArrayFile {
  return {
    format: 'npz',
    tensors: arrays.map(({ tensor }) => tensor),
    async rows(name, signal) {
      const { tensor, place, entry } = findLocated(arrays, name, path)
      if (!isNumbers(place)) throw notNumbers(tensor)
      return tensor.isPacked ? unpackedRows(archive, entry, place, signal) : openTensor(place)
    },
    async texts(name) {
      const { tensor, place, entry } = findLocated(arrays, name, path)
      if (place === undefined || isNumbers(place)) throw notTexts(tensor)
      return tensor.isPacked ? packedTexts(archive, entry, place) : readTexts(place)
    },
    close: () => archive.close()
  }
}

async function unpackedRows(
  archive: ZipArchive,
  entry: ZipEntry,
  place: TensorPlace,
  signal: AbortSignal | undefined
): Promise<TensorRows> {
  const unpacked = await unpackEntry(archive, entry, entry.sizeBytes, signal)
  return { ...tensorRows(unpacked.file, place), close: () => unpacked.close() }
}

// Short lists of names: they are unpacked in memory behind the same cap as plain ones.
async function packedTexts(
  archive: ZipArchive,
  entry: ZipEntry,
  place: TextPlace
): Promise<readonly string[]> {
  const all = await archive.read(entry, Math.min(unpackedBytes, 65 * 2 ** 20))
  return readTexts({ ...place, bytes: all })
}
