// Everything that exists while a project is open, built in dependency order: datasets, features,
// selection, reports, and the job engine that runs their jobs.
import { mkdir, statfs } from 'node:fs/promises'
import { freemem } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import type { Settings } from '../../api/dto/settings.ts'
import { createDatasetQueries, requireDataset, type DatasetQueries } from '../datasets/datasets.ts'
import { createImportJob } from '../datasets/import-job.ts'
import { prepareSamples, sampleExampleSets, sampleNames } from '../datasets/samples.ts'
import { createSelectFeatures } from './select-features.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import { createJobEngine, newJobId, type AnyJobKind, type JobEngine } from '../jobs/engine.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { selectionMethods } from '../methods/registry.ts'
import type { Platform } from '../platform/platform.ts'
import type { OpenedProject } from '../projects/projects.ts'
import { createExportJob, type ExportDeps } from '../reports/export-job.ts'
import { createProber } from '../selection/estimate.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import { createSelectJob } from '../selection/select-job.ts'
import { featurePhases } from '../selection/select-state.ts'
import { createSelection, type SelectionArea } from '../selection/selection.ts'

export interface ProjectArea {
  readonly project: OpenedProject
  readonly datasets: DatasetQueries
  readonly features: SelectFeatures
  readonly selection: SelectionArea
  readonly engine: JobEngine
  readonly exportDeps: ExportDeps
  dispose(): Promise<void>
}

export interface ProjectAreaDeps {
  readonly platform: Platform
  readonly pool: ComputePool
  getSettings(): Settings
}

/** Builds the area of an opened project; jobs left over from a crash become "interrupted". */
export function createProjectArea(project: OpenedProject, deps: ProjectAreaDeps): ProjectArea {
  const { platform, pool } = deps
  const { store } = project
  const now = (): number => platform.now()
  const features = createSelectFeatures({
    project,
    pool,
    getDevice: () => deps.getSettings().device
  })
  const datasets = createDatasetQueries({ store, mediaFolder: project.mediaFolder, pool })
  const selection = createSelection({
    store,
    methods: selectionMethods,
    prober: createProber({ store, features, pool }),
    machine: {
      freeMemoryBytes: freemem,
      freeDiskBytes: async () => {
        const disk = await statfs(project.folder)
        return disk.bavail * disk.bsize
      }
    },
    projectFolder: project.folder,
    threads: pool.size,
    deviceRequest: () => deps.getSettings().device,
    runsFolder: project.runsFolder,
    now,
    // Built below; nothing is asked of it before it is there.
    engine: () => engine
  })
  const exportDeps: ExportDeps = { project, selection, appVersion: platform.appVersion, now }
  const kinds: readonly AnyJobKind[] = [
    createImportJob({ store, mediaFolder: project.mediaFolder, now }) as AnyJobKind,
    createFeaturesJob(project, features) as AnyJobKind,
    createSelectJob({
      store,
      methods: selectionMethods,
      features,
      appVersion: platform.appVersion,
      now
    }) as AnyJobKind,
    createExportJob(exportDeps) as AnyJobKind
  ]
  const engine = createJobEngine({
    store,
    kinds,
    pool,
    platform,
    runsFolder: project.runsFolder,
    getSettings: () => deps.getSettings()
  })
  return {
    project,
    datasets,
    features,
    selection,
    engine,
    exportDeps,
    async dispose() {
      await engine.dispose()
      project.close()
    }
  }
}

const FeaturesParams = z.strictObject({ dataset: z.string() })

/** The "features" kind of job: similarity fingerprints ahead of a run. */
function createFeaturesJob(
  project: OpenedProject,
  features: SelectFeatures
): JobKind<z.infer<typeof FeaturesParams>, { key: string }> {
  return {
    kind: 'features',
    params: FeaturesParams,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: featurePhases,
    async run(context, params) {
      const dataset = requireDataset(project.store, params.dataset)
      const ready = await features.ensure(context, dataset, undefined, 0)
      return { key: ready.key }
    }
  }
}

/**
 * Fills a new sample project: writes the sample data into its media folder and queues the imports,
 * the example sets first so that the first run finds them.
 */
export async function fillSampleProject(area: ProjectArea, resources: string): Promise<void> {
  const { project, engine } = area
  const folder = join(project.mediaFolder, 'samples')
  await mkdir(project.mediaFolder, { recursive: true })
  for (const sample of await prepareSamples(resources, folder)) {
    const dataset = newJobId()
    if (sample.name === sampleNames.examples) {
      project.store.setFact('exampleSets', sampleExampleSets(dataset) as unknown as JsonValue)
    }
    engine.submit({
      kind: 'import',
      title: `Reading “${sample.name}”`,
      dataset,
      params: {
        dataset,
        name: sample.name,
        path: sample.path,
        options: sample.options,
        purpose: sample.purpose
      }
    })
  }
}
