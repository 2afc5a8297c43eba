// Two small memories of the JSON scanner: which brackets are open, and how lines look that start an
// element.
import { jsonDepth } from '../jsonl-rows.ts'
import type { ByteWindow } from './byte-window.ts'

export const quote = 34
export const comma = 44
export const colon = 58
export const openList = 91
export const closeList = 93
export const openObject = 123
export const closeObject = 125

/** Follows brackets; beyond the deepest level it only counts them. */
export class Nesting {
  readonly #kinds = new Uint8Array(jsonDepth + 1)
  depth = 0
  isTooDeep = false
  /** The last byte that was neither white space nor part of a plain value. */
  before = 0

  start(): void {
    this.depth = 0
    this.isTooDeep = false
    this.before = 0
  }

  #kind(): number {
    return this.depth <= jsonDepth ? this.#kinds[this.depth] : 0
  }

  /** False where no bracket can be. */
  open(byte: number): boolean {
    // Inside an object a value comes after a colon only: anything else is a bracket never closed.
    if (this.depth > 0 && this.#kind() === openObject && this.before !== colon) return false
    this.depth++
    if (this.depth > jsonDepth) this.isTooDeep = true
    else this.#kinds[this.depth] = byte
    this.before = byte
    return true
  }

  /** False when another bracket should be closed. */
  close(byte: number): boolean {
    const kind = this.#kind()
    this.depth--
    this.before = byte
    return kind === 0 || kind === byte - 2
  }
}

/** How far elements are indented that are the first on their line. */
export class ElementStarts {
  #indent: Buffer | undefined

  get areKnown(): boolean {
    return this.#indent !== undefined
  }

  get width(): number {
    return this.#indent?.length ?? 0
  }

  /** Remembers an element that starts at the window's place. */
  note(window: ByteWindow): void {
    if (window.line > 1) this.#indent = window.indent() ?? this.#indent
  }

  /** Whether the line that starts at a place starts an element like earlier ones did. */
  isAt(bytes: Buffer, at: number): boolean {
    const indent = this.#indent
    if (indent === undefined || at + indent.length >= bytes.length) return false
    const first = bytes[at + indent.length]
    if (first !== openObject && first !== openList) return false
    return bytes.subarray(at, at + indent.length).equals(indent)
  }
}
