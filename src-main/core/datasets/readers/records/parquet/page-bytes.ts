// Unpacks the bytes of a Parquet page to exactly the size its header claims, which is checked
// against the cap before anything is allocated.
import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  zstdDecompressSync,
  type InputType
} from 'node:zlib'
import type { CompressionCodec } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { AppError } from '../../../../../api/errors.ts'

/** Largest page read, packed or not: pages hold about 1 MB, or one value that is larger. */
export const pageBytes = 256 * 2 ** 20

/** The unpacked page. Throws AppError "file-not-recognised" for packing that is not read. */
export function unpackPage(packed: Buffer, codec: CompressionCodec, size: number): Buffer {
  if (!(size >= 0 && size <= pageBytes)) throw new RangeError('page size')
  if (size === 0) return Buffer.alloc(0)
  const page = unpack(packed, codec, size)
  if (page.length !== size) throw new RangeError('page size')
  return page
}

function unpack(packed: Buffer, codec: CompressionCodec, size: number): Buffer {
  const options = { maxOutputLength: size }
  switch (codec) {
    case 'UNCOMPRESSED':
      return packed
    case 'GZIP':
      return gunzipSync(packed, options)
    case 'BROTLI':
      return brotliDecompressSync(packed, options)
    case 'ZSTD':
      return zstdDecompressSync(packed as InputType, {
        ...options,
        // Windows beyond 128 MB are only asked for by files made to fill memory.
        params: { [constants.ZSTD_d_windowLogMax]: 27 }
      })
    case 'SNAPPY':
    case 'LZ4':
    case 'LZ4_RAW': {
      const page = compressors[codec]?.(packed, size) ?? new Uint8Array(0)
      return Buffer.from(page.buffer, page.byteOffset, page.byteLength)
    }
    default:
      throw new AppError(
        'file-not-recognised',
        'The file is packed in a way the app does not read.'
      )
  }
}
