// The JSON values of a trace file, one at a time: the elements of a list, the lines of a JSON Lines
// file, or the one object that the file is. Broken ones are named and skipped; one that the file ends
// in the middle of is handed out as far as it goes.
import { AppError } from '../../../api/errors.ts'
import type { JsonValue } from '../../../api/dto/common.ts'
import { JsonScanner, type ScannedElement } from '../../datasets/readers/records/json-scanner.ts'
import { damagedFile, openBytes } from '../../files/byte-limits.ts'
import { closeCut } from './close-cut.ts'
import { isShallow, mostLevels } from './parse-json.ts'

/** A value and where it stands; or why there is none, in a sentence. */
export type JsonElement =
  | {
      readonly where: string
      readonly value: JsonValue
      /** True when the file ends in the middle of it: the last entries are missing. */
      readonly isCut?: boolean
      readonly problem?: undefined
    }
  | { readonly where: string; readonly problem: string; readonly value?: undefined }

/** A line, an element or an only object of more bytes than this is not read into memory. */
export const mostValueBytes = 500 * 2 ** 20
const newline = 10

/**
 * Values of a JSON or JSON Lines file, also packed with gzip. Throws AppError "file-damaged" when the
 * file cannot be read at all, "too-large" for a single value beyond half a gigabyte.
 * @param onBytes told how many bytes of the file have been read, packed ones for gzip
 */
export async function* jsonElements(
  path: string,
  onBytes?: (bytes: number) => void
): AsyncGenerator<JsonElement, void, void> {
  const { stream, bytesRead } = await openBytes(path, path.toLowerCase().endsWith('.gz'))
  try {
    // Without an encoding the stream yields Buffers.
    yield* elementsOf(counted(stream as AsyncIterable<Buffer>, () => onBytes?.(bytesRead())))
  } catch (error) {
    throw error instanceof AppError ? error : damagedFile(path, error)
  } finally {
    stream.destroy()
  }
}

async function* counted(
  chunks: AsyncIterable<Buffer>,
  onChunk: () => void
): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of chunks) {
    onChunk()
    yield chunk
  }
}

/** Values in the bytes of a file. Throws as the bytes do, and AppError "too-large". */
export async function* elementsOf(
  chunks: AsyncIterable<Buffer>
): AsyncGenerator<JsonElement, void, void> {
  const opening = createOpening()
  let read: Reader | undefined
  try {
    for await (const chunk of chunks) {
      if (read !== undefined) yield* read.push(chunk)
      else if ((read = opening.add(chunk)) !== undefined) yield* read.push(opening.take())
    }
  } catch (error) {
    // A packed file that ends early: what came out of it is as good as a file that is cut off.
    const isEarlyEnd = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR'
    if (!isEarlyEnd) throw error
    yield* ending(read, opening)
    yield { where: 'End of the file', problem: 'The packed file ends early.' }
    return
  }
  yield* ending(read, opening)
}

function* ending(read: Reader | undefined, opening: Opening): Iterable<JsonElement> {
  const head = opening.take()
  const last = read ?? readerOf(head, true)
  if (last === undefined) return
  if (read === undefined) yield* last.push(head)
  yield* last.end()
}

/** The beginning of a file, until it is told how to read it. */
interface Opening {
  add(bytes: Buffer): Reader | undefined
  /** What was added and not taken yet. */
  take(): Buffer
}

function createOpening(): Opening {
  let kept: Buffer[] = []
  let size = 0
  // Looked at again only when there is twice as much of it.
  let enough = 0
  const take = (): Buffer => {
    const head = Buffer.concat(kept, size)
    kept = []
    size = 0
    return head
  }
  return {
    add(bytes) {
      if (size === 0 && bytes.every(isBlank)) return undefined
      kept.push(bytes)
      size += bytes.length
      if (size < enough) return undefined
      enough = 2 * size
      const head = take()
      kept = [head]
      size = head.length
      return readerOf(head, false)
    },
    take
  }
}

/** White space, or a byte of a byte order mark. */
function isBlank(byte: number): boolean {
  return byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf
}

interface Reader {
  push(bytes: Buffer): Iterable<JsonElement>
  end(): Iterable<JsonElement>
}

/** Bytes in which the first line has to end for a file of lists, one a line, to be known as such. */
const mostPeeked = 16 * 2 ** 20
const openList = 0x5b

/** How a file is read that begins like this; undefined when more of it is needed to tell. */
function readerOf(head: Buffer, isAll: boolean): Reader | undefined {
  const start = head.findIndex((byte) => !isBlank(byte))
  if (start === -1) return undefined
  if (head[start] !== openList) return lineReader()
  const end = head.indexOf(newline, start)
  if (end === -1) return isAll || head.length > mostPeeked ? listReader() : undefined
  const line = head.toString('utf8', start, end)
  // A list that is closed on the first line and followed by more is one of many.
  const isOneOfMany = line.trimEnd().endsWith(']') && parse(line, '').problem === undefined
  const hasMore = head.subarray(end).some((byte) => byte > 0x20)
  return isOneOfMany && hasMore ? lineReader() : listReader()
}

const noJson = 'It is not valid JSON.'

function parse(text: string, where: string): JsonElement {
  try {
    // JSON.parse gives JSON values.
    const value = JSON.parse(text) as JsonValue
    return isShallow(value)
      ? { where, value }
      : { where, problem: `It is nested more than ${mostLevels} levels deep.` }
  } catch {
    return { where, problem: noJson }
  }
}

/** A value at the end of a file, which may be only the beginning of one. */
function parseLast(text: string, where: string): JsonElement {
  const whole = parse(text, where)
  if (whole.problem !== noJson) return whole
  const closed = closeCut(text)
  const part = closed === undefined ? undefined : parse(closed, where)
  return part?.value === undefined ? whole : { where, value: part.value, isCut: true }
}

function listReader(): Reader {
  const scanner = new JsonScanner(() => 'skip', mostValueBytes)
  const toElement = ({ number, line, text, problem, cut }: ScannedElement): JsonElement => {
    const where = `Trace ${number.toLocaleString('en')}, line ${line.toLocaleString('en')}`
    if (text !== undefined) return parse(text, where)
    const part = cut === undefined ? undefined : parseLast(cut, where)
    return part?.value === undefined ? { where, problem: problem ?? 'It could not be read.' } : part
  }
  // The scanner copies what it keeps with every push: a long element comes in ever larger pieces.
  let waiting: Buffer[] = []
  let size = 0
  let enough = 0
  const scan = (): readonly ScannedElement[] => {
    scanner.push(waiting.length === 1 ? waiting[0] : Buffer.concat(waiting, size))
    enough = Math.min(64 * 2 ** 20, 2 * size)
    waiting = []
    size = 0
    const found = scanner.take()
    if (found.length > 0) enough = 0
    return found
  }
  return {
    *push(bytes) {
      waiting.push(bytes)
      size += bytes.length
      if (size >= enough) for (const found of scan()) yield toElement(found)
    },
    *end() {
      if (size > 0) for (const found of scan()) yield toElement(found)
      const { isClosed } = scanner.end()
      for (const found of scanner.take()) yield toElement(found)
      if (!isClosed) yield { where: 'End of the file', problem: 'The file is cut off.' }
    }
  }
}

/** JSON Lines; a file whose first line is no whole value is one value over many lines. */
function lineReader(): Reader {
  let rest: Buffer[] = []
  let size = 0
  let line = 0
  let isOne = false
  let isFirst = true
  const take = (): string => {
    const text = Buffer.concat(rest, size)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
    rest = []
    size = 0
    return text
  }
  const keep = (bytes: Buffer): void => {
    rest.push(bytes)
    size += bytes.length
    if (size > mostValueBytes)
      throw new AppError('too-large', 'One trace of this file is larger than 500 MB.', {
        hint: 'Export it again with shorter tool outputs, or split it.'
      })
  }
  const at = (): string => `Line ${line.toLocaleString('en')}`
  return {
    *push(bytes) {
      let from = 0
      while (!isOne) {
        const end = bytes.indexOf(newline, from)
        if (end === -1) break
        keep(bytes.subarray(from, end))
        from = end + 1
        line++
        const text = take()
        if (text.trim() === '') continue
        const element = parse(text, at())
        if (element.problem === noJson && isFirst) {
          isOne = true
          keep(Buffer.from(`${text}\n`))
        } else yield element
        isFirst = false
      }
      if (from < bytes.length) keep(bytes.subarray(from))
    },
    *end() {
      const text = take()
      if (text.trim() === '') return
      if (!isOne) {
        line++
        yield parseLast(text, at())
        return
      }
      const whole = parse(text, 'The file')
      if (whole.problem !== noJson) yield whole
      else yield* wholeLines(text, line) ?? [parseLast(text, 'The file')]
    }
  }
}

/** The lines of a text of which only the first is broken; undefined when hardly any is a value. */
function wholeLines(text: string, firstLine: number): JsonElement[] | undefined {
  const lines = text.split('\n').map((each, i) => ({ each, where: `Line ${firstLine + i}` }))
  const filled = lines.filter(({ each }) => each.trim() !== '')
  // One value over many lines has lines that hold a list or an object, too, but not as its second.
  if (!/^\s*[{[].*[}\]]\s*$/.test(filled.at(1)?.each ?? '')) return undefined
  const found = filled.map(({ each, where }, i) =>
    i === filled.length - 1 ? parseLast(each, where) : parse(each, where)
  )
  return found.at(1)?.problem === undefined ? found : undefined
}
