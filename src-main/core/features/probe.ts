// How long the fingerprints of a dataset will take, measured on a few of its own items.
import { describeSource } from '../datasets/item-source.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { DatasetRecord } from '../store/records.ts'
import { pictureOf } from './extraction-plans.ts'
import { numberColumns } from './feature-key.ts'
import {
  featureProbeTask,
  fitPictures,
  type FeatureProbeInput,
  type FeatureProbeOutput,
  type FeatureProgress
} from './feature-tasks.ts'

/** A measured expectation. */
export interface FeatureSpeed {
  /** Seconds per item with all threads at work, with the fit spread over all items. */
  readonly secondsPerItem: number
  readonly columns: number
  /** Items the figure was measured on. */
  readonly items: number
}

const probeItems = 48

/** Measures on up to 48 items; undefined when they cannot be read. Throws only when aborted. */
export async function probeFeatures(
  project: OpenProject,
  pool: ComputePool,
  device: string,
  dataset: DatasetRecord,
  signal: AbortSignal
): Promise<FeatureSpeed | undefined> {
  if (dataset.items === 0) return undefined
  // Rows of a joined matrix are only copied.
  const matrix =
    dataset.matrix === undefined ? undefined : project.store.matrices.get(dataset.matrix)
  if (matrix !== undefined)
    return { secondsPerItem: matrix.columns * 1e-8, columns: matrix.columns, items: 0 }
  // A table's rows are read and standardised at well over 100,000 a second.
  if (dataset.kind === 'table')
    return { secondsPerItem: 1e-5, columns: numberColumns(dataset).length, items: 0 }
  const input = probeInput(project, device, dataset)
  const count = input.kind === 'text' ? input.texts.length : input.locators.length
  try {
    const measured = await pool.run<FeatureProbeInput, FeatureProgress, FeatureProbeOutput>(
      featureProbeTask,
      input,
      { signal, isLight: true }
    )
    const { secondsPerItem, columns, solveSeconds } = measured
    const isFitted = input.kind === 'images'
    const fitSeconds = isFitted
      ? Math.min(fitPictures, dataset.items) * secondsPerItem + solveSeconds
      : 0
    const perItem = secondsPerItem / Math.max(1, pool.size) + fitSeconds / dataset.items
    return { secondsPerItem: perItem, columns, items: count }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Error) return undefined
    throw error
  }
}

/** Items spread over the dataset, so that a sorted one is not measured on its first class only. */
function probeInput(
  project: OpenProject,
  device: string,
  dataset: DatasetRecord
): FeatureProbeInput {
  const count = Math.min(probeItems, dataset.items)
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * dataset.items) / count))
  const items = project.store.items.rows(dataset.id, rows)
  if (dataset.kind === 'text')
    return { kind: 'text', device, texts: items.map((item) => item.text ?? '') }
  const side = Math.max(...items.map((item) => Math.max(item.width ?? 32, item.height ?? 32)))
  return {
    kind: 'images',
    device,
    source: describeSource(dataset, project.mediaFolder),
    locators: items.map(pictureOf),
    size: side <= 28 ? 28 : 32
  }
}
