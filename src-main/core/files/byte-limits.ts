// Caps on what comes out of archives and compressed files (security.md F5), counted as bytes
// appear and not as a header claims them, and gunzip behind the same counter.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Transform, pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../api/errors.ts'
import { shorten } from './contain.ts'

const GiB = 2 ** 30
const MiB = 2 ** 20

export interface ByteLimits {
  readonly entries: number
  readonly totalBytes: number
  readonly entryBytes: number
  readonly ratio: number
  readonly ratioAfterBytes: number
}

/** The caps in force; tests pass smaller ones. */
export const byteLimits: ByteLimits = {
  /** More names than this would fill memory before the first picture is read. */
  entries: 200_000,
  /** More than any picture collection meant for one computer; a bomb passes it in seconds. */
  totalBytes: 20 * GiB,
  /** The largest file many systems and the older zip format can hold. */
  entryBytes: 4 * GiB,
  /** Deflate reaches about 1030:1 on nothing but zeros; real text stays below 20:1. */
  ratio: 200,
  /** Tiny files may pack extremely well without doing any harm. */
  ratioAfterBytes: MiB
}

export interface ByteCounter {
  /** Starts an entry of `compressedBytes`; returns the check to call with each block's length. */
  entry(name: string, compressedBytes: number): (bytes: number) => void
}

/** Counts bytes over all entries of one archive. The checks throw AppError "archive-unsafe". */
export function createByteCounter(limits: ByteLimits = byteLimits): ByteCounter {
  let total = 0
  return {
    entry(name, compressedBytes) {
      let out = 0
      return (bytes) => {
        out += bytes
        total += bytes
        if (out > limits.entryBytes) throw unsafe(name, 'is larger than the app reads safely')
        if (total > limits.totalBytes)
          throw unsafe(name, 'brings the archive over the size the app reads safely')
        if (out > limits.ratioAfterBytes && out > limits.ratio * Math.max(1, compressedBytes))
          throw unsafe(name, `unpacks to more than ${limits.ratio} times its size`)
      }
    }
  }
}

/** The refusal that stops a whole import, naming the entry. */
export function unsafe(name: string, reason: string): AppError {
  return new AppError('archive-unsafe', `“${shorten(name)}” ${reason}, so nothing was imported.`, {
    hint: 'Make the archive again from its original files, or choose the unpacked folder.'
  })
}

/** A stream that passes bytes on and calls `check` with each block's length. */
export function countingStream(check: (bytes: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        check(chunk.length)
        done(null, chunk)
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    }
  })
}

export interface OpenBytes {
  readonly stream: Readable
  readonly sizeBytes: number
  /** Bytes taken from the file so far (packed bytes for .gz), for progress. */
  bytesRead(): number
}

/**
 * The bytes of a file, unpacked when `isGzip`, behind the counter. Errors while reading: AppError
 * "archive-unsafe" for a bomb, otherwise zlib's or the system's own (see {@link damagedFile}).
 * Throws AppError "file-not-readable".
 */
export async function openBytes(
  path: string,
  isGzip: boolean,
  limits: ByteLimits = byteLimits
): Promise<OpenBytes> {
  const sizeBytes = await fileSize(path)
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 })
  const bytesRead = (): number => raw.bytesRead
  if (!isGzip) return { stream: raw, sizeBytes, bytesRead }
  const check = createByteCounter(limits).entry(path, sizeBytes)
  // pipeline hands the first error to the last stream, whose reader sees it.
  const stream = pipeline(raw, createGunzip(), countingStream(check), () => {})
  return { stream, sizeBytes, bytesRead }
}

async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    throw new AppError('file-not-readable', undefined, { cause: error })
  }
}

/** The plain error for a file whose bytes end early or do not fit its format. */
export function damagedFile(name: string, cause?: unknown): AppError {
  if (cause instanceof AppError) return cause
  return new AppError('file-damaged', `“${shorten(name)}” is damaged or cut off.`, {
    cause,
    hint: 'Get the file again from where it came from.'
  })
}
