// Matrices computed elsewhere: what can be joined and why not, every value checked, copies and
// links, changed files noticed at every opening, and fingerprints that come from them.
import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import {
  npyOf,
  safetensorsOf,
  tensorPickle,
  torchZip,
  zipOf
} from '../datasets/readers/arrays/arrays.test-support.ts'
import { createInProcessPool } from '../datasets/testing/in-process-pool.ts'
import {
  cachedFeatures,
  ensureFeatures,
  featureKey,
  type FeatureContext
} from '../features/extract.ts'
import { matrixBlockTask } from '../features/matrix-plan.ts'
import { readNpy } from '../features/npy.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import { openStore } from '../store/open-store.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { datasetRecord, newItem, temporaryFolder } from '../store/store.test-support.ts'
import { createMatrices, type Matrices } from './matrices.ts'
import { matrixPreviewTask, type MatrixPreview } from './matrix-fit.ts'
import { createMatrixJob, MatrixParams, type MatrixResult } from './matrix-job.ts'
import { openMatrixRows, placeOfMatrix } from './matrix-rows.ts'
import { matrixTasks } from './matrix-tasks.ts'

const pool = createInProcessPool([matrixPreviewTask, ...matrixTasks, matrixBlockTask])

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let project: OpenProject
let matrices: Matrices
const changed: string[] = []
let clock = 0
beforeEach(async () => {
  folder = temporaryFolder()
  changed.length = 0
  const place = (name: string): string => join(folder.path, 'P.winnow', name)
  for (const name of ['features', 'media', 'runs']) await mkdir(place(name), { recursive: true })
  store = openStore(place('project.sqlite'))
  project = {
    folder: join(folder.path, 'P.winnow'),
    name: 'P',
    store,
    featuresFolder: place('features'),
    mediaFolder: place('media'),
    runsFolder: place('runs'),
    exportsFolder: place('exports')
  }
  matrices = createMatrices({
    store,
    mediaFolder: project.mediaFolder,
    onChange: (id) => void changed.push(id)
  })
})
afterEach(() => {
  store.dispose()
  folder.remove()
})

const rows = 5
const columns = 3

function addDataset(id = 'd', items = rows): DatasetRecord {
  store.datasets.insert(datasetRecord(id))
  store.items.append(
    id,
    Array.from({ length: items }, (_, row) => newItem(row, `${id} text ${row}`))
  )
  store.datasets.update(id, { items, contentHash: store.items.contentHash(id) })
  return datasetOf(id)
}

function datasetOf(id: string): DatasetRecord {
  const record = store.datasets.get(id)
  if (record === undefined) throw new Error('no dataset')
  return record
}

const values = Float32Array.from({ length: rows * columns }, (_, i) => i - 4)

async function fileOf(name: string, content: Buffer): Promise<string> {
  const path = join(folder.path, name)
  await writeFile(path, content)
  return path
}

const plain = (): Promise<string> => fileOf('m.npy', npyOf('<f4', [rows, columns], values))

interface Joined {
  readonly result: MatrixResult
  readonly notes: readonly string[]
  readonly saved: unknown
}

/** Runs a job to its end; `stopAt` rows of the second phase it is cancelled. */
async function joinIt(
  path: string,
  change: Partial<MatrixParams> = {},
  options: { readonly checkpoint?: unknown; readonly stopInPhase?: number } = {}
): Promise<Joined> {
  const notes: string[] = []
  const abort = new AbortController()
  let saved: unknown = options.checkpoint
  let phase = 0
  const context: JobContext = {
    id: 'job',
    signal: abort.signal,
    pool,
    deviceRequest: 'auto',
    phase: (index) => {
      phase = index
    },
    progress: () => {
      if (phase === options.stopInPhase) abort.abort(new AppError('cancelled'))
    },
    total: () => {},
    breathe: async () => abort.signal.throwIfAborted(),
    log: () => {},
    note: (text) => void notes.push(text),
    live: () => {},
    device: () => {},
    checkpoint: options.checkpoint,
    saveCheckpoint: (state) => {
      saved = state
    },
    folder: async () => {
      const place = join(project.runsFolder, 'job')
      await mkdir(place, { recursive: true })
      return place
    },
    keepOnCancel: false
  }
  const kind = createMatrixJob({ store, mediaFolder: project.mediaFolder, now: () => ++clock })
  const params = MatrixParams.parse({
    dataset: 'd',
    path,
    array: '',
    name: 'CLIP',
    use: 'fingerprints',
    task: null,
    storage: 'link',
    ...change
  })
  const result = await kind.run(context, params).catch((error: unknown) => {
    throw Object.assign(error instanceof Error ? error : new Error(String(error)), { saved })
  })
  return { result, notes, saved }
}

function featureContext(notes: string[] = []): FeatureContext {
  return {
    signal: new AbortController().signal,
    pool,
    deviceRequest: 'auto',
    total: () => {},
    progress: () => {},
    breathe: async () => {},
    log: () => {},
    note: (text) => void notes.push(text),
    device: () => {}
  }
}

async function rowsIn(id: string): Promise<number[]> {
  const record = store.matrices.get(id)
  if (record === undefined) throw new Error('no matrix')
  const source = await openMatrixRows(placeOfMatrix(record, project.mediaFolder))
  const read = [...(await source.readBlock(0, source.rows))]
  await source.close()
  return read
}

describe('what can be joined', () => {
  async function preview(path: string, items = rows): Promise<MatrixPreview> {
    return pool.run(matrixPreviewTask, { path, items }, { signal: new AbortController().signal })
  }

  it('one row per item, several numbers per row; everything else with its reason', async () => {
    const path = await fileOf(
      'm.npz',
      await zipOf({
        'good.npy': npyOf('<f2', [rows, columns], new Uint16Array(rows * columns)),
        'short.npy': npyOf('<f4', [4, columns], new Float32Array(12)),
        'list.npy': npyOf('<f4', [rows], new Float32Array(rows)),
        'long.npy': npyOf('<i8', [rows, 2], new BigInt64Array(rows * 2)),
        'objects.npy': npyOf('|O', [rows, 2], new Uint8Array(80))
      })
    )
    const { arrays, sentence } = await preview(path)
    const problems = Object.fromEntries(arrays.map(({ name, problem }) => [name, problem]))
    expect(problems).toMatchObject({
      good: null,
      short: 'It has 4 rows, but the dataset has 5 items.',
      list: 'It has one number for each row; several are needed.',
      long: 'It holds numbers of type int64. Save it as float32 or float16.'
    })
    expect(problems['objects']).toMatch(/never loaded/)
    expect(sentence).toBe('“good” has one row of 3 numbers (float16) for each of the 5 items.')
    expect((await preview(await plain(), 6)).sentence).toBe(
      'This array cannot be joined. It has 5 rows, but the dataset has 6 items.'
    )
  })

  it('the job asserts it again', async () => {
    addDataset('d', 6)
    await expect(joinIt(await plain())).rejects.toThrow(
      'It has 5 rows, but the dataset has 6 items.'
    )
    await expect(joinIt(await plain(), { array: 'x' })).rejects.toMatchObject({
      code: 'column-not-found'
    })
    expect(store.matrices.list('d')).toEqual([])
  })
})

describe('joining', () => {
  it('links every format in place and reads the same rows from all', async () => {
    addDataset()
    const bytes = Buffer.from(values.buffer)
    const description = {
      m: { dtype: 'F32', shape: [rows, columns], data_offsets: [0, bytes.length] }
    }
    const tensor = tensorPickle({
      storage: 'FloatStorage',
      shape: [rows, columns],
      length: values.length
    })
    const files: readonly (readonly [string, string])[] = [
      [await plain(), ''],
      [await fileOf('m.npz', await zipOf({ 'm.npy': npyOf('<f4', [rows, columns], values) })), 'm'],
      [await fileOf('m.safetensors', safetensorsOf(description, bytes)), 'm'],
      [await fileOf('m.pt', await torchZip(tensor, { 0: bytes })), '']
    ]
    const ids: string[] = []
    for (const [i, [path, array]] of files.entries()) {
      const { result, notes } = await joinIt(path, { array, use: 'gradients', task: `task ${i}` })
      expect(notes).toEqual([])
      expect(await rowsIn(result.matrix)).toEqual([...values])
      ids.push(result.matrix)
    }
    expect(new Set(ids).size).toBe(4)
    expect(await matrices.list('d')).toMatchObject(
      files.map((_, i) => ({
        task: `task ${i}`,
        use: 'gradients',
        storage: 'link',
        isReachable: true,
        isInUse: false,
        rows,
        columns,
        dtype: 'float32'
      }))
    )
  })

  it('copies into the project, so that the original can go', async () => {
    addDataset()
    const path = await fileOf(
      'm.npy',
      npyOf(
        '>f2',
        [rows, columns],
        Uint16Array.from(values, (_, i) => ((i << 8) | 0x3c) & 0xffff)
      )
    )
    const { result } = await joinIt(path, { storage: 'copy' })
    const before = await rowsIn(result.matrix)
    await rm(path)
    expect(await rowsIn(result.matrix)).toEqual(before)
    expect(await matrices.list('d')).toMatchObject([
      { place: 'in the project', isReachable: true, dtype: 'float16' }
    ])
    expect(await readdir(join(project.runsFolder, 'job'))).toEqual([])
    await matrices.remove('d', result.matrix)
    expect(await readdir(join(project.mediaFolder, 'matrices', 'd'))).toEqual([])
    expect(await matrices.list('d')).toEqual([])
  })

  it('a packed array is copied, and says so', async () => {
    addDataset()
    const path = await fileOf(
      'm.npz',
      await zipOf({ 'm.npy': npyOf('<f4', [rows, columns], values) }, true)
    )
    const { result, notes } = await joinIt(path, { array: 'm' })
    expect(notes).toEqual([
      'The array is packed in its file, so its rows were copied into the project.'
    ])
    expect(store.matrices.get(result.matrix)?.storage).toBe('copy')
    expect(await rowsIn(result.matrix)).toEqual([...values])
  })

  it('counts what is no number and what is empty; refuses nothing but that', async () => {
    addDataset()
    const spoilt = Float32Array.from(values)
    spoilt[0] = Number.NaN
    spoilt[1] = Infinity
    spoilt.fill(0, 6, 9)
    const { notes, result } = await joinIt(
      await fileOf('m.npy', npyOf('<f4', [rows, columns], spoilt))
    )
    expect(notes).toEqual([
      '2 values are infinite or no number, in 1 row.',
      '1 row holds nothing but zeros.'
    ])
    expect(result.badValues).toBe(2)
    const bad = await fileOf('bad.npy', npyOf('<f4', [rows, columns], spoilt.fill(Number.NaN)))
    await expect(joinIt(bad)).rejects.toMatchObject({ code: 'file-damaged' })
  })

  it('the same matrix is joined once for each use', async () => {
    addDataset()
    const path = await plain()
    await joinIt(path)
    await expect(joinIt(path, { name: 'Again' })).rejects.toThrow(
      'This matrix is joined already, as “CLIP”.'
    )
    await joinIt(path, { use: 'gradients', task: 'vqa' })
    expect(store.matrices.list('d')).toHaveLength(2)
  })

  it('a stopped copy leaves nothing joined and goes on after its check', async () => {
    addDataset()
    const path = await plain()
    const error = await joinIt(path, { storage: 'copy' }, { stopInPhase: 1 }).then(
      () => undefined,
      (reason: AppError & { saved: unknown }) => reason
    )
    expect(error?.code).toBe('cancelled')
    expect(store.matrices.list('d')).toEqual([])
    expect(await readdir(join(project.runsFolder, 'job'))).toEqual([])
    const { result } = await joinIt(path, { storage: 'copy' }, { checkpoint: error?.saved })
    expect(await rowsIn(result.matrix)).toEqual([...values])
  })
})

describe('a changed file', () => {
  it('is never read, whatever changed', async () => {
    addDataset()
    const path = await plain()
    const { result } = await joinIt(path)
    await appendFile(path, 'x')
    await expect(rowsIn(result.matrix)).rejects.toThrow(/“m\.npy” of the matrix “CLIP” has changed/)
    await expect(matrices.use('d', result.matrix)).rejects.toMatchObject({
      code: 'file-not-readable'
    })
    expect(await matrices.list('d')).toMatchObject([{ isReachable: false }])
    await rm(path)
    await expect(rowsIn(result.matrix)).rejects.toThrow(/is not where it was/)
  })
})

describe('rows', () => {
  it('are read in any order and block, as float32', async () => {
    addDataset('d', 400)
    const many = Float64Array.from({ length: 400 * 7 }, (_, i) => Math.sin(i))
    const { result } = await joinIt(await fileOf('m.npy', npyOf('<f8', [400, 7], many)))
    const record = store.matrices.get(result.matrix)
    if (record === undefined) throw new Error('no matrix')
    const source = await openMatrixRows(placeOfMatrix(record, project.mediaFolder))
    const wanted = [399, 0, 17, 17, 250, 1]
    const expected = wanted.flatMap((row) => [
      ...Float32Array.from(many.subarray(row * 7, row * 7 + 7))
    ])
    expect([...(await source.readRows(wanted))]).toEqual(expected)
    await expect(source.readBlock(399, 2)).rejects.toBeInstanceOf(RangeError)
    await source.close()
  })
})

describe('fingerprints from a joined matrix', () => {
  it('replace those of the app, with rows that are no numbers as zeros', async () => {
    const dataset = addDataset()
    const own = featureKey({ dataset })
    const spoilt = Float32Array.from(values)
    spoilt[4] = -Infinity
    const { result } = await joinIt(await fileOf('m.npy', npyOf('<f4', [rows, columns], spoilt)))
    await matrices.use('d', result.matrix)
    expect(changed).toEqual(['d'])
    const used = { dataset: datasetOf('d') }
    expect(await cachedFeatures(project.featuresFolder, used)).toBeUndefined()
    const notes: string[] = []
    const made = await ensureFeatures(featureContext(notes), project, used)
    expect(made.sidecar).toMatchObject({ extractor: 'joined-matrix', rows, columns, unreadable: 1 })
    expect(made.sidecar.key).not.toBe(own)
    const expected = [...values]
    expected.fill(0, 3, 6)
    expect([...(await readNpy(made.path)).values]).toEqual(expected)
    expect(notes).toEqual([
      '1 row of the joined matrix holds values that are no numbers; its item counts as unlike anything.'
    ])
    expect((await cachedFeatures(project.featuresFolder, used))?.path).toBe(made.path)
    await matrices.use('d', null)
    expect(featureKey({ dataset: datasetOf('d') })).toBe(own)
  })

  it('other numbers have another key, gradients are no fingerprints', async () => {
    addDataset()
    const first = await joinIt(await plain())
    const other = await joinIt(
      await fileOf(
        'n.npy',
        npyOf(
          '<f4',
          [rows, columns],
          values.map((v) => v + 1)
        )
      )
    )
    const keys = [first, other].map(({ result }) =>
      featureKey({ dataset: { ...datasetOf('d'), matrix: result.matrix } })
    )
    expect(keys[0]).not.toBe(keys[1])
    const gradients = await joinIt(await plain(), { use: 'gradients', task: 'vqa' })
    await expect(matrices.use('d', gradients.result.matrix)).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('example items need a matrix with the same columns', async () => {
    addDataset()
    addDataset('e', 2)
    const { result } = await joinIt(await plain())
    await matrices.use('d', result.matrix)
    const ask = (): Promise<unknown> =>
      ensureFeatures(featureContext(), project, {
        dataset: datasetOf('e'),
        fittedFrom: datasetOf('d')
      })
    await expect(ask()).rejects.toThrow(/“Data e” has none in use/)
    const narrow = await joinIt(
      await fileOf('e.npy', npyOf('<f4', [2, 2], new Float32Array(4).fill(1))),
      { dataset: 'e' }
    )
    await matrices.use('e', narrow.result.matrix)
    await expect(ask()).rejects.toThrow('has 2 columns, that of the data 3')
    const fitting = await joinIt(
      await fileOf('f.npy', npyOf('<f4', [2, 3], new Float32Array(6).fill(1))),
      { dataset: 'e' }
    )
    await matrices.use('e', fitting.result.matrix)
    expect(await ask()).toMatchObject({ sidecar: { rows: 2, columns: 3 } })
  })

  it('a removed matrix in use gives the app’s own back; one of another dataset is refused', async () => {
    addDataset()
    addDataset('e', 2)
    const { result } = await joinIt(await plain())
    await matrices.use('d', result.matrix)
    await expect(matrices.use('e', result.matrix)).rejects.toMatchObject({ code: 'invalid-input' })
    await matrices.remove('d', result.matrix)
    expect(datasetOf('d').matrix).toBeUndefined()
    await expect(matrices.remove('d', result.matrix)).rejects.toMatchObject({
      code: 'invalid-input'
    })
  })
})
