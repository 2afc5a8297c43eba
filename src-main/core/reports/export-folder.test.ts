// The exported folder: files by group with names every system can hold, lists that say everything,
// and a manifest that is true.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ColumnInfo } from '../../api/dto/datasets.ts'
import type { RunItem } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { nameProblem } from '../files/contain.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { safeName, writeExport, type ExportInputs } from './export-folder.ts'
import { valueColumns } from './export-rows.ts'
import { Manifest } from './manifest.ts'
import { keyOf, readerOf, runItem, selectionResult } from './reports.test-support.ts'
import { listFiles, verifyFolder } from './verify-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
let place = ''
let turn = 0
beforeEach(() => {
  folder = temporaryFolder()
  place = folder.path
})
afterEach(() => folder.remove())

const bytesOf = ({ item }: RunItem): Uint8Array => Buffer.from(`bytes of ${item.row}`)

function inputsOf(chosen: readonly RunItem[], change: Partial<ExportInputs> = {}): ExportInputs {
  const result = selectionResult({ got: chosen.length })
  const left = [runItem(90, {}, { rank: null, reasonCode: 'budget', reason: '=left' })]
  return {
    result,
    reader: readerOf(result, chosen, left),
    dataset: { name: 'Flowers', contentHash: 'abc', items: 20 },
    original: async (item) => ({ bytes: bytesOf(item), extension: 'jpg' }),
    columns: [],
    values: () => [],
    report: '<!doctype html>',
    exportName: 'Best',
    createdAt: '2026-01-02T03:04:05.000Z',
    appVersion: '1.0.0',
    licence: null,
    spreadsheetSafe: true,
    includeLeftOut: true,
    signal: new AbortController().signal,
    onItem: async () => undefined,
    ...change
  }
}

async function write(inputs: ExportInputs): Promise<Manifest> {
  place = join(folder.path, `out ${turn++}`)
  mkdirSync(place)
  return writeExport(place, inputs)
}

const read = (path: string): string => readFileSync(join(place, path), 'utf8')
const lines = (path: string): string[] => read(path).split('\r\n').slice(0, -1)
const jsonLines = (path: string): Record<string, unknown>[] =>
  read(path)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
const filesIn = async (): Promise<string[]> =>
  (await listFiles(place)).filter((path) => path.startsWith('items/'))

describe('pictures', () => {
  it('lie in one folder per group, byte for byte; those without a label beside them', async () => {
    const chosen = [
      runItem(0),
      runItem(1, { label: 'tulip', name: 'deep/in/a/folder/x.png' }),
      runItem(2, { label: null })
    ]
    const done: number[] = []
    await write(inputsOf(chosen, { onItem: async (n) => void done.push(n) }))
    expect(await filesIn()).toEqual([
      'items/photo 2.jpg',
      'items/rose/photo 0.jpg',
      'items/tulip/x.jpg'
    ])
    expect(read('items/tulip/x.jpg')).toBe('bytes of 1')
    expect(done).toEqual([1, 2, 3])
    expect(lines('items.csv')[0]).toBe(
      'id,path,label,split,rank,score,votes,reason_code,reason,original'
    )
    expect(lines('items.csv')[1]).toBe(
      `${keyOf(0)},items/rose/photo 0.jpg,rose,train,1,0.1234568,1,kept-votes,Kept because one task voted for it.,photo 0.jpg`
    )
    expect(jsonLines('items.jsonl')[2]).toMatchObject({
      id: keyOf(2),
      path: 'items/photo 2.jpg',
      label: null
    })
    expect(lines('left-out.csv')[1]).toContain(",'=left,")
  })

  it('that are called alike on some system get names of their own', async () => {
    const chosen = [
      runItem(0, { name: 'a.jpg' }),
      runItem(1, { name: 'A.JPG' }),
      runItem(2, { name: 'other/a.png' }),
      // The very name the third one would get.
      runItem(3, { name: `a-${keyOf(4)}.jpg` }),
      runItem(4, { name: 'a.jpg' }),
      runItem(5, { name: 'e\u0301.jpg' }),
      runItem(6, { name: '\u00e9.jpg' })
    ]
    await write(inputsOf(chosen))
    const found = await filesIn()
    expect(new Set(found.map((path) => path.normalize('NFC').toLowerCase())).size).toBe(7)
    jsonLines('items.jsonl').forEach((line, row) =>
      expect(read(String(line['path']))).toBe(`bytes of ${row}`)
    )
  })

  it('in groups that are called alike on some system, or like a file, keep apart', async () => {
    const labels = ['cat', 'CAT', 'cat.', 'a/b', 'a\\b', 'photo 5.jpg', '', 'NUL', '..', '\u0000']
    const chosen = [
      runItem(5, { label: null }),
      ...labels.map((label, i) => runItem(10 + i, { label, name: 'x.jpg' }))
    ]
    await write(inputsOf(chosen))
    const rows = jsonLines('items.jsonl')
    rows.forEach((row, i) =>
      expect(read(String(row['path']))).toBe(`bytes of ${chosen[i].item.row}`)
    )
    const groups = rows
      .slice(1)
      .map((row) => String(row['path']).split('/').slice(0, -1).join('/').toLowerCase())
    expect(new Set(groups).size).toBe(labels.length)
    expect(rows.slice(1).map((row) => row['label'])).toEqual(labels)
  })

  it('have names that every system can hold, whatever the originals are called', async () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        'con',
        'aux.jpg',
        'x'.repeat(300),
        '\u4e2d'.repeat(120),
        '\ud83d\ude00'.repeat(90),
        'a. . .',
        ' ',
        '../../etc/passwd',
        'C:\\x',
        '\ud800'
      )
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(wild, fc.option(wild)), { minLength: 1, maxLength: 6 }),
        async (names) => {
          const chosen = names.map(([name, label], row) => runItem(row, { name, label }))
          await write(inputsOf(chosen))
          const rows = jsonLines('items.jsonl')
          rows.forEach((row, i) => {
            const path = String(row['path'])
            for (const segment of path.split('/'))
              expect(nameProblem(segment), JSON.stringify(segment)).toBeUndefined()
            expect(read(path)).toBe(`bytes of ${i}`)
          })
          expect((await verifyFolder(place)).ok).toBe(true)
        }
      ),
      { numRuns: 15 }
    )
  })
})

describe('safe names', () => {
  it.each([
    ['a/b:c', 'a_b_c'],
    ['CON', '_CON'],
    ['end. ', 'end'],
    ['\u0000', ''],
    ['...', '']
  ])('%j becomes %j', (text, name) => expect(safeName(text)).toBe(name))

  it('are cut to a length that leaves room, between characters', () => {
    const name = safeName('\ud83d\ude00'.repeat(100))
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(name.isWellFormed()).toBe(true)
  })
})

const column = (name: string, role: ColumnInfo['role']): ColumnInfo => ({
  name,
  type: 'text',
  role,
  confidence01: 1,
  distinct: null,
  missing: 0,
  examples: []
})

describe('texts and tables', () => {
  const values = [
    ['=HYPERLINK("http://evil")', 1.5, 'own score', null],
    ['A long\ntext, with "quotes"', -2, { nested: true }, 'x']
  ]
  const columns = valueColumns({
    kind: 'text',
    shape: undefined,
    columns: [
      column('body', 'text'),
      column('height', 'number'),
      column('score', 'keep'),
      column('__proto__', 'group'),
      column('gone', 'ignore'),
      column('rose', 'label')
    ]
  })

  it('stand in the lists with their columns; ours keep their names', async () => {
    expect(columns.map(({ name }) => name)).toEqual([
      'text',
      'height',
      'score (source)',
      '__proto__'
    ])
    const inputs = inputsOf([runItem(0), runItem(1)], {
      original: async () => undefined,
      columns,
      values: ({ item }) => values[item.row]
    })
    const manifest = await write(inputs)
    const csv = read('items.csv')
    expect(csv.split('\r\n')[0]).toMatch(/,original,text,height,score \(source\),__proto__$/)
    expect(csv).toContain(`,"'=HYPERLINK(""http://evil"")",1.5,own score,\r\n`)
    expect(csv).toContain(`,"A long\ntext, with ""quotes""",-2,"{""nested"":true}",x\r\n`)
    const rows = jsonLines('items.jsonl')
    expect(rows[0]).toMatchObject({
      score: 0.123456789,
      'score (source)': 'own score',
      height: 1.5,
      path: ''
    })
    expect(rows[0]['text']).toBe('=HYPERLINK("http://evil")')
    expect(Object.entries(rows[1]).at(-1)).toEqual(['__proto__', 'x'])
    expect(await filesIn()).toEqual([])
    expect(manifest.files.map(({ path }) => path)).toContain('items.csv')
    expect(read('README.txt')).not.toContain('items/')
  })

  it('of pictures need no columns; two columns of one name stay two', () => {
    expect(
      valueColumns({ kind: 'images', shape: undefined, columns: [column('a', 'keep')] })
    ).toEqual([])
    const names = valueColumns({
      kind: 'table',
      shape: undefined,
      columns: [column('text', 'keep'), column('text (source)', 'keep'), column('t', 'text')]
    }).map(({ name }) => name)
    expect(names).toEqual(['text', 'text (source)', 'text (source) (source)'])
  })
})

describe('conversations', () => {
  it('are kept as they were, with their own id and the names of their pictures', () => {
    const columns = [
      column('id', 'id'),
      column('image', 'picture'),
      column('conversations', 'chat'),
      column('topic', 'label')
    ]
    expect(valueColumns({ kind: 'text', shape: 'llava', columns })).toEqual([
      { name: 'text', source: undefined },
      { name: 'id (source)', source: 'id' },
      { name: 'image', source: 'image' },
      { name: 'conversations', source: 'conversations' }
    ])
  })
})

describe('the manifest', () => {
  it('names every file but itself with its true size and SHA-256', async () => {
    const made = await write(inputsOf([runItem(0), runItem(1)], { licence: 'CC0' }))
    const stored = Manifest.parse(JSON.parse(read('manifest.json')))
    expect(stored).toEqual(JSON.parse(JSON.stringify(made)))
    const all = await listFiles(place)
    expect(stored.files.map(({ path }) => path)).toEqual(
      all.filter((path) => path !== 'manifest.json')
    )
    for (const { path, bytes, sha256 } of stored.files) {
      const content = readFileSync(join(place, path))
      expect(bytes).toBe(content.length)
      expect(sha256).toBe(createHash('sha256').update(content).digest('hex'))
    }
    expect(stored).toMatchObject({
      items: 2,
      synthetic: false,
      licence: 'CC0',
      method: { id: 'icons' }
    })
    expect(JSON.parse(read('recipe.json'))).toEqual(selectionResult().draft)
  })

  it('is the same for the same inputs, whatever the size of the pages', async () => {
    const chosen = Array.from({ length: 9 }, (_, row) => runItem(row))
    const first = await write(inputsOf(chosen))
    const inputs = inputsOf(chosen)
    const second = await write({
      ...inputs,
      reader: readerOf(
        inputs.result,
        chosen,
        [runItem(90, {}, { rank: null, reasonCode: 'budget', reason: '=left' })],
        100
      )
    })
    expect(second).toEqual(first)
  })

  it('leaves out what was not asked for', async () => {
    await write(inputsOf([runItem(0)], { includeLeftOut: false }))
    expect(await listFiles(place)).not.toContain('left-out.csv')
  })
})

describe('an export that stops', () => {
  it('stops at the next item when cancelled', async () => {
    const stop = new AbortController()
    const items = Array.from({ length: 10 }, (_, row) => runItem(row))
    const inputs = inputsOf(items, {
      signal: stop.signal,
      onItem: async (done) => {
        if (done === 4) stop.abort()
      }
    })
    await expect(write(inputs)).rejects.toMatchObject({ code: 'cancelled' })
    expect(await filesIn()).toHaveLength(4)
  })

  it('passes on why an original cannot be read', async () => {
    const broken = inputsOf([runItem(0)], {
      original: () => Promise.reject(new AppError('file-damaged'))
    })
    await expect(write(broken)).rejects.toMatchObject({ code: 'file-damaged' })
  })
})
