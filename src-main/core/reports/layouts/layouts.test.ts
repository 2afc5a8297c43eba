// Layouts of a real export: original records come back as the same items with every digit, other
// forms hold the same conversations, tables and arrays hold the same values.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExportLayout } from '../../../api/dto/exports.ts'
import type { JobContext } from '../../jobs/job-kind.ts'
import { createInProcessPool } from '../../datasets/testing/in-process-pool.ts'
import { pngOf, readAll, writeTree } from '../../datasets/testing/fixtures.ts'
import { openArrayFile } from '../../datasets/readers/arrays/array-file.ts'
import {
  createListFixture,
  llavaRecords,
  type ListFixture
} from '../../selection/read-list.test-support.ts'
import { createExportJob, ExportParams } from '../export-job.ts'
import { planExport } from '../export-plan.ts'
import type { ExportDeps } from '../export-work.ts'
import { readerOf, runItem, selectionResult } from '../reports.test-support.ts'
import { verifyFolder } from '../verify-folder.ts'
import type { Passes } from './epochs-part.ts'
import { originalRecordsTask } from './original-records-task.ts'

let fixture: ListFixture
let notes: string[]
beforeEach(async () => {
  notes = []
  fixture = await createListFixture()
})
afterEach(() => fixture.dispose())

const json = (value: unknown): string => JSON.stringify(value, null, 1)

function depsOf(rows: readonly number[], change: Partial<ExportDeps> = {}): ExportDeps {
  const { folder, media, store } = fixture
  const record = store.datasets.get('d1')
  const chosen = store.items.rows('d1', rows).map((item, rank) =>
    runItem(
      item.row,
      {
        key: item.key,
        name: item.name,
        label: item.label < 0 ? null : (record?.classNames[item.label] ?? null),
        width: item.width ?? null,
        height: item.height ?? null
      },
      { rank: rank + 1 }
    )
  )
  const result = selectionResult({ dataset: 'd1', got: rows.length })
  return {
    project: {
      ...{ folder, store, name: 'P', mediaFolder: media },
      ...{ featuresFolder: folder, runsFolder: folder, exportsFolder: folder }
    },
    selection: readerOf(result, chosen),
    appVersion: '1.0.0',
    now: () => 1_700_000_000_000,
    ...change
  }
}

async function exported(
  rows: readonly number[],
  layouts: ExportLayout[],
  change: Partial<ExportParams> = {},
  deps = depsOf(rows)
): Promise<string> {
  const place = join(fixture.folder, 'out')
  await mkdir(place, { recursive: true })
  const params = ExportParams.parse({
    ...{ run: 'run', place, name: 'Best', conflict: 'replace', spreadsheetSafe: true },
    ...{ includeLeftOut: false, licence: null, asked: 'Asked.', layouts, ...change }
  })
  const context: Partial<JobContext> = {
    id: `job ${Math.random()}`,
    signal: new AbortController().signal,
    pool: createInProcessPool([originalRecordsTask]),
    checkpoint: undefined,
    phase: () => undefined,
    progress: () => undefined,
    breathe: async () => undefined,
    note: (text) => void notes.push(text),
    saveCheckpoint: () => undefined
  }
  const { dir } = await createExportJob(deps).run(context as JobContext, params)
  expect((await verifyFolder(dir)).sentence).toMatch(/exactly as they were exported/)
  return dir
}

const text = (dir: string, path: string): Promise<string> => readFile(join(dir, path), 'utf8')
const prints = async (path: string): Promise<string[]> =>
  (await readAll(path)).items.map(({ fingerprint }) => Buffer.from(fingerprint).toString('hex'))

describe('conversations with pictures', () => {
  const picked = [17, 2, 9]

  it('leave as the records they came as, and come back as the same items', async () => {
    const records = llavaRecords(20)
    // Digits that JSON.parse would round, and a field that most records lack.
    const pool = json(records).replace(
      '"id": "000000000002"',
      '"weight": 12345678901234567890.10,\n "id": "000000000002"'
    )
    await fixture.pool('pool.json', pool)
    const dir = await exported(picked, ['records', 'rows', 'parquet'])
    const written = await text(dir, 'training/llava.json')
    expect(written.split('\n').length).toBe(picked.length + 3)
    expect(written).toContain('"weight":12345678901234567890.10,"id":"000000000002"')
    expect(notes).toEqual([])
    const own = await prints(join(fixture.folder, 'pool.json'))
    // The order of the source.
    expect(await prints(join(dir, 'training/llava.json'))).toEqual(
      [2, 9, 17].map((row) => own[row])
    )
    const keys = fixture.store.items.rows('d1', picked).map(({ key }) => key)
    const back = async (path: string): Promise<readonly string[]> =>
      (await fixture.list('again', await readFile(join(dir, path)))).keys
    expect((await back('training/llava.json')).toSorted()).toEqual(keys.toSorted())
    for (const path of ['training/rows.txt', 'items.csv', 'items.jsonl', 'items.parquet'])
      expect(await back(path), path).toEqual(keys)
  })

  it('can be laid out with one entry a line', async () => {
    await fixture.pool('pool.json', JSON.stringify(llavaRecords(4)))
    const dir = await exported([1, 3], ['records'], { indentRecords: true })
    const written = await text(dir, 'training/llava.json')
    expect(written).toBe(
      `${JSON.stringify(
        [1, 3].map((n) => llavaRecords(4)[n]),
        null,
        2
      )}\n`
    )
  })

  it('are written as they were added when the source has changed or is gone', async () => {
    const records = llavaRecords(8)
    await fixture.pool('pool.json', json(records))
    const changed = records.toSpliced(3, 1)
    await writeFile(join(fixture.folder, 'pool.json'), json(changed))
    const dir = await exported([0, 5, 6], ['records'])
    expect(JSON.parse(await text(dir, 'training/llava.json'))).toEqual(
      [0, 5, 6].map((n) => records[n])
    )
    expect(notes.join()).toContain('2 records were not found in the source')
  })

  it('become messages with picture parts; Alpaca has no place for them', async () => {
    const records: unknown[] = llavaRecords(6)
    records[4] = {
      id: 't',
      conversations: [
        { from: 'human', value: 'Hi' },
        { from: 'gpt', value: 'Yes?' }
      ]
    }
    await fixture.pool('pool.json', json(records))
    const dir = await exported([4, 1], ['openai', 'alpaca'])
    const [plain, pictured] = (await text(dir, 'training/messages.jsonl')).trim().split('\n')
    expect(JSON.parse(plain ?? '')).toMatchObject({
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Yes?' }
      ]
    })
    expect(JSON.parse(pictured ?? '').messages[0].content).toEqual([
      { type: 'image_url', image_url: { url: 'coco/train2017/000000000001.jpg' } },
      { type: 'text', text: 'What stands at place 1?' }
    ])
    expect(JSON.parse(await text(dir, 'training/alpaca.json'))).toMatchObject([
      { instruction: 'Hi', input: '', output: 'Yes?' }
    ])
    expect(await text(dir, 'training/alpaca-not-written.csv')).toContain('no place for')
    expect(notes.join()).toContain('1 conversations do not fit')
    expect(await text(dir, 'README.txt')).toContain('training/…-not-written.csv')
  })
})

describe('pictures', () => {
  beforeEach(async () => {
    const source = join(fixture.folder, 'pictures')
    await writeTree(source, {
      'rose/a.png': await pngOf(1),
      'rose/b.png': await pngOf(2),
      'tulip/c.png': await pngOf(3)
    })
    await fixture.run(source)
  })

  it('are a folder that loads elsewhere and comes back here as the same items', async () => {
    const dir = await exported([2, 0], ['hf-folder'])
    const lines = (await text(dir, 'items/metadata.csv')).split('\r\n')
    expect(lines[0]).toBe('file_name,label,id,rank,score')
    expect(lines[1]).toMatch(/^tulip\/c\.png,tulip,[0-9a-f]{16},1,/)
    const own = await prints(join(fixture.folder, 'pictures'))
    expect((await prints(join(dir, 'items'))).toSorted()).toEqual([own[0], own[2]].toSorted())
  })

  it('are arrays of bytes with labels', async () => {
    const dir = await exported([2, 0], ['arrays'])
    const file = await openArrayFile(join(dir, 'training/arrays.npz'))
    expect(file.tensors.map(({ name, shape, dtype }) => [name, shape, dtype])).toEqual([
      ['x', [2, 6, 8, 3], 'uint8'],
      ['y', [2], 'int32'],
      ['classes', [2], 'text']
    ])
    await file.close()
    // The last bytes of x are the second picture's: its tint, nothing, 77.
    const raw = await readFile(join(dir, 'training/arrays.npz'))
    expect(raw.includes(Buffer.from([3, 0, 77, 3, 0, 77]))).toBe(true)
    expect(raw.includes(Buffer.from([1, 0, 77, 1, 0, 77]))).toBe(true)
    expect(raw.includes(Buffer.from([2, 0, 77, 2, 0, 77]))).toBe(false)
  })

  it('offer what is possible for them, with reasons for the rest', async () => {
    const plan = await planExport(depsOf([0, 1]), { run: 'run', place: undefined, name: null })
    const possible = plan.layouts.filter((one) => one.isPossible).map((one) => one.layout)
    expect(possible).toEqual(['parquet', 'hf-folder', 'arrays', 'rows'])
    expect(plan.layouts.every((one) => one.isPossible === (one.reason === null))).toBe(true)
    await expect(exported([0], ['alpaca'])).rejects.toThrow(/holds no conversations/)
  })
})

describe('repeated random sampling', () => {
  it('leaves as a list for every pass', async () => {
    await fixture.pool('pool.json', json(llavaRecords(9)))
    const lists = [
      [1, 4],
      [0, 8]
    ]
    const passes: Passes = { count: 2, rows: (pass) => Uint32Array.from(lists[pass] ?? []) }
    const dir = await exported(
      [1, 4],
      ['epochs'],
      {},
      depsOf([1, 4], { passes: async () => passes })
    )
    expect(await text(dir, 'epochs/epoch-001.txt')).toBe('1\n4\n')
    expect(await text(dir, 'epochs/epoch-002.txt')).toBe('0\n8\n')
    const [, , , third] = (await text(dir, 'epochs/epochs.csv')).split('\r\n')
    const key = fixture.store.items.get('d1', 0)?.key ?? ''
    expect(third).toBe(`2,0,${key}`)
    const again = await fixture.list('pass.csv', await text(dir, 'epochs/epochs.csv'))
    expect(fixture.rowsOf(again.keys)).toEqual([1, 4, 0, 8])
  })
})

describe('the report as PDF', () => {
  beforeEach(() => fixture.pool('pool.json', json(llavaRecords(5))))

  it('is made by the host and listed in the manifest', async () => {
    const seen: string[] = []
    const printPdf = async (html: string): Promise<Uint8Array> => {
      seen.push(html)
      return Buffer.from('%PDF-1.7 made here')
    }
    const dir = await exported([1], [], { reportPdf: true }, depsOf([1], { printPdf }))
    expect(await text(dir, 'report.pdf')).toBe('%PDF-1.7 made here')
    expect(seen).toEqual([await text(dir, 'report.html')])
  })

  it('is refused in plain words where the host cannot print', async () => {
    await expect(exported([1], [], { reportPdf: true })).rejects.toThrow(/cannot make a PDF itself/)
  })
})
