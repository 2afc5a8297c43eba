// Turns the bytes of a text file into text: which encoding, and decoded pieces with a mark on
// those that held bytes the encoding does not have.
import type { ImportOptions } from '../../../api/dto/datasets.ts'
import { damagedFile, openBytes, type OpenBytes } from '../../files/byte-limits.ts'

export type Encoding = NonNullable<ImportOptions['encoding']>

export interface EncodingGuess {
  readonly encoding: Encoding
  /** False when only ASCII was seen, so that a later part may still tell more. */
  readonly isCertain: boolean
  /** True when it looks like no text at all. */
  readonly isBinary: boolean
}

/** Bytes decoded at once: large pieces make parsing quick, small enough to cancel between. */
export const pieceBytes = 1 << 20
// Bytes looked at from the first non-ASCII one on.
const windowBytes = 256 * 1024

/** Guesses from the start of a file: byte order mark, then strict UTF-8, then Windows-1252. */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  if (head[0] === 0xff && head[1] === 0xfe)
    return { encoding: 'utf-16le', isCertain: true, isBinary: false }
  if (head[0] === 0xfe && head[1] === 0xff)
    return { encoding: 'utf-16be', isCertain: true, isBinary: false }
  const isBinary = head.includes(0)
  const first = firstNonAscii(head)
  if (first === -1) return { encoding: 'utf-8', isCertain: false, isBinary }
  const encoding = isUtf8(head.subarray(first)) ? 'utf-8' : 'windows-1252'
  return { encoding, isCertain: true, isBinary: isBinary || looksBinary(head) }
}

// Control characters other than tab and line ends do not occur in text of any kind.
function looksBinary(head: Uint8Array): boolean {
  let controls = 0
  for (const byte of head)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) controls++
  return controls * 50 > head.length
}

function firstNonAscii(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] > 127) return i
  return -1
}

// Letters of Windows-1252 hardly ever follow each other so that they make a UTF-8 character, so a
// few wrong bytes among right characters are a damaged UTF-8 file. `stream: true` forgives a
// character cut off at the end of the window.
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true })
  let right = 0
  let wrong = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0xfffd) wrong++
    else if (unit > 127) right++
  }
  return wrong === 0 || (right > 0 && right >= wrong)
}

/**
 * Encoding of a whole file: reads on to the first non-ASCII byte, so that one umlaut in the last
 * line is enough to tell UTF-8 from Windows-1252. Uncertain when only ASCII came in `maxBytes`.
 */
export async function findEncoding(
  path: string,
  isGzip: boolean,
  maxBytes = Infinity
): Promise<EncodingGuess> {
  const { stream } = await openBytes(path, isGzip)
  let window: Buffer | undefined
  let isFirst = true
  let used = 0
  for await (const chunk of stream) {
    // Without an encoding the stream yields Buffers.
    const block = chunk as Buffer
    if (isFirst) {
      const mark = guessEncoding(block.subarray(0, 4))
      if (mark.encoding.startsWith('utf-16')) return mark
      isFirst = false
    }
    if (window === undefined) {
      const first = firstNonAscii(block)
      if (first !== -1) window = block.subarray(first)
    } else window = Buffer.concat([window, block])
    used += block.length
    if (used >= maxBytes || (window !== undefined && window.length >= windowBytes)) break
  }
  if (window === undefined)
    return { encoding: 'utf-8', isCertain: used < maxBytes, isBinary: false }
  return { encoding: isUtf8(window) ? 'utf-8' : 'windows-1252', isCertain: true, isBinary: false }
}

export interface TextPiece {
  readonly text: string
  /** Some bytes were not of the encoding; they stand as U+FFFD. */
  readonly hasBadBytes: boolean
  /** Bytes of the file used so far. */
  readonly bytesRead: number
  /** True for the piece that ends the file. */
  readonly isLast: boolean
}

/** Decoded pieces of a file, byte order mark removed. Stops after `maxBytes` of text bytes. */
export async function* decodePieces(
  path: string,
  isGzip: boolean,
  encoding: Encoding,
  maxBytes = Infinity
): AsyncGenerator<TextPiece, void, void> {
  const source = await openBytes(path, isGzip)
  const decoder = new TextDecoder(encoding)
  let held: Buffer[] = []
  let heldBytes = 0
  let used = 0
  try {
    for await (const chunk of source.stream) {
      const block = chunk as Buffer
      held.push(block)
      heldBytes += block.length
      used += block.length
      if (heldBytes < pieceBytes && used < maxBytes) continue
      yield decode(decoder, Buffer.concat(held), encoding, source, true)
      held = []
      heldBytes = 0
      if (used >= maxBytes) return
    }
  } catch (error) {
    throw damagedFile(path.split(/[\\/]/).at(-1) ?? path, error)
  } finally {
    source.stream.destroy()
  }
  yield decode(decoder, Buffer.concat(held), encoding, source, false)
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Buffer,
  encoding: Encoding,
  source: OpenBytes,
  stream: boolean
): TextPiece {
  const text = decoder.decode(bytes, { stream })
  return {
    text,
    hasBadBytes: hasBadBytes(text, bytes, encoding),
    bytesRead: source.bytesRead(),
    isLast: !stream
  }
}

const replacementUtf8 = Buffer.from('\uFFFD', 'utf8')

// A file may hold U+FFFD itself, from an earlier mishap; only what was added here is bad.
function hasBadBytes(text: string, bytes: Buffer, encoding: Encoding): boolean {
  if (!text.includes('\uFFFD')) return false
  if (encoding !== 'utf-8') return true
  return text.split('\uFFFD').length - 1 > countOf(bytes, replacementUtf8)
}

function countOf(bytes: Buffer, pattern: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(pattern); at !== -1; at = bytes.indexOf(pattern, at + pattern.length))
    count++
  return count
}
