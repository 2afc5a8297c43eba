// Long texts and files of traces, kept once a part by their hash. A text longer than a piece is kept
// in pieces, so that a page of it is read without the rest.
import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'

/** A text of at most this many UTF-16 units is kept with its event. */
export const inlineLength = 200
/** UTF-16 units of a piece. A piece is one shorter where a pair would be cut. */
const pieceLength = 65_536

/** First 16 bytes of SHA-256: equal for equal content. */
function hashOf(content: string | Uint8Array): Buffer {
  return hash('sha256', content, 'buffer').subarray(0, 16)
}

/** Reads long texts and files. */
export interface TextReads {
  /** UTF-16 units from .. from+size-1. */
  slice(id: number, from: number, size: number): string
  whole(id: number): string
  bytes(id: number): Uint8Array
}

/** {@link TextReads} over a connection. */
export function createTextReads(db: Database): TextReads {
  const body = db
    .prepare<[number], string | null>('SELECT body FROM trace_texts WHERE id = ?')
    .pluck()
  const pieces = db.prepare<[number, number, number], { start: number; body: string }>(
    'SELECT start, body FROM trace_text_pieces WHERE text = ? AND start > ? AND start < ? ORDER BY start'
  )
  const bytes = db.prepare<[number], Buffer>('SELECT bytes FROM trace_files WHERE id = ?').pluck()

  function slice(id: number, from: number, size: number): string {
    const whole = body.get(id) ?? null
    if (whole !== null) return whole.slice(from, from + size)
    const found = pieces.all(id, from - pieceLength, from + size)
    const first = found[0]
    if (first === undefined) return ''
    const text = found.map((piece) => piece.body).join('')
    return text.slice(Math.max(0, from - first.start), from + size - first.start)
  }
  return {
    slice,
    whole: (id) => slice(id, 0, Number.MAX_SAFE_INTEGER),
    bytes: (id) => bytes.get(id) ?? new Uint8Array(0)
  }
}

/** Keeps long texts and files of a part. */
export interface TextWrites {
  /** Id of a well-formed text. */
  keep(part: number, text: string): number
  keepFile(part: number, bytes: Uint8Array): number
}

/** {@link TextWrites} over a connection. */
export function createTextWrites(db: Database): TextWrites {
  const known = db
    .prepare<[number, Buffer], number>('SELECT id FROM trace_texts WHERE part = ? AND hash = ?')
    .pluck()
  const insert = db.prepare(
    'INSERT INTO trace_texts (part, hash, length, body) VALUES (?, ?, ?, ?)'
  )
  const insertPiece = db.prepare(
    'INSERT INTO trace_text_pieces (text, start, body) VALUES (?, ?, ?)'
  )
  const knownFile = db
    .prepare<[number, Buffer], number>('SELECT id FROM trace_files WHERE part = ? AND hash = ?')
    .pluck()
  const insertFile = db.prepare('INSERT INTO trace_files (part, hash, bytes) VALUES (?, ?, ?)')
  return {
    keep(part, text) {
      const key = hashOf(text)
      const found = known.get(part, key)
      if (found !== undefined) return found
      const isShort = text.length <= pieceLength
      const { lastInsertRowid } = insert.run(part, key, text.length, isShort ? text : null)
      const id = Number(lastInsertRowid)
      if (!isShort) for (const [start, body] of piecesOf(text)) insertPiece.run(id, start, body)
      return id
    },
    keepFile(part, bytes) {
      const key = hashOf(bytes)
      const found = knownFile.get(part, key)
      if (found !== undefined) return found
      const { buffer, byteOffset, byteLength } = bytes
      const { lastInsertRowid } = insertFile.run(
        part,
        key,
        Buffer.from(buffer, byteOffset, byteLength)
      )
      return Number(lastInsertRowid)
    }
  }
}

/** Pieces of a text with their places; no pair of UTF-16 units is cut. */
export function* piecesOf(text: string): Generator<[number, string], void, void> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + pieceLength)
    const last = text.charCodeAt(end - 1)
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end--
    yield [start, text.slice(start, end)]
    start = end
  }
}
