// Zip archives as lists of entries and their bytes (security.md F4, F5). Nothing is ever
// unpacked to disk. One unsafe entry stops the whole archive, naming it.
import { fstat, open as openDescriptor } from 'node:fs'
import { basename } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { promisify } from 'node:util'
import { crc32, createZstdDecompress } from 'node:zlib'
import * as yauzl from 'yauzl'
import { AppError } from '../../api/errors.ts'
import {
  byteLimits,
  createByteCounter,
  damagedFile,
  unsafe,
  type ByteLimits
} from './byte-limits.ts'
import { normaliseName, pathProblem } from './contain.ts'
import { ZipFileBytes } from './zip-file-bytes.ts'

export interface ZipEntry {
  /** NFC, segments separated by "/"; unique in the archive. Folders end with "/". */
  readonly name: string
  readonly isFolder: boolean
  /** As the directory claims; never trusted for reading. */
  readonly sizeBytes: number
  readonly compressedBytes: number
}

/** A run of bytes inside the archive's file. */
export interface EntryPlace {
  readonly offset: number
  readonly bytes: number
}

export interface ZipArchive {
  readonly entries: readonly ZipEntry[]
  find(name: string): ZipEntry | undefined
  /** Unpacked bytes, block by block. Throws as {@link ZipArchive.read}. */
  stream(entry: ZipEntry): AsyncGenerator<Buffer, void>
  /**
   * Whole bytes of an entry. Throws AppError "archive-unsafe" over a cap, "too-large" over
   * `maxBytes`, "file-damaged" when the bytes do not fit their size or checksum.
   */
  read(entry: ZipEntry, maxBytes: number): Promise<Buffer>
  /**
   * Where the bytes of an entry lie in the file, undefined when it is packed. Nothing is counted or
   * checksummed there. Throws AppError "file-not-readable" or "file-damaged".
   */
  place(entry: ZipEntry): Promise<EntryPlace | undefined>
  close(): Promise<void>
}

interface RawEntry extends ZipEntry {
  readonly offset: number
  readonly method: number
  readonly crc: number
  readonly isEncrypted: boolean
}

/** Zstandard, which newer tools pack logs with. */
const zstd = 93
const fileTypeMask = 0o170000
const regularFile = 0o100000
const folderType = 0o040000

/**
 * Opens an archive and checks every name and type in it. Throws AppError "archive-unsafe",
 * "file-damaged" or "file-not-readable".
 */
export async function openZip(path: string, limits: ByteLimits = byteLimits): Promise<ZipArchive> {
  const file = await openFile(path)
  try {
    const entries = await listEntries(file, limits)
    return archive(file, entries, limits)
  } catch (error) {
    file.close()
    throw error instanceof AppError ? error : damagedFile(basename(path), error)
  }
}

async function openFile(path: string): Promise<yauzl.ZipFile> {
  let descriptor: number
  let size: number
  try {
    descriptor = await promisify(openDescriptor)(path, 'r')
    size = (await promisify(fstat)(descriptor)).size
  } catch (error) {
    throw new AppError('file-not-readable', undefined, { cause: error })
  }
  const bytes = new ZipFileBytes(descriptor)
  try {
    // Names are decoded and checked here, so that a refusal can name the entry.
    const options = { autoClose: false, decodeStrings: false, lazyEntries: true }
    return await yauzl.fromRandomAccessReaderPromise(bytes, size, options)
  } catch (error) {
    bytes.close(() => {})
    throw damagedFile(basename(path), error)
  }
}

async function listEntries(
  file: yauzl.ZipFile,
  limits: ByteLimits
): Promise<Map<string, RawEntry>> {
  const tooMany = new AppError(
    'archive-unsafe',
    `The archive holds more than ${limits.entries} entries, so nothing was imported.`
  )
  if (file.entryCount > limits.entries) throw tooMany
  const entries = new Map<string, RawEntry>()
  for await (const entry of file.eachEntry()) {
    const checked = checkEntry(entry)
    if (entries.has(checked.name)) throw unsafe(checked.name, 'is in the archive twice')
    if (entries.size >= limits.entries) throw tooMany
    entries.set(checked.name, checked)
  }
  return entries
}

function checkEntry(entry: yauzl.Entry): RawEntry {
  const decoded = yauzl.getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    true
  )
  const problem = pathProblem(decoded)
  if (problem !== undefined) throw unsafe(decoded, problem)
  // Old Windows tools write backslashes as separators.
  const name = normaliseName(decoded.replaceAll('\\', '/'))
  const type = (entry.externalFileAttributes >>> 16) & fileTypeMask
  if (type === 0o120000) throw unsafe(name, 'is a link')
  if (type !== 0 && type !== regularFile && type !== folderType)
    throw unsafe(name, 'is not a plain file')
  return {
    name,
    isFolder: name.endsWith('/') || type === folderType,
    sizeBytes: entry.uncompressedSize,
    compressedBytes: entry.compressedSize,
    offset: entry.relativeOffsetOfLocalHeader,
    method: entry.compressionMethod,
    crc: entry.crc32,
    isEncrypted: entry.isEncrypted()
  }
}

function archive(
  file: yauzl.ZipFile,
  entries: ReadonlyMap<string, RawEntry>,
  limits: ByteLimits
): ZipArchive {
  const counter = createByteCounter(limits)
  let closing: Promise<void> | undefined
  function plainEntry(entry: ZipEntry): RawEntry {
    const raw = entries.get(entry.name)
    if (raw === undefined)
      throw new AppError('file-not-readable', `“${entry.name}” is not in the archive.`)
    if (raw.isEncrypted)
      throw new AppError('file-not-readable', `“${entry.name}” is protected by a password.`)
    return raw
  }
  async function* stream(entry: ZipEntry): AsyncGenerator<Buffer, void> {
    const raw = plainEntry(entry)
    if (raw.method !== 0 && raw.method !== 8 && raw.method !== zstd)
      throw new AppError(
        'file-not-readable',
        `“${entry.name}” is packed in a way the app does not read.`
      )
    const count = counter.entry(raw.name, raw.compressedBytes)
    let checksum = 0
    for await (const block of blocksOf(file, raw)) {
      count(block.length)
      checksum = crc32(block, checksum)
      yield block
    }
    if (checksum !== raw.crc) throw damagedFile(raw.name)
  }
  return {
    entries: [...entries.values()],
    find: (name) => entries.get(name),
    stream,
    async read(entry, maxBytes) {
      const blocks: Buffer[] = []
      let size = 0
      for await (const block of stream(entry)) {
        size += block.length
        if (size > maxBytes)
          throw new AppError('too-large', `“${entry.name}” is larger than the app reads safely.`)
        blocks.push(block)
      }
      return Buffer.concat(blocks, size)
    },
    async place(entry) {
      const raw = plainEntry(entry)
      if (raw.method !== 0) return undefined
      const offset = await dataStart(file, raw)
      if (raw.sizeBytes !== raw.compressedBytes || offset + raw.sizeBytes > file.fileSize)
        throw damagedFile(raw.name)
      return { offset, bytes: raw.sizeBytes }
    },
    close() {
      closing ??= new Promise((resolve) => {
        file.once('close', () => resolve())
        file.close()
      })
      return closing
    }
  }
}

/** Where the bytes of an entry start. Throws AppError "file-damaged". */
async function dataStart(file: yauzl.ZipFile, raw: RawEntry): Promise<number> {
  try {
    // yauzl reads only these two fields; keeping its whole entries would cost much memory.
    const header = {
      relativeOffsetOfLocalHeader: raw.offset,
      compressedSize: raw.compressedBytes
    } as yauzl.Entry
    return (await file.readLocalFileHeaderPromise(header, { minimal: true })).fileDataStart
  } catch (error) {
    throw damagedFile(raw.name, error)
  }
}

async function* blocksOf(file: yauzl.ZipFile, raw: RawEntry): AsyncGenerator<Buffer, void> {
  const start = await dataStart(file, raw)
  try {
    // Without an encoding the stream yields Buffers.
    for await (const block of await openStream(file, raw, start)) yield block as Buffer
  } catch (error) {
    throw damagedFile(raw.name, error)
  }
}

// yauzl 3.4's promise form of this call passes its arguments on to the wrong function.
function openStream(file: yauzl.ZipFile, raw: RawEntry, start: number): Promise<Readable> {
  const { compressedBytes: packed, sizeBytes, method } = raw
  return new Promise((resolve, reject) => {
    file.openReadStreamLowLevel(
      start,
      packed,
      0,
      packed,
      method === 8,
      sizeBytes,
      (error, stream) => {
        if (error !== null) reject(error)
        // pipeline hands the first error to the last stream, whose reader sees it.
        else resolve(method === zstd ? pipeline(stream, createZstdDecompress(), () => {}) : stream)
      }
    )
  })
}
