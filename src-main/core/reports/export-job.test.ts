// The export job on a real project: pictures from a folder and texts from a table, taken names,
// and that a stopped or killed export leaves nothing half-made.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ColumnInfo } from '../../api/dto/datasets.ts'
import type { RunItem } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { pngOf, writeTree } from '../datasets/testing/fixtures.ts'
import { temporaryMark } from '../files/atomic-write.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/records.ts'
import { datasetRecord, newItem, temporaryFolder } from '../store/store.test-support.ts'
import { createExportJob, type ExportOutcome, type ExportParams } from './export-job.ts'
import { planExport } from './export-plan.ts'
import type { ExportDeps } from './export-work.ts'
import { keyOf, readerOf, runItem, selectionResult } from './reports.test-support.ts'
import { verifyFolder } from './verify-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let place = ''
beforeEach(async () => {
  folder = temporaryFolder()
  place = join(folder.path, 'out')
  mkdirSync(place)
  store = openStore(join(folder.path, 'project.sqlite'))
  const source = join(folder.path, 'pictures')
  await writeTree(source, {
    'rose/a.png': await pngOf(1),
    'rose/b.png': await pngOf(2),
    'tulip/c.png': await pngOf(3)
  })
  store.datasets.insert(
    datasetRecord('d', {
      kind: 'images',
      format: 'image-folder',
      sourcePath: source,
      items: 3,
      sizeBytes: 300
    })
  )
  const names = ['rose/a.png', 'rose/b.png', 'tulip/c.png']
  store.items.append(
    'd',
    names.map((name, row) => newItem(row, name, { name, locator: name, text: undefined }))
  )
})
afterEach(() => {
  store.dispose()
  folder.remove()
})

const pictures = [
  runItem(0, { name: 'rose/a.png', label: 'rose' }),
  runItem(2, { name: 'tulip/c.png', label: 'tulip' })
]

function depsOf(chosen: readonly RunItem[], dataset = 'd'): ExportDeps {
  const place = (name: string): string => join(folder.path, name)
  const project: OpenProject = {
    folder: folder.path,
    name: 'P',
    store,
    featuresFolder: place('features'),
    mediaFolder: place('media'),
    runsFolder: place('runs'),
    exportsFolder: place('exports')
  }
  const result = selectionResult({ dataset, got: chosen.length })
  return {
    project,
    selection: readerOf(result, chosen),
    appVersion: '1.0.0',
    now: () => 1_700_000_000_000
  }
}

interface Ran {
  readonly outcome: ExportOutcome
  readonly checkpoint: unknown
}

function run(
  change: Partial<ExportParams> = {},
  own: {
    deps?: ExportDeps
    checkpoint?: unknown
    abort?: AbortController
    onProgress?: (done: number) => void
  } = {}
): Promise<Ran> {
  let checkpoint: unknown
  const params: ExportParams = {
    run: 'run',
    place,
    name: 'Best',
    conflict: 'stop',
    spreadsheetSafe: true,
    includeLeftOut: true,
    licence: null,
    asked: 'Keep 2 of 20.',
    layouts: [],
    indentRecords: false,
    reportPdf: false,
    ...change
  }
  const signal = (own.abort ?? new AbortController()).signal
  const context: Partial<JobContext> = {
    id: `job ${Math.random()}`,
    signal,
    checkpoint: own.checkpoint,
    phase: () => undefined,
    progress: (done) => own.onProgress?.(done),
    breathe: async () => undefined,
    saveCheckpoint: (state) => void (checkpoint = state)
  }
  return createExportJob(own.deps ?? depsOf(pictures))
    .run(context as JobContext, params)
    .then((outcome) => ({ outcome, checkpoint }))
}

const names = (): string[] => readdirSync(place).sort()

it('a report shows pictures made anew: what else a file says of itself stays out', async () => {
  const photo = await sharp({
    create: { width: 300, height: 200, channels: 3, background: '#123' }
  })
    .withExif({ IFD0: { Artist: 'Jane Somebody' } })
    .jpeg()
    .toBuffer()
  expect(photo.includes('Jane Somebody')).toBe(true)
  writeFileSync(join(folder.path, 'pictures/rose/a.png'), photo)
  const { outcome } = await run()
  const report = readFileSync(join(outcome.dir, 'report.html'), 'utf8')
  const [, encoded = ''] = /data:image\/jpeg;base64,([^"]+)/.exec(report) ?? []
  const shown = Buffer.from(encoded, 'base64')
  expect((await sharp(shown).metadata()).width).toBe(256)
  expect(shown.includes('Jane Somebody')).toBe(false)
})

describe('an export of pictures', () => {
  it('is a folder that verifies, with the originals byte for byte, and is remembered', async () => {
    const { outcome } = await run()
    expect(outcome).toMatchObject({ dir: join(place, 'Best'), items: 2 })
    expect(names()).toEqual(['Best'])
    expect(readFileSync(join(place, 'Best/items/tulip/c.png')).equals(await pngOf(3))).toBe(true)
    expect((await verifyFolder(outcome.dir)).ok).toBe(true)
    expect(store.exports.list('run')).toMatchObject([
      { name: 'Best', path: outcome.dir, items: 2, bytes: outcome.bytes }
    ])
    const report = readFileSync(join(outcome.dir, 'report.html'), 'utf8')
    expect(report).toContain('data:image/png;base64,')
    expect(report).not.toContain(folder.path)
    expect(readFileSync(outcome.manifest, 'utf8')).not.toContain(folder.path)
  })

  it('under a taken name stops, takes another name, or replaces an earlier export', async () => {
    await run()
    await expect(run()).rejects.toMatchObject({ code: 'destination-exists' })
    const second = await run({ conflict: 'new-name' })
    expect(second.outcome.dir).toBe(join(place, 'Best (2)'))
    expect(JSON.parse(readFileSync(second.outcome.manifest, 'utf8'))).toMatchObject({
      name: 'Best (2)'
    })
    expect(
      store.exports
        .list('run')
        .map(({ name }) => name)
        .sort()
    ).toEqual(['Best', 'Best (2)'])
    writeFileSync(join(place, 'Best', 'extra.txt'), 'x')
    await run({ conflict: 'replace' })
    expect(names()).toEqual(['Best', 'Best (2)'])
    expect((await verifyFolder(join(place, 'Best'))).ok).toBe(true)
  })

  it('never replaces what no export made', async () => {
    mkdirSync(join(place, 'Photos'))
    writeFileSync(join(place, 'Photos', 'wedding.jpg'), 'dear')
    writeFileSync(join(place, 'Letter'), 'dear')
    symlinkSync(join(folder.path, 'pictures'), join(place, 'Link'))
    for (const name of ['Photos', 'Letter', 'Link']) {
      await expect(run({ name, conflict: 'replace' })).rejects.toThrow('is not an exported set')
    }
    expect(readFileSync(join(place, 'Photos', 'wedding.jpg'), 'utf8')).toBe('dear')
    expect(names()).toEqual(['Letter', 'Link', 'Photos'])
    mkdirSync(join(place, 'Empty'))
    expect((await run({ name: 'Empty', conflict: 'replace' })).outcome.items).toBe(2)
  })

  it.each(['..', 'a/b', 'a\\b', 'CON', 'x.', 'tab\t', ''])(
    'under the name %j is refused',
    async (name) => {
      await expect(run({ name })).rejects.toMatchObject({ code: 'invalid-input' })
      expect(names()).toEqual([])
    }
  )

  it('into a folder that is gone says so', async () => {
    await expect(run({ place: join(place, 'gone') })).rejects.toMatchObject({
      code: 'destination-not-writable'
    })
  })
})

describe('an export that ends early', () => {
  it('leaves nothing when cancelled, and an earlier export as it was', async () => {
    const first = await run()
    const before = readFileSync(first.outcome.manifest)
    const abort = new AbortController()
    const stopped = run({ conflict: 'replace' }, { abort, onProgress: () => abort.abort() })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect(names()).toEqual(['Best'])
    expect(readFileSync(first.outcome.manifest).equals(before)).toBe(true)
    expect(store.exports.list('run')).toHaveLength(1)
  })

  it('leaves nothing when an original is gone, and says so', async () => {
    const chosen = [pictures[0], runItem(1, { name: 'rose/b.png' })]
    store.items.truncate('d', 1)
    store.items.append('d', [newItem(1, 'x', { locator: 'rose/gone.png', text: undefined })])
    await expect(run({}, { deps: depsOf(chosen) })).rejects.toBeInstanceOf(AppError)
    expect(names()).toEqual([])
  })

  it('by a killed app is cleaned up when it goes on, and nothing else is', async () => {
    const { checkpoint } = await run({ name: 'Other' })
    const draft = (checkpoint as { draft: string }).draft
    expect(draft.startsWith(join(place, temporaryMark))).toBe(true)
    mkdirSync(join(draft, 'items'), { recursive: true })
    const foreign = join(place, `${temporaryMark}of-someone-else`)
    mkdirSync(foreign)
    await run({}, { checkpoint: { draft } })
    expect(names()).toEqual([`${temporaryMark}of-someone-else`, 'Best', 'Other'])
    // A checkpoint is part of the project file: it cannot name any folder it likes.
    const victim = join(folder.path, 'pictures')
    await run({ name: 'Third' }, { checkpoint: { draft: victim } })
    expect(readdirSync(victim)).toEqual(['rose', 'tulip'])
  })
})

const column = (name: string, role: ColumnInfo['role']): ColumnInfo => ({
  name,
  type: role === 'number' ? 'number' : 'text',
  role,
  confidence01: 1,
  distinct: null,
  missing: 0,
  examples: []
})

describe('an export of texts', () => {
  it('holds the texts and the kept columns in both lists', async () => {
    store.datasets.insert(
      datasetRecord('t', {
        columns: [column('body', 'text'), column('stars', 'number'), column('label', 'label')],
        items: 2
      })
    )
    store.items.append('t', [
      newItem(0, 'A red rose,\nor two.', { values: { stars: 4 } }),
      newItem(1, '=SUM(A1)', { values: { stars: null } })
    ])
    const chosen = [runItem(0, { name: 'Row 1' }), runItem(1, { name: 'Row 2' })]
    const { outcome } = await run({}, { deps: depsOf(chosen, 't') })
    const csv = readFileSync(join(outcome.dir, 'items.csv'), 'utf8')
    expect(csv).toContain(',original,text,stars\r\n')
    expect(csv).toContain(',Row 1,"A red rose,\nor two.",4\r\n')
    expect(csv).toContain(",Row 2,'=SUM(A1),\r\n")
    const rows = readFileSync(join(outcome.dir, 'items.jsonl'), 'utf8').trim().split('\n')
    expect(rows.map((row) => JSON.parse(row) as unknown)).toMatchObject([
      { id: keyOf(0), text: 'A red rose,\nor two.', stars: 4 },
      { id: keyOf(1), text: '=SUM(A1)', stars: null }
    ])
    expect(readdirSync(outcome.dir)).not.toContain('items')
    expect((await verifyFolder(outcome.dir)).ok).toBe(true)
  })
})

describe('the plan of an export', () => {
  it('says what would be written and whether the name is taken', async () => {
    const plan = await planExport(depsOf(pictures), { run: 'run', place, name: null })
    expect(plan).toMatchObject({
      items: 2,
      totalItems: 3,
      sizeBytes: 200,
      suggestedName: 'Best 10 %',
      nameTaken: false
    })
    expect(plan.freeBytes).toBeGreaterThan(0)
    mkdirSync(join(place, 'Best 10 %'))
    expect((await planExport(depsOf(pictures), { run: 'run', place, name: null })).nameTaken).toBe(
      true
    )
    expect(
      await planExport(depsOf(pictures), { run: 'run', place: undefined, name: 'x' })
    ).toMatchObject({
      freeBytes: null,
      nameTaken: false
    })
  })
})
