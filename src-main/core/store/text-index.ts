// Full-text indexes: one table for each dataset and for each set of traces, made when it is indexed
// and dropped with it, which takes a moment where deleting its rows would take minutes. They keep
// words only, no text and no places of words.
import Database, { type Database as Connection } from 'better-sqlite3'

/** What an index is of. */
export type TextIndexKind = 'items' | 'traces'

const parts = ['data', 'idx', 'docsize', 'config']
const namePattern = new RegExp(
  `^table ((items|traces)_text_[1-9]\\d{0,15})(?:_(?:${parts.join('|')}))?$`
)

// Rows of datasets are found while somebody types: beginnings of words have an index of their own.
const columnsOf: Readonly<Record<TextIndexKind, string>> = {
  items: `name, text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", detail=none, prefix='1 2 3'`,
  traces: `text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", detail=none`
}

/** Name of the index of the dataset, or the set of traces, with this number. */
export function textIndexName(number: number, kind: TextIndexKind = 'items'): string {
  return `${kind}_text_${number}`
}

/** Statement that makes an index. */
function createSql(name: string, kind: TextIndexKind): string {
  return `CREATE VIRTUAL TABLE ${name} USING fts5(${columnsOf[kind]})`
}

/** Makes an index unless it is there. */
export function createTextIndex(
  db: Connection,
  number: number,
  kind: TextIndexKind = 'items'
): void {
  if (!hasTextIndex(db, number, kind)) db.exec(createSql(textIndexName(number, kind), kind))
}

/** Drops an index if it is there. */
export function dropTextIndex(db: Connection, number: number, kind: TextIndexKind = 'items'): void {
  db.exec(`DROP TABLE IF EXISTS ${textIndexName(number, kind)}`)
}

/** True when there is an index. */
export function hasTextIndex(
  db: Connection,
  number: number,
  kind: TextIndexKind = 'items'
): boolean {
  return (
    db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(textIndexName(number, kind)) !==
    undefined
  )
}

/** Definitions of an index and of the tables SQLite keeps for it, with this name for the index. */
interface ModelIndex {
  readonly name: string
  readonly sql: ReadonlyMap<string, string>
}

const models = new Map<TextIndexKind, ModelIndex>()

function modelIndex(kind: TextIndexKind): ModelIndex {
  const known = models.get(kind)
  if (known !== undefined) return known
  const db = new Database(':memory:')
  try {
    const name = textIndexName(1, kind)
    db.exec(createSql(name, kind))
    const rows = db
      .prepare<[], { name: string; sql: string }>('SELECT name, sql FROM sqlite_schema')
      .all()
    const model = { name, sql: new Map(rows.map((row) => [row.name, row.sql])) }
    models.set(kind, model)
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
  const [, name, kind] = namePattern.exec(entry) ?? []
  if (name === undefined) return undefined
  const { name: modelName, sql: expected } = modelIndex(kind === 'traces' ? 'traces' : 'items')
  const own = entry.slice('table '.length)
  const asModel = expected.get(own.replace(name, modelName))
  return asModel !== undefined && sql === asModel.replace(modelName, name)
}
