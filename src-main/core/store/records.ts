// Rows of the project store as plain objects, and the repositories that read and write them.
// SQL lives only in this folder; everything else depends on these interfaces.
import type { Hash } from 'node:crypto'
import type { JsonValue } from '../../api/dto/common.ts'
import type { SavedView } from '../../api/dto/browse.ts'
import type { ChangePlaceId } from '../../api/dto/changes.ts'
import type { ChatShape, ColumnInfo, DataKind, SourceFormat } from '../../api/dto/datasets.ts'
import type { EditStep } from '../../api/dto/edits.ts'
import type { FindingKind } from '../../api/dto/health.ts'
import type { MatrixDtype, MatrixUse } from '../../api/dto/matrices.ts'
import type { JobState, LogLine, LivePoint } from '../../api/dto/jobs.ts'
import type { ReviewAct } from '../../api/dto/trace-reviews.ts'
import type { UserError } from '../../api/errors.ts'
import type { TraceRepository } from './trace-records.ts'
import type { ReviewRepository } from './review-records.ts'

export interface DatasetRecord {
  readonly id: string
  readonly name: string
  readonly kind: DataKind
  readonly format: SourceFormat
  /** "building" until its import finished, "removing" while it goes; both are listed nowhere. */
  readonly state: 'building' | 'ready' | 'removing'
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
  /** SHA-256 over fingerprints and labels as they were imported; later edits do not change it. */
  readonly contentHash: string
  readonly createdAt: number
  readonly shape: ChatShape | undefined
  /** 1, or one more than that of the dataset it was made from. */
  readonly version: number
  readonly previous: string | undefined
  /** Where items added to an earlier version come from; their locators start with the number. */
  readonly addedSources: readonly AddedSource[]
  /** Joined matrix that items are compared by; undefined = the app's own fingerprints. */
  readonly matrix: string | undefined
  /** True once the full-text index holds every item. */
  readonly isSearchable: boolean
}

/** A source beside the first one. Locators of its items are written by `addedLocator`. */
export interface AddedSource {
  readonly format: SourceFormat
  readonly storage: 'link' | 'copy'
  /** As {@link DatasetRecord.sourcePath}. */
  readonly sourcePath: string
  readonly options: JsonValue
}

/** A box on a picture, as shares of its width and height. */
export interface ItemBox {
  readonly label: string
  readonly x01: number
  readonly y01: number
  readonly width01: number
  readonly height01: number
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
  /** Locators of the pictures of a text or table row, in order; undefined for none. */
  readonly pictures?: readonly string[] | undefined
  readonly boxes?: readonly ItemBox[] | undefined
  /** Other columns' values; numbers stay numbers. */
  readonly values: Readonly<Record<string, JsonValue>>
}

export interface StoredItem extends NewItem {
  /** 16 hex digits of the fingerprint, then "-2", "-3" ... for repeats. */
  readonly key: string
  readonly isAside: boolean
  /** Row of the first item with the same fingerprint. */
  readonly duplicateOf: number | undefined
  readonly note: string
  /** Label index it came with (-1 none), when it was changed; undefined when it was not. */
  readonly givenLabel: number | undefined
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
  /** 0 when unknown. */
  readonly widths: Uint32Array
  readonly heights: Uint32Array
  /** Labels as imported; the same array as `labels` while none was changed. */
  readonly givenLabels: Int32Array
  readonly noted: Uint8Array
}

/** A step as it is stored. */
export interface EditRecord extends EditStep {
  readonly change: JsonValue
  readonly rows: Uint32Array
  /** What each row had before; its meaning depends on the kind. */
  readonly before: JsonValue
}

export interface EditRepository {
  append(dataset: string, edit: EditRecord): void
  /** Oldest first, without rows. */
  list(dataset: string): readonly EditStep[]
  get(dataset: string, number: number): EditRecord | undefined
  setUndone(dataset: string, number: number, isUndone: boolean): void
  /** Marks a step whose rows are being written; it counts as undone until it is done. */
  setUnfinished(dataset: string, number: number): void
  /** Steps that were being written when the app ended, newest first. */
  unfinished(): readonly { readonly dataset: string; readonly number: number }[]
  /** Removes the steps that were undone, before another one is made. */
  dropUndone(dataset: string): void
}

/** A change as it is stored, with where it was made. Those of one `line` follow each other. */
export type ChangeRecord = {
  /** Id of the dataset, or of the set of traces. */
  readonly place: string
  readonly name: string
  /** The dataset, or the review. */
  readonly line: string
  readonly number: number
  /** Number of the line's last change in force. */
  readonly head: number
  readonly at: number
} & (
  | { readonly kind: 'dataset'; readonly sentence: string }
  | {
      readonly kind: 'traces'
      readonly act: ReviewAct
      readonly trace: number
      readonly queue: string | null
      readonly position: number | null
      readonly attempt: string
    }
)

/** Which changes are asked for. */
export interface ChangeQuery {
  readonly place: ChangePlaceId | null
  /** Whose acts of reviews. */
  readonly reviewer: string
  readonly from: number
  readonly limit: number
}

export interface ChangeRepository {
  /** Newest first. */
  list(query: ChangeQuery): readonly ChangeRecord[]
  /** All places with changes and how many, by name. */
  places(reviewer: string): readonly {
    readonly kind: ChangePlaceId['kind']
    readonly id: string
    readonly name: string
    readonly changes: number
  }[]
}

export interface ViewRepository {
  save(view: SavedView): void
  list(dataset: string): readonly SavedView[]
  get(id: string): SavedView | undefined
  remove(id: string): void
  keepSet(id: string, dataset: string, sentence: string, rows: Uint32Array, at: number): void
  set(id: string): { readonly sentence: string; readonly rows: Uint32Array } | undefined
}

/** What a health check found. Arrays have one entry per found row, strongest first. */
export interface FindingRecord {
  readonly id: string
  readonly kind: FindingKind
  /** Title, sentence, severity and the reasons, as core/health writes them. */
  readonly spec: JsonValue
  readonly rows: Uint32Array
  /** 0-based group of each row; empty for findings without groups. */
  readonly groups: Uint32Array
  /** 1 = the one to keep of its group; empty for findings without groups. */
  readonly best: Uint8Array
  readonly scores: Float32Array
  /** Suggested label index, -1 none; empty for findings without suggestions. */
  readonly suggested: Int32Array
  readonly isDismissed: boolean
}

export interface HealthRepository {
  /** Replaces what an earlier check found; dismissals of the same finding stay. */
  save(
    dataset: string,
    check: { readonly checkedAt: number; readonly lastEdit: number; readonly spec: JsonValue },
    findings: readonly FindingRecord[]
  ): void
  check(
    dataset: string
  ): { readonly checkedAt: number; readonly lastEdit: number; readonly spec: JsonValue } | undefined
  findings(dataset: string): readonly FindingRecord[]
  finding(dataset: string, id: string): FindingRecord | undefined
  dismiss(dataset: string, id: string, isDismissed: boolean): void
}

/** A matrix joined to a dataset. */
export interface MatrixRecord {
  readonly id: string
  readonly dataset: string
  readonly name: string
  readonly use: MatrixUse
  readonly task: string | undefined
  /** Absolute when linked, inside the project when copied. */
  readonly path: string
  readonly array: string
  readonly rows: number
  readonly columns: number
  readonly dtype: MatrixDtype
  readonly sizeBytes: number
  readonly storage: 'link' | 'copy'
  /** Size and time of the file when it was joined. */
  readonly stamp: string
  readonly createdAt: number
}

export interface MatrixRepository {
  insert(record: MatrixRecord): void
  list(dataset: string): readonly MatrixRecord[]
  get(id: string): MatrixRecord | undefined
  remove(id: string): void
}

export interface DatasetRepository {
  /** Inserts a "building" dataset. Throws AppError "dataset-name-taken". */
  insert(record: DatasetRecord): void
  update(id: string, change: Partial<Omit<DatasetRecord, 'id'>>): void
  get(id: string): DatasetRecord | undefined
  byName(name: string): DatasetRecord | undefined
  /** Ready datasets, oldest first. */
  list(): readonly DatasetRecord[]
  /** Datasets in a state, oldest first. */
  inState(state: DatasetRecord['state']): readonly DatasetRecord[]
  /** Removes it with all its items at once; large ones are emptied by `items.truncate` before. */
  remove(id: string): void
  counts(id: string): DatasetCounts
  /** The counts, when they need not be counted. Every change of items forgets them. */
  knownCounts(id: string): DatasetCounts | undefined
  /** Saves counts where none are known. With a name for the state of the data, always. */
  saveCounts(id: string, counts: DatasetCounts, state?: string): void
  /** Name of the state of the data, if it has one. Every change of items forgets it. */
  listState(id: string): string | undefined
}

export interface ItemRepository {
  /** One transaction per call. Assigns keys and duplicateOf. */
  append(dataset: string, items: readonly NewItem[]): void
  /** Deletes rows >= `row` with their tags and index entries. */
  truncate(dataset: string, row: number): void
  count(dataset: string): number
  get(dataset: string, row: number): StoredItem | undefined
  rows(dataset: string, rows: readonly number[]): readonly StoredItem[]
  /** Rows first .. first+count-1. */
  range(dataset: string, first: number, count: number): readonly StoredItem[]
  columns(dataset: string): ItemColumns
  /** Fills rows first .. first+count-1 of arrays made by `emptyColumns`. */
  fillColumns(dataset: string, into: ItemColumns, first: number, count: number): void
  /** Names of rows first .. first+count-1. */
  names(dataset: string, first: number, count: number): readonly string[]
  /** Kept values of rows first .. first+count-1: one list per column. */
  valueSlices(
    dataset: string,
    columns: readonly string[],
    first: number,
    count: number
  ): readonly (readonly (JsonValue | undefined)[])[]
  /** Items with pictures of their own. */
  pictures(dataset: string): number
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
  /**
   * Items from row `first` on whose name or text holds all words, ascending, by the full-text
   * index; the last word may be unfinished. undefined = the index cannot answer: it sees more
   * than one word in one of these.
   */
  searchIndex(
    dataset: string,
    words: readonly string[],
    first: number,
    limit: number
  ): Uint32Array | undefined
  /** Name and text of rows first .. first+count-1. */
  texts(
    dataset: string,
    first: number,
    count: number
  ): readonly (readonly [string, string | null])[]
  /** Rows among first .. first+count-1 whose name or text contains `part`; A-Z fold case. */
  containing(dataset: string, part: string, first: number, count: number): Uint32Array
  /** Adds rows first .. first+count-1 to the full-text index; each row once. */
  index(dataset: string, first: number, count: number): void
  /** Throws the full-text index away, which is much quicker than taking rows out of it. */
  dropIndex(dataset: string): void
  /** First row that is not in the full-text index. */
  indexed(dataset: string): number
  setAside(dataset: string, rows: ArrayLike<number>, aside: Uint8Array): void
  /** New labels, one per row; keeps the given label of each changed item. */
  setLabels(dataset: string, rows: ArrayLike<number>, labels: Int32Array): void
  /** Notes of rows, "" for those that `noted` says have none. */
  notesOf(dataset: string, rows: ArrayLike<number>, noted: Uint8Array): readonly string[]
  setNotes(dataset: string, rows: ArrayLike<number>, notes: readonly string[]): void
  setSplitsOf(dataset: string, rows: ArrayLike<number>, splits: Uint8Array): void
  /** Tags of some rows, in their order. */
  tagsOf(dataset: string, rows: readonly number[]): readonly (readonly string[])[]
  /** Names of all tags in use, in order. */
  tagNames(dataset: string): readonly string[]
  /** Rows from `first` on that have a tag, ascending. */
  tagRows(dataset: string, tag: string, first: number, limit: number): Uint32Array
  /** `on[i]` says whether rows[i] has the tag afterwards. */
  setTag(dataset: string, tag: string, rows: ArrayLike<number>, on: Uint8Array): void
  /**
   * Copies rows first .. first+count-1 of one dataset to the same rows of another, with notes,
   * marks and tags. `labels[old]` is the new index of a label.
   */
  copyRows(from: string, to: string, labels: Int32Array, first: number, count: number): void
  /** Fills splits from row `first` on (0 when left out), after reading. */
  setSplits(dataset: string, splits: Uint8Array, first?: number): void
  /** SHA-256 (hex) over all fingerprints and labels in row order. */
  contentHash(dataset: string): string
  /** Adds what {@link contentHash} hashes of some rows to a digest: the same hash in steps. */
  hashRows(dataset: string, digest: Hash, first: number, count: number): void
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
  readonly edits: EditRepository
  readonly changes: ChangeRepository
  readonly views: ViewRepository
  readonly health: HealthRepository
  readonly matrices: MatrixRepository
  readonly traces: TraceRepository
  readonly reviews: ReviewRepository
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
