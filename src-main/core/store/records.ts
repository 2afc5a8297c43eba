// Rows of the project store as plain objects, and the repositories that read and write them.
// SQL lives only in this folder; everything else depends on these interfaces.
import type { JsonValue } from '../../api/dto/common.ts'
import type { ColumnInfo, DataKind, ItemFilter, SourceFormat } from '../../api/dto/datasets.ts'
import type { JobState, LogLine, LivePoint } from '../../api/dto/jobs.ts'
import type { UserError } from '../../api/errors.ts'

export interface DatasetRecord {
  readonly id: string
  readonly name: string
  readonly kind: DataKind
  readonly format: SourceFormat
  /** "building" until its import finished; such datasets are listed nowhere. */
  readonly state: 'building' | 'ready'
  readonly purpose: 'pool' | 'examples'
  readonly storage: 'link' | 'copy'
  /** Absolute path of the linked source, or path inside the project when copied. */
  readonly sourcePath: string
  readonly options: JsonValue
  readonly columns: readonly ColumnInfo[]
  readonly labelColumn: string | undefined
  readonly classNames: readonly string[]
  readonly items: number
  readonly skipped: number
  readonly sizeBytes: number
  readonly contentHash: string
  readonly createdAt: number
}

/** One item as the importer writes it. `row` is 0-based, contiguous, in reading order. */
export interface NewItem {
  readonly row: number
  readonly name: string
  /** Index into the dataset's class names; -1 = no label. */
  readonly label: number
  readonly split: 'train' | 'test' | 'none'
  /** SHA-256 of the content (image bytes, or the canonical form of the row), 32 bytes. */
  readonly fingerprint: Uint8Array
  readonly text: string | undefined
  readonly width: number | undefined
  readonly height: number | undefined
  /** Where the bytes are: entry name, file path relative to the source, or index in an array file. */
  readonly locator: string
  readonly sizeBytes: number
  /** Other columns' values; numbers stay numbers. */
  readonly values: Readonly<Record<string, JsonValue>>
}

export interface StoredItem extends NewItem {
  /** 16 hex digits of the fingerprint, then "-2", "-3" ... for repeats. */
  readonly key: string
  readonly isAside: boolean
  /** Row of the first item with the same fingerprint. */
  readonly duplicateOf: number | undefined
}

export interface DatasetCounts {
  readonly setAside: number
  readonly exactDuplicates: number
  readonly missingLabels: number
  readonly train: number
  readonly test: number
  readonly perClass: readonly {
    readonly index: number
    readonly count: number
    readonly train: number
    readonly test: number
  }[]
}

/** Per-row columns of a whole dataset as typed arrays, for methods and rules. */
export interface ItemColumns {
  readonly labels: Int32Array
  /** 0 none, 1 train, 2 test. */
  readonly splits: Uint8Array
  readonly aside: Uint8Array
  /** Row of the first item with the same fingerprint, or the row itself. */
  readonly firstSame: Uint32Array
  readonly sizes: Float64Array
  /** Characters of text, 0 for others. */
  readonly textLengths: Uint32Array
}

export interface DatasetRepository {
  /** Inserts a "building" dataset. Throws AppError "dataset-name-taken". */
  insert(record: DatasetRecord): void
  update(id: string, change: Partial<Omit<DatasetRecord, 'id'>>): void
  get(id: string): DatasetRecord | undefined
  byName(name: string): DatasetRecord | undefined
  /** Ready datasets, oldest first. */
  list(): readonly DatasetRecord[]
  remove(id: string): void
  counts(id: string): DatasetCounts
}

export interface ItemRepository {
  /** One transaction per call. Assigns keys and duplicateOf. */
  append(dataset: string, items: readonly NewItem[]): void
  /** Deletes rows >= `row` (an import going on from its checkpoint). */
  truncate(dataset: string, row: number): void
  count(dataset: string): number
  get(dataset: string, row: number): StoredItem | undefined
  rows(dataset: string, rows: readonly number[]): readonly StoredItem[]
  /** Rows first .. first+count-1. */
  range(dataset: string, first: number, count: number): readonly StoredItem[]
  page(
    dataset: string,
    filter: ItemFilter,
    cursor: string | null,
    limit: number
  ): { readonly items: readonly StoredItem[]; readonly next: string | null; readonly total: number }
  /** Rows that match, ascending. */
  matching(dataset: string, filter: ItemFilter): Uint32Array
  columns(dataset: string): ItemColumns
  /** Values of one kept column as strings, "" when missing; length = items. */
  columnValues(dataset: string, column: string): readonly string[]
  /** Values of numeric columns, row-major rows x columns; NaN when missing. */
  numberBlock(
    dataset: string,
    columns: readonly string[],
    first: number,
    count: number
  ): Float64Array
  rowsOfKeys(
    dataset: string,
    keys: readonly string[]
  ): { readonly rows: Uint32Array; readonly unknown: readonly string[] }
  setAside(dataset: string, rows: readonly number[], aside: boolean): number
  /** Fills the split column after reading (seeded, stratified hold-out). */
  setSplits(dataset: string, splits: Uint8Array): void
  /** SHA-256 (hex) over all fingerprints and labels in row order. */
  contentHash(dataset: string): string
}

export interface ProblemRepository {
  append(
    dataset: string,
    problems: readonly { readonly where: string; readonly reason: string }[]
  ): void
  page(
    dataset: string,
    cursor: string | null,
    limit: number
  ): {
    readonly problems: readonly { where: string; reason: string }[]
    readonly next: string | null
    readonly total: number
  }
  removeAll(dataset: string): void
}

export interface JobRecord {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly state: JobState
  readonly dataset: string | undefined
  readonly run: string | undefined
  readonly params: JsonValue
  readonly phaseIndex: number
  readonly phaseDone: number
  readonly phaseTotal: number
  readonly phaseUnit: string
  readonly fraction01: number
  readonly position: number
  readonly createdAt: number
  readonly startedAt: number | undefined
  readonly finishedAt: number | undefined
  readonly activeSeconds: number
  readonly error: UserError | undefined
  readonly notes: readonly string[]
  readonly device: string | undefined
  readonly result: JsonValue | undefined
  /** Per-process id and time of the last sign of life; two windows cannot run one job. */
  readonly leaseOwner: string | undefined
  readonly leaseAt: number | undefined
  readonly cancelKeeps: boolean
}

export interface JobRepository {
  insert(record: JobRecord): void
  update(id: string, change: Partial<Omit<JobRecord, 'id' | 'kind'>>): void
  get(id: string): JobRecord | undefined
  /** Newest first. Without `result` and `params`, which may be large. */
  list(): readonly JobRecord[]
  /** Jobs in one of these states, by queue position, then oldest first. */
  inStates(states: readonly JobState[]): readonly JobRecord[]
  remove(id: string): void
  checkpoint(id: string): JsonValue | undefined
  /** Same transaction as `alsoWrite`. */
  saveCheckpoint(id: string, state: JsonValue, alsoWrite?: () => void): void
  clearCheckpoint(id: string): void
  appendLog(id: string, line: LogLine): void
  log(id: string, after: number): { readonly lines: readonly LogLine[]; readonly next: number }
  appendLive(id: string, point: LivePoint): void
  live(id: string): readonly LivePoint[]
  /** Seconds per unit of a phase on this computer, for weights and ETA. */
  phaseSpeed(kind: string, phase: string, dataKind: string): number | undefined
  savePhaseSpeed(kind: string, phase: string, dataKind: string, secondsPerUnit: number): void
}

/** A finished or running selection. `id` is the job's id. */
export interface RunRecord {
  readonly id: string
  readonly name: string
  readonly dataset: string
  readonly datasetName: string
  readonly method: string
  readonly draft: JsonValue
  /** SelectionResult as JSON once there is one. */
  readonly result: JsonValue | undefined
  readonly createdAt: number
}

export interface RunRepository {
  insert(record: RunRecord): void
  update(id: string, change: Partial<Omit<RunRecord, 'id'>>): void
  get(id: string): RunRecord | undefined
  list(): readonly RunRecord[]
  remove(id: string): void
}

export interface DraftRepository {
  save(id: string, step: string, draft: JsonValue, savedAt: number): void
  list(): readonly {
    readonly id: string
    readonly step: string
    readonly draft: JsonValue
    readonly savedAt: number
  }[]
  remove(id: string): void
}

export interface ExportRepository {
  insert(record: {
    id: string
    run: string
    name: string
    path: string
    items: number
    bytes: number
    createdAt: number
  }): void
  list(run: string): readonly {
    id: string
    run: string
    name: string
    path: string
    items: number
    bytes: number
    createdAt: number
  }[]
  get(id: string):
    | {
        id: string
        run: string
        name: string
        path: string
        items: number
        bytes: number
        createdAt: number
      }
    | undefined
}

/** The open project file. */
export interface Store {
  readonly path: string
  readonly isReadOnly: boolean
  readonly readOnlyReason: string | undefined
  readonly datasets: DatasetRepository
  readonly items: ItemRepository
  readonly problems: ProblemRepository
  readonly jobs: JobRepository
  readonly runs: RunRepository
  readonly drafts: DraftRepository
  readonly exports: ExportRepository
  /** Small key-value facts of the project: name, createdAt, isSample. */
  fact(key: string): JsonValue | undefined
  setFact(key: string, value: JsonValue): void
  /** Runs `work` in one immediate transaction. */
  transaction<T>(work: () => T): T
  /** Consistent copy of the file, made while in use. */
  backup(target: string): Promise<void>
  /** quick_check and schema comparison; empty when sound. */
  check(): readonly string[]
  dispose(): void
}
