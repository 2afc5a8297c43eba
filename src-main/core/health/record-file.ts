// Records of one size, one per row, in a file of the job's folder: written in any order by the
// backend, read by compute threads. It holds intermediate results of a check and dies with it.
import { open } from 'node:fs/promises'
import { AppError } from '../../api/errors.ts'
import { writeError } from '../files/atomic-write.ts'

export interface RecordWriter {
  /** True when the file was made anew: no record of an earlier run is in it. */
  readonly isFresh: boolean
  /** Writes whole records from row `first` on. Throws AppError "disk-full". */
  write(first: number, bytes: ArrayBufferView): Promise<void>
  /** Everything written so far is on the disk when this resolves. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** Opens a file of `rows` records for writing; a file of another size is replaced by zeros. */
export async function openRecordWriter(
  path: string,
  rows: number,
  recordBytes: number
): Promise<RecordWriter> {
  const size = rows * recordBytes
  const file = await open(path, 'r+')
    .catch(() => open(path, 'w+'))
    .catch((error: unknown) => {
      throw writeError(error)
    })
  let isFresh: boolean
  try {
    isFresh = (await file.stat()).size !== size
    if (isFresh) {
      await file.truncate(0)
      await file.truncate(size)
    }
  } catch (error) {
    await file.close()
    throw writeError(error)
  }
  return {
    isFresh,
    async write(first, view) {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      const position = first * recordBytes
      if (bytes.length % recordBytes !== 0 || position + bytes.length > size)
        throw new RangeError(`${bytes.length} bytes from row ${first} do not fit`)
      for (let done = 0; done < bytes.length;) {
        const left = bytes.length - done
        const { bytesWritten } = await file
          .write(bytes, done, left, position + done)
          .catch((error: unknown) => {
            throw writeError(error)
          })
        done += bytesWritten
      }
    },
    sync: () => file.datasync(),
    close: () => file.close()
  }
}

export interface RecordReader {
  readonly rows: number
  /** Records first .. first + count - 1, in memory of their own. */
  range(first: number, count: number): Promise<Uint8Array>
  /** Records of some rows in the given order; quick when the rows ascend. */
  pick(rows: Uint32Array): Promise<Uint8Array>
  close(): Promise<void>
}

// Wanted records closer than this are read in one go with what lies between.
const gapRecords = 8
const runRecords = 4096

/** Opens a record file for reading. Throws AppError "file-not-readable" or "file-damaged". */
export async function openRecords(path: string, recordBytes: number): Promise<RecordReader> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('file-not-readable', undefined, { cause: error })
  })
  const rows = Math.floor((await file.stat()).size / recordBytes)

  async function range(first: number, count: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(count * recordBytes)
    for (let done = 0; done < bytes.length;) {
      const position = first * recordBytes + done
      const { bytesRead } = await file.read(bytes, done, bytes.length - done, position)
      if (bytesRead === 0) throw new AppError('file-damaged')
      done += bytesRead
    }
    return bytes
  }

  return {
    rows,
    range,
    async pick(wanted) {
      const out = new Uint8Array(wanted.length * recordBytes)
      for (let from = 0; from < wanted.length;) {
        let to = from + 1
        while (
          to < wanted.length &&
          wanted[to] >= wanted[to - 1] &&
          wanted[to] - wanted[to - 1] <= gapRecords &&
          wanted[to] - wanted[from] < runRecords
        )
          to++
        const run = await range(wanted[from], wanted[to - 1] - wanted[from] + 1)
        for (let i = from; i < to; i++) {
          const at = (wanted[i] - wanted[from]) * recordBytes
          out.set(run.subarray(at, at + recordBytes), i * recordBytes)
        }
        from = to
      }
      return out
    },
    close: () => file.close()
  }
}
