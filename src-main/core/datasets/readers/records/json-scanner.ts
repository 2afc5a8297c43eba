// Finds the elements of a JSON array (or the values of an object) in a stream of UTF-8 bytes,
// without parsing them: brackets and strings are followed byte by byte in constant memory. A broken
// element is reported with its number and line; where elements start on lines of their own,
// scanning goes on with the next one.
import { isUtf8 } from 'node:buffer'
import { jsonDepth } from '../jsonl-rows.ts'
import { rowLength } from '../raw-row.ts'
import { ByteWindow } from './byte-window.ts'
import {
  closeList,
  closeObject,
  colon,
  comma,
  ElementStarts,
  Nesting,
  openList,
  openObject,
  quote
} from './json-nesting.ts'

export interface ScannedElement {
  /** 1-based, over everything handed out. */
  readonly number: number
  /** Line of the file it starts in, 1-based. */
  readonly line: number
  /** Key of the list it is in or, for values of the outer object, its own; undefined in a plain list. */
  readonly key: string | undefined
  /** JSON text; undefined when `problem` is set. */
  readonly text: string | undefined
  readonly problem: string | undefined
  /** Of an element that the file ends in: what there is of it. */
  readonly cut?: string
}

/** What to do with a value of the outer object, told from its key and first byte. */
export type Entering = (key: string, firstByte: number) => 'elements' | 'value' | 'skip'

export interface ScanEnd {
  /** True when the outer list or object was closed. */
  readonly isClosed: boolean
  /** True when something other than white space came after it. */
  readonly hasMore: boolean
}

// Bytes read a second time after broken elements, over a whole file: bounds the work a hostile
// file can ask for.
const rescannedBytes = 256 * 2 ** 20
const longestKey = 64 * 1024

const notClosed = 'It is cut off.'
const tooDeep = `It is nested more than ${jsonDepth} levels deep.`
const badNesting = 'Its brackets or quotation marks do not fit together.'
const badBytes = 'It holds bytes that are not valid text.'

type State = 'start' | 'next' | 'key' | 'in-key' | 'colon' | 'entering' | 'value' | 'lost' | 'done'

/** Scans one file: `push` its bytes, `take` what was found, then `end`. */
export class JsonScanner {
  readonly #enter: Entering
  readonly #longest: number
  readonly #window = new ByteWindow()
  #found: ScannedElement[] = []
  #state: State = 'start'
  // The outer container, and whether the elements are those of a list inside it.
  #isObject = false
  #isInner = false
  #key: string | undefined
  #number = 0
  // The key or value being scanned: where it starts, and whether it is handed out and kept for that.
  #start = 0
  #startLine = 1
  #isWanted = false
  #isKept = false
  #inString = false
  readonly #nesting = new Nesting()
  readonly #starts = new ElementStarts()
  #budget = rescannedBytes
  #isEnded = false
  #hasMore = false
  #isLost = false

  /**
   * `enter` is asked for every value of an outer object; elements of more than `longest` bytes are
   * left out.
   */
  constructor(enter: Entering, longest = rowLength) {
    this.#enter = enter
    this.#longest = longest
  }

  /** Elements found in the bytes so far and not handed out yet. */
  take(): readonly ScannedElement[] {
    const found = this.#found
    this.#found = []
    return found
  }

  push(chunk: Buffer): void {
    const isNeeded = this.#state === 'in-key' || (this.#state === 'value' && this.#isKept)
    this.#start -= this.#window.slide(chunk, isNeeded ? this.#start : this.#window.at)
    this.#run()
  }

  end(): ScanEnd {
    this.#isEnded = true
    if (this.#state === 'value' && this.#isWanted && this.#isKept && this.#nesting.depth === 0)
      this.#finishValue(this.#window.bytes.length)
    while (this.#state === 'value' && this.#isWanted) {
      this.#breakOff(this.#isKept ? notClosed : this.#tooLarge)
      this.#run()
    }
    return { isClosed: this.#state === 'done' && !this.#isLost, hasMore: this.#hasMore }
  }

  #run(): void {
    let goesOn = true
    while (goesOn) {
      if (this.#state === 'value') goesOn = this.#scanValue()
      else if (this.#state === 'in-key') goesOn = this.#scanKey()
      else if (this.#state === 'lost') goesOn = this.#seekLine()
      else {
        goesOn = this.#window.skipSpace()
        if (goesOn) this.#step(this.#window.bytes[this.#window.at])
      }
    }
  }

  #step(byte: number): void {
    if (this.#state === 'start') this.#startOuter(byte)
    else if (this.#state === 'next') this.#nextElement(byte)
    else if (this.#state === 'key') this.#nextKey(byte)
    else if (this.#state === 'entering') this.#enterValue(byte)
    else if (this.#state === 'colon') {
      if (byte !== colon) return this.#giveUp()
      this.#window.at++
      this.#state = 'entering'
    } else {
      this.#hasMore = true
      this.#window.moveTo(this.#window.bytes.length)
    }
  }

  #startOuter(byte: number): void {
    // A byte order mark is three bytes, none of which starts JSON.
    if (byte === 0xef || byte === 0xbb || byte === 0xbf) {
      this.#window.at++
      return
    }
    this.#isObject = byte === openObject
    if (!this.#isObject && byte !== openList) return this.#giveUp()
    this.#window.at++
    this.#state = this.#isObject ? 'key' : 'next'
  }

  #nextElement(byte: number): void {
    if (byte === comma) {
      this.#window.at++
      return
    }
    if (byte === closeList) {
      this.#window.at++
      this.#state = this.#isInner ? 'key' : 'done'
      this.#isInner = false
      return
    }
    if (byte === closeObject || byte === colon) return this.#giveUp()
    this.#beginValue(true)
  }

  #nextKey(byte: number): void {
    if (byte === quote) {
      this.#start = this.#window.at
      this.#state = 'in-key'
      return
    }
    this.#window.at++
    if (byte === closeObject) this.#state = 'done'
    else if (byte !== comma) this.#giveUp()
  }

  #scanKey(): boolean {
    const { bytes } = this.#window
    const end = this.#window.closingQuote(this.#start + 1)
    if (end === -1) {
      if (bytes.length - this.#start > longestKey) this.#giveUp()
      return this.#state !== 'in-key'
    }
    try {
      // A JSON string literal parses to a string.
      this.#key = JSON.parse(bytes.toString('utf8', this.#start, end + 1)) as string
      this.#window.moveTo(end + 1)
      this.#state = 'colon'
    } catch {
      this.#giveUp()
    }
    return true
  }

  #enterValue(byte: number): void {
    const action = this.#enter(this.#key ?? '', byte)
    if (action === 'elements' && byte === openList) {
      this.#window.at++
      this.#isInner = true
      this.#state = 'next'
    } else this.#beginValue(action === 'value')
  }

  #beginValue(isWanted: boolean): void {
    this.#start = this.#window.at
    this.#startLine = this.#window.line
    this.#isWanted = isWanted
    this.#isKept = isWanted
    this.#inString = false
    this.#nesting.start()
    this.#state = 'value'
    if (!isWanted) return
    this.#number++
    this.#starts.note(this.#window)
  }

  // Goes on through the value; false when more bytes are needed.
  #scanValue(): boolean {
    const { bytes } = this.#window
    const nesting = this.#nesting
    let { at } = this.#window
    if (this.#inString) {
      at = this.#passString(at)
      if (at === -1) return this.#state !== 'value'
    }
    for (; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === quote) {
        const isOuter = nesting.depth === 0
        at = this.#passString(at + 1)
        if (at === -1) return this.#state !== 'value'
        if (isOuter) return this.#finishValue(at)
        at--
        nesting.before = quote
      } else if (byte === comma || byte === colon) {
        if (nesting.depth === 0) return this.#finishValue(at)
        nesting.before = byte
      } else if (byte === openObject || byte === openList) {
        if (!nesting.open(byte)) return this.#breakOff(badNesting)
      } else if (byte === closeObject || byte === closeList) {
        if (nesting.depth === 0) return this.#finishValue(at)
        if (!nesting.close(byte)) return this.#breakOff(badNesting)
        if (nesting.depth === 0) return this.#finishValue(at + 1)
      }
    }
    this.#window.moveTo(at)
    return this.#wait()
  }

  // Place after the string whose content goes on at `from`; -1 when it does not end here. What is
  // not kept is not looked at twice, so that a string of any length takes no memory.
  #passString(from: number): number {
    const window = this.#window
    const end = window.closingQuote(from)
    if (this.#isKept) {
      window.moveTo(from - 1)
      if (window.nextNewline < (end === -1 ? Infinity : end)) {
        this.#breakOff(badNesting)
        return -1
      }
      if (end === -1 && this.#wait()) return -1
    }
    this.#inString = end === -1 && !this.#isKept
    if (this.#inString) {
      window.moveTo(from)
      window.moveTo(window.withoutSlashes())
    }
    return end === -1 ? -1 : end + 1
  }

  // Out of bytes in the middle of a value: what is too large is followed but no longer kept.
  #wait(): boolean {
    if (!this.#isKept || this.#window.bytes.length - this.#start <= this.#longest) return false
    if (this.#resync()) {
      this.#report(this.#tooLarge)
      return true
    }
    this.#isKept = false
    return false
  }

  #finishValue(end: number): boolean {
    if (this.#isWanted) {
      const content = this.#window.bytes.subarray(this.#start, end)
      if (!this.#isKept || content.length > this.#longest) this.#report(this.#tooLarge)
      else if (this.#nesting.isTooDeep) this.#report(tooDeep)
      else if (!isUtf8(content)) this.#report(badBytes)
      else this.#add(content.toString('utf8').trim(), undefined)
    }
    this.#window.moveTo(end)
    this.#state = this.#isObject && !this.#isInner ? 'key' : 'next'
    return true
  }

  #add(text: string | undefined, problem: string | undefined): void {
    const place = { number: this.#number, line: this.#startLine, key: this.#key }
    this.#found.push({ ...place, text, problem })
  }

  #report(problem: string): void {
    if (problem !== notClosed) return this.#add(undefined, problem)
    const place = { number: this.#number, line: this.#startLine, key: this.#key }
    const cut = this.#window.bytes.toString('utf8', this.#start)
    this.#found.push({ ...place, text: undefined, problem, cut })
  }

  // The value cannot be followed: on to the next element that starts a line as earlier ones did.
  #breakOff(reason: string): boolean {
    if (!this.#isWanted) {
      this.#giveUp()
      return true
    }
    this.#report(reason)
    this.#inString = false
    if (this.#isKept && this.#resync()) return true
    if (!this.#starts.areKnown || this.#isEnded) this.#giveUp()
    else this.#state = 'lost'
    return true
  }

  // Looks among the bytes of the broken element itself, which are then scanned once more.
  #resync(): boolean {
    const { bytes } = this.#window
    if (this.#budget < bytes.length - this.#start) return false
    this.#budget -= bytes.length - this.#start
    let line = this.#startLine
    for (let at = bytes.indexOf(10, this.#start); at !== -1; at = bytes.indexOf(10, at + 1)) {
      line++
      if (!this.#starts.isAt(bytes, at + 1)) continue
      this.#window.jumpTo(at + 1, line)
      this.#state = 'next'
      return true
    }
    return false
  }

  // Looks for such a line in the bytes that come; false when more are needed.
  #seekLine(): boolean {
    const window = this.#window
    const at = window.nextNewline
    if (at === Infinity) {
      window.at = window.bytes.length
      return false
    }
    if (!this.#isEnded && at + 1 + this.#starts.width >= window.bytes.length) {
      window.at = at
      return false
    }
    window.moveTo(at + 1)
    if (this.#starts.isAt(window.bytes, at + 1)) this.#state = 'next'
    return true
  }

  get #tooLarge(): string {
    return `It is larger than ${this.#longest / 2 ** 20} MB.`
  }

  #giveUp(): void {
    this.#isLost = true
    this.#state = 'done'
    this.#window.moveTo(this.#window.bytes.length)
  }
}
