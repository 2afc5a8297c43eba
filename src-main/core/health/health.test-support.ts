// Support for this folder's tests: a small project on disk with texts, tables or real picture files,
// the compute tasks run in this thread, and checks that can be stopped at any checkpoint.
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { JsonValue } from '../../api/dto/common.ts'
import type { FindingItem, FindingKind, HealthReport } from '../../api/dto/health.ts'
import { createRandom, type Random } from '../compute/random.ts'
import { createBrowse, type Browse } from '../datasets/browse/browse.ts'
import { createEdits, type Edits } from '../datasets/edits/edits.ts'
import { writeNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { inlinePool } from '../selection/selection-fixture.ts'
import { openStore } from '../store/open-store.ts'
import type { DatasetRecord, NewItem, Store } from '../store/records.ts'
import { datasetRecord } from '../store/store.test-support.ts'
import { createHealthJob, type CheckedHealth } from './health-job.ts'
import { findingItems, healthReport } from './report.ts'
import { healthTasks } from './tasks.ts'

/** One item of a test's dataset. */
export interface TestItem {
  readonly text?: string
  /** Grey pixels of a square picture; stored as a PNG file. */
  readonly pixels?: Uint8Array
  readonly label?: number
  readonly split?: 'train' | 'test' | 'none'
  readonly width?: number
  readonly height?: number
  readonly values?: Readonly<Record<string, JsonValue>>
  /** Fingerprint of the item, for data whose fingerprints the test gives. */
  readonly features?: ArrayLike<number>
}

export interface HealthFixture {
  readonly store: Store
  readonly browse: Browse
  readonly edits: Edits
  add(
    id: string,
    kind: DatasetRecord['kind'],
    items: readonly TestItem[],
    change?: Partial<DatasetRecord>
  ): Promise<void>
  /** Runs a check; `stopAfter` aborts it at that checkpoint, and the next call goes on. */
  check(id: string, stopAfter?: number): Promise<CheckedHealth | undefined>
  report(id: string): Promise<HealthReport>
  /** All that was found, settled or not. */
  items(id: string, kind: FindingKind): readonly FindingItem[]
  dispose(): Promise<void>
}

/** An empty project. */
export async function createHealthFixture(): Promise<HealthFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-health-'))
  const store = openStore(join(folder, 'project.sqlite'))
  const browse = createBrowse({ store, alike: () => Promise.resolve(undefined) })
  let clock = 1000
  const now = (): number => (clock += 10)
  const edits = createEdits({ store, browse, now })
  const features = new Map<string, { path: string; columns: number }>()
  const checkpoints = new Map<string, unknown>()
  const job = createHealthJob({
    store,
    mediaFolder: join(folder, 'media'),
    columns: (dataset) => browse.columns(dataset),
    ensure(context, dataset, firstPhase) {
      const found = features.get(dataset.id)
      context.phase(firstPhase + 1, dataset.items, 'items')
      if (found === undefined) throw new Error(`no fingerprints for ${dataset.id}`)
      return Promise.resolve(found)
    },
    cached: (dataset) => Promise.resolve(features.get(dataset.id)),
    featurePhases: [
      { name: 'Learning', weight: 0.1 },
      { name: 'Making', weight: 0.1 }
    ],
    now
  })

  async function run(id: string, stopAfter: number): Promise<CheckedHealth | undefined> {
    const abort = new AbortController()
    const runFolder = join(folder, 'runs', id)
    let saved = 0
    const context: JobContext = {
      id,
      signal: abort.signal,
      pool: inlinePool(healthTasks as unknown as readonly ComputeTask<never, unknown, unknown>[]),
      deviceRequest: 'wasm',
      phase: () => undefined,
      progress: () => undefined,
      total: () => undefined,
      breathe() {
        abort.signal.throwIfAborted()
        return Promise.resolve()
      },
      log: () => undefined,
      note: () => undefined,
      live: () => undefined,
      device: () => undefined,
      checkpoint: checkpoints.get(id),
      saveCheckpoint(state) {
        abort.signal.throwIfAborted()
        checkpoints.set(id, structuredClone(state))
        if (++saved === stopAfter) abort.abort(new Error('stopped by the test'))
      },
      async folder() {
        await mkdir(runFolder, { recursive: true })
        return runFolder
      },
      keepOnCancel: false
    }
    try {
      const result = await job.run(context, { dataset: id })
      checkpoints.delete(id)
      return result
    } catch (error) {
      if (abort.signal.aborted) return undefined
      throw error
    }
  }

  const record = (id: string): DatasetRecord => {
    const found = store.datasets.get(id)
    if (found === undefined) throw new Error(`no dataset ${id}`)
    return found
  }

  return {
    store,
    browse,
    edits,
    async add(id, kind, items, change = {}) {
      const source = join(folder, id)
      await mkdir(source)
      const made: NewItem[] = []
      for (const [row, item] of items.entries()) made.push(await newItem(source, row, kind, item))
      const classes = Math.max(0, ...items.map((item) => (item.label ?? -1) + 1))
      store.datasets.insert(
        datasetRecord(id, {
          kind,
          format: kind === 'images' ? 'image-folder' : 'csv',
          sourcePath: source,
          items: items.length,
          classNames: Array.from({ length: classes }, (_, i) => `class ${i}`),
          contentHash: id,
          ...change
        })
      )
      store.items.append(id, made)
      const none = new Array<number>(kind === 'images' ? 64 : 2).fill(0)
      const given = items.map(
        (item) => item.features ?? (item.pixels === undefined ? none : coarse(item.pixels))
      )
      const columns = given[0]?.length ?? 2
      const path = join(folder, `${id}.npy`)
      const values = Float32Array.from(given.flatMap((row) => Array.from(row)))
      await writeNpy(path, values, items.length, columns)
      features.set(id, { path, columns })
    },
    check: (id, stopAfter = Infinity) => run(id, stopAfter),
    report: async (id) => healthReport(store, record(id), await browse.columns(id), undefined),
    items(id, kind) {
      const window = { first: 0, limit: 1000 }
      return findingItems(store, record(id), kind, window).items
    },
    async dispose() {
      await edits.settled()
      browse.dispose()
      store.dispose()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function newItem(
  source: string,
  row: number,
  kind: DatasetRecord['kind'],
  item: TestItem
): Promise<NewItem> {
  const { text, pixels, values = {} } = item
  const name = `item-${String(row).padStart(5, '0')}${kind === 'images' ? '.png' : ''}`
  const side = pixels === undefined ? 0 : Math.sqrt(pixels.length)
  if (kind === 'images') {
    const bytes =
      pixels === undefined
        ? Buffer.from('no picture')
        : await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
            .png()
            .toBuffer()
    await writeFile(join(source, name), bytes)
  }
  const content = pixels ?? text ?? JSON.stringify(values)
  return {
    row,
    name,
    label: item.label ?? -1,
    split: item.split ?? 'none',
    fingerprint: createHash('sha256').update(content).digest(),
    text,
    width: kind === 'images' ? (item.width ?? side) : undefined,
    height: kind === 'images' ? (item.height ?? side) : undefined,
    locator: name,
    sizeBytes: content.length,
    values
  }
}

/** An 8 x 8 summary of a square picture: the fingerprint of these tests. */
function coarse(pixels: Uint8Array): number[] {
  const side = Math.sqrt(pixels.length)
  const out = new Array<number>(64).fill(0)
  pixels.forEach((value, i) => {
    const y = Math.floor((Math.floor(i / side) * 8) / side)
    const x = Math.floor(((i % side) * 8) / side)
    out[y * 8 + x] += value - 128
  })
  return out
}

/** A smooth random picture with something to see, `side` x `side`. */
export function randomPicture(random: Random, side = 32): Uint8Array {
  const waves = Array.from({ length: 10 }, () => ({
    u: (random.uniform() - 0.5) * 1.2,
    v: (random.uniform() - 0.5) * 1.2,
    phase: random.uniform() * 6.28,
    weight: 10 + random.uniform() * 20
  }))
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)]
    const sum = waves.reduce(
      (all, w) => all + w.weight * Math.sin(w.u * x + w.v * y + w.phase),
      128
    )
    return Math.max(0, Math.min(255, Math.round(sum)))
  })
}

/** The picture moved by whole pixels, its edge repeated. */
export function movedPicture(pixels: Uint8Array, dx: number, dy: number): Uint8Array {
  const side = Math.sqrt(pixels.length)
  const inside = (at: number): number => Math.max(0, Math.min(side - 1, at))
  return pixels.map(
    (_, i) => pixels[inside(Math.floor(i / side) - dy) * side + inside((i % side) - dx)]
  )
}

const vocabulary =
  'river stone garden window paper morning silver engine market letter winter bridge orange captain forest music yellow summer kitchen travel doctor history number animal village school ocean table city night'.split(
    ' '
  )

/** `count` different English-looking sentences of `words` words. */
export function randomTexts(count: number, words: number, seed: number): string[] {
  const random = createRandom(seed)
  const small = ['the', 'of', 'and', 'to', 'in', 'is', 'that', 'it', 'was', 'for']
  return Array.from({ length: count }, () =>
    Array.from({ length: words }, () => {
      const list = random.uniform() < 0.45 ? small : vocabulary
      return list[random.below(list.length)]
    }).join(' ')
  )
}
