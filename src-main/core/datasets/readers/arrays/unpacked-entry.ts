// A packed archive entry unpacked into a temporary file of the system, so that its rows can be read
// in any order. The file is unlinked as soon as it is open where the system allows that, so that
// even a killed app leaves nothing behind.
import { mkdtemp, open, rm, statfs, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../../../api/errors.ts'
import { writeError } from '../../../files/atomic-write.ts'
import { damagedFile } from '../../../files/byte-limits.ts'
import type { ZipArchive, ZipEntry } from '../../../files/zip-reader.ts'

/** Largest entry that is unpacked; larger arrays are to be saved unpacked. */
export const unpackedBytes = 4 * 2 ** 30

/** An open temporary file. */
export interface UnpackedEntry {
  readonly file: FileHandle
  /** Closes and removes it. */
  close(): Promise<void>
}

/**
 * Unpacks an entry of exactly `bytes` bytes. Throws AppError "too-large", "disk-full",
 * "file-damaged", "archive-unsafe" or "cancelled".
 */
export async function unpackEntry(
  archive: ZipArchive,
  entry: ZipEntry,
  bytes: number,
  signal?: AbortSignal
): Promise<UnpackedEntry> {
  if (bytes > unpackedBytes)
    throw new AppError('too-large', `“${entry.name}” is packed and too large to unpack safely.`, {
      hint: 'Save it with numpy.savez instead of savez_compressed; the app then reads it in place.'
    })
  const disk = await statfs(tmpdir())
  if (bytes > disk.bavail * disk.bsize) throw new AppError('disk-full')
  const folder = await mkdtemp(join(tmpdir(), 'winnow-array-'))
  let file: FileHandle | undefined
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    file = await open(join(folder, 'values'), 'wx+', 0o600)
    // Windows refuses to unlink an open file; there it goes when it is closed.
    await remove().catch(() => undefined)
    await fill(file, archive, entry, bytes, signal)
  } catch (error) {
    await file?.close()
    await remove()
    throw writeError(error)
  }
  const opened = file
  return {
    file: opened,
    async close() {
      await opened.close()
      await remove()
    }
  }
}

async function fill(
  file: FileHandle,
  archive: ZipArchive,
  entry: ZipEntry,
  bytes: number,
  signal: AbortSignal | undefined
): Promise<void> {
  let size = 0
  for await (const block of archive.stream(entry)) {
    if (signal?.aborted === true) throw new AppError('cancelled')
    // What comes out may never be more than the array's description says.
    if (size + block.length > bytes) throw damagedFile(entry.name)
    for (let done = 0; done < block.length;)
      done += (await file.write(block, done, block.length - done, size + done)).bytesWritten
    size += block.length
  }
  if (size !== bytes) throw damagedFile(entry.name)
}
