// SHA-256 of bytes and of whole files, read as streams.
import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { AppError } from '../../api/errors.ts'

/** SHA-256 of `bytes` as 32 bytes. */
export function sha256Bytes(bytes: Uint8Array | string): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}

/** SHA-256 of `bytes` as 64 hex digits. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex')
}

/**
 * SHA-256 of a file as 64 hex digits, with its size. Throws AppError "file-not-readable";
 * "cancelled" when aborted.
 */
export async function sha256File(
  path: string,
  options: {
    readonly signal?: AbortSignal | undefined
    readonly onBytes?: (bytes: number) => void
  } = {}
): Promise<{ readonly hex: string; readonly bytes: number }> {
  const digest = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      if (options.signal?.aborted === true) throw new AppError('cancelled')
      // createReadStream without an encoding yields Buffers.
      const block = chunk as Buffer
      digest.update(block)
      bytes += block.length
      options.onBytes?.(block.length)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('file-not-readable', undefined, { cause: error })
  }
  return { hex: digest.digest('hex'), bytes }
}
