// The bytes of a file that a scanner still needs, with the place it has come to and the line that
// place is in.

const quote = 34
const backslash = 92
const newline = 10

// White space longer than this at the start of a line is no indentation.
const longestIndent = 256

/** A window that is moved over a stream of bytes. */
export class ByteWindow {
  bytes: Buffer = Buffer.alloc(0)
  /** The place scanning has come to. */
  at = 0
  /** Line of `at`, 1-based. */
  line = 1
  /** Place of the first byte of that line; may lie before the window. */
  lineStart = 0
  /** First line end at or after `at`; Infinity when the window holds none. */
  nextNewline = Infinity

  /** Drops the bytes before `from` and adds more; returns how far places moved. */
  slide(chunk: Buffer, from: number): number {
    const isNear = this.lineStart >= 0 && this.at - this.lineStart < longestIndent
    const first = Math.max(0, isNear ? Math.min(from, this.lineStart) : from)
    const kept = this.bytes.subarray(first)
    const had = this.nextNewline
    this.bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk])
    this.at -= first
    this.lineStart -= first
    this.nextNewline = had === Infinity ? this.#find(kept.length) : had - first
    return first
  }

  #find(from: number): number {
    const found = this.bytes.indexOf(newline, from)
    return found === -1 ? Infinity : found
  }

  /** Moves to `to` and counts the line ends before it. */
  moveTo(to: number): void {
    while (this.nextNewline < to) {
      this.line++
      this.lineStart = this.nextNewline + 1
      this.nextNewline = this.#find(this.lineStart)
    }
    this.at = to
  }

  /** Moves back or on to the start of a line whose number is known. */
  jumpTo(lineStart: number, line: number): void {
    this.at = lineStart
    this.lineStart = lineStart
    this.line = line
    this.nextNewline = this.#find(lineStart)
  }

  /** Moves to the next byte that is no white space; false when there is none yet. */
  skipSpace(): boolean {
    const { bytes } = this
    let { at } = this
    while (at < bytes.length && isSpace(bytes[at])) at++
    this.moveTo(at)
    return at < bytes.length
  }

  /** White space before `at` when nothing else is before it on its line. */
  indent(): Buffer | undefined {
    if (this.lineStart < 0) return undefined
    const before = this.bytes.subarray(this.lineStart, this.at)
    return before.length < longestIndent && before.every(isSpace) ? Buffer.from(before) : undefined
  }

  /** Place of the quotation mark that ends the string whose content starts at `from`; -1 = not here. */
  closingQuote(from: number): number {
    const { bytes } = this
    for (let at = bytes.indexOf(quote, from); at !== -1; at = bytes.indexOf(quote, at + 1)) {
      let slashes = 0
      while (at - slashes > from && bytes[at - slashes - 1] === backslash) slashes++
      if (slashes % 2 === 0) return at
    }
    return -1
  }

  /** The end without the backslashes it may close with: where a string can be looked at anew. */
  withoutSlashes(): number {
    let end = this.bytes.length
    while (end > this.at && this.bytes[end - 1] === backslash) end--
    return end
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === newline || byte === 9 || byte === 13
}
