// Fingerprints of whole datasets over real threads: found again, gone on with after an abort to the
// same bits, the same for any number of threads, and honest about what could not be read.
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ColumnInfo } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { createRandom } from '../compute/random.ts'
import { writeIdxPair } from '../datasets/write-idx.ts'
import { sha256File } from '../files/hashes.ts'
import { createComputePool } from '../jobs/compute-pool.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { OpenProject } from '../projects/open-project.ts'
import { openStore } from '../store/open-store.ts'
import type { DatasetRecord, NewItem, Store } from '../store/records.ts'
import { datasetRecord, newItem, temporaryFolder } from '../store/store.test-support.ts'
import { cachedFeatures, ensureFeatures, featureKey, type FeatureContext } from './extract.ts'
import { openNpy, readNpy } from './npy.ts'

let pool: ComputePool
beforeAll(() => {
  pool = createComputePool(
    {
      createComputeWorker() {
        const worker = new Worker(join(import.meta.dirname, 'feature-thread.test-support.ts'))
        return {
          post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
          onMessage: (callback) => worker.on('message', callback),
          onExit: (callback) => worker.on('exit', () => callback(undefined)),
          terminate: async () => void (await worker.terminate())
        }
      },
      log: { write: () => undefined }
    },
    2
  )
})
afterAll(() => pool.dispose())

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let project: OpenProject
beforeEach(async () => {
  folder = temporaryFolder()
  store = openStore(join(folder.path, 'project.sqlite'))
  const place = (name: string): string => join(folder.path, name)
  project = {
    folder: folder.path,
    name: 'P',
    store,
    featuresFolder: place('features'),
    mediaFolder: place('media'),
    runsFolder: place('runs'),
    exportsFolder: place('exports')
  }
  await mkdir(project.featuresFolder)
  await mkdir(place('source'))
})
afterEach(() => {
  store.dispose()
  folder.remove()
})

interface Watched {
  readonly context: FeatureContext
  readonly abort: AbortController
  readonly notes: string[]
  readonly progress: number[]
  readonly devices: string[]
}

/** A job's context; `stopAfter` items it is cancelled. */
function watched(change: { threads?: number; stopAfter?: number } = {}): Watched {
  const abort = new AbortController()
  const seen: Watched = { abort, notes: [], progress: [], devices: [], context: undefined as never }
  const context: FeatureContext = {
    signal: abort.signal,
    pool:
      change.threads === undefined
        ? pool
        : { ...pool, run: pool.run.bind(pool), size: change.threads },
    deviceRequest: 'wasm',
    total: () => undefined,
    progress(done) {
      seen.progress.push(done)
      if (change.stopAfter !== undefined && done >= change.stopAfter)
        abort.abort(new AppError('cancelled'))
    },
    breathe: async () => abort.signal.throwIfAborted(),
    log: () => undefined,
    note: (text) => void seen.notes.push(text),
    device: (name) => void seen.devices.push(name)
  }
  return { ...seen, context }
}

function addDataset(record: DatasetRecord, items: readonly NewItem[]): DatasetRecord {
  store.datasets.insert(record)
  store.items.append(record.id, items)
  const change = { items: items.length, contentHash: store.items.contentHash(record.id) }
  store.datasets.update(record.id, change)
  return { ...record, ...change }
}

const pictures = 600
/** 600 pictures of 28 by 28, the first 40 for training. Some locators can be spoilt. */
async function addPictures(id = 'p', spoilt: readonly number[] = []): Promise<DatasetRecord> {
  const random = createRandom(4)
  const pixels = new Uint8Array(pictures * 784)
  for (let i = 0; i < pixels.length; i++) {
    const [x, y, kind] = [i % 28, Math.floor((i % 784) / 28), Math.floor(i / 784) % 3]
    pixels[i] = ([x, y, Math.abs(x - y)][kind] % 9 < 4 ? 160 : 0) + random.below(90)
  }
  await writeIdxPair(
    join(folder.path, 'source'),
    'train',
    { count: pictures, height: 28, width: 28, pixels },
    new Uint8Array(pictures)
  )
  const record = datasetRecord(id, {
    kind: 'images',
    format: 'idx',
    sourcePath: join(folder.path, 'source'),
    options: { split: 'as it is' }
  })
  const items = Array.from({ length: pictures }, (_, row) =>
    newItem(row, `${id} ${row}`, {
      split: row < 40 ? 'train' : 'test',
      width: 28,
      height: 28,
      text: undefined,
      locator: `train-images-idx3-ubyte#${spoilt.includes(row) ? 99_999 : row}`
    })
  )
  return addDataset(record, items)
}

const column = (name: string, missing = 0): ColumnInfo => ({
  name,
  type: 'number',
  role: 'number',
  confidence01: 1,
  distinct: null,
  missing,
  examples: []
})

function addTable(
  id: string,
  rows: readonly (readonly (number | null)[])[],
  names = ['a', 'b']
): DatasetRecord {
  const missing = (at: number): number => rows.filter((row) => row[at] === null).length
  const record = datasetRecord(id, {
    kind: 'table',
    columns: names.map((name, at) => column(name, missing(at)))
  })
  const items = rows.map((row, at) =>
    newItem(at, `${id} ${row.join()}`, {
      text: undefined,
      values: Object.fromEntries(
        names.flatMap((name, i) => (row[i] === null ? [] : [[name, row[i]]]))
      )
    })
  )
  return addDataset(record, items)
}

const bytesOf = (path: string): Promise<Buffer> => readFile(path)

describe('pictures', () => {
  it('get the same bits from one thread, from two, and after any abort; then they are found', async () => {
    const dataset = await addPictures()
    const whole = watched({ threads: 1 })
    const first = await ensureFeatures(whole.context, project, { dataset })
    const expected = await bytesOf(first.path)
    expect(first.sidecar).toMatchObject({
      extractor: 'image-small',
      rows: pictures,
      columns: 39,
      isComplete: true,
      unreadable: 0,
      contentHash: dataset.contentHash,
      sha256: (await sha256File(first.path)).hex
    })
    expect(whole.progress).toEqual([...whole.progress].sort((a, b) => a - b))
    expect(whole.progress.at(-1)).toBe(pictures)
    expect(whole.devices).toEqual(['processor (WebAssembly SIMD)'])
    expect(whole.notes).toEqual([])

    // Again: nothing is computed, no thread is asked.
    const again = watched()
    const idle = {
      ...again.context,
      pool: { ...pool, size: 1, run: () => Promise.reject(new Error('asked')) }
    }
    expect(await ensureFeatures(idle, project, { dataset })).toEqual(first)
    expect(again.progress).toEqual([pictures])

    for (const stopAfter of [1, 256, 400]) {
      await rm(first.path)
      const stopped = watched({ stopAfter })
      await expect(ensureFeatures(stopped.context, project, { dataset })).rejects.toMatchObject({
        code: 'cancelled'
      })
      expect(await cachedFeatures(project.featuresFolder, { dataset })).toBeUndefined()
      const resumed = watched()
      await ensureFeatures(resumed.context, project, { dataset })
      // Whole blocks that were done are not done again.
      expect(resumed.progress[0] % 256 === 0 || resumed.progress[0] === pictures - 512).toBe(true)
      expect((await bytesOf(first.path)).equals(expected)).toBe(true)
    }
    const left = await readdir(project.featuresFolder)
    expect(left.filter((name) => /part|journal/.test(name))).toEqual([])
  }, 90_000)

  it('whose half-made file was cut off are made again from the start', async () => {
    const dataset = await addPictures()
    const whole = await ensureFeatures(watched().context, project, { dataset })
    const expected = await bytesOf(whole.path)
    await rm(whole.path)
    await ensureFeatures(watched({ stopAfter: 300, threads: 1 }).context, project, {
      dataset
    }).catch(() => undefined)
    await truncate(join(project.featuresFolder, `${featureKey({ dataset })}.part`), 5000)
    const resumed = watched()
    await ensureFeatures(resumed.context, project, { dataset })
    expect(resumed.progress[0]).toBe(0)
    expect((await bytesOf(whole.path)).equals(expected)).toBe(true)
  }, 60_000)

  it('that cannot be read are zeros, counted, and said each time; the others keep their bits', async () => {
    const good = await addPictures('good')
    const spoilt = await addPictures('spoilt', [50, 51, 300])
    const a = await readNpy(
      (await ensureFeatures(watched().context, project, { dataset: good })).path
    )
    const seen = watched()
    const file = await ensureFeatures(seen.context, project, { dataset: spoilt, fittedFrom: good })
    const b = await readNpy(file.path)
    const width = a.shape[1]
    for (const row of [0, 49, 50, 51, 52, 299, 300, 301]) {
      const cells = b.values.subarray(row * width, (row + 1) * width)
      const expected = a.values.subarray(row * width, (row + 1) * width)
      expect(cells).toEqual([50, 51, 300].includes(row) ? new Float32Array(width) : expected)
    }
    expect(file.sidecar.unreadable).toBe(3)
    expect(file.sidecar.fittedFrom).toBe(good.contentHash)
    const note = '3 pictures could not be read and count as unlike anything.'
    expect(seen.notes).toEqual([note])
    const later = watched()
    await ensureFeatures(later.context, project, { dataset: spoilt, fittedFrom: good })
    expect(later.notes).toEqual([note])
  }, 60_000)

  it('of which none can be read fail, and succeed when the originals are back', async () => {
    const good = await addPictures('good')
    await ensureFeatures(watched().context, project, { dataset: good })
    const all = Array.from({ length: pictures }, (_, row) => row)
    const gone = await addPictures('gone', all)
    await expect(
      ensureFeatures(watched().context, project, { dataset: gone, fittedFrom: good })
    ).rejects.toThrow('None of the items could be read.')
    store.items.truncate('gone', 0)
    const back = Array.from({ length: pictures }, (_, row) =>
      newItem(row, `gone ${row}`, {
        text: undefined,
        width: 28,
        height: 28,
        locator: `train-images-idx3-ubyte#${row}`
      })
    )
    store.items.append('gone', back)
    const file = await ensureFeatures(watched().context, project, {
      dataset: gone,
      fittedFrom: good
    })
    expect(file.sidecar.unreadable).toBe(0)
  }, 60_000)

  it('whose source is gone say so', async () => {
    const dataset = await addPictures()
    await rm(join(folder.path, 'source'), { recursive: true })
    await expect(ensureFeatures(watched().context, project, { dataset })).rejects.toMatchObject({
      code: 'file-not-readable'
    })
  })
})

describe('what was found in the cache', () => {
  it('is not trusted when its files were changed or cut off', async () => {
    const dataset = addTable('t', [
      [1, 2],
      [3, 4],
      [5, 9]
    ])
    const file = await ensureFeatures(watched().context, project, { dataset })
    const sidecar = file.path.replace(/npy$/, 'json')
    const text = await readFile(sidecar, 'utf8')
    for (const broken of [
      '',
      '{',
      text.replace('"rows": 3', '"rows": 4'),
      text.replace('true', 'false'),
      text.replace(/"key": "./, '"key": "x')
    ]) {
      await writeFile(sidecar, broken)
      expect(await cachedFeatures(project.featuresFolder, { dataset })).toBeUndefined()
    }
    await writeFile(sidecar, text)
    expect(await cachedFeatures(project.featuresFolder, { dataset })).toEqual(file)
    await truncate(file.path, 130)
    expect(await cachedFeatures(project.featuresFolder, { dataset })).toBeUndefined()
    await ensureFeatures(watched().context, project, { dataset })
    expect(await cachedFeatures(project.featuresFolder, { dataset })).toEqual(file)
  })

  it('is found by everything the numbers depend on', () => {
    const table = datasetRecord('t', {
      kind: 'table',
      contentHash: 'x',
      columns: [column('a'), column('b')]
    })
    const key = featureKey({ dataset: table })
    const other = (change: Partial<DatasetRecord>): string =>
      featureKey({ dataset: { ...table, ...change } })
    expect(other({ name: 'Renamed', id: 'u' })).toBe(key)
    expect(other({ contentHash: 'y' })).not.toBe(key)
    expect(other({ columns: [column('a')] })).not.toBe(key)
    expect(other({ columns: [column('b'), column('a')] })).not.toBe(key)
    expect(other({ options: { split: { kind: 'none' } } })).not.toBe(key)
    expect(featureKey({ dataset: table, fittedFrom: table })).toBe(key)
    expect(featureKey({ dataset: table, fittedFrom: { ...table, contentHash: 'y' } })).not.toBe(key)
  })
})

describe('tables', () => {
  it('are standardised by their training rows, with missing numbers as the mean and a note', async () => {
    const dataset = addTable('t', [
      [1, 10],
      [3, null],
      [2, 30],
      [null, null]
    ])
    const seen = watched()
    const { values } = await readNpy(
      (await ensureFeatures(seen.context, project, { dataset })).path
    )
    const side = Math.sqrt(3 / 2)
    const expected = [-side, -1, side, 0, 0, 1, 0, 0]
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6))
    expect(seen.notes).toEqual([
      '1 row has no numbers at all and counts as average.',
      "3 missing numbers were replaced by the column's mean."
    ])
    expect(seen.devices).toEqual(['processor'])
  })

  it('of examples are described by the columns and the fit of the pool', async () => {
    const dataset = addTable('pool', [
      [0, 0],
      [10, 2]
    ])
    const examples = addTable('examples', [[7, 1, 15]], ['extra', 'b', 'a'])
    const file = await ensureFeatures(watched().context, project, {
      dataset: examples,
      fittedFrom: dataset
    })
    expect(Array.from((await readNpy(file.path)).values)).toEqual([2, 0])
  })

  it('of more than one block are whole', async () => {
    const rows = Array.from({ length: 5000 }, (_, row) => [row, row % 7])
    const file = await ensureFeatures(watched().context, project, { dataset: addTable('t', rows) })
    const matrix = await openNpy(file.path)
    const cells = await matrix.readRows([0, 2047, 2048, 4999])
    const spread = Math.sqrt((5000 ** 2 - 1) / 12)
    ;[0, 2047, 2048, 4999].forEach((row, i) =>
      expect(cells[2 * i]).toBeCloseTo((row - 2499.5) / spread, 5)
    )
    await matrix.close()
  })

  it('without number columns, of another kind or without a needed column say so', async () => {
    const table = addTable('t', [[1, 2]])
    const words = {
      ...table,
      columns: table.columns.map((one) => ({ ...one, role: 'keep' as const }))
    }
    await expect(ensureFeatures(watched().context, project, { dataset: words })).rejects.toThrow(
      'no number columns'
    )
    const texts = addDataset(datasetRecord('x'), [newItem(0, 'text')])
    await expect(
      ensureFeatures(watched().context, project, { dataset: texts, fittedFrom: table })
    ).rejects.toThrow('another kind')
    const narrow = addTable('n', [[1]], ['a'])
    await expect(
      ensureFeatures(watched().context, project, { dataset: narrow, fittedFrom: table })
    ).rejects.toThrow('no column "b"')
    const none = addTable('none', [])
    await expect(ensureFeatures(watched().context, project, { dataset: none })).rejects.toThrow(
      'no items'
    )
  })
})

describe('texts', () => {
  it('get 512 numbers each; those without words are noted', async () => {
    const texts = ['A red rose.', '', 'A tulip, rather yellow.', '   ']
    const dataset = addDataset(
      datasetRecord('x'),
      texts.map((text, row) => newItem(row, text))
    )
    const seen = watched()
    const { values, shape } = await readNpy(
      (await ensureFeatures(seen.context, project, { dataset })).path
    )
    expect(shape).toEqual([4, 512])
    expect(seen.notes).toEqual(['2 texts hold no words and count as unlike anything.'])
    const isZero = [0, 1, 2, 3].map((row) =>
      values.subarray(row * 512, (row + 1) * 512).every((value) => value === 0)
    )
    expect(isZero).toEqual([false, true, false, true])
  })
})
