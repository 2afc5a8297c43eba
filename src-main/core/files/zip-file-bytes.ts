// Random access to a zip's bytes for yauzl, with a small read-ahead: the directory of 60,000
// entries is then read in a few hundred pieces instead of two reads per entry.
import { close, read } from 'node:fs'
import { Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'

const aheadBytes = 256 * 1024
// Longest piece of a stream: entries up to this size are read in one go.
const pieceBytes = 1024 * 1024

/** Reads the open file `descriptor`, which it closes in the end. */
export class ZipFileBytes extends RandomAccessReader {
  readonly #descriptor: number
  #ahead: Buffer = Buffer.alloc(0)
  #aheadStart = 0

  constructor(descriptor: number) {
    super()
    this.#descriptor = descriptor
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void
  ): void {
    if (this.#copyAhead(buffer, offset, length, position)) {
      // Always later, as a read from disk would be: yauzl recurses per entry.
      setImmediate(callback, null)
      return
    }
    const block = Buffer.alloc(Math.max(length, aheadBytes))
    read(this.#descriptor, block, 0, block.length, position, (error, bytesRead) => {
      if (error !== null) return callback(error)
      if (bytesRead < length) return callback(new Error('unexpected end of file'))
      block.copy(buffer, offset, 0, length)
      this.#ahead = block.subarray(0, bytesRead)
      this.#aheadStart = position
      callback(null)
    })
  }

  #copyAhead(buffer: Buffer, offset: number, length: number, position: number): boolean {
    const start = position - this.#aheadStart
    if (start < 0 || start + length > this.#ahead.length) return false
    this.#ahead.copy(buffer, offset, start, start + length)
    return true
  }

  // A stream of the file system's own would close the descriptor when it is left half way.
  override _readStreamForRange(start: number, end: number): Readable {
    let at = start
    const stream = new Readable({
      read: () => {
        if (at >= end) {
          stream.push(null)
          return
        }
        const bytes = Buffer.alloc(Math.min(end - at, pieceBytes))
        this.read(bytes, 0, bytes.length, at, (error) => {
          if (error !== null) return void stream.destroy(error)
          at += bytes.length
          stream.push(bytes)
        })
      }
    })
    return stream
  }

  override close(callback: (error: Error | null) => void): void {
    close(this.#descriptor, callback)
  }
}
