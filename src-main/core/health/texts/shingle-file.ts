// Shingles of all texts on disk: one growing file of hashes, and for each row where its own begin and
// how many they are. Blocks are appended as they finish; what a crash left unmarked is dead space.
import { open, stat } from 'node:fs/promises'
import { AppError } from '../../../api/errors.ts'
import { writeError } from '../../files/atomic-write.ts'
import { openRecords, openRecordWriter } from '../record-file.ts'

const placeBytes = 12

export interface ShingleFiles {
  readonly shingles: string
  readonly places: string
}

export interface ShingleWriter {
  readonly isFresh: boolean
  /** Adds the shingles of rows first .. first + lengths.length - 1. */
  add(first: number, shingles: Uint32Array, lengths: Uint32Array): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** Opens the files for adding. Throws AppError "disk-full". */
export async function openShingleWriter(files: ShingleFiles, rows: number): Promise<ShingleWriter> {
  const places = await openRecordWriter(files.places, rows, placeBytes)
  const file = await open(files.shingles, places.isFresh ? 'w' : 'r+').catch((error: unknown) => {
    throw writeError(error)
  })
  let end = (await stat(files.shingles)).size
  return {
    isFresh: places.isFresh,
    async add(first, shingles, lengths) {
      // The place is taken before anything is waited for: blocks finish in any order.
      const start = end
      end += shingles.byteLength
      const bytes = new Uint8Array(shingles.buffer, shingles.byteOffset, shingles.byteLength)
      for (let done = 0; done < bytes.length;) {
        const left = bytes.length - done
        const { bytesWritten } = await file
          .write(bytes, done, left, start + done)
          .catch((error: unknown) => {
            throw writeError(error)
          })
        done += bytesWritten
      }
      const records = new DataView(new ArrayBuffer(lengths.length * placeBytes))
      let at = start
      lengths.forEach((length, i) => {
        records.setBigUint64(i * placeBytes, BigInt(at), true)
        records.setUint32(i * placeBytes + 8, length, true)
        at += 4 * length
      })
      await places.write(first, records)
    },
    async sync() {
      await file.datasync()
      await places.sync()
    },
    async close() {
      await file.close()
      await places.close()
    }
  }
}

export interface ShingleReader {
  /** Ascending hashes of one row. */
  of(row: number): Promise<Uint32Array>
  close(): Promise<void>
}

/** Opens the files for reading; the places stay in memory (12 bytes a row). */
export async function openShingles(files: ShingleFiles): Promise<ShingleReader> {
  const records = await openRecords(files.places, placeBytes)
  const bytes = await records.range(0, records.rows)
  await records.close()
  const places = new DataView(bytes.buffer)
  const file = await open(files.shingles, 'r').catch((error: unknown) => {
    throw new AppError('file-not-readable', undefined, { cause: error })
  })
  return {
    async of(row) {
      const start = Number(places.getBigUint64(row * placeBytes, true))
      const out = new Uint32Array(places.getUint32(row * placeBytes + 8, true))
      const target = new Uint8Array(out.buffer)
      for (let done = 0; done < target.length;) {
        const { bytesRead } = await file.read(target, done, target.length - done, start + done)
        if (bytesRead === 0) throw new AppError('file-damaged')
        done += bytesRead
      }
      return out
    },
    close: () => file.close()
  }
}
