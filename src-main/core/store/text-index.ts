// The full-text index of one dataset: a table of its own, made when the dataset is indexed and
// dropped with it, which takes a moment where deleting its rows would take minutes. It keeps words
// only, no text and no places of words; its row ids are the dataset's rows.
import Database, { type Database as Connection } from 'better-sqlite3'

const parts = ['data', 'idx', 'docsize', 'config']
const namePattern = new RegExp(`^table (items_text_[1-9]\\d{0,15})(?:_(?:${parts.join('|')}))?$`)

/** Name of the index of the dataset with this number. */
export function textIndexName(number: number): string {
  return `items_text_${number}`
}

/** Statement that makes an index. */
function createSql(name: string): string {
  return `CREATE VIRTUAL TABLE ${name} USING fts5(name, text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", detail=none, prefix='1 2 3')`
}

/** Makes the index of a dataset unless it is there. */
export function createTextIndex(db: Connection, number: number): void {
  if (!hasTextIndex(db, number)) db.exec(createSql(textIndexName(number)))
}

/** Drops the index of a dataset if it is there. */
export function dropTextIndex(db: Connection, number: number): void {
  db.exec(`DROP TABLE IF EXISTS ${textIndexName(number)}`)
}

/** True when a dataset has an index. */
export function hasTextIndex(db: Connection, number: number): boolean {
  return (
    db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(textIndexName(number)) !==
    undefined
  )
}

/** Definitions of an index and of the tables SQLite keeps for it, with this name for the index. */
let model: { readonly name: string; readonly sql: ReadonlyMap<string, string> } | undefined

function modelIndex(): { readonly name: string; readonly sql: ReadonlyMap<string, string> } {
  if (model !== undefined) return model
  const db = new Database(':memory:')
  try {
    const name = textIndexName(1)
    db.exec(createSql(name))
    const rows = db
      .prepare<[], { name: string; sql: string }>('SELECT name, sql FROM sqlite_schema')
      .all()
    model = { name, sql: new Map(rows.map((row) => [row.name, row.sql])) }
    return model
  } finally {
    db.close()
  }
}

/**
 * Is an entry of a file's schema ("table items_text_3") a text index, or a part of one, exactly as
 * this app makes it? undefined when its name says nothing of the kind.
 */
export function isOwnTextIndex(entry: string, sql: string): boolean | undefined {
  const name = namePattern.exec(entry)?.[1]
  if (name === undefined) return undefined
  const { name: modelName, sql: expected } = modelIndex()
  const own = entry.slice('table '.length)
  const asModel = expected.get(own.replace(name, modelName))
  return asModel !== undefined && sql === asModel.replace(modelName, name)
}
