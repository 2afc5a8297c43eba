// Unpacks the buffers of compressed record batches (LZ4 frames and Zstandard), counting what comes
// out of all buffers of a batch.
import { constants, zstdDecompressSync } from 'node:zlib'
import type * as Arrow from 'apache-arrow'
import { readLz4Frame } from './lz4-frame.ts'

let left = 0
let isRegistered = false

/** Bytes that the buffers of the next batch may unpack to. */
export function allowUnpacked(bytes: number): void {
  left = bytes
}

/** Teaches the library both forms, once a thread. */
export function registerUnpacking(arrow: typeof Arrow): void {
  if (isRegistered) return
  isRegistered = true
  const { compressionRegistry, CompressionType } = arrow
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: counted(readLz4Frame) })
  compressionRegistry.set(CompressionType.ZSTD, {
    decode: counted((bytes, most) =>
      zstdDecompressSync(bytes, {
        maxOutputLength: most,
        params: { [constants.ZSTD_d_windowLogMax]: 27 }
      })
    )
  })
}

function counted(
  unpack: (bytes: Uint8Array, most: number) => Uint8Array
): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    const unpacked = unpack(bytes, Math.max(1, left))
    left -= unpacked.length
    if (left < 0) throw new RangeError('unpacked batch')
    return unpacked
  }
}
