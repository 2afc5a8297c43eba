// Migrations: every step from the version before, all pending steps or none, never out of order.
import Database, { type Database as Connection } from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as firstTables from './0010-first-tables.ts'
import {
  checkMonotonic,
  currentVersion,
  migrate,
  migrations,
  type Migration
} from './migrations.ts'

let db: Connection
beforeEach(() => {
  db = new Database(':memory:')
  db.pragma('foreign_keys = ON')
})
afterEach(() => db.close())

const versionOf = (): unknown => db.pragma('user_version', { simple: true })
const names = (type: string): unknown[] =>
  db.prepare('SELECT name FROM sqlite_schema WHERE type = ? ORDER BY name').pluck().all(type)

const addColumn: Migration = {
  version: 20,
  up: (target) => void target.exec('ALTER TABLE facts ADD COLUMN note TEXT')
}

describe('the list of steps', () => {
  it('rises strictly and creates no view and no trigger', () => {
    expect(() => checkMonotonic(migrations)).not.toThrow()
    migrate(db)
    expect(names('view')).toEqual([])
    expect(names('trigger')).toEqual([])
  })

  it('refuses two steps with one number and steps out of order', () => {
    expect(() => checkMonotonic([firstTables, firstTables])).toThrow('does not follow')
    expect(() => migrate(db, 20, [addColumn, firstTables])).toThrow('does not follow')
    expect(versionOf()).toBe(0)
  })
})

describe('0010 first tables', () => {
  it('brings an empty file to version 10 with every table', () => {
    migrate(db, 10)
    expect(versionOf()).toBe(10)
    expect(names('table')).toEqual([
      'datasets',
      'drafts',
      'exports',
      'facts',
      'items',
      'job_checkpoints',
      'job_live',
      'job_log',
      'jobs',
      'phase_speeds',
      'problems',
      'runs'
    ])
  })

  it('removes items, problems, log and checkpoint with what they belong to', () => {
    migrate(db, 10)
    db.exec(`
      INSERT INTO datasets VALUES ('d', 1, 'n', 'text', 'csv', 'ready', 'pool', 'link', '', '{}',
        '[]', NULL, '[]', 1, 0, 0, '', 0);
      INSERT INTO items (id, dataset, head, repeat, label, split, size_bytes, text_length,
        fingerprint, name, locator) VALUES (4294967296, 1, 1, 1, -1, 0, 0, 0, x'00', 'a', '0');
      INSERT INTO problems VALUES ('d', 0, 'row 1', 'bad');
      DELETE FROM datasets;
    `)
    expect(db.prepare('SELECT COUNT(*) FROM items').pluck().get()).toBe(0)
    expect(db.prepare('SELECT COUNT(*) FROM problems').pluck().get()).toBe(0)
  })

  it('refuses values of the wrong type', () => {
    migrate(db, 10)
    expect(() =>
      db.exec("INSERT INTO phase_speeds VALUES ('import', 'reading', 'text', 'fast')")
    ).toThrow('cannot store TEXT')
  })
})

describe('0030 traces', () => {
  it('adds its tables to a file of version 20 and changes nothing that is there', () => {
    migrate(db, 20)
    db.exec(`INSERT INTO facts VALUES ('name', '"P"')`)
    const before = names('table')
    migrate(db, 30)
    expect(versionOf()).toBe(30)
    expect(db.prepare('SELECT * FROM facts').all()).toEqual([{ key: 'name', value: '"P"' }])
    expect(names('table').filter((name) => !before.includes(name))).toEqual([
      'sqlite_sequence',
      'trace_events',
      'trace_files',
      'trace_outlines',
      'trace_parts',
      'trace_problems',
      'trace_sets',
      'trace_sources',
      'trace_tasks',
      'trace_text_pieces',
      'trace_texts',
      'traces'
    ])
  })

  it('removes all of a set with it, and gives no number of an attempt again', () => {
    migrate(db, 30)
    const fill = (): unknown =>
      db.exec(`
        INSERT INTO trace_sets (id, name, state, rules, tools, created_at)
          VALUES ('s', 'S', 'ready', '{}', '[]', 0);
        INSERT INTO trace_parts (trace_set, state, options, secrets, created_at)
          SELECT MAX(number), 'ready', '{}', '[]', 0 FROM trace_sets;
        INSERT INTO trace_tasks (trace_set, key, goal) SELECT MAX(number), 'k', '' FROM trace_sets;
        INSERT INTO traces (part, source, task, external_id, trial, outcome, events, size_bytes,
          steps, errors, tools, detectors)
          SELECT MAX(p.number), 0, MAX(k.id), 'x', 0, 'pass', 0, 0, 0, 0, '[]', '[]'
          FROM trace_parts p, trace_tasks k;
        INSERT INTO trace_texts (part, hash, length, body)
          SELECT MAX(number), x'00', 0, NULL FROM trace_parts;
        INSERT INTO trace_text_pieces SELECT MAX(id), 0, '' FROM trace_texts;
      `)
    const last = (): unknown => db.prepare('SELECT MAX(id) FROM traces').pluck().get()
    fill()
    expect(last()).toBe(1)
    // Attempts name their task: they go first, as removals do it.
    db.exec('DELETE FROM traces; DELETE FROM trace_sets')
    for (const table of ['trace_parts', 'trace_tasks', 'trace_texts', 'trace_text_pieces'])
      expect(db.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get()).toBe(0)
    fill()
    expect(last()).toBe(2)
  })
})

describe('pending steps', () => {
  it('happen in order, each once', () => {
    const seen: number[] = []
    const steps = [10, 20, 30].map((version) => ({ version, up: () => void seen.push(version) }))
    migrate(db, 20, steps)
    migrate(db, 30, steps)
    migrate(db, 30, steps)
    expect(seen).toEqual([10, 20, 30])
    expect(versionOf()).toBe(30)
  })

  it('happen all or not at all', () => {
    migrate(db, 10)
    const broken: Migration = {
      version: 30,
      up(target) {
        target.exec('CREATE TABLE half (a TEXT)')
        throw new Error('step 30 fails')
      }
    }
    expect(() => migrate(db, 30, [firstTables, addColumn, broken])).toThrow('step 30 fails')
    expect(versionOf()).toBe(10)
    expect(names('table')).not.toContain('half')
    expect(db.pragma('table_info(facts)')).toHaveLength(2)
  })

  it('do nothing to a file that is newer', () => {
    migrate(db)
    db.pragma(`user_version = ${currentVersion + 10}`)
    migrate(db)
    expect(versionOf()).toBe(currentVersion + 10)
  })
})
