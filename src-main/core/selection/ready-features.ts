// What a selection needs from fingerprints, as an interface: finished files, near-duplicates, and
// how long it will take. core/features fulfils it through the adapter in core/app.
import type { JobContext } from '../jobs/job-kind.ts'
import type { DatasetRecord } from '../store/records.ts'

/** A finished fingerprint file with one row per item of its dataset. */
export interface ReadyFeatures {
  readonly path: string
  readonly key: string
  readonly rows: number
  readonly columns: number
  readonly extractor: string
  readonly extractorVersion: number
  readonly device: string
}

export interface Repeats {
  /** For each given row, the row that stands for it; the row itself when it is no repeat. */
  readonly twins: Uint32Array
  /** Cosine to that row, 0..1; 1 for rows that stand for themselves. */
  readonly similarity01: Float32Array
}

export interface SelectFeatures {
  /**
   * Makes the fingerprints of a dataset, or returns them at once when they are there. Examples are
   * made the way the pool's were (`fittedFrom`), so that both can be compared. Resumable. With
   * `firstPhase`, the job's phases `firstPhase` (learning) and `firstPhase` + 1 (making) are shown.
   */
  ensure(
    context: JobContext,
    dataset: DatasetRecord,
    fittedFrom: DatasetRecord | undefined,
    firstPhase?: number
  ): Promise<ReadyFeatures>
  /** The finished fingerprints of a dataset, undefined while there are none. */
  cached(dataset: DatasetRecord): Promise<ReadyFeatures | undefined>
  /** Near-duplicates among the rows (ascending) at a cosine similarity; earlier rows stand. */
  repeats(
    context: JobContext,
    features: ReadyFeatures,
    rows: Uint32Array,
    similarity01: number
  ): Promise<Repeats>
  /** Measured on a few of the dataset's own items; undefined when they cannot be read. */
  probe(dataset: DatasetRecord): Promise<FeatureProbe | undefined>
}

export interface FeatureProbe {
  readonly secondsPerItem: number
  /** Width of the fingerprints. */
  readonly columns: number
  /** Items the figure was measured on. */
  readonly items: number
}
