// Sets of agents' traces in a project file as plain objects, and the repository over them. What is
// derived (outlines) can be made anew from events and rules; events are never changed.
import type { JsonValue } from '../../api/dto/common.ts'
import type { TraceStepView } from '../../api/dto/trace-sets.ts'
import type { Effect, EventKind, Outcome, TraceEvent, TraceRecord } from '../traces/model/trace.ts'

/** Kinds by their number in the file; the order of `TraceEventKind`. Never reordered. */
export const eventKinds: readonly EventKind[] = [
  'system',
  'user',
  'assistant',
  'thought',
  'tool-call',
  'tool-result',
  'observation',
  'score',
  'error',
  'state',
  'info'
]

/** What the analyst decided about a set's tools and arguments; effects not named are guessed. */
export interface TraceSetRules {
  readonly effects: Readonly<Record<string, Effect>>
  readonly volatile: readonly string[]
  readonly isOrderFree: boolean
}

/** One tool as a set's calls use it. */
export interface ToolUse {
  readonly verb: string
  readonly calls: number
  /** Names of its arguments, most frequent first; at most 40. */
  readonly arguments: readonly string[]
}

/** A set: "building" until its first import is whole, "removing" while it goes; both listed nowhere. */
export interface TraceSetRecord {
  readonly id: string
  readonly name: string
  readonly state: 'building' | 'ready' | 'removing'
  readonly rules: TraceSetRules
  /** Most used first. */
  readonly tools: readonly ToolUse[]
  /** True while steps and findings are not yet those of the rules. */
  readonly isStale: boolean
  readonly createdAt: number
}

/** How often something of a kind ("e-mail address") was hidden. */
export interface HiddenCount {
  readonly kind: string
  readonly count: number
}

/** What one import adds to a set; invisible until it is "ready". */
export interface TracePartRecord {
  readonly part: number
  readonly set: string
  readonly state: 'building' | 'ready' | 'removing'
  /** `TraceImportOptions` as JSON, or what made the traces. */
  readonly options: JsonValue
  readonly secrets: readonly HiddenCount[]
  readonly createdAt: number
}

/** A file that a part was read from, or what made its traces. */
export interface TraceSourceRecord {
  readonly number: number
  /** For display: a name inside what was picked. */
  readonly name: string
  /** Id and words of its form. */
  readonly format: string
  readonly formatName: string
  readonly sizeBytes: number
}

/** An attempt without its events. */
export interface TraceHead extends Omit<TraceRecord, 'events'> {
  readonly trace: number
  readonly set: string
  readonly part: number
  readonly source: number
  readonly events: number
  /** Characters of text and arguments, and bytes of attachments. */
  readonly sizeBytes: number
}

/** What lists show, filter and sort by: one attempt of a set. */
export interface TraceListing {
  readonly trace: number
  readonly name: string
  readonly task: string
  /** The beginning. */
  readonly goal: string
  readonly trial: number
  readonly outcome: Outcome
  readonly reward: number | null
  readonly agent: string | null
  readonly model: string | null
  readonly startedAt: number | null
  readonly durationMs: number | null
  /** In and out together. */
  readonly tokens: number | null
  readonly events: number
  readonly sizeBytes: number
  readonly steps: number
  readonly errors: number
  /** Tools it calls, and detectors that fire on it, strongest first. */
  readonly tools: readonly string[]
  readonly detectors: readonly string[]
}

/** An attachment of an event, without its bytes. */
export interface StoredAttachment {
  readonly mime: string
  readonly name: string | null
  readonly sizeBytes: number
}

/** An event with its long texts cut. */
export interface EventPart extends Omit<TraceEvent, 'data' | 'attachments'> {
  readonly seq: number
  /** Characters (UTF-16 units) of the whole text; `text` may hold fewer. */
  readonly length: number
  /** Null when it is null, or longer as JSON text than what was asked for. */
  readonly data: JsonValue
  /** Characters of the arguments as JSON text; 0 without. */
  readonly dataLength: number
  readonly attachments: readonly StoredAttachment[]
}

/** A step without what findings say of it. */
export type StepOutline = Omit<TraceStepView, 'findings'>

/** A detector's finding as it is kept: a `Finding` of core/traces/detectors. */
export interface KeptFinding {
  readonly detector: string
  readonly severity: 0 | 1 | 2 | 3
  readonly step: number
  readonly to: number
  readonly evidence: Readonly<Record<string, JsonValue>>
}

/** What is derived from an attempt. */
export interface TraceOutline {
  /** Kind of each event: positions in {@link eventKinds}. */
  readonly kinds: Uint8Array
  readonly steps: readonly StepOutline[]
  /** By step, strongest first. */
  readonly findings: readonly KeptFinding[]
}

/**
 * An outline to store, with the columns that lists keep of it. Lists are JSON as text, written where the
 * outline was made: one of ten thousand steps is no work for the thread that stores it.
 */
export interface NewOutline extends PackedFindings {
  readonly trace: number
  readonly kinds: TraceOutline['kinds']
  /** JSON of {@link StepOutline}s, and how many they are. */
  readonly steps: string
  readonly stepCount: number
  /** Steps with an error. */
  readonly errors: number
  /** JSON of names. */
  readonly tools: string
}

/** Findings as JSON, and JSON of the ids of their detectors, each once and strongest first. */
export interface PackedFindings {
  readonly findings: string
  readonly detectors: string
}

/** The reading half: also over a connection of its own in a compute thread ({@link file://./trace-reader.ts}). */
export interface TraceReads {
  /** Sets in a state, oldest first. */
  sets(state?: TraceSetRecord['state']): readonly TraceSetRecord[]
  set(id: string): TraceSetRecord | undefined
  setByName(name: string): TraceSetRecord | undefined
  part(part: number): TracePartRecord | undefined
  /** Parts of a set in any state; of all sets without one. */
  parts(set?: string): readonly TracePartRecord[]
  sources(part: number): readonly TraceSourceRecord[]
  /** Ready parts' problems, in order. `next` continues; null at the end. */
  problems(
    set: string,
    cursor: string | null,
    limit: number
  ): {
    readonly problems: readonly { where: string; reason: string }[]
    readonly next: string | null
  }
  problemCount(set: string): number
  /** Attempts of the ready parts of a set, in the order they were added. */
  listings(set: string): readonly TraceListing[]
  /** An attempt of a ready part of a ready set; undefined when there is none such. */
  head(trace: number): TraceHead | undefined
  /** Attempts at a task of a set (ready parts, and `part`), by trial and then by id. */
  attempts(set: string, task: string, part?: number): readonly number[]
  /** {@link attempts} with the part they came with and whether they passed. */
  attemptParts(
    set: string,
    task: string,
    part?: number
  ): readonly { readonly trace: number; readonly part: number; readonly isPass: boolean }[]
  /** Attempts of a part in any state. */
  partTraces(part: number): readonly number[]
  /** Tasks of a set (ready parts, and `part`) by key. With `touchedBy`: only those with attempts in that part. */
  taskKeys(set: string, part?: number, touchedBy?: number): readonly string[]
  /** Numbers of steps of attempts that passed: ready parts, and `part`. */
  passLengths(set: string, part?: number): readonly { trace: number; steps: number }[]
  /** The whole record as it was added, whatever the state of its part; undefined when there is none. */
  record(trace: number): TraceRecord | undefined
  /** Events from (included) to (not included), texts cut to `maxChars` UTF-16 units. */
  events(trace: number, from: number, to: number, maxChars: number): readonly EventPart[]
  /** A part of a text or of arguments as JSON text; undefined when there is no such event. */
  text(
    trace: number,
    seq: number,
    what: 'text' | 'data',
    from: number,
    size: number
  ): { readonly text: string; readonly length: number } | undefined
  attachment(
    trace: number,
    seq: number,
    index: number
  ): { readonly mime: string; readonly bytes: Uint8Array } | undefined
  outline(trace: number): TraceOutline | undefined
  /** Numbers of the events outside of the main line, in order. */
  sideEvents(trace: number): number[]
  /**
   * Attempts of a set whose text holds all of these words; the last one may be unfinished.
   * undefined = nothing to look for in `text`.
   */
  search(set: string, text: string): ReadonlySet<number> | undefined
}

/** A head to write; events follow. */
export interface NewTrace extends Omit<TraceRecord, 'events'> {
  readonly part: number
  readonly source: number
  /** Number of its agent's decisions. */
  readonly steps: number
}

/** Sets of traces of an open project. */
export interface TraceRepository extends TraceReads {
  /** Inserts a "building" set. Throws AppError "dataset-name-taken". */
  insertSet(record: Omit<TraceSetRecord, 'state' | 'tools' | 'isStale'>): void
  updateSet(
    id: string,
    change: Partial<Pick<TraceSetRecord, 'name' | 'state' | 'rules' | 'tools' | 'isStale'>>
  ): void
  /** Starts a "building" part; gives its number. */
  addPart(set: string, options: JsonValue, createdAt: number): number
  updatePart(part: number, change: Partial<Pick<TracePartRecord, 'state' | 'secrets'>>): void
  addSource(part: number, source: TraceSourceRecord): void
  addProblems(
    part: number,
    problems: readonly { readonly where: string; readonly reason: string }[]
  ): void
  /** Adds an attempt without events; gives its number. */
  addTrace(trace: NewTrace): number
  /** Adds events from position `first` on. */
  addEvents(trace: number, first: number, events: readonly TraceEvent[]): void
  saveOutlines(outlines: readonly NewOutline[]): void
  /** Replaces findings alone: those of others may change when a task gets another attempt. */
  saveFindings(trace: number, findings: PackedFindings): void
  /** Drops what makes a set searchable: quicker than taking words out. */
  dropSearch(set: string): void
  /** Takes a slice of a "removing" part away; false when nothing is left of it. */
  removeSlice(part: number): boolean
  /**
   * Until the result is called, the write-ahead log may grow: somebody else moves it into the file
   * ({@link file://./trace-checkpoints.ts}).
   */
  holdCheckpoints(): () => void
  /** Removes a set whose parts are gone. */
  removeSet(id: string): void
  /** A number that rises with every change of what `listings` gives for a set. */
  changesOf(set: string): number
}
