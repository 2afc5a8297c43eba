// Joins core/features to what core/selection asks for.
import { cachedFeatures, ensureFeatures, type FeatureFile } from '../features/extract.ts'
import { probeFeatures } from '../features/probe.ts'
import type { NearDuplicates } from '../features/similarity.ts'
import {
  pairsTask,
  repeatsTask,
  type PairsInput,
  type PairsOutput,
  type RepeatsInput
} from '../features/similarity-tasks.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { ReadyFeatures, SelectFeatures } from '../selection/ready-features.ts'
import type { DatasetRecord } from '../store/records.ts'

/** More rows than this are not compared just to show a slider's effect. */
const pairRowsMax = 20_000
/** A measurement that takes longer than this says enough by being slow. */
const probeLimitMs = 30_000

export interface SelectFeaturesDeps {
  readonly project: OpenProject
  readonly pool: ComputePool
  /** Device asked for in settings. */
  getDevice(): string
}

function ready(file: FeatureFile): ReadyFeatures {
  const { key, rows, columns, extractor, extractorVersion, device } = file.sidecar
  return { path: file.path, key, rows, columns, extractor, extractorVersion, device }
}

/** The fingerprints of an open project, for selections. */
export function createSelectFeatures(deps: SelectFeaturesDeps): SelectFeatures {
  const { project, pool } = deps
  return {
    async ensure(context, dataset, fittedFrom, firstPhase) {
      const phases =
        firstPhase === undefined
          ? undefined
          : {
              learning: (total: number) => context.phase(firstPhase, total, 'items'),
              making: (total: number) => context.phase(firstPhase + 1, total, 'items')
            }
      return ready(await ensureFeatures(context, project, { dataset, fittedFrom }, phases))
    },
    async cached(dataset) {
      const file = await cachedFeatures(project.featuresFolder, { dataset })
      return file && ready(file)
    },
    repeats: (context: JobContext, features, rows, similarity01) =>
      pool.run<RepeatsInput, { readonly done: number }, NearDuplicates>(
        repeatsTask,
        { device: deps.getDevice(), path: features.path, rows, similarity01 },
        {
          signal: context.signal,
          cores: 'all',
          onEvent: async (event) => {
            context.progress(event.done)
            await context.breathe()
          }
        }
      ),
    probe: (dataset) =>
      probeFeatures(
        project,
        pool,
        deps.getDevice(),
        dataset,
        AbortSignal.timeout(probeLimitMs)
      ).catch(() => undefined)
  }
}

/** Example pairs around a similarity, and how many items a cut there would remove. */
export async function similarPairs(
  features: SelectFeatures,
  pool: ComputePool,
  device: string,
  dataset: DatasetRecord,
  similarity01: number
): Promise<(PairsOutput & { readonly removed: number | null }) | undefined> {
  const file = await features.cached(dataset)
  if (!file) return undefined
  const rows = Uint32Array.from({ length: file.rows }, (_, row) => row)
  const options = { signal: AbortSignal.timeout(60_000), isLight: true }
  const input = { device, path: file.path, rows, similarity01 }
  const { pairs } = await pool.run<PairsInput, never, PairsOutput>(
    pairsTask,
    { ...input, count: 4, seed: 0 },
    options
  )
  if (file.rows > pairRowsMax) return { pairs, removed: null }
  const { twins } = await pool.run<RepeatsInput, { readonly done: number }, NearDuplicates>(
    repeatsTask,
    input,
    options
  )
  return { pairs, removed: twins.reduce((sum, twin, row) => sum + (twin === row ? 0 : 1), 0) }
}
