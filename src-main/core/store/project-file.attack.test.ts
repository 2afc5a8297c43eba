// Project files are untrusted (security rule F6): whatever SQL a stranger hid in one must not run,
// and is refused before anything in it is used.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database, { type Database as Connection } from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { connectForReading, connectForWriting } from './connect.ts'
import { currentVersion } from './migrations/migrations.ts'
import { openStore } from './open-store.ts'
import { schemaFindings } from './schema-check.ts'
import { datasetRecord, newItem, temporaryFolder } from './store.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'project.sqlite')
  const store = openStore(path)
  store.datasets.insert(datasetRecord('d', { classNames: ['cat', 'dog'] }))
  store.items.append('d', [newItem(0, 'one', { label: 0 }), newItem(1, 'two', { label: 1 })])
  store.items.index('d', 0, 2)
  store.dispose()
})
afterEach(() => folder.remove())

function tamper(work: (db: Connection) => void): void {
  const db = new Database(path)
  db.unsafeMode()
  work(db)
  db.close()
}

const foreign: readonly (readonly [string, string])[] = [
  [
    'a trigger that empties a table',
    'CREATE TRIGGER grab AFTER INSERT ON facts BEGIN DELETE FROM items; END'
  ],
  ['a view', 'CREATE VIEW peek AS SELECT * FROM items'],
  [
    'a view with the name of a table',
    'ALTER TABLE drafts RENAME TO hidden; CREATE VIEW drafts AS SELECT * FROM hidden'
  ],
  [
    'an instead-of trigger on a view',
    `CREATE VIEW peek AS SELECT key FROM facts;
     CREATE TRIGGER swap INSTEAD OF INSERT ON peek BEGIN DELETE FROM datasets; END`
  ],
  [
    'a trigger that is dressed as part of SQLite',
    `CREATE TRIGGER grab AFTER INSERT ON facts BEGIN DELETE FROM items; END;
     PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET name = 'sqlite_stat' WHERE name = 'grab'`
  ],
  ['a further table', 'CREATE TABLE extra (a TEXT)'],
  ['a virtual table', 'CREATE VIRTUAL TABLE words USING fts5(body)'],
  ['a virtual table that reads files', 'CREATE VIRTUAL TABLE files USING rtree(id, a, b)'],
  [
    'a virtual table named like a part of the text index',
    'CREATE VIRTUAL TABLE items_text_more USING fts5(body)'
  ],
  [
    'a virtual table named like another text index',
    'CREATE VIRTUAL TABLE items_text_2 USING fts5(body)'
  ],
  [
    'a virtual table named like the text index of a set of traces',
    'CREATE VIRTUAL TABLE traces_text_1 USING fts5(body)'
  ],
  [
    'a virtual table for traces with the definition of one for items',
    `CREATE VIRTUAL TABLE traces_text_2 USING fts5(name, text, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", detail=none, prefix='1 2 3')`
  ],
  [
    'a virtual table in place of the text index, over the items',
    `DROP TABLE items_text_1;
     CREATE VIRTUAL TABLE items_text_1 USING fts5(name, text, content='items', content_rowid='id')`
  ],
  [
    'a virtual table in place of the text index, of another kind',
    'DROP TABLE items_text_1; CREATE VIRTUAL TABLE items_text_1 USING rtree(id, a, b)'
  ],
  [
    'a virtual table whose definition was rewritten',
    `PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = replace(sql, 'fts5(', 'fts5vocab(') WHERE name = 'items_text_1'`
  ],
  [
    'a view in place of a part of the text index',
    `PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET type = 'view', sql = 'CREATE VIEW items_text_1_config AS SELECT 1 AS k, 2 AS v',
       rootpage = 0 WHERE name = 'items_text_1_config'`
  ],
  [
    'a trigger on a part of the text index',
    `CREATE TRIGGER grab AFTER INSERT ON items_text_1_config BEGIN DELETE FROM items; END`
  ],
  ['an index on an expression', 'CREATE INDEX odd ON facts (json_extract(value, key))'],
  [
    'a table with a default that was changed',
    `PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = replace(sql, 'aside INTEGER NOT NULL DEFAULT 0',
       'aside INTEGER NOT NULL DEFAULT 1') WHERE name = 'items'`
  ],
  [
    'a table with a check that calls a function',
    `PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = replace(sql, 'value TEXT NOT NULL',
       'value TEXT NOT NULL CHECK (length(randomblob(9)) > 0)') WHERE name = 'facts'`
  ]
]

it.each(foreign)('%s is refused and the file stays as it was', (_, sql) => {
  tamper((db) => db.exec(sql))
  const before = readFileSync(path)
  let code: string | undefined
  try {
    openStore(path).dispose()
  } catch (error) {
    code = error instanceof AppError ? error.code : String(error)
  }
  expect(code).toBe('project-damaged')
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(existsSync(`${path}-wal`)).toBe(false)
})

it.each(foreign.filter(([name]) => /view|trigger|virtual/.test(name)))(
  '%s is refused in a file that says it is newer, too',
  (_, sql) => {
    tamper((db) => {
      db.exec(sql)
      db.pragma(`user_version = ${currentVersion + 10}`)
    })
    expect(() => openStore(path)).toThrow('damaged')
  }
)

it('the full-text index that this app writes itself is let in, in a newer file too', () => {
  tamper((db) => db.pragma(`user_version = ${currentVersion + 10}`))
  const store = openStore(path)
  expect(store.isReadOnly).toBe(true)
  expect(store.items.searchIndex('d', ['one'], 0, 10)).toEqual(Uint32Array.of(0))
  store.dispose()
})

it('a text index with damaged contents answers nothing instead of failing', () => {
  tamper((db) => db.exec("UPDATE items_text_1_data SET block = x'ffffffffffffffff'"))
  let answer: Uint32Array | string | undefined
  try {
    const damaged = openStore(path)
    answer = damaged.items.searchIndex('d', ['one'], 0, 10)
    damaged.dispose()
  } catch (error) {
    // Found when the file is checked: refused in plain words.
    answer = error instanceof AppError ? error.code : String(error)
  }
  expect([undefined, 'project-damaged']).toContain(answer)
})

it('SQL hidden in the file reaches no function of ours, even where the check is passed by', () => {
  tamper((db) => {
    db.function('danger', () => 1)
    db.exec('CREATE VIEW peek AS SELECT danger() AS a')
  })
  const { db, close } = connectForReading(path)
  let wasCalled = false
  db.function('danger', () => Number((wasCalled = true)))
  expect(() => db.prepare('SELECT a FROM peek').all()).toThrow('unsafe use of danger()')
  expect(wasCalled).toBe(false)
  close()
})

it('extensions cannot be loaded by SQL', () => {
  const { db, close } = connectForWriting(path)
  expect(() => db.prepare("SELECT load_extension('evil')").get()).toThrow()
  close()
})

it('texts that look like SQL are only texts', () => {
  const store = openStore(path)
  const evil = `'); DROP TABLE items; --`
  store.setFact(evil, evil)
  expect(store.fact(evil)).toBe(evil)
  expect(store.items.containing('d', evil, 0, 10)).toEqual(new Uint32Array())
  expect(store.items.searchIndex('d', [`one" OR "two`], 0, 10)).toBeUndefined()
  expect(store.items.searchIndex('d', ['one', 'OR', 'two'], 0, 10)).toEqual(new Uint32Array())
  expect(store.items.searchIndex('d', ['name:one'], 0, 10)).toBeUndefined()
  expect(store.items.rowsOfKeys('d', [evil]).unknown).toEqual([evil])
  expect(store.datasets.get(evil)).toBeUndefined()
  expect(store.items.count('d')).toBe(2)
  store.dispose()
})

it('the signs of a search pattern are searched for as they are', () => {
  const store = openStore(path)
  store.items.append('d', [newItem(2, '100 % wool'), newItem(3, 'a_b'), newItem(4, 'a\\b')])
  const found = (part: string): number[] => [...store.items.containing('d', part, 0, 10)]
  expect(found('%')).toEqual([2])
  expect(found('_')).toEqual([3])
  expect(found('\\')).toEqual([4])
  store.dispose()
})

it('every difference is named', () => {
  tamper((db) => db.exec('CREATE VIEW peek AS SELECT 1; DROP INDEX jobs_by_state'))
  const { db, close } = connectForReading(path)
  expect(schemaFindings(db, currentVersion)).toEqual([
    'The index jobs_by_state is missing.',
    'There is a view peek that does not belong here.'
  ])
  close()
})
