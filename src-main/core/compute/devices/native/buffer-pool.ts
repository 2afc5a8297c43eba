// Typed arrays kept for the next result of the same size: a training step needs the same arrays
// over and over, and fresh memory from the system costs more than computing on it.
import { newNumbers, type Numbers, type NumberType } from './value.ts'

/** Smaller arrays are cheaper to make than to keep. */
const leastBytes = 4096
/** Bytes kept at most. */
const mostBytes = 256 * 2 ** 20

export class BufferPool {
  #free = new Map<string, Numbers[]>()
  #bytes = 0

  /** Bytes kept for later. */
  get bytes(): number {
    return this.#bytes
  }

  /** An array for `length` numbers with anything in it. */
  take(type: NumberType, length: number): Numbers {
    const kept = this.#free.get(`${type}${length}`)?.pop()
    if (kept === undefined) return newNumbers(type, length)
    this.#bytes -= kept.byteLength
    return kept
  }

  /** Hands back an array that nobody reads any more. */
  give(type: NumberType, numbers: Numbers): void {
    const { byteLength } = numbers
    if (byteLength < leastBytes || this.#bytes + byteLength > mostBytes) return
    const key = `${type}${numbers.length}`
    const kept = this.#free.get(key)
    if (kept === undefined) this.#free.set(key, [numbers])
    else kept.push(numbers)
    this.#bytes += byteLength
  }

  clear(): void {
    this.#free.clear()
    this.#bytes = 0
  }
}
