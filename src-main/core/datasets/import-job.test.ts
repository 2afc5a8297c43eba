// The import job on a real project file: what it stores, what it leaves behind when it fails or is
// stopped, and that an interrupted import goes on to the same rows and bits.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { rawZip } from '../files/testing/raw-zip.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/records.ts'
import { createBrowse } from './browse/browse.ts'
import { createDatasetQueries, type DatasetQueries } from './datasets.ts'
import { createImportJob, ImportParams } from './import-job.ts'
import { copyTask, importTask } from './import-task.ts'
import { createRemovals } from './removals.ts'
import { createInProcessPool } from './testing/in-process-pool.ts'
import { greyPictures, optionsOf, pngOf, writeTree } from './testing/fixtures.ts'
import { thumbnailTask } from './thumbnails.ts'
import { writeIdxPair } from './write-idx.ts'

let folder = ''
let media = ''
let store: Store
let clock = 0
const pool = createInProcessPool([importTask, copyTask, thumbnailTask])

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-import-'))
  media = join(folder, 'P.winnow', 'media')
  await mkdir(media, { recursive: true })
  store = openStore(join(folder, 'P.winnow', 'project.sqlite'))
  clock = 0
})
afterEach(async () => {
  store.dispose()
  await rm(folder, { recursive: true, force: true })
})

interface Run {
  readonly context: JobContext
  readonly abort: AbortController
  readonly notes: string[]
  saved: unknown
}

function contextOf(
  options: {
    checkpoint?: unknown
    keep?: boolean
    phase?: number
    onProgress?: (done: number, run: Run) => void
  } = {}
): Run {
  const abort = new AbortController()
  const notes: string[] = []
  let phase = 0
  const run: Run = {
    abort,
    notes,
    saved: options.checkpoint,
    context: {
      id: 'job',
      signal: abort.signal,
      pool,
      deviceRequest: 'auto',
      phase: (index) => {
        phase = index
      },
      // Only reading counts: that is where an import is stopped.
      progress: (done) => {
        if (phase === (options.phase ?? 2)) options.onProgress?.(done, run)
      },
      total: () => {},
      breathe: async () => {
        // Some batches are written without a checkpoint, as in a quick import.
        clock += 700
        if (abort.signal.aborted) throw new AppError('cancelled')
      },
      log: () => {},
      note: (text) => void notes.push(text),
      live: () => {},
      device: () => {},
      checkpoint: options.checkpoint,
      saveCheckpoint(state, alsoWrite) {
        store.transaction(() => alsoWrite?.())
        run.saved = structuredClone(state)
      },
      folder: async () => folder,
      keepOnCancel: options.keep === true
    }
  }
  return run
}

function paramsOf(
  path: string,
  options: Parameters<typeof optionsOf>[0] = {},
  dataset = 'd1'
): ImportParams {
  return ImportParams.parse({
    dataset,
    name: `Data ${dataset}`,
    path,
    options: optionsOf(options),
    purpose: 'pool'
  })
}

const browse = () => createBrowse({ store, alike: () => Promise.resolve(undefined) })
const removals = () => createRemovals({ store, mediaFolder: media, browse: browse() })
const job = () =>
  createImportJob({ store, mediaFolder: media, removals: removals(), now: () => clock })
const queriesOf = (): DatasetQueries =>
  createDatasetQueries({
    store,
    mediaFolder: media,
    pool,
    browse: browse(),
    removals: removals()
  })

async function pictureFolder(): Promise<string> {
  const source = join(folder, 'pictures')
  const files: Record<string, Buffer | string> = {
    'class 2/notes.txt': 'not a picture',
    'class 10/cut.png': (await pngOf(900)).subarray(0, 20)
  }
  for (let i = 0; i < 30; i++)
    files[`class ${i % 2 === 0 ? 2 : 10}/p${i}.png`] = await pngOf(i < 28 ? i : 5)
  await writeTree(source, files)
  return source
}

async function bigTable(rows: number): Promise<string> {
  const path = join(folder, 'table.csv')
  const lines = Array.from({ length: rows }, (_, i) =>
    i % 97 === 5
      ? `${i},a,b,c,d`
      : `${i},"text, number ${i % 50}",${i % 3 === 0 ? 'yes please' : 'no thanks'}`
  )
  await writeFile(path, `id,text,label\n${lines.join('\n')}\n`)
  return path
}

describe('a finished import', () => {
  it('stores pictures, problems, duplicates and a stratified split', async () => {
    const source = await pictureFolder()
    const before = await readdir(source, { recursive: true })
    const run = contextOf()
    const result = await job().run(
      run.context,
      paramsOf(source, { split: { kind: 'holdout', testFraction01: 0.2, seed: 1 } })
    )
    expect(result).toEqual({ dataset: 'd1', name: 'Data d1', items: 30, skipped: 2, classes: 2 })
    const queries = queriesOf()
    const summary = await queries.summary('d1')
    expect(summary.classes.map((entry) => [entry.name, entry.count, entry.test])).toEqual([
      ['class 2', 15, 3],
      ['class 10', 15, 3]
    ])
    expect(summary).toMatchObject({
      exactDuplicates: 2,
      isReachable: true,
      skipped: 2,
      missingLabels: 0
    })
    expect(summary.contentHash).toMatch(/^[0-9a-f]{64}$/)
    const { problems } = queries.problems('d1', { cursor: null, limit: 10 })
    expect(problems.map((problem) => problem.where).sort()).toEqual([
      'class 10/cut.png',
      'class 2/notes.txt'
    ])
    expect(run.notes).toEqual(['2 pictures could not be read. They are left out and listed.'])
    expect(await readdir(source, { recursive: true })).toEqual(before)
    const [thumbnail] = await queries.thumbnails('d1', [0], 96, new AbortController().signal)
    expect(thumbnail.mime).toBe('image/png')
    expect(thumbnail.bytes?.length).toBeGreaterThan(50)
    await queries.remove('d1')
    expect(await queries.list()).toEqual([])
  })

  it('reads copies once the originals are gone', async () => {
    const source = await pictureFolder()
    await job().run(contextOf().context, paramsOf(source, { storage: 'copy' }))
    const original = await readFile(join(source, 'class 2', 'p0.png'))
    await rm(source, { recursive: true })
    expect((await readFile(join(media, 'd1', 'class 2', 'p0.png'))).equals(original)).toBe(true)
    const queries = queriesOf()
    expect(await queries.summary('d1')).toMatchObject({
      isReachable: true,
      place: 'in the project'
    })
    const [made] = await queries.thumbnails('d1', [3], 192, new AbortController().signal)
    expect(made.bytes).not.toBeNull()
    await queries.remove('d1')
    expect(await readdir(media)).toEqual([])
  })

  it('stores tables with their columns', async () => {
    const result = await job().run(contextOf().context, paramsOf(await bigTable(300)))
    expect(result).toMatchObject({ items: 296, skipped: 4, classes: 2 })
    expect(store.datasets.get('d1')).toMatchObject({
      kind: 'text',
      labelColumn: 'label',
      classNames: ['no thanks', 'yes please']
    })
    // The id is no part of a row's identity, so repeated texts are duplicates.
    expect(store.datasets.counts('d1').exactDuplicates).toBe(296 - 50)
  })
})

describe('an import that does not finish', () => {
  it('leaves nothing when it fails', async () => {
    const path = join(folder, 'evil.zip')
    await writeFile(
      path,
      rawZip([
        { name: 'a/1.png', data: await pngOf(1) },
        { name: '../x.png', data: 'x' }
      ])
    )
    for (const storage of ['link', 'copy'] as const) {
      await expect(
        job().run(contextOf().context, paramsOf(path, { storage }))
      ).rejects.toMatchObject({ code: 'archive-unsafe' })
      expect(store.datasets.get('d1')).toBeUndefined()
      expect(await readdir(media)).toEqual([])
    }
  })

  it('leaves nothing of a copy that was stopped, or killed, half way', async () => {
    const source = await pictureFolder()
    const run = contextOf({ phase: 0, onProgress: (done) => void (done >= 3 && run.abort.abort()) })
    const params = paramsOf(source, { storage: 'copy' })
    await expect(job().run(run.context, params)).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(media)).toEqual([])
    await mkdir(join(media, '.winnow-part-0123456789ab-d1'))
    await job().discard?.(params, folder)
    expect(await readdir(media)).toEqual([])
    expect(store.datasets.get('d1')).toBeUndefined()
  })

  it('says so when nothing could be read', async () => {
    const source = join(folder, 'bad')
    await writeTree(source, { 'a/1.png': 'no picture', 'b/2.jpg': '' })
    await expect(job().run(contextOf().context, paramsOf(source))).rejects.toThrow(
      'None of the 2 pictures'
    )
    expect(store.datasets.byName('Data d1')).toBeUndefined()
  })

  it('leaves nothing when it is cancelled and discarded, and what is done when kept', async () => {
    const path = await bigTable(5000)
    const stopAt = (done: number, run: Run): void => {
      if (done >= 2000) run.abort.abort()
    }
    const params = paramsOf(path)
    await expect(
      job().run(contextOf({ onProgress: stopAt }).context, params)
    ).rejects.toMatchObject({ code: 'cancelled' })
    expect(store.datasets.list()).toEqual([])
    await job().discard?.(params, folder)
    expect(store.datasets.get('d1')).toBeUndefined()

    const kept = contextOf({ keep: true, onProgress: stopAt })
    await expect(job().run(kept.context, paramsOf(path, {}, 'd2'))).rejects.toMatchObject({
      code: 'cancelled'
    })
    const [record] = store.datasets.list()
    expect(record).toMatchObject({ id: 'd2', state: 'ready' })
    expect(record.items).toBe(store.items.count('d2'))
    expect(record.items).toBeGreaterThanOrEqual(1900)
    expect(record.items).toBeLessThan(4000)
  })

  it('refuses a name that is taken and leaves the other dataset alone', async () => {
    const path = await bigTable(20)
    await job().run(contextOf().context, paramsOf(path))
    const second = { ...paramsOf(path, {}, 'd2'), name: 'Data d1' }
    await expect(job().run(contextOf().context, second)).rejects.toMatchObject({
      code: 'dataset-name-taken'
    })
    expect(store.items.count('d1')).toBe(19)
  })
})

describe('an interrupted import', () => {
  const everything = (id: string): unknown => ({
    hash: store.items.contentHash(id),
    rows: store.items
      .range(id, 0, 100_000)
      .map((item) => [
        item.row,
        item.name,
        item.label,
        item.key,
        item.split,
        item.locator,
        item.duplicateOf
      ]),
    problems: store.problems.page(id, null, 1000).problems,
    record: { ...store.datasets.get(id), id: '', name: '', createdAt: 0 }
  })

  async function interrupted(
    path: string,
    at: number,
    options: Parameters<typeof optionsOf>[0] = {}
  ): Promise<void> {
    const params = paramsOf(path, options, 'cut')
    // A killed process cleans nothing up, and neither does an aborted one that nobody cancelled.
    const first = contextOf({ onProgress: (done, run) => void (done > at && run.abort.abort()) })
    await job()
      .run(first.context, params)
      .catch((error: unknown) => expect(error).toMatchObject({ code: 'cancelled' }))
    const second = contextOf({ checkpoint: first.saved })
    if (store.datasets.get('cut')?.state !== 'ready') await job().run(second.context, params)
  }

  it('goes on to the same rows for tables, wherever it was cut', async () => {
    const path = await bigTable(6500)
    await job().run(contextOf().context, paramsOf(path, {}, 'whole'))
    const expected = everything('whole')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 6500 }), async (at) => {
        await interrupted(path, at)
        expect(everything('cut')).toEqual(expected)
        store.datasets.remove('cut')
      }),
      { numRuns: 6 }
    )
  })

  it('goes on to the same rows for folders and arrays', async () => {
    const pictures = await pictureFolder()
    const arrays = join(folder, 'arrays')
    await mkdir(arrays)
    await writeIdxPair(
      arrays,
      'train',
      greyPictures(2300),
      Uint8Array.from({ length: 2300 }, (_, i) => i % 7)
    )
    await writeIdxPair(
      arrays,
      'test',
      greyPictures(40),
      Uint8Array.from({ length: 40 }, (_, i) => i % 7)
    )
    for (const [source, at] of [
      [pictures, 0],
      [arrays, 0],
      [arrays, 1000],
      [arrays, 2299]
    ] as const) {
      await job().run(contextOf().context, paramsOf(source, {}, 'whole'))
      await interrupted(source, at)
      expect(everything('cut')).toEqual(everything('whole'))
      store.datasets.remove('cut')
      store.datasets.remove('whole')
    }
  })

  it('starts over when the source changed meanwhile', async () => {
    const path = await bigTable(3000)
    const params = paramsOf(path, {}, 'cut')
    const first = contextOf({ onProgress: (done, run) => void (done >= 1000 && run.abort.abort()) })
    await expect(job().run(first.context, params)).rejects.toMatchObject({ code: 'cancelled' })
    await writeFile(path, 'id,text,label\n1,another file,x\n2,with other rows,y\n3,in it,x\n')
    const result = await job().run(contextOf({ checkpoint: first.saved }).context, params)
    expect(result).toMatchObject({ items: 3, classes: 2 })
    expect(store.items.count('cut')).toBe(3)
    expect(store.problems.page('cut', null, 10).total).toBe(0)
  })
})
