// Joins core/features to what core/selection asks for.
import type { ComputePool } from '../jobs/compute-task.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { describeSource } from '../datasets/item-source.ts'
import { cachedFeatures, ensureFeatures, type FeatureFile } from '../features/extract.ts'
import {
  blockTask,
  pairsTask,
  repeatsTask,
  type BlockInput,
  type BlockOutput
} from '../features/feature-tasks.ts'
import { textColumns } from '../features/extractors/text-sentences.ts'
import { imageColumns } from '../features/extractors/image-small.ts'
import { readImageFit } from '../features/fit-file.ts'
import { featureKey } from '../features/extract.ts'
import type {
  PairsInput,
  PairsOutput,
  RepeatsInput,
  RepeatsOutput
} from '../features/similarity.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { FeatureProbe, ReadyFeatures, SelectFeatures } from '../selection/ready-features.ts'
import type { DatasetRecord } from '../store/records.ts'

/** Items a probe is measured on. */
const probeItems = 48
/** More rows than this are not compared just to show a slider's effect. */
const pairRowsMax = 20_000

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
    ensure: async (context, dataset, fittedFrom) =>
      ready(await ensureFeatures(context, project, { dataset, fittedFrom })),
    async cached(dataset) {
      const file = await cachedFeatures(project.featuresFolder, { dataset })
      return file && ready(file)
    },
    repeats: (context: JobContext, features, rows, similarity01) =>
      pool.run<RepeatsInput, { readonly done: number }, RepeatsOutput>(
        repeatsTask,
        { device: deps.getDevice(), path: features.path, rows, similarity01 },
        {
          signal: context.signal,
          onEvent: async (event) => {
            context.progress(event.done)
            await context.breathe()
          }
        }
      ),
    probe: (dataset) => probe(deps, dataset)
  }
}

/** Times a small block of the dataset's own items; the first one pays for set-up. */
async function probe(
  deps: SelectFeaturesDeps,
  dataset: DatasetRecord
): Promise<FeatureProbe | undefined> {
  const { project, pool } = deps
  const items = project.store.items.range(dataset.id, 0, probeItems)
  if (items.length === 0 || dataset.kind === 'table') {
    const columns = dataset.columns.filter((column) => column.role === 'number').length
    return { secondsPerItem: 1e-6, columns, items: items.length }
  }
  const device = deps.getDevice()
  const input = await probeInput(deps, dataset, device, items)
  if (!input) return undefined
  const time = async (): Promise<number> => {
    const began = performance.now()
    await pool.run<BlockInput, never, BlockOutput>(blockTask, input, {
      signal: AbortSignal.timeout(20_000),
      isLight: true
    })
    return (performance.now() - began) / 1000
  }
  await time()
  const columns = input.kind === 'text' ? textColumns : imageColumns
  return { secondsPerItem: (await time()) / items.length, columns, items: items.length }
}

async function probeInput(
  { project }: SelectFeaturesDeps,
  dataset: DatasetRecord,
  device: string,
  items: readonly { readonly text: string | undefined; readonly locator: string }[]
): Promise<BlockInput | undefined> {
  if (dataset.kind === 'text')
    return { device, kind: 'text', texts: items.map((item) => item.text ?? '') }
  // Pictures can only be timed once the extractor is fitted; before that past runs must do.
  const fit = await readImageFit(project.featuresFolder, featureKey({ dataset }))
  if (!fit) return undefined
  return {
    device,
    kind: 'images',
    source: describeSource(dataset, project.mediaFolder),
    locators: items.map((item) => item.locator),
    fit
  }
}

/** Example pairs around a similarity, and how many items a cut there would remove. */
export async function similarPairs(
  features: SelectFeatures,
  pool: ComputePool,
  dataset: DatasetRecord,
  similarity01: number
): Promise<(PairsOutput & { readonly removed: number | null }) | undefined> {
  const file = await features.cached(dataset)
  if (!file) return undefined
  const rows = Uint32Array.from({ length: file.rows }, (_, row) => row)
  const options = { signal: AbortSignal.timeout(60_000), isLight: true }
  const input = { device: 'auto', path: file.path, rows, similarity01 }
  const { pairs } = await pool.run<PairsInput, never, PairsOutput>(
    pairsTask,
    { ...input, count: 4, seed: 0 },
    options
  )
  if (file.rows > pairRowsMax) return { pairs, removed: null }
  const { twins } = await pool.run<RepeatsInput, never, RepeatsOutput>(repeatsTask, input, options)
  return { pairs, removed: twins.reduce((sum, twin, row) => sum + (twin === row ? 0 : 1), 0) }
}
