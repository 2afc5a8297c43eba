// A throw-away project for benchmarks: the product's own project area (store, jobs, import,
// fingerprints, selection) on its compute threads, without a window.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ImportOptions } from '../../src-main/api/dto/datasets.ts'
import { SelectDraft, type SelectionResult } from '../../src-main/api/dto/runs.ts'
import { Settings } from '../../src-main/api/dto/settings.ts'
import { createProjectArea, type ProjectArea } from '../../src-main/core/app/project-area.ts'
import { createComputePool } from '../../src-main/core/jobs/compute-pool.ts'
import { newJobId } from '../../src-main/core/jobs/engine.ts'
import { computerReadings } from '../../src-main/core/platform/computer-readings.ts'
import type { Platform } from '../../src-main/core/platform/platform.ts'
import { createProject } from '../../src-main/core/projects/projects.ts'
import { startComputeThread } from '../../src-main/hosts/worker/compute-thread.ts'

export interface BenchProject {
  readonly folder: string
  readonly area: ProjectArea
  /** Imports a folder or file and returns the dataset's id. */
  importData(path: string, name: string, purpose: 'pool' | 'examples'): Promise<string>
  /** Runs a selection to its end. */
  select(draft: unknown): Promise<SelectionResult>
  /** Chosen rows of a finished run, and the rows it could choose from. */
  rows(run: string): Promise<{ readonly chosen: Uint32Array; readonly candidates: Uint32Array }>
  dispose(): Promise<void>
}

/** Makes the project in a temporary folder. `threads` compute threads at most. */
export async function createBenchProject(threads: number, device = 'auto'): Promise<BenchProject> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-bench-'))
  const platform: Platform = {
    host: 'cli',
    appVersion: 'bench',
    paths: {
      data: join(folder, 'data'),
      projects: folder,
      resources: resolve(import.meta.dirname, '../../resources'),
      temp: join(folder, 'temp')
    },
    picker: 'none',
    roots: [],
    now: () => Date.now(),
    log: { write: () => undefined },
    readings: computerReadings,
    createComputeWorker: startComputeThread,
    cores: threads
  }
  const pool = createComputePool(platform, threads)
  const project = await createProject(folder, 'Bench', Date.now())
  const settings = Settings.parse({ device })
  const area = createProjectArea(project, { platform, pool, getSettings: () => settings })

  async function finish(id: string): Promise<void> {
    const job = await area.engine.wait(id)
    if (job.error !== null) throw new Error(`${job.error.message} ${job.error.hint ?? ''}`)
  }

  return {
    folder,
    area,
    async importData(path, name, purpose) {
      const dataset = newJobId()
      const params = { dataset, name, path, options: ImportOptions.parse({}), purpose }
      await finish(area.engine.submit({ kind: 'import', title: name, params, dataset }).id)
      return dataset
    },
    async select(draft) {
      const run = await area.selection.start(SelectDraft.parse(draft))
      await finish(run)
      return area.selection.result(run)
    },
    async rows(run) {
      const loaded = await area.selection.load(run)
      return { chosen: loaded.chosen, candidates: loaded.choice.candidates }
    },
    async dispose() {
      await area.dispose()
      await pool.dispose()
      await rm(folder, { recursive: true, force: true })
    }
  }
}
