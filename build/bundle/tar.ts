// Writes a tar archive whose bytes depend on its entries alone: no user, no clock, no order of a
// folder. POSIX ustar, with an extended header where a path is too long for it.
import { createReadStream } from 'node:fs'

/** One entry; a folder has neither a source nor bytes, and its path ends with "/". */
export interface ArchiveEntry {
  readonly path: string
  readonly mode: number
  readonly size: number
  /** File whose content it has. */
  readonly source?: string
  /** Content that is not in a file. */
  readonly bytes?: Buffer
}

const block = 512

/** The archive in pieces, in the order of `entries`; every entry gets `mtimeSeconds`. */
export async function* tarOf(
  entries: Iterable<ArchiveEntry>,
  mtimeSeconds: number
): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    const isFolder = entry.path.endsWith('/')
    const split = splitPath(entry.path)
    if (split === undefined) {
      const record = paxRecord('path', entry.path)
      yield header({ name: 'PaxHeader', prefix: '' }, 0o644, record.length, 'x', mtimeSeconds)
      yield padded(record)
    }
    const place = split ?? { name: entry.path.slice(-100), prefix: '' }
    yield header(place, entry.mode, entry.size, isFolder ? '5' : '0', mtimeSeconds)
    if (entry.bytes !== undefined) yield padded(entry.bytes)
    else if (entry.source !== undefined) yield* contentOf(entry.source, entry.size)
  }
  yield Buffer.alloc(2 * block)
}

async function* contentOf(source: string, size: number): AsyncGenerator<Buffer> {
  let read = 0
  for await (const piece of createReadStream(source, { highWaterMark: 1 << 20 })) {
    const bytes = piece as Buffer
    read += bytes.length
    yield bytes
  }
  if (read !== size) throw new Error(`${source} changed while it was packed`)
  if (size % block !== 0) yield Buffer.alloc(block - (size % block))
}

function padded(bytes: Buffer): Buffer {
  const rest = bytes.length % block
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(block - rest)])
}

/** Path in the two fields of a header, or undefined when it does not fit or is not ASCII. */
function splitPath(path: string): { name: string; prefix: string } | undefined {
  // eslint-disable-next-line no-control-regex -- every character that is not ASCII
  if (/[^\x00-\x7f]/.test(path)) return undefined
  if (path.length <= 100) return { name: path, prefix: '' }
  for (let at = path.indexOf('/'); at !== -1 && at <= 155; at = path.indexOf('/', at + 1)) {
    const name = path.slice(at + 1)
    if (name.length > 0 && name.length <= 100) return { name, prefix: path.slice(0, at) }
  }
  return undefined
}

/** "25 path=...\n", where the number counts its own digits as well. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`)
  let length = rest.length
  while (String(length).length + rest.length !== length) {
    length = String(length).length + rest.length
  }
  return Buffer.concat([Buffer.from(String(length)), rest])
}

function header(
  place: { readonly name: string; readonly prefix: string },
  mode: number,
  size: number,
  type: string,
  mtimeSeconds: number
): Buffer {
  const bytes = Buffer.alloc(block)
  const octal = (value: number, at: number, width: number): void => {
    bytes.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1')
  }
  bytes.write(place.name, 0, 100, 'utf8')
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(mtimeSeconds, 136, 12)
  // The checksum is counted with blanks in its own place.
  bytes.write('        ', 148, 'latin1')
  bytes.write(type, 156, 'latin1')
  bytes.write('ustar\x0000', 257, 'latin1')
  bytes.write(place.prefix, 345, 155, 'latin1')
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return bytes
}
