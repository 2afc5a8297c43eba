// Moving the write-ahead log from beside: what was committed is in the file itself afterwards, writers are
// not in the way, and the usual rhythm comes back.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from './store.test-support.ts'
import { checkpointFile, holdCheckpoints } from './trace-checkpoints.ts'

let folder: ReturnType<typeof temporaryFolder>
let db: Database.Database
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'project.sqlite')
  db = new Database(path)
  db.pragma('journal_mode = WAL')
  db.pragma('wal_autocheckpoint = 10')
  db.exec('CREATE TABLE t (x TEXT)')
})
afterEach(() => {
  db.close()
  folder.remove()
})

const fill = (): void => {
  const insert = db.prepare('INSERT INTO t VALUES (?)')
  for (let i = 0; i < 50; i++) insert.run('x'.repeat(4000))
}
const size = (): number => statSync(path).size

it('leaves the file alone while it is held, and goes on as before after it', () => {
  const release = holdCheckpoints(db)
  const before = size()
  fill()
  expect(size()).toBe(before)
  release()
  expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(10)
  fill()
  expect(size()).toBeGreaterThan(before)
})

it('moves what is committed, also while somebody is writing', () => {
  holdCheckpoints(db)
  fill()
  db.exec('BEGIN IMMEDIATE')
  db.prepare('INSERT INTO t VALUES (?)').run('open')
  const before = size()
  checkpointFile(path)
  expect(size()).toBeGreaterThan(before)
  db.exec('COMMIT')
  expect(db.prepare('SELECT COUNT(*) FROM t').pluck().get()).toBe(51)
})

it('is nothing for a file that is gone, and a release after the end breaks nothing', () => {
  const release = holdCheckpoints(db)
  checkpointFile(join(folder.path, 'gone.sqlite'))
  db.close()
  expect(release).not.toThrow()
})
