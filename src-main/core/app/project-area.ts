// Everything that exists while a project is open, built in dependency order: datasets, features,
// selection, reports, and the job engine that runs their jobs.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import type { JobState } from '../../api/dto/jobs.ts'
import type { Settings } from '../../api/dto/settings.ts'
import { createDatasetQueries, requireDataset, type DatasetQueries } from '../datasets/datasets.ts'
import { createBrowse, type Browse } from '../datasets/browse/browse.ts'
import { createPreparedLists } from '../datasets/browse/prepared-lists.ts'
import { createEdits, type Edits } from '../datasets/edits/edits.ts'
import { createImportJob } from '../datasets/import-job.ts'
import { createRemovals } from '../datasets/removals.ts'
import {
  prepareSamples,
  sampleExampleSets,
  sampleNames,
  sampleTraces
} from '../datasets/samples.ts'
import { createAnalyseJob } from '../distillation/analyse-job.ts'
import { createAnalyses, type Analyses } from '../distillation/analyses.ts'
import { createDistilJob } from '../distillation/distil-job.ts'
import { createDistillation, type DistillationArea } from '../distillation/distillation.ts'
import { createEarlyStops } from '../distillation/early-stops.ts'
import { openSet } from '../distillation/open-set.ts'
import { createNetworkProber } from '../distillation/network-prober.ts'
import { knownDevices } from '../compute/devices/registry.ts'
import { createHealthJob } from '../health/health-job.ts'
import { createInbox, type Inbox } from '../files/inbox.ts'
import type { NetworkSpeeds } from './network-speeds.ts'
import { createSelectFeatures } from './select-features.ts'
import { createLearnGroupsJob } from '../groups/learn-job.ts'
import { createImportRoomsJob } from '../rooms/import-job.ts'
import { createTrainRoomsJob } from '../rooms/train-job.ts'
import { createExpandJob, createMeasureExpandJob } from '../synthesis/expand-job.ts'
import { ownModelsFolder } from '../synthesis/own-model/own-models.ts'
import { createPictureModels, type PictureModels } from '../synthesis/picture-models.ts'
import { createTrainPicturesJob } from '../synthesis/train-model-job.ts'
import { createRunPagesJob, type RunPagesDeps } from '../traces/runner/run-job.ts'
import { createTryCorrectionJob } from '../traces/runner/try-job.ts'
import { createPageRunner } from '../traces/runner/runner.ts'
import {
  createImportTracesJob,
  importTracesKind,
  ImportTracesParams
} from '../traces/import/import-job.ts'
import { createDeriveTracesJob } from '../traces/stored/derive-job.ts'
import { alikeItems, createProjectMaps } from './project-maps.ts'
import { traceExportJobs } from './trace-export-jobs.ts'
import { createTraceArea, resumeDerivations, type TraceArea } from './trace-area.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import { createJobEngine, newJobId, type AnyJobKind, type JobEngine } from '../jobs/engine.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import type { Maps } from '../maps/maps.ts'
import { createMatrices, type Matrices } from '../matrices/matrices.ts'
import { createMatrixJob } from '../matrices/matrix-job.ts'
import { distillationMethods } from '../methods/distillation/registry.ts'
import { selectionMethods } from '../methods/registry.ts'
import type { Platform } from '../platform/platform.ts'
import { listsFolderOf } from '../projects/open-project.ts'
import type { OpenedProject } from '../projects/projects.ts'
import { createExportJob } from '../reports/export-job.ts'
import type { ExportDeps } from '../reports/export-work.ts'
import { reportFacts } from './report-facts.ts'
import { runPasses } from './run-passes.ts'
import { createProber } from '../selection/estimate.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import { createSelectJob } from '../selection/select-job.ts'
import { featurePhases } from '../selection/select-state.ts'
import { createSelection, type SelectionArea } from '../selection/selection.ts'

const never = new AbortController().signal

export interface ProjectArea {
  readonly project: OpenedProject
  readonly datasets: DatasetQueries
  readonly browse: Browse
  readonly edits: Edits
  /** Dropped files on their way into the project. */
  readonly inbox: Inbox
  readonly features: SelectFeatures
  readonly maps: Maps
  readonly matrices: Matrices
  readonly selection: SelectionArea
  readonly distillation: DistillationArea
  readonly analyses: Analyses
  readonly traces: TraceArea
  /** Models that pictures are made with. */
  readonly models: PictureModels
  readonly engine: JobEngine
  readonly exportDeps: ExportDeps
  dispose(): Promise<void>
}

export interface ProjectAreaDeps {
  readonly platform: Platform
  readonly pool: ComputePool
  /** Speeds of networks measured at quieter moments; for this project alone when absent. */
  readonly networkSpeeds?: NetworkSpeeds
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
  const lists = createPreparedLists(listsFolderOf(project), store.isReadOnly)
  const browse = createBrowse({
    store,
    alike: (record, row) => alikeItems({ features, pool }, record, row, never),
    lists
  })
  const edits = createEdits({ store, browse, now })
  const removals = createRemovals({ store, mediaFolder: project.mediaFolder, browse })
  const datasets = createDatasetQueries({
    store,
    mediaFolder: project.mediaFolder,
    pool,
    browse,
    removals
  })
  const traces = createTraceArea(store)
  const { maps, job: mapJob } = createProjectMaps({
    project,
    features,
    pool,
    getDevice: () => deps.getSettings().device,
    engine: () => engine
  })
  const matrices = createMatrices({
    store,
    mediaFolder: project.mediaFolder,
    // Orders by likeness are made of the fingerprints.
    onChange: (dataset) => browse.forget(dataset)
  })
  const machine = {
    freeMemoryBytes: () => platform.readings.freeMemoryBytes(),
    freeDiskBytes: () => platform.readings.freeDiskBytes(project.folder)
  }
  const selection = createSelection({
    store,
    items: browse,
    methods: selectionMethods,
    prober: createProber({ store, features, pool, mediaFolder: project.mediaFolder }),
    machine,
    projectFolder: project.folder,
    threads: pool.size,
    deviceRequest: () => deps.getSettings().device,
    runsFolder: project.runsFolder,
    pool,
    features,
    alike: (record, row) => alikeItems({ features, pool }, record, row, never),
    now,
    // Built below; nothing is asked of it before it is there.
    engine: () => engine
  })
  const stops = createEarlyStops()
  const networkProber = createNetworkProber({
    store,
    pool,
    mediaFolder: project.mediaFolder,
    ...(deps.networkSpeeds !== undefined && { memory: deps.networkSpeeds })
  })
  const distillation = createDistillation({
    store,
    items: browse,
    methods: distillationMethods,
    features,
    prober: networkProber,
    machine,
    projectFolder: project.folder,
    threads: pool.size,
    deviceRequest: () => deps.getSettings().device,
    isGraphics: (id) => knownDevices.some((device) => device.id === id && device.isGraphics),
    runsFolder: project.runsFolder,
    stops,
    pool,
    expertsFolder: join(project.folder, 'experts'),
    mediaFolder: project.mediaFolder,
    now,
    engine: () => engine
  })
  const analyses = createAnalyses({
    store,
    runsFolder: project.runsFolder,
    prober: networkProber,
    deviceRequest: () => deps.getSettings().device,
    engine: () => engine
  })
  const pageDeps: RunPagesDeps = {
    store,
    runner: createPageRunner(platform, pool),
    pool,
    answersPath: join(project.folder, 'model-answers.jsonl'),
    removals: traces.removals,
    now
  }
  const exportDeps: ExportDeps = {
    project,
    selection,
    tiny: {
      has: (run) => distillation.has(run),
      result: (run) => distillation.result(run),
      // One that cannot be read is said on the result page, and keeps no set from being exported.
      analysis: async (run) => (await analyses.read(run).catch(() => undefined))?.analysis ?? null,
      open: async (run) =>
        openSet(
          { store, pool, mediaFolder: project.mediaFolder, methods: distillationMethods, features },
          {
            folder: join(project.runsFolder, run),
            result: distillation.result(run),
            manifest: await distillation.manifest(run)
          }
        )
    },
    appVersion: platform.appVersion,
    now,
    passes: (run) => runPasses(project, selection.result(run)),
    reportFacts: (result) => reportFacts({ project, browse, maps, selection }, result),
    printPdf: platform.printPdf
  }
  const models = createPictureModels({
    store,
    runsFolder: project.runsFolder,
    ownFolder: ownModelsFolder(project.folder),
    resources: platform.paths.resources
  })
  const expandDeps = {
    store,
    items: browse,
    dataset: (id: string) => requireDataset(store, id),
    mediaFolder: project.mediaFolder,
    runsFolder: project.runsFolder,
    models
  }
  const importJob = createImportJob({ store, mediaFolder: project.mediaFolder, removals, now })
  const kinds: readonly AnyJobKind[] = [
    importJob as AnyJobKind,
    ...traceExportJobs({ store, appVersion: platform.appVersion, importJob, now }),
    createFeaturesJob(project, features) as AnyJobKind,
    createSelectJob({
      store,
      items: browse,
      methods: selectionMethods,
      features,
      appVersion: platform.appVersion,
      mediaFolder: project.mediaFolder,
      now
    }) as AnyJobKind,
    createDistilJob({
      store,
      items: browse,
      methods: distillationMethods,
      features,
      appVersion: platform.appVersion,
      mediaFolder: project.mediaFolder,
      expertsFolder: join(project.folder, 'experts'),
      stops,
      now
    }) as AnyJobKind,
    createAnalyseJob({
      store,
      features,
      mediaFolder: project.mediaFolder,
      runsFolder: project.runsFolder,
      now
    }) as AnyJobKind,
    createExportJob(exportDeps) as AnyJobKind,
    mapJob as AnyJobKind,
    createRunPagesJob(pageDeps) as AnyJobKind,
    createTryCorrectionJob(pageDeps) as AnyJobKind,
    createImportRoomsJob({
      store,
      projectFolder: project.folder,
      removals: traces.removals,
      now
    }) as AnyJobKind,
    createTrainRoomsJob({ store, projectFolder: project.folder, now }) as AnyJobKind,
    createExpandJob(expandDeps) as AnyJobKind,
    createMeasureExpandJob(expandDeps) as AnyJobKind,
    createTrainPicturesJob(expandDeps) as AnyJobKind,
    createLearnGroupsJob({
      ...{ store, features, now, mediaFolder: project.mediaFolder },
      use: (dataset, matrix) => matrices.use(dataset, matrix)
    }) as AnyJobKind,
    createImportTracesJob({ store, removals: traces.removals, now }) as AnyJobKind,
    createDeriveTracesJob({ store }) as AnyJobKind,
    createMatrixJob({ store, mediaFolder: project.mediaFolder, now }) as AnyJobKind,
    createHealthJob({
      store,
      mediaFolder: project.mediaFolder,
      columns: (dataset) => browse.columns(dataset),
      ensure: (context, dataset, firstPhase) =>
        features.ensure(context, dataset, undefined, firstPhase),
      cached: (dataset) => features.cached(dataset),
      featurePhases,
      now
    }) as AnyJobKind
  ]
  const engine = createJobEngine({
    store,
    kinds,
    pool,
    platform: {
      ...platform,
      keepAwake: (isOn) => platform.keepAwake?.(isOn && deps.getSettings().keepAwake)
    },
    runsFolder: project.runsFolder,
    getSettings: () => deps.getSettings()
  })
  resumeDerivations({ project, engine })
  const inbox = createProjectInbox(project, platform)
  return {
    project,
    datasets,
    browse,
    edits,
    inbox,
    features,
    maps,
    matrices,
    selection,
    distillation,
    analyses,
    traces,
    models,
    engine,
    exportDeps,
    async dispose() {
      await engine.dispose()
      removals.dispose()
      traces.removals.dispose()
      await removals.settled()
      await traces.removals.settled()
      await edits.settled()
      browse.dispose()
      await lists.settled()
      await deps.networkSpeeds?.settled()
      if (!store.isReadOnly) await inbox.dispose().catch(() => {})
      project.close()
    }
  }
}

/** The inbox of a project. What an earlier run of the app left in it is removed. */
function createProjectInbox(project: OpenedProject, { readings }: Platform): Inbox {
  const { store, folder, mediaFolder } = project
  const inbox = createInbox({
    projectFolder: folder,
    mediaFolder,
    freeBytes: () => readings.freeDiskBytes(folder),
    pathsInUse: () => (store.isReadOnly ? [] : pathsOfUnfinishedImports(store))
  })
  // A folder that cannot be tidied now is tidied at the next drop or the next start.
  if (!store.isReadOnly) void inbox.tidy().catch(() => {})
  return inbox
}

const unfinishedStates: readonly JobState[] = [
  'queued',
  'running',
  'pausing',
  'paused',
  'finishing',
  'interrupted',
  'failed'
]

/** Sources that imports not yet ended still read from. */
function pathsOfUnfinishedImports(store: OpenedProject['store']): string[] {
  return store.jobs.inStates(unfinishedStates).flatMap(({ kind, params }) => {
    if (kind === 'import') {
      const path = typeof params === 'object' && params !== null && 'path' in params && params.path
      return typeof path === 'string' ? [path] : []
    }
    if (kind !== importTracesKind) return []
    const { data } = ImportTracesParams.safeParse(params)
    return data?.picked.map(({ path }) => path) ?? []
  })
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

/** Everything the sample holds now, by name. */
const sampleParts: readonly string[] = [...Object.values(sampleNames), sampleTraces.name]

/**
 * What the open sample project was never filled with: a version of the app that made it may have
 * known less. What the analyst removed is not missed.
 */
export function sampleGaps({ project: { store } }: ProjectArea): string[] {
  if (store.fact('isSample') !== true || store.isReadOnly) return []
  const noted = store.fact('sampleParts')
  const filled: readonly unknown[] = Array.isArray(noted)
    ? noted
    : // Made before this was noted: pictures and texts have always been part of it.
      [
        ...Object.values(sampleNames),
        ...(store.traces.setByName(sampleTraces.name) === undefined ? [] : [sampleTraces.name])
      ]
  return sampleParts.filter((part) => !filled.includes(part))
}

/**
 * Fills a sample project: writes the sample data into its media folder and queues the imports, the
 * example sets first so that the first run finds them. `parts` are the names of what to add.
 */
export async function fillSampleProject(
  area: ProjectArea,
  resources: string,
  parts: readonly string[] = sampleParts
): Promise<void> {
  const { project, engine } = area
  const folder = join(project.mediaFolder, 'samples')
  await mkdir(project.mediaFolder, { recursive: true })
  const wanted = Object.values(sampleNames).some((name) => parts.includes(name))
  for (const sample of wanted ? await prepareSamples(resources, folder) : []) {
    if (!parts.includes(sample.name)) continue
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
  project.store.setFact('sampleParts', [...sampleParts])
  if (!parts.includes(sampleTraces.name)) return
  engine.submit({
    kind: importTracesKind,
    title: `Reading \u201C${sampleTraces.name}\u201D`,
    params: {
      set: newJobId(),
      name: sampleTraces.name,
      picked: [{ path: join(resources, sampleTraces.file), isFolder: false }],
      options: { hideSecrets: true, mapping: null }
    } satisfies ImportTracesParams
  })
}
