// Opening project files of every condition: new, newer, damaged, foreign, read-only, left by a
// crash; and backups of a file in use.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import Database, { type Database as Connection } from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../api/errors.ts'
import { AppError } from '../../api/errors.ts'
import { connectForReading } from './connect.ts'
import { currentVersion, migrate } from './migrations/migrations.ts'
import { openStore } from './open-store.ts'
import type { Store } from './records.ts'
import { applicationId } from './schema-check.ts'
import { datasetRecord, newItem, temporaryFolder } from './store.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'project.sqlite')
})
afterEach(() => {
  chmodSync(folder.path, 0o700)
  folder.remove()
})

/** A closed file with one dataset of `items` items. */
function makeFile(items = 3): void {
  const store = openStore(path)
  store.setFact('name', 'Flowers')
  store.datasets.insert(datasetRecord('d'))
  store.items.append(
    'd',
    Array.from({ length: items }, (_, row) => newItem(row, `text ${row} `.repeat(50)))
  )
  store.dispose()
}

function edit(work: (db: Connection) => void): void {
  const db = new Database(path)
  db.unsafeMode()
  work(db)
  db.close()
}

function refusal(work: () => Store): ErrorCode | undefined {
  try {
    work().dispose()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

describe('a new file', () => {
  it('is ours, of the current version, sound, and keeps what is written', () => {
    makeFile()
    const store = openStore(path)
    expect(store.isReadOnly).toBe(false)
    expect(store.readOnlyReason).toBeUndefined()
    expect(store.check()).toEqual([])
    expect(store.fact('name')).toBe('Flowers')
    expect(store.fact('nothing')).toBeUndefined()
    expect(store.items.count('d')).toBe(3)
    store.dispose()
    edit((db) => {
      expect(db.pragma('application_id', { simple: true })).toBe(applicationId)
      expect(db.pragma('user_version', { simple: true })).toBe(currentVersion)
    })
  })

  it('is one plain file at rest', () => {
    makeFile()
    expect(existsSync(`${path}-wal`)).toBe(false)
    expect(existsSync(`${path}-shm`)).toBe(false)
    edit((db) => expect(db.pragma('journal_mode', { simple: true })).toBe('delete'))
  })

  it('cannot be made in a folder that is not there', () => {
    expect(refusal(() => openStore(join(folder.path, 'gone', 'project.sqlite')))).toBe(
      'project-not-found'
    )
  })

  it('takes up a file of zero bytes, which is what an early crash leaves', () => {
    writeFileSync(path, '')
    const store = openStore(path)
    expect(store.check()).toEqual([])
    store.dispose()
  })

  it('cannot be made by opening for reading', () => {
    expect(refusal(() => openStore(path, { isReadOnly: true }))).toBe('project-not-found')
    expect(existsSync(path)).toBe(false)
  })
})

describe('a file from the future', () => {
  it('opens for reading with a sentence that says why, and stays as it is', () => {
    makeFile()
    edit((db) => {
      db.exec('ALTER TABLE facts ADD COLUMN later TEXT; CREATE TABLE later (a TEXT)')
      db.pragma(`user_version = ${currentVersion + 10}`)
    })
    const before = readFileSync(path)
    const store = openStore(path)
    expect(store.isReadOnly).toBe(true)
    expect(store.readOnlyReason).toContain('made by a newer version of the app')
    expect(store.fact('name')).toBe('Flowers')
    expect(store.items.range('d', 0, 10)).toHaveLength(3)
    expect(() => store.setFact('name', 'Changed')).toThrow()
    store.dispose()
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('is refused in plain words when its tables are not ours any more', () => {
    makeFile()
    edit((db) => {
      db.exec('ALTER TABLE items RENAME TO entries')
      db.pragma(`user_version = ${currentVersion + 10}`)
    })
    expect(() => openStore(path)).toThrow('Update the app to open it.')
    expect(refusal(() => openStore(path))).toBe('project-from-future')
  })
})

describe('a file that is not ours', () => {
  it.each([
    ['text', 'Just a letter, longer than a hundred bytes. '.repeat(20)],
    ['a short text', 'hello'],
    ['zeros', '\0'.repeat(4096)]
  ])('%s', (_, content) => {
    writeFileSync(path, content)
    expect(refusal(() => openStore(path))).toBe('project-not-winnow')
    expect(readFileSync(path, 'latin1')).toBe(content)
  })

  it('another program’s database is refused and not changed', () => {
    edit((db) => db.exec('CREATE TABLE places (url TEXT)'))
    const before = readFileSync(path)
    expect(refusal(() => openStore(path))).toBe('project-not-winnow')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('a folder in its place is refused', () => {
    mkdirSync(path)
    expect(['project-not-found', 'project-not-winnow', 'project-damaged']).toContain(
      refusal(() => openStore(path))
    )
  })
})

describe('a damaged file', () => {
  it('that was cut off is refused', () => {
    makeFile(200)
    truncateSync(path, Math.floor(readFileSync(path).length / 2))
    expect(refusal(() => openStore(path))).toBe('project-damaged')
  })

  it('with a missing table or index names it', () => {
    makeFile()
    edit((db) => db.exec('DROP INDEX items_by_key'))
    try {
      openStore(path).dispose()
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        code: 'project-damaged',
        hint: 'The index items_by_key is missing.'
      })
    }
  })

  it('with any bytes overwritten is refused in plain words or opens: it never crashes', () => {
    makeFile(60)
    const whole = readFileSync(path)
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.nat(whole.length - 1),
            bytes: fc.uint8Array({ minLength: 1, maxLength: 64 })
          }),
          { minLength: 1, maxLength: 4 }
        ),
        (changes) => {
          const broken = Buffer.from(whole)
          for (const { at, bytes } of changes) broken.set(bytes.subarray(0, broken.length - at), at)
          writeFileSync(path, broken)
          const code = refusal(() => openStore(path))
          expect([
            undefined,
            'project-damaged',
            'project-not-winnow',
            'project-from-future'
          ]).toContain(code)
        }
      ),
      { numRuns: 60 }
    )
  })
})

describe('reading only', () => {
  it('is kept when asked for, and nothing can be written', () => {
    makeFile()
    const store = openStore(path, { isReadOnly: true })
    expect(store.isReadOnly).toBe(true)
    expect(() => store.datasets.insert(datasetRecord('e'))).toThrow()
    expect(store.items.count('d')).toBe(3)
    store.dispose()
  })

  it('reads the file of an older app without touching it', () => {
    const db = new Database(path)
    db.pragma(`application_id = ${applicationId}`)
    migrate(db, 20)
    db.exec(`INSERT INTO facts VALUES ('name', '"Old"')`)
    db.close()
    const before = readFileSync(path)
    const store = openStore(path, { isReadOnly: true })
    expect([store.fact('name'), store.traces.sets(), store.isReadOnly]).toEqual(['Old', [], true])
    expect(() => store.setFact('name', 'New')).toThrow()
    store.dispose()
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('reads what a crash left in the log, from a folder where nothing can be made', () => {
    // A copy taken while the file is open is what a crash leaves: the file and its log.
    const store = openStore(path)
    store.setFact('name', 'Only in the log')
    const crashed = join(folder.path, 'crashed')
    mkdirSync(crashed)
    const left = join(crashed, 'project.sqlite')
    copyFileSync(path, left)
    copyFileSync(`${path}-wal`, `${left}-wal`)
    store.dispose()
    chmodSync(crashed, 0o500)
    try {
      const { db, close } = connectForReading(left)
      const row = db.prepare("SELECT value FROM facts WHERE key = 'name'").pluck().get()
      expect(row).toBe('"Only in the log"')
      close()
    } finally {
      chmodSync(crashed, 0o700)
    }
    const recovered = openStore(left)
    expect(recovered.fact('name')).toBe('Only in the log')
    expect(recovered.check()).toEqual([])
    recovered.dispose()
  })
})

describe('copies', () => {
  it('a backup made in the middle of writing is whole', async () => {
    makeFile()
    const store = openStore(path)
    store.setFact('round', 1)
    const copy = join(folder.path, 'copy.sqlite')
    const done = store.backup(copy)
    store.setFact('round', 2)
    await done
    store.dispose()
    const opened = openStore(copy)
    expect(opened.check()).toEqual([])
    expect([1, 2]).toContain(opened.fact('round'))
    expect(opened.items.count('d')).toBe(3)
    opened.dispose()
  })

  it('no copy is asked for where nothing is migrated', () => {
    makeFile()
    const asked: number[] = []
    openStore(path, { beforeMigration: (version) => asked.push(version) }).dispose()
    expect(asked).toEqual([])
  })
})

describe('transactions', () => {
  it('undo everything when the work throws', () => {
    makeFile()
    const store = openStore(path)
    expect(() =>
      store.transaction(() => {
        store.setFact('name', 'Half')
        store.datasets.remove('d')
        throw new Error('stop')
      })
    ).toThrow('stop')
    expect(store.fact('name')).toBe('Flowers')
    expect(store.items.count('d')).toBe(3)
    store.dispose()
  })
})
