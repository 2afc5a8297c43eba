// Support for this folder's tests: small pictures in an idx file as a dataset, the compute tasks run
// in this thread, and a job context that can be stopped at any checkpoint.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import { DistilDraft } from '../../api/dto/distil.ts'
import { createRandom } from '../compute/random.ts'
import { writeIdxPair } from '../datasets/write-idx.ts'
import { phasesOf, type JobContext } from '../jobs/job-kind.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import { distillationMethods } from '../methods/distillation/registry.ts'
import { checkPixelsTask } from '../selection/check-pixels.ts'
import {
  clouds,
  createFixture,
  inlinePool,
  type CloudOptions,
  type Fixture
} from '../selection/selection-fixture.ts'
import type { DatasetRecord } from '../store/records.ts'
import { createDistilJob, type FinishedDistillation } from './distil-job.ts'
import { distilTasks } from './distil-tasks.ts'
import { createEarlyStops, type EarlyStops } from './early-stops.ts'

/** A project with this folder's tasks. */
export interface DistilFixture extends Fixture {
  readonly stops: EarlyStops
}

/** An empty project. */
export async function createDistilFixture(
  methods: readonly DistillationMethod[] = distillationMethods
): Promise<DistilFixture> {
  const fixture = await createFixture()
  return {
    ...fixture,
    pool: inlinePool([...distilTasks(methods), checkPixelsTask] as readonly ComputeTask<
      never,
      unknown,
      unknown
    >[]),
    stops: createEarlyStops()
  }
}

/** Bars in four directions under noise, as an idx dataset "pictures"; paler ones are harder to tell. */
export async function addPictures(
  fixture: Fixture,
  count: number,
  side = 12,
  brightness = 150
): Promise<DatasetRecord> {
  const folder = join(fixture.folder, 'source')
  await mkdir(folder, { recursive: true })
  const random = createRandom(4)
  const labels = Uint8Array.from({ length: count }, (_, picture) => picture % 4)
  const pixels = new Uint8Array(count * side * side)
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [i % side, Math.floor((i % (side * side)) / side)]
    const middle = side / 2
    const far = [
      Math.abs(x - middle),
      Math.abs(y - middle),
      Math.abs(x - y),
      Math.abs(side - 1 - x - y)
    ]
    pixels[i] =
      (far[labels[Math.floor(i / (side * side))]] < 2 ? brightness : 0) + random.below(100)
  }
  await writeIdxPair(folder, 'train', { count, height: side, width: side, pixels }, labels)
  const items = Array.from(labels, (label, row) => ({
    label,
    trueLabel: label,
    numbers: new Float32Array(1),
    content: `picture ${row}`,
    locator: `train-images-idx3-ubyte#${row}`,
    side
  }))
  return fixture.addDataset('pictures', items, {
    kind: 'images',
    format: 'idx',
    sourcePath: join(folder, 'train-images-idx3-ubyte')
  })
}

/**
 * The same bars without labels, as "pictures"; their similarity fingerprints (5 columns) say the
 * direction under noise.
 */
export function addUnlabelled(fixture: Fixture, count: number): Promise<DatasetRecord> {
  const random = createRandom(7)
  return addPictures(
    {
      ...fixture,
      addDataset: (id, items, change = {}) =>
        fixture.addDataset(
          id,
          items.map((item, row) => ({
            ...item,
            label: -1,
            trueLabel: -1,
            numbers: Float32Array.from(
              { length: 5 },
              (_, i) => (row % 4 === i ? 2 : 0) + 0.5 * random.normal()
            )
          })),
          { ...change, labelColumn: undefined, classNames: [] }
        )
    },
    count
  )
}

/** Rows of numbers around class centres, as a table dataset "rows". */
export function addRows(
  fixture: Fixture,
  change: Partial<CloudOptions> = {}
): Promise<DatasetRecord> {
  return fixture.addDataset(
    'rows',
    clouds({ items: 400, classes: 3, columns: 8, seed: 5, distance: 3, ...change })
  )
}

/** A draft with small settings and what the test changes. */
export function draftFor(dataset: string, change: Record<string, unknown> = {}): DistilDraft {
  return DistilDraft.parse({
    dataset,
    name: 'Tiny',
    kind: 'real',
    method: { id: 'soft-labels' },
    perClass: 2,
    effort: 'quick',
    labels: { kind: 'soft' },
    width: 4,
    check: { repeats: 2 },
    ...change
  })
}

export interface DistilJobRun {
  readonly result: FinishedDistillation | undefined
  readonly error: unknown
  readonly checkpoints: number
  readonly phases: readonly string[]
  readonly notes: readonly string[]
}

export interface DistilRunOptions {
  readonly id: string
  /** Aborts when this many checkpoints have been written in this call. */
  readonly stopAfter?: number
  readonly keepOnCancel?: boolean
  readonly methods?: readonly DistillationMethod[]
  /** Folder of helper models within the project's; "experts" where absent. */
  readonly expertsFolder?: string
  /** Called after each checkpoint with the number of them. */
  readonly onCheckpoint?: (count: number) => void
}

/** Runs (or goes on with) a job directly, without an engine. */
export async function runDistilJob(
  fixture: DistilFixture,
  draft: DistilDraft,
  options: DistilRunOptions
): Promise<DistilJobRun> {
  const { store } = fixture
  const { id } = options
  if (store.runs.get(id) === undefined) insertRun(fixture, draft, id)
  const abort = new AbortController()
  const seen = { checkpoints: 0, phases: [] as string[], notes: [] as string[] }
  const kind = createDistilJob({
    store,
    items: fixture.items,
    methods: options.methods ?? distillationMethods,
    features: fixture.features,
    appVersion: '0.0.0-test',
    mediaFolder: join(fixture.folder, 'media'),
    expertsFolder: join(fixture.folder, options.expertsFolder ?? 'experts'),
    stops: fixture.stops,
    now: () => 5_000_000,
    checkpointEveryMs: 0
  })
  const context: JobContext = {
    id,
    signal: abort.signal,
    pool: fixture.pool,
    deviceRequest: 'auto',
    phase(index) {
      const name = phasesOf(kind, draft)[index]?.name ?? '?'
      if (seen.phases.at(-1) !== name) seen.phases.push(name)
    },
    progress: () => undefined,
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
      options.onCheckpoint?.(seen.checkpoints)
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
    return { ...seen, result: await kind.run(context, draft), error: undefined }
  } catch (error) {
    return { ...seen, result: undefined, error }
  }
}

function insertRun({ store }: Fixture, draft: DistilDraft, id: string): void {
  const params = draft as unknown as JsonValue // parsed, so plain JSON
  store.runs.insert({
    id,
    name: draft.name,
    dataset: draft.dataset,
    datasetName: store.datasets.get(draft.dataset)?.name ?? '',
    method: draft.method.id,
    draft: params,
    result: undefined,
    createdAt: 0
  })
  store.jobs.insert({
    id,
    kind: 'distil',
    title: draft.name,
    state: 'running',
    dataset: draft.dataset,
    run: id,
    params,
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
