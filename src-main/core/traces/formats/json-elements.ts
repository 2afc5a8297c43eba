// The JSON values of a trace file, one at a time: the elements of a list, the lines of a JSON Lines
// file, or the one object that the file is. Broken ones are named and skipped.
import { AppError } from '../../../api/errors.ts'
import type { JsonValue } from '../../../api/dto/common.ts'
import { JsonScanner, type ScannedElement } from '../../datasets/readers/records/json-scanner.ts'
import { damagedFile, openBytes } from '../../files/byte-limits.ts'

/** A value and where it stands; or why there is none, in a sentence. */
export type JsonElement =
  | { readonly where: string; readonly value: JsonValue; readonly problem?: undefined }
  | { readonly where: string; readonly problem: string; readonly value?: undefined }

/** A line, or an only object, of more bytes than this is not read into memory. */
const mostBytes = 512 * 2 ** 20
const newline = 10

/**
 * Values of a JSON or JSON Lines file, also packed with gzip. Throws AppError "file-damaged" when the
 * file cannot be read at all, "too-large" for a single value beyond half a gigabyte.
 */
export async function* jsonElements(path: string): AsyncGenerator<JsonElement, void, void> {
  const { stream } = await openBytes(path, path.endsWith('.gz'))
  try {
    let head: Buffer | undefined
    let read: Reader | undefined
    for await (const chunk of stream) {
      // Without an encoding the stream yields Buffers.
      let bytes = chunk as Buffer
      if (read === undefined) {
        head = head === undefined ? bytes : Buffer.concat([head, bytes])
        read = readerOf(head, false)
        if (read === undefined) continue
        bytes = head
      }
      yield* read.push(bytes)
    }
    if (read === undefined && head !== undefined) {
      read = readerOf(head, true)
      if (read !== undefined) yield* read.push(head)
    }
    if (read !== undefined) yield* read.end()
  } catch (error) {
    throw error instanceof AppError ? error : damagedFile(path, error)
  } finally {
    stream.destroy()
  }
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
  const start = head.findIndex((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf].includes(byte))
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

function parse(text: string, where: string): JsonElement {
  try {
    // JSON.parse gives JSON values.
    return { where, value: JSON.parse(text) as JsonValue }
  } catch {
    return { where, problem: 'It is not valid JSON.' }
  }
}

function listReader(): Reader {
  const scanner = new JsonScanner(() => 'skip')
  const toElement = ({ number, line, text, problem }: ScannedElement): JsonElement => {
    const where = `Trace ${number.toLocaleString('en')}, line ${line.toLocaleString('en')}`
    return text === undefined
      ? { where, problem: problem ?? 'It could not be read.' }
      : parse(text, where)
  }
  return {
    *push(bytes) {
      scanner.push(bytes)
      for (const found of scanner.take()) yield toElement(found)
    },
    *end() {
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
  const take = (): string => {
    const text = Buffer.concat(rest)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
    rest = []
    size = 0
    return text
  }
  return {
    *push(bytes) {
      let from = 0
      while (!isOne) {
        const at = bytes.indexOf(newline, from)
        if (at === -1) break
        rest.push(bytes.subarray(from, at))
        from = at + 1
        line++
        const text = take()
        if (text.trim() === '') continue
        const element = parse(text, `Line ${line.toLocaleString('en')}`)
        if (element.problem !== undefined && line === 1) {
          isOne = true
          rest = [Buffer.from(`${text}\n`)]
          size = text.length
        } else yield element
      }
      rest.push(bytes.subarray(from))
      size += bytes.length - from
      if (size > mostBytes)
        throw new AppError('too-large', 'One trace of this file is larger than 512 MB.', {
          hint: 'Export it again with shorter tool outputs, or split it.'
        })
    },
    *end() {
      const text = take()
      if (text.trim() === '') return
      yield isOne ? parse(text, 'The file') : parse(text, `Line ${(line + 1).toLocaleString('en')}`)
    }
  }
}
