// Project files that strangers made: damaged pages, lies in headers, a schema with more or other things
// in it. Opened as the app opens them and read through, or refused in plain words.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Random } from '../../src-main/core/compute/random.ts'
import { codeOf, plainStoreError } from '../../src-main/core/store/connect.ts'
import { openStore } from '../../src-main/core/store/open-store.ts'
import type { Store } from '../../src-main/core/store/records.ts'
import { datasetRecord, jobRecord, newItem } from '../../src-main/core/store/store.test-support.ts'
import { changeValue, damage, oddNumber, oddText, once, oneOf, pieces } from '../mutate.ts'
import { answerOf, Broken, type FuzzTarget } from '../target.ts'

function honest(path: string): Buffer {
  const store = openStore(path)
  store.setFact('name', 'Fuzz')
  store.setFact('createdAt', 1)
  for (const id of ['d', 'e']) {
    store.datasets.insert(datasetRecord(id, { classNames: ['cat', 'dog'], items: 40 }))
    const items = Array.from({ length: 40 }, (_, row) =>
      newItem(row, `words of ${row}`, { label: row % 2, values: { n: row, t: `v${row}` } })
    )
    store.items.append(id, items)
    store.items.index(id, 0, 40)
  }
  store.jobs.insert(jobRecord('j'))
  store.dispose()
  const bytes = readFileSync(path)
  return bytes
}

const tables = ['items', 'facts', 'datasets', 'jobs', 'drafts', 'items_text_1', 'items_text_1_data']
const sqlPieces = [
  ...['CREATE TRIGGER ', 'CREATE VIEW ', 'CREATE TABLE ', 'CREATE INDEX ', 'CREATE VIRTUAL TABLE '],
  ...['x ', ' AFTER INSERT ON ', ' BEGIN ', ' END; ', 'AS SELECT ', '* FROM ', ' USING fts5(a)'],
  ...tables,
  ...['; ', '(a)', '(', ')', ' WHERE 1', 'DELETE FROM ', 'UPDATE ', ' SET ', 'key', 'value', ' = ']
]

const edits = [
  "UPDATE datasets SET %c = '%t'",
  'UPDATE datasets SET %c = %n',
  "UPDATE items SET %i = '%t'",
  'UPDATE items SET %i = %n',
  "UPDATE items SET %i = x'ff00'",
  "UPDATE jobs SET %j = '%t'",
  'UPDATE jobs SET %j = %n',
  "INSERT OR REPLACE INTO facts VALUES ('name', '%t')",
  "UPDATE facts SET value = '%t'",
  'PRAGMA user_version = %n',
  'PRAGMA application_id = %n',
  "UPDATE items_text_1_data SET block = x'ffff'",
  'DELETE FROM items_text_1_config',
  'DROP TABLE drafts',
  'DROP INDEX jobs_by_state',
  'DELETE FROM items WHERE row % 3 = 0'
]

function columns(path: string, table: string): string[] {
  const db = new Database(path)
  try {
    return (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
  } finally {
    db.close()
  }
}

/** Everything a window would read first. */
function readThrough(store: Store): void {
  store.fact('name')
  for (const dataset of store.datasets.list()) {
    store.datasets.get(dataset.id)
    const { id } = dataset
    store.items.count(id)
    for (const row of [0, 7, 39]) store.items.get(id, row)
    store.items.containing(id, 'words', 0, 10)
    store.items.searchIndex(id, ['words'], 0, 10)
    store.edits.list(id)
    store.views.list(id)
    store.matrices.list(id)
  }
  for (const job of store.jobs.list()) store.jobs.get(job.id)
  store.runs.list()
  store.drafts.list()
}

/** SQLite says what it found in the file with one of these; the app's calls make words of them. */
const storeCodes = /^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|BUSY|LOCKED|READONLY|FULL)/

/** Project files. */
export const projectFileTarget: FuzzTarget = {
  name: 'project-file',
  about: 'Project files with damaged pages and foreign things in the schema: opened or refused',
  limitMs: 20_000,
  shortCases: 40,
  open(folder) {
    mkdirSync(folder, { recursive: true })
    const path = join(folder, 'project.sqlite')
    const seed = honest(path)
    const names = new Map(tables.map((table) => [table, columns(path, table)]))
    const fill = (random: Random, sql: string): string =>
      sql
        .replaceAll('%c', oneOf(random, names.get('datasets') ?? ['id']))
        .replaceAll('%i', oneOf(random, names.get('items') ?? ['id']))
        .replaceAll('%j', oneOf(random, names.get('jobs') ?? ['id']))
        .replaceAll('%n', String(once(random, 2) ? oddNumber(random) : -oddNumber(random)))
        .replaceAll(
          '%t',
          (once(random, 2)
            ? oddText(random)
            : JSON.stringify(changeValue(random, { a: [1], b: 'x' }))
          )
            .replaceAll("'", "''")
            .replaceAll('\u0000', '')
        )

    function tamper(random: Random): void {
      writeFileSync(path, seed)
      const db = new Database(path)
      db.unsafeMode()
      try {
        for (let i = 1 + random.below(3); i > 0; i--) {
          try {
            if (once(random, 4)) {
              db.pragma('writable_schema = ON')
              db.exec(pieces(random, sqlPieces, 12))
            } else if (once(random, 5)) {
              db.pragma('writable_schema = ON')
              const sql = oddText(random).replaceAll("'", "''").replaceAll('\u0000', '')
              const what = oneOf(random, ['sql', 'name', 'tbl_name', 'type', 'rootpage'])
              const value = what === 'rootpage' ? random.below(90) : `'${sql}'`
              db.exec(
                `UPDATE sqlite_schema SET ${what} = ${value} WHERE name = '${oneOf(random, tables)}'`
              )
            } else db.exec(fill(random, oneOf(random, edits)))
          } catch {
            // Not every statement is one; the others have done their harm.
          }
        }
      } finally {
        db.close()
      }
    }

    function damagePages(random: Random): void {
      let bytes: Buffer = Buffer.from(seed)
      if (once(random, 6)) bytes = damage(random, bytes)
      else {
        const page = 4096 * random.below(bytes.length / 4096)
        const part = damage(
          random,
          bytes.subarray(page, page + oneOf(random, [16, 100, 400, 4096]))
        )
        part.copy(bytes, page)
      }
      writeFileSync(path, bytes)
    }

    return Promise.resolve({
      run(random) {
        for (const side of ['-wal', '-shm', '-journal']) rmSync(path + side, { force: true })
        if (random.below(2) === 0) tamper(random)
        else damagePages(random)
        if (once(random, 12)) writeFileSync(`${path}-wal`, damage(random, seed.subarray(0, 4200)))
        if (once(random, 20))
          writeFileSync(`${path}-journal`, damage(random, seed.subarray(0, 600)))
        return answerOf(() => {
          const store = openStore(path, { isReadOnly: once(random, 3) })
          try {
            readThrough(store)
            for (const finding of store.check())
              if (finding === '') throw new Broken('an empty finding')
            return 'opened'
          } catch (error) {
            if (storeCodes.test(codeOf(error))) throw plainStoreError(error)
            throw error
          } finally {
            store.dispose()
          }
        })
      },
      close: () => Promise.resolve(rmSync(folder, { recursive: true, force: true }))
    })
  }
}
