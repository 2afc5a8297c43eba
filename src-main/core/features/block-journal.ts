// Which blocks of a matrix are finished, on disk: a killed run goes on from here. A block is marked
// only after its rows are flushed, and the mark itself is flushed before the next step.
import { open } from 'node:fs/promises'
import { writeError, writeWhole } from '../files/atomic-write.ts'

export interface BlockJournal {
  readonly blocks: number
  /** True when marks of an earlier run of the same work were found. */
  readonly isResumed: boolean
  isDone(block: number): boolean
  /**
   * Marks a finished block with the number of its items that could not be read and a checksum of its
   * rows; flushed.
   */
  mark(block: number, failed: number, check?: number): Promise<void>
  /** The checksum a block was marked with. */
  checkOf(block: number): number
  /** Takes a mark back: what was written of the block is not there any more. */
  forget(block: number): void
  /** Blocks finished so far. */
  done(): number
  /** Unreadable items in the finished blocks. */
  failed(): number
  close(): Promise<void>
}

// The marks start at a fixed, aligned place, so that each is written whole or not at all.
const headBytes = 1024
const markBytes = 8

/**
 * Opens a journal. `work` says what is being made (key, device, block size); marks made for other
 * work do not count and are removed. Throws AppError "disk-full" or "destination-not-writable".
 */
export async function openBlockJournal(
  path: string,
  work: string,
  blocks: number
): Promise<BlockJournal> {
  const head = Buffer.alloc(headBytes, 0x20)
  if (head.write(work, 'utf8') < Buffer.byteLength(work)) throw new RangeError('work is too long')
  head[headBytes - 1] = 0x0a
  const bytes = Buffer.alloc(headBytes + markBytes * blocks)
  const file = await open(path, 'r+')
    .catch(() => open(path, 'w+'))
    .catch(unwritable)
  let isResumed: boolean
  try {
    const { size } = await file.stat()
    if (size === bytes.length) await file.read(bytes, 0, bytes.length, 0)
    isResumed = bytes.subarray(0, headBytes).equals(head)
    if (!isResumed) {
      bytes.fill(0)
      head.copy(bytes)
      await file.truncate(0)
      await writeWhole(file, bytes, 0)
      await file.sync()
    }
  } catch (error) {
    await file.close()
    throw writeError(error)
  }
  // 0 = missing, 1 + n = finished with n unreadable items; then the checksum.
  const placeOf = (block: number): number => headBytes + markBytes * block
  const mark = (block: number): number => bytes.readUInt32LE(placeOf(block))
  const all = Array.from({ length: blocks }, (_, block) => block)
  return {
    blocks,
    isResumed,
    isDone: (block) => mark(block) > 0,
    checkOf: (block) => bytes.readUInt32LE(placeOf(block) + 4),
    forget: (block) => void bytes.fill(0, placeOf(block), placeOf(block) + markBytes),
    async mark(block, failed, check = 0) {
      const at = placeOf(block)
      bytes.writeUInt32LE(1 + failed, at)
      bytes.writeUInt32LE(check, at + 4)
      await writeWhole(file, bytes.subarray(at, at + markBytes), at).catch(unwritable)
      await file.datasync().catch(unwritable)
    },
    done: () => all.filter((block) => mark(block) > 0).length,
    failed: () => all.reduce((sum, block) => sum + Math.max(0, mark(block) - 1), 0),
    close: () => file.close()
  }
}

function unwritable(error: unknown): never {
  throw writeError(error)
}
