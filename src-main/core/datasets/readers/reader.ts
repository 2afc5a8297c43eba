// What every reader of a source offers the import: a plan made by looking through the source, and
// batches of items in a fixed order that can go on from any earlier position.
import type { JsonValue } from '../../../api/dto/common.ts'
import type {
  ChatShape,
  ColumnInfo,
  DataKind,
  ImportProblem,
  SourceFormat
} from '../../../api/dto/datasets.ts'
import type { NewItem } from '../../store/records.ts'

/** Everything known about a source before its items are read. Plain and cloneable. */
export interface ImportPlan {
  readonly format: SourceFormat
  readonly kind: DataKind
  readonly columns: readonly ColumnInfo[]
  readonly labelColumn: string | null
  /** Shape of its conversations; null for other data. */
  readonly shape: ChatShape | null
  /** Sorted naturally; an item's label is an index into it. */
  readonly classNames: readonly string[]
  /** Files, pictures or rows to read. */
  readonly total: number
  /** Plain plural of what is counted: "pictures", "rows". */
  readonly unit: string
  readonly sizeBytes: number
  /** Changes when the source changed; an import never goes on from another state of its source. */
  readonly stamp: string
  readonly notes: readonly string[]
  /** The reader's own settings, needed to read the same way again. */
  readonly detail: JsonValue
}

/** Where reading stands. Plain and cloneable; {@link startPosition} before the first batch. */
export interface ReadPosition {
  /** Files, array entries or records consumed. */
  readonly units: number
  /** Items made of them: the next item's row. */
  readonly rows: number
  readonly skipped: number
}

export const startPosition: ReadPosition = { units: 0, rows: 0, skipped: 0 }

export interface ReadBatch {
  readonly items: readonly NewItem[]
  readonly problems: readonly ImportProblem[]
  /** Position after this batch. */
  readonly position: ReadPosition
}

export interface ScanProgress {
  readonly done: number
  readonly total: number
}

export interface DatasetReader {
  /** Looks through the whole source. Throws AppError when nothing in it can be imported. */
  plan(): AsyncGenerator<ScanProgress, ImportPlan, void>
  /** Reads on from `position`, in the order and with the rows of an undisturbed read. */
  read(plan: ImportPlan, position: ReadPosition): AsyncGenerator<ReadBatch, void, void>
  close(): Promise<void>
}

/** Items of one batch: large enough for cheap transactions, small enough for quick cancelling. */
export const batchItems = 1000

/** SHA-256 digests of one batch in one buffer, so that they travel between threads together. */
export function createDigestBlock(count: number): (digest: Uint8Array) => Uint8Array {
  const block = new Uint8Array(count * 32)
  let used = 0
  return (digest) => {
    const place = block.subarray(used, used + 32)
    place.set(digest)
    used += 32
    return place
  }
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' })

/** Natural order ("class 2" before "class 10"), the same on every machine. */
export function compareNaturally(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
