// Which attempts of a set hold some words: a full-text index per set, with a row for every quarter
// million characters of an attempt, so that no attempt is too long for it.
import type { Database, Statement } from 'better-sqlite3'
import { codeOf } from './connect.ts'
import { createTextIndex, dropTextIndex, hasTextIndex, textIndexName } from './text-index.ts'

/** Rows of one attempt: its number times this, and on. */
const rowsPerTrace = 65_536
/** UTF-16 units of a row. */
const rowLength = 250_000

/** Words as the index tells them apart: letters, numbers and marks, nothing else. */
export function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u).filter((word) => word !== '')
}

/** Looks words up. */
export function createTraceSearch(
  db: Database,
  setNumber: (set: string) => number | undefined
): (set: string, text: string) => ReadonlySet<number> | undefined {
  return (set, text) => {
    const words = wordsOf(text)
    const number = setNumber(set)
    if (words.length === 0) return undefined
    if (number === undefined || !hasTextIndex(db, number, 'traces')) return new Set()
    const name = textIndexName(number, 'traces')
    const rows = db
      .prepare<[string], number>(
        `SELECT DISTINCT rowid / ${rowsPerTrace} FROM ${name} WHERE ${name} MATCH ?`
      )
      .pluck()
    // An attempt may have one word in one row and the next in another.
    const isOpen = /[\p{L}\p{N}\p{M}\p{Co}]$/u.test(text)
    try {
      return words
        .map((word, i) => {
          const isLast = isOpen && i === words.length - 1
          return new Set(rows.all(`"${word}"${isLast ? ' *' : ''}`))
        })
        .reduce((found, next) => new Set([...found].filter((trace) => next.has(trace))))
    } catch (error) {
      // Words that the index would cut further cannot be looked up in it.
      if (error instanceof Error && /phrase queries are not supported/.test(error.message))
        return new Set()
      if (codeOf(error).startsWith('SQLITE_CORRUPT')) return new Set()
      throw error
    }
  }
}

/** Fills the index of a set. */
export interface SearchWrites {
  /** Adds texts of an attempt; attempts of one part come one after the other. */
  add(set: number, part: number, trace: number, text: string): void
  /** After the last text of a part; what waits is dropped with a part that is given up. */
  end(part: number, isKept: boolean): void
  /** Takes attempts out again. */
  remove(set: number, traces: readonly number[]): void
  drop(set: number): void
}

interface OpenRow {
  readonly set: number
  readonly trace: number
  row: number
  texts: string[]
  length: number
}

/** {@link SearchWrites} over a connection. */
export function createSearchWrites(db: Database): SearchWrites {
  const inserts = new Map<number, Statement<[number, string]>>()
  // By part: several may be filled at a time.
  const openRows = new Map<number, OpenRow>()

  function insertOf(set: number): Statement<[number, string]> {
    const known = inserts.get(set)
    if (known !== undefined) return known
    createTextIndex(db, set, 'traces')
    const insert = db.prepare<[number, string]>(
      `INSERT INTO ${textIndexName(set, 'traces')} (rowid, text) VALUES (?, ?)`
    )
    inserts.set(set, insert)
    return insert
  }
  function flush(open: OpenRow | undefined): void {
    if (open === undefined || open.length === 0) return
    // An attempt of more rows than there are numbers is found by its first billions of characters.
    if (open.row < rowsPerTrace)
      insertOf(open.set).run(open.trace * rowsPerTrace + open.row, open.texts.join('\n'))
    open.row++
    open.texts = []
    open.length = 0
  }

  return {
    add(set, part, trace, text) {
      let open = openRows.get(part)
      if (open?.trace !== trace) {
        flush(open)
        open = { set, trace, row: 0, texts: [], length: 0 }
        openRows.set(part, open)
      }
      for (let from = 0; from < text.length; from += rowLength) {
        const piece = text.slice(from, from + rowLength)
        open.texts.push(piece)
        open.length += piece.length
        if (open.length >= rowLength) flush(open)
      }
    },
    end(part, isKept) {
      if (isKept) flush(openRows.get(part))
      openRows.delete(part)
    },
    remove(set, traces) {
      if (!hasTextIndex(db, set, 'traces')) return
      const remove = db.prepare(
        `DELETE FROM ${textIndexName(set, 'traces')} WHERE rowid >= ? AND rowid < ?`
      )
      for (const trace of traces) remove.run(trace * rowsPerTrace, (trace + 1) * rowsPerTrace)
    },
    drop(set) {
      inserts.delete(set)
      dropTextIndex(db, set, 'traces')
    }
  }
}
