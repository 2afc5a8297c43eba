// Full-text search. A query asks which items hold all of its words, in the name or the text, by the
// dataset's index. Where that cannot be used, names and texts are looked through.
import type { Database, Statement } from 'better-sqlite3'
import { codeOf } from './connect.ts'
import { rowsPerDataset } from './item-rows.ts'
import type { ItemRepository } from './records.ts'
import { createTextIndex, hasTextIndex, textIndexName } from './text-index.ts'

/** `words` as an index query: each one quoted, the last one a beginning. */
function indexQuery(words: readonly string[]): string {
  return words
    .map((word, i) => `"${word.replaceAll('"', '""')}"${i === words.length - 1 ? ' *' : ''}`)
    .join(' AND ')
}

interface IndexStatements {
  readonly index: Statement<[number, number, number]>
  readonly last: Statement<[], number | null>
  readonly search: Statement<[string, number, number], number>
}

/** The part of the item repository that is about texts. `numberOf` throws for an unknown dataset. */
export function createItemTexts(
  db: Database,
  numberOf: (dataset: string) => number
): Pick<ItemRepository, 'index' | 'indexed' | 'searchIndex' | 'texts' | 'containing'> {
  const prepared = new Map<number, IndexStatements>()
  const texts = db
    .prepare<[number, number], [string, string | null]>(
      'SELECT name, text FROM items WHERE id >= ? AND id < ? ORDER BY id'
    )
    .raw()
  const containing = db
    .prepare<{ zero: number; from: number; to: number; pattern: string }, number>(
      `SELECT id - $zero FROM items WHERE id >= $from AND id < $to
       AND (name LIKE $pattern ESCAPE '\\' OR text LIKE $pattern ESCAPE '\\') ORDER BY id`
    )
    .pluck()
  const start = (dataset: string): number => numberOf(dataset) * rowsPerDataset

  /** Statements over a dataset's index, which is there. */
  function statements(number: number): IndexStatements {
    let known = prepared.get(number)
    if (known === undefined) {
      const name = textIndexName(number)
      known = {
        index: db.prepare(
          `INSERT INTO ${name} (rowid, name, text)
           SELECT id - ?, name, text FROM items WHERE id >= ? AND id < ? ORDER BY id`
        ),
        last: db.prepare<[], number | null>(`SELECT MAX(id) FROM ${name}_docsize`).pluck(),
        search: db
          .prepare<[string, number, number], number>(
            `SELECT rowid FROM ${name} WHERE ${name} MATCH ? AND rowid >= ? ORDER BY rowid LIMIT ?`
          )
          .pluck()
      }
      prepared.set(number, known)
    }
    return known
  }

  return {
    index(dataset, first, size) {
      const number = numberOf(dataset)
      const zero = number * rowsPerDataset
      createTextIndex(db, number)
      statements(number).index.run(zero, zero + first, zero + first + size)
    },
    indexed(dataset) {
      const number = numberOf(dataset)
      if (!hasTextIndex(db, number)) return 0
      const last = statements(number).last.get() ?? null
      return last === null ? 0 : last + 1
    },
    searchIndex(dataset, words, first, limit) {
      const number = numberOf(dataset)
      if (!hasTextIndex(db, number)) return undefined
      try {
        return Uint32Array.from(statements(number).search.all(indexQuery(words), first, limit))
      } catch (error) {
        // What the index takes for two words would need their places, which it does not keep.
        if (error instanceof Error && /phrase queries are not supported/.test(error.message))
          return undefined
        // A damaged index costs speed, no more: names and texts lie elsewhere.
        if (codeOf(error).startsWith('SQLITE_CORRUPT')) return undefined
        throw error
      }
    },
    texts(dataset, first, size) {
      const zero = start(dataset)
      return texts.all(zero + first, zero + first + size)
    },
    containing(dataset, part, first, size) {
      const zero = start(dataset)
      const pattern = `%${part.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
      return Uint32Array.from(
        containing.all({ zero, from: zero + first, to: zero + first + size, pattern })
      )
    }
  }
}
