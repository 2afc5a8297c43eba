// Support for tests of exported tiny sets: a finished run of a small project, and its export.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { DistilResult } from '../../../api/dto/distil.ts'
import {
  draftFor,
  runDistilJob,
  type DistilFixture
} from '../../distillation/distil.test-support.ts'
import { openSet } from '../../distillation/open-set.ts'
import { loadSet, saveSet } from '../../distillation/set-files.ts'
import type { JobContext } from '../../jobs/job-kind.ts'
import { distillationMethods } from '../../methods/distillation/registry.ts'
import type { DistillationMethod } from '../../methods/distillation/distillation-method.ts'
import { createExportJob, type ExportOutcome, type ExportParams } from '../export-job.ts'
import type { ExportDeps } from '../export-work.ts'
import { listFiles } from '../verify-folder.ts'
import type { TinySet, TinySets } from './tiny-set.ts'

/** Settings of the soft-label method that end within a second or two. */
export const softSettings = {
  expertEpochs: 2,
  moments: 2,
  studentEpochs: 10,
  studentAugment: false,
  rates: 1,
  finalists: 1
}

/** Makes a tiny set, as the run `id`. */
export async function makeTiny(
  fixture: DistilFixture,
  id: string,
  dataset: string,
  change: Record<string, unknown>
): Promise<DistilResult> {
  const { error } = await runDistilJob(fixture, draftFor(dataset, change), { id })
  if (error !== undefined) throw error
  return DistilResult.parse(fixture.store.runs.get(id)?.result)
}

/** Gives the real items of a run richer labels: a method keeps plain ones where they teach better. */
export async function enrichLabels(fixture: DistilFixture, id: string): Promise<void> {
  const folder = join(fixture.folder, 'runs', id, 'set')
  const set = await loadSet(folder)
  const classes = 4
  const shares = new Float32Array(set.count * classes).fill(0.1)
  set.labels.forEach((label, item) => (shares[item * classes + label] = 0.7))
  await saveSet(folder, {
    ...set,
    values: new Float32Array(0),
    stored: set.stored.map((array) => ({ ...array, values: array.values ?? new Uint8Array(0) })),
    targets: { kind: 'soft', shares, from: 'a helper model' }
  })
}

/** The finished runs of the fixture as exports see them. */
export function tinySets(
  fixture: DistilFixture,
  methods: readonly DistillationMethod[] = distillationMethods
): TinySets {
  const folderOf = (run: string): string => join(fixture.folder, 'runs', run)
  const result = (run: string): DistilResult =>
    DistilResult.parse(fixture.store.runs.get(run)?.result)
  const mediaFolder = join(fixture.folder, 'media')
  return {
    has: (run) => fixture.store.runs.get(run) !== undefined,
    result,
    open: async (run) =>
      openSet(
        { ...fixture, mediaFolder, methods },
        {
          folder: folderOf(run),
          result: result(run),
          manifest: await readFile(join(folderOf(run), 'manifest.json'), 'utf8')
        }
      )
  }
}

/** What exports of the fixture work with. */
export function exportDeps(fixture: DistilFixture, tiny: TinySets = tinySets(fixture)): ExportDeps {
  const place = (name: string): string => join(fixture.folder, name)
  return {
    project: {
      folder: fixture.folder,
      name: 'P',
      store: fixture.store,
      featuresFolder: place('features'),
      mediaFolder: place('media'),
      runsFolder: place('runs'),
      exportsFolder: place('exports')
    },
    selection: {
      result: () => {
        throw new Error('not a chosen set')
      },
      items: () => ({ items: [], total: 0 })
    },
    tiny,
    appVersion: '1.0.0',
    now: () => 1_700_000_000_000
  }
}

export interface ExportedTiny extends Omit<ExportOutcome, 'bytes'> {
  /** Paths of all files inside the folder, sorted. */
  readonly files: readonly string[]
  text(path: string): string
  bytes(path: string): Buffer
}

/** Where {@link exportTiny} writes. */
export function exportPlace(fixture: DistilFixture): string {
  const place = join(fixture.folder, 'out')
  if (!existsSync(place)) mkdirSync(place)
  return place
}

/** Exports a run, in every layout that is possible unless told. */
export async function exportTiny(
  fixture: DistilFixture,
  run: string,
  change: Partial<ExportParams> = {},
  own: { deps?: ExportDeps; signal?: AbortSignal; onProgress?: (done: number) => void } = {}
): Promise<ExportedTiny> {
  const params: ExportParams = {
    run,
    place: exportPlace(fixture),
    name: 'Tiny',
    conflict: 'stop',
    spreadsheetSafe: true,
    includeLeftOut: true,
    licence: null,
    asked: '',
    layouts: ['arrays', 'npy', 'safetensors', 'parquet'],
    indentRecords: false,
    reportPdf: false,
    ...change
  }
  const signal = own.signal ?? new AbortController().signal
  const outcome = await createExportJob(own.deps ?? exportDeps(fixture)).run(
    jobContext(fixture, signal, own.onProgress),
    params
  )
  return {
    ...outcome,
    files: await listFiles(outcome.dir),
    text: (path) => readFileSync(join(outcome.dir, path), 'utf8'),
    bytes: (path) => readFileSync(join(outcome.dir, path))
  }
}

/** A context of a job that nobody watches. */
export function jobContext(
  fixture: DistilFixture,
  signal: AbortSignal = new AbortController().signal,
  onProgress: (done: number) => void = () => undefined
): JobContext {
  const none = (): undefined => undefined
  return {
    id: `export ${Math.random()}`,
    signal,
    pool: fixture.pool,
    deviceRequest: 'auto',
    phase: none,
    progress: onProgress,
    total: none,
    breathe() {
      signal.throwIfAborted()
      return Promise.resolve()
    },
    log: none,
    note: none,
    live: none,
    device: none,
    checkpoint: undefined,
    saveCheckpoint: none,
    folder: () => Promise.resolve(fixture.folder),
    keepOnCancel: false
  }
}

/** Names of what lies where exports go. */
export function exportsThere(fixture: DistilFixture): string[] {
  return readdirSync(exportPlace(fixture)).sort()
}

/** Python 3 with these modules, to read what was written; undefined where it is missing. */
export function pythonWith(...modules: readonly string[]): string | undefined {
  const python = '/usr/bin/python3'
  // Looking for modules is quick, importing them is not.
  const look = `import importlib.util as u, sys; sys.exit(any(u.find_spec(m) is None for m in ${JSON.stringify(modules)}))`
  return spawnSync(python, ['-c', look], { timeout: 60_000 }).status === 0 ? python : undefined
}

/** All values of a set, as students learn from them. */
export function valuesOfSet(fixture: DistilFixture, set: TinySet): Promise<Float32Array> {
  return set.values(jobContext(fixture))
}
