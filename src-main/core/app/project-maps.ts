// The similarity maps of an open project, joined to its fingerprints, its speed measurements and
// its job engine; and "more like this", which needs the same fingerprints.
import { AppError } from '../../api/errors.ts'
import { alikeTask, type AlikeInput, type AlikeOutput } from '../features/alike.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { JobEngine } from '../jobs/engine.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { createMapJob } from '../maps/map-job.ts'
import { likenessOf } from '../maps/map-plan.ts'
import { mapProbeTask, mapSeconds, type MapProbeInput, type MapSpeed } from '../maps/map-probe.ts'
import { createMaps, type Maps } from '../maps/maps.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import { featurePhases } from '../selection/select-state.ts'
import type { DatasetRecord } from '../store/records.ts'

/** An estimate that takes longer than this is no help. */
const probeLimitMs = 20_000

export interface ProjectMapsDeps {
  readonly project: OpenProject
  readonly features: SelectFeatures
  readonly pool: ComputePool
  /** Device asked for in settings. */
  getDevice(): string
  /** The engine, built after its kinds of jobs. */
  engine(): JobEngine
}

export interface ProjectMaps {
  readonly maps: Maps
  readonly job: JobKind<{ dataset: string }, { key: string; revision: string }>
}

/** Maps of a project and the kind of job that makes them. */
export function createProjectMaps(deps: ProjectMapsDeps): ProjectMaps {
  const { project, features } = deps
  const cacheFolder = project.featuresFolder
  const job = createMapJob({
    store: project.store,
    cacheFolder,
    featurePhases,
    ensure: (context, dataset, firstPhase) =>
      features.ensure(context, dataset, undefined, firstPhase)
  })
  const maps = createMaps({
    cacheFolder,
    cached: (dataset) => features.cached(dataset),
    estimate: createEstimate(deps),
    activeJob: (dataset) =>
      deps
        .engine()
        .list()
        .find(
          (one) =>
            one.kind === 'map' &&
            one.dataset === dataset &&
            ['queued', 'running', 'pausing', 'paused', 'finishing'].includes(one.state)
        )?.id,
    submit: (dataset) =>
      deps.engine().submit({
        kind: 'map',
        title: `Map of “${dataset.name}”`,
        dataset: dataset.id,
        params: { dataset: dataset.id }
      }).id
  })
  return { maps, job }
}

/** Measures once per version of the data while the project is open. */
function createEstimate(
  deps: ProjectMapsDeps
): (dataset: DatasetRecord) => Promise<number | undefined> {
  const known = new Map<string, Promise<number | undefined>>()
  async function measure(
    dataset: DatasetRecord,
    columns: number | undefined
  ): Promise<number | undefined> {
    const fresh = columns === undefined ? await deps.features.probe(dataset) : undefined
    const width = columns ?? fresh?.columns
    if (width === undefined) return undefined
    const speed = await deps.pool.run<MapProbeInput, never, MapSpeed>(
      mapProbeTask,
      { columns: width, device: deps.getDevice() },
      { signal: AbortSignal.timeout(probeLimitMs), isLight: true }
    )
    return mapSeconds(dataset.items, speed, deps.pool.size, fresh?.secondsPerItem ?? 0)
  }
  return async (dataset) => {
    const ready = await deps.features.cached(dataset)
    const key = JSON.stringify([dataset.contentHash, ready?.key ?? null])
    const before = known.get(key)
    if (before !== undefined) return before
    const measured = measure(dataset, ready?.columns).catch(() => undefined)
    known.set(key, measured)
    // A failure is not remembered: the data may be reachable the next time.
    if ((await measured) === undefined) known.delete(key)
    return measured
  }
}

/**
 * How alike each item of a dataset is to one of them, 0..1. Throws AppError "method-not-possible"
 * while the dataset has no fingerprints: making them is for the person to start.
 */
export async function alikeItems(
  deps: Pick<ProjectMapsDeps, 'features' | 'pool'>,
  dataset: DatasetRecord,
  row: number,
  signal: AbortSignal
): Promise<Float32Array> {
  const file = await deps.features.cached(dataset)
  if (file === undefined)
    throw new AppError(
      'method-not-possible',
      'This data has no similarity fingerprints yet, so nothing can be compared.',
      { hint: 'Make them once, or make the map: then “more like this” answers at once.' }
    )
  if (!(row < file.rows)) throw new AppError('item-not-found')
  const { similarity01 } = await deps.pool.run<AlikeInput, { readonly done: number }, AlikeOutput>(
    alikeTask,
    { path: file.path, row, likeness: likenessOf(file.extractor) },
    { signal, isLight: true }
  )
  return similarity01
}
