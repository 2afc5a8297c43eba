// Support for this folder's tests: a small project on disk with synthetic but real data, the
// compute tasks run in this thread, and a job context that can be stopped at any checkpoint.
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import { SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { openDevice } from '../compute/devices/registry.ts'
import { createRandom } from '../compute/random.ts'
import { alikeTo } from '../features/alike.ts'
import { openNpy, writeNpy } from '../features/npy.ts'
import type { ComputePool, ComputeTask } from '../jobs/compute-task.ts'
import { phasesOf, type JobContext } from '../jobs/job-kind.ts'
import { selectionMethods } from '../methods/registry.ts'
import { openStore } from '../store/open-store.ts'
import { createBrowse, type Browse, type ItemLookup } from '../datasets/browse/browse.ts'
import type { DatasetRecord, NewItem, Store } from '../store/records.ts'
import { checkPixelsTask } from './check-pixels.ts'
import { checkProbeTask } from './check-probe-task.ts'
import { checkTask } from './check-task.ts'
import { coverageTask } from './coverage-task.ts'
import { measureTask } from './measure-task.ts'
import { probeTask } from './probe-task.ts'
import type { ReadyFeatures, SelectFeatures } from './ready-features.ts'
import type { FinishedRun } from './finish-run.ts'
import { createSelectJob } from './select-job.ts'
import { createSelectTask } from './select-task.ts'

/** One synthetic item: its true class decides its numbers, its label may be wrong. */
export interface SyntheticItem {
  readonly label: number
  readonly trueLabel: number
  readonly numbers: Float32Array
  readonly split?: 'train' | 'test' | 'none'
  /** Items with the same content get the same fingerprint. */
  readonly content?: string
  readonly values?: Readonly<Record<string, JsonValue>>
  /** For methods that read texts. */
  readonly text?: string
  /** 100 unless told. */
  readonly sizeBytes?: number
  /** Where its content is, for items that are read; the row's number unless told. */
  readonly locator?: string
  /** Side of a square picture. */
  readonly side?: number
  /** Places of the pictures that a text names. */
  readonly pictures?: readonly string[]
}

export interface Fixture {
  readonly folder: string
  readonly store: Store
  /** Looks at the store afresh each time, however a test changed it. */
  readonly items: ItemLookup
  readonly features: SelectFeatures
  readonly pool: ComputePool
  addDataset(
    id: string,
    items: readonly SyntheticItem[],
    change?: Partial<DatasetRecord>
  ): Promise<DatasetRecord>
  dispose(): Promise<void>
}

/** Class names used by all synthetic data: "c0", "c1" ... */
export function classNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `c${i}`)
}

export interface CloudOptions {
  readonly items: number
  readonly classes: number
  readonly columns: number
  readonly seed: number
  /** Share of items with a wrong label. */
  readonly wrongShare01?: number
  /** Distance of the class centres in units of the noise. */
  readonly distance?: number
  readonly split?: 'train' | 'test' | 'none'
}

/** Gaussian clouds, one per class around fixed centres; labels in turn, some of them wrong. */
export function clouds(options: CloudOptions): SyntheticItem[] {
  const { classes, columns } = options
  const centres = createRandom(99).fork('centres')
  const middle = Array.from({ length: classes }, () =>
    Float32Array.from(
      { length: columns },
      () => ((options.distance ?? 2) * centres.normal()) / Math.sqrt(columns)
    )
  )
  const random = createRandom(options.seed)
  return Array.from({ length: options.items }, (_, i) => {
    const trueLabel = i % classes
    const isWrong = random.uniform() < (options.wrongShare01 ?? 0)
    const label = isWrong ? (trueLabel + 1 + random.below(classes - 1)) % classes : trueLabel
    const numbers = middle[trueLabel].map((centre) => centre + random.normal() / Math.sqrt(columns))
    return {
      label,
      trueLabel,
      numbers,
      split: options.split ?? 'none',
      content: `${options.seed}/${i}`
    }
  })
}

function newItem(item: SyntheticItem, row: number): NewItem {
  const content = item.content ?? `row ${row}`
  return {
    row,
    name: `item_${row}`,
    label: item.label,
    split: item.split ?? 'none',
    fingerprint: createHash('sha256').update(content).digest(),
    text: item.text,
    width: item.side,
    height: item.side,
    locator: item.locator ?? String(row),
    pictures: item.pictures,
    sizeBytes: item.sizeBytes ?? 100,
    values: item.values ?? {}
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}

/** Near-duplicates by comparing all pairs; the fixture's data is small. */
async function bruteRepeats(
  ready: ReadyFeatures,
  rows: Uint32Array,
  similarity01: number
): ReturnType<SelectFeatures['repeats']> {
  const source = await openNpy(ready.path)
  const values = await source.readRows(rows)
  await source.close()
  const { columns } = ready
  const unit = Array.from(rows, (_, i) => {
    const row = values.subarray(i * columns, (i + 1) * columns)
    const norm = Math.sqrt(dot(row, row)) || 1
    return row.map((value) => value / norm)
  })
  const twins = rows.slice()
  const similarity = new Float32Array(rows.length).fill(1)
  const stands: number[] = []
  for (let i = 0; i < rows.length; i++) {
    const twin = stands.find((j) => dot(unit[i], unit[j]) >= similarity01)
    if (twin === undefined) stands.push(i)
    else {
      twins[i] = rows[twin]
      similarity[i] = Math.min(1, dot(unit[i], unit[twin]))
    }
  }
  return { twins, similarity01: similarity }
}

/** Runs compute tasks in this thread on the reference device; inputs and events are cloned. */
export function inlinePool(tasks: readonly ComputeTask<never, unknown, unknown>[]): ComputePool {
  return {
    size: 2,
    async run<I, E, O>(
      task: Pick<ComputeTask<I, E, O>, 'name'>,
      input: I,
      options: {
        readonly signal: AbortSignal
        readonly onEvent?: (event: E) => void | Promise<void>
      }
    ): Promise<O> {
      // Looked up by name, as the pool's threads do; the caller names the types.
      const found = tasks.find((candidate) => candidate.name === task.name) as
        ComputeTask<I, E, O> | undefined
      if (found === undefined) throw new Error(`no task ${task.name}`)
      const run = found.run(structuredClone(input), {
        signal: options.signal,
        device: async (requested) => (await openDevice(requested)).device,
        transfer: () => undefined
      })
      try {
        for (;;) {
          options.signal.throwIfAborted()
          const step = await run.next()
          if (step.done === true) return structuredClone(step.value)
          await options.onEvent?.(structuredClone(step.value))
        }
      } catch (error) {
        if (options.signal.aborted) throw new AppError('cancelled', undefined, { cause: error })
        throw error
      } finally {
        // As a thread does: files are closed, however the task ends. Nobody looks at the value.
        await run.return(undefined as never)
      }
    },
    resize: () => undefined,
    dispose: () => Promise.resolve()
  }
}

/** Likeness of a dataset's items to one of them, from the fixture's numbers. */
export function alikeBy(
  fixture: Fixture
): (dataset: DatasetRecord, row: number) => Promise<Float32Array> {
  return async (dataset, row) => {
    const ready = await fixture.features.cached(dataset)
    if (ready === undefined) throw new AppError('method-not-possible')
    const source = await openNpy(ready.path)
    const search = alikeTo(source, { row, likeness: 'direction' }, new AbortController().signal)
    let step = await search.next()
    while (step.done !== true) step = await search.next()
    await source.close()
    return step.value
  }
}

/** A project folder with an empty store. */
export async function createFixture(): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-selection-'))
  await mkdir(join(folder, 'runs'))
  const store = openStore(join(folder, 'project.sqlite'))
  const ready = new Map<string, ReadyFeatures>()
  const features: SelectFeatures = {
    ensure(context, dataset, _fittedFrom, firstPhase) {
      const found = ready.get(dataset.id)
      if (found === undefined) throw new Error(`no numbers for ${dataset.id}`)
      if (firstPhase !== undefined) {
        context.phase(firstPhase, 0, 'items')
        context.phase(firstPhase + 1, found.rows, 'items')
      }
      context.progress(found.rows)
      return Promise.resolve(found)
    },
    cached: (dataset) => Promise.resolve(ready.get(dataset.id)),
    repeats: (_context, found, rows, similarity01) => bruteRepeats(found, rows, similarity01),
    probe: () => Promise.resolve({ secondsPerItem: 0.001, columns: 8, items: 16 })
  }
  const browse = (): Browse => createBrowse({ store, alike: () => Promise.resolve(undefined) })
  return {
    folder,
    store,
    items: {
      rows: (dataset, filter) => browse().rows(dataset, filter),
      columns: (dataset) => browse().columns(dataset)
    },
    features,
    pool: inlinePool([
      createSelectTask(selectionMethods),
      checkTask,
      checkPixelsTask,
      checkProbeTask,
      measureTask,
      coverageTask,
      probeTask
    ] as ComputeTask<never, unknown, unknown>[]),
    async addDataset(id, items, change = {}) {
      const columns = items[0]?.numbers.length ?? 0
      const classes = Math.max(0, ...items.map((item) => Math.max(item.label, item.trueLabel) + 1))
      const record: DatasetRecord = {
        id,
        name: `Data ${id}`,
        kind: 'table',
        format: 'csv',
        state: 'ready',
        purpose: 'pool',
        storage: 'link',
        sourcePath: folder,
        options: {},
        columns: [],
        labelColumn: 'label',
        classNames: classNames(classes),
        items: items.length,
        skipped: 0,
        sizeBytes: 100 * items.length,
        contentHash: createHash('sha256').update(id).digest('hex'),
        createdAt: 0,
        shape: undefined,
        version: 1,
        previous: undefined,
        addedSources: [],
        matrix: undefined,
        isSearchable: false,
        ...change
      }
      store.datasets.insert(record)
      store.items.append(id, items.map(newItem))
      const values = new Float32Array(items.length * columns)
      items.forEach((item, row) => values.set(item.numbers, row * columns))
      const path = join(folder, `${id}.npy`)
      await writeNpy(path, values, items.length, columns)
      ready.set(id, {
        path,
        key: `key-${id}`,
        rows: items.length,
        columns,
        extractor: 'numbers',
        extractorVersion: 1,
        device: 'plain JavaScript'
      })
      return record
    },
    async dispose() {
      store.dispose()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** A draft with the recommended settings and what the test changes. */
export function draftFor(dataset: string, change: Record<string, unknown> = {}): SelectDraft {
  return SelectDraft.parse({
    dataset,
    name: 'Test run',
    goal: 'train-table',
    tasks: { kind: 'labels', perTask: 10 },
    budget: { kind: 'percent', percent: 20 },
    rules: {},
    method: { id: 'icons' },
    check: {},
    ...change
  })
}

export interface JobRun {
  readonly result: FinishedRun | undefined
  readonly error: unknown
  readonly checkpoints: number
  readonly phases: readonly string[]
  readonly notes: readonly string[]
  readonly progress: readonly number[]
}

export interface RunOptions {
  readonly id: string
  /** Aborts when this many checkpoints have been written in this call. */
  readonly stopAfter?: number
  readonly keepOnCancel?: boolean
}

/** Runs (or goes on with) a select job directly, without an engine. */
export async function runJob(
  fixture: Fixture,
  draft: SelectDraft,
  options: RunOptions
): Promise<JobRun> {
  const { store } = fixture
  const { id } = options
  if (store.runs.get(id) === undefined) {
    const dataset = store.datasets.get(draft.dataset)
    store.runs.insert({
      id,
      name: draft.name,
      dataset: draft.dataset,
      datasetName: dataset?.name ?? '',
      method: draft.method.id,
      draft: draft as unknown as JsonValue,
      result: undefined,
      createdAt: 0
    })
  }
  if (store.jobs.get(id) === undefined) insertJob(store, id, draft)
  const abort = new AbortController()
  const seen = {
    checkpoints: 0,
    phases: [] as string[],
    notes: [] as string[],
    progress: [] as number[]
  }
  const kind = createSelectJob({
    store,
    items: fixture.items,
    methods: selectionMethods,
    features: fixture.features,
    appVersion: '0.0.0-test',
    mediaFolder: join(fixture.folder, 'media'),
    now: () => 5_000_000,
    checkpointEveryMs: 0
  })
  const context: JobContext = {
    id,
    signal: abort.signal,
    pool: fixture.pool,
    deviceRequest: 'wasm',
    phase(index) {
      const name = phasesOf(kind, draft)[index]?.name ?? '?'
      // A phase may be begun again with a better total.
      if (seen.phases.at(-1) !== name) seen.phases.push(name)
    },
    progress: (done) => void seen.progress.push(done),
    total: () => undefined,
    breathe() {
      abort.signal.throwIfAborted()
      return Promise.resolve()
    },
    log: () => undefined,
    note: (text) => void seen.notes.push(text),
    live: (series, x, y) => store.jobs.appendLive(id, { series, x, y }),
    device: () => undefined,
    checkpoint: store.jobs.checkpoint(id),
    saveCheckpoint(state, alsoWrite) {
      // A killed process writes nothing more.
      if (options.keepOnCancel !== true) abort.signal.throwIfAborted()
      store.jobs.saveCheckpoint(id, state as JsonValue, alsoWrite)
      seen.checkpoints++
      if (seen.checkpoints === options.stopAfter) abort.abort()
    },
    async folder() {
      const folder = join(fixture.folder, 'runs', id)
      await mkdir(folder, { recursive: true })
      return folder
    },
    keepOnCancel: options.keepOnCancel ?? false
  }
  try {
    const result = await kind.run(context, draft)
    return { ...seen, result, error: undefined }
  } catch (error) {
    return { ...seen, result: undefined, error }
  }
}

function insertJob(store: Store, id: string, draft: SelectDraft): void {
  store.jobs.insert({
    id,
    kind: 'select',
    title: draft.name,
    state: 'running',
    dataset: draft.dataset,
    run: id,
    params: draft as unknown as JsonValue,
    phaseIndex: 0,
    phaseDone: 0,
    phaseTotal: 0,
    phaseUnit: '',
    fraction01: 0,
    position: 0,
    createdAt: 0,
    startedAt: 0,
    finishedAt: undefined,
    activeSeconds: 0,
    error: undefined,
    notes: [],
    device: undefined,
    result: undefined,
    leaseOwner: undefined,
    leaseAt: undefined,
    cancelKeeps: false
  })
}
