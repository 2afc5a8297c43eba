// The canonical trace: what every format is read into, and what steps, detectors and exports work on.
// Events are as they were logged and never changed; steps and actions are derived and can be rebuilt.
import type { JsonValue } from '../../../api/dto/common.ts'

/** How an attempt ended; "unknown" when the log does not say. */
export type Outcome = 'pass' | 'fail' | 'partial' | 'unknown'

export type EventKind =
  | 'system'
  | 'user'
  | 'assistant'
  | 'thought'
  | 'tool-call'
  | 'tool-result'
  | 'observation'
  | 'score'
  | 'error'
  | 'state'
  | 'info'

/** One entry of a log, in the order it was written. */
export interface TraceEvent {
  readonly kind: EventKind
  /** Who: a role or an agent's name; null when not said. */
  readonly actor: string | null
  /** Of a tool call or its result: the tool. */
  readonly name: string | null
  /** Joins a result with its call; null when the log has no ids. */
  readonly callId: string | null
  /** What was said or returned, as text. */
  readonly text: string
  /** Of a tool call: its arguments. */
  readonly data: JsonValue
  /** True when the log itself marks the result as an error. */
  readonly isError: boolean
  /** Milliseconds since 1970; null when not logged. */
  readonly time: number | null
  /** Pictures, pages and files that came with it, in the log's order. */
  readonly attachments?: readonly TraceAttachment[]
  /**
   * 0 or absent = the main line. Every try that was given up, and every helper that an agent called, is
   * a line of its own with a number from 1.
   */
  readonly lane?: number
}

/** A picture, page or file of an event, as its bytes were logged. Never run, only shown inert. */
export interface TraceAttachment {
  /** "image/jpeg", "text/html"; "application/octet-stream" when not known. */
  readonly mime: string
  readonly name: string | null
  readonly bytes: Uint8Array
}

/** What a log says of a whole attempt beside its events. Null: not logged. */
export interface TraceFacts {
  /** Name of the agent or the scaffold. */
  readonly agent: string | null
  /** Name of the language model. */
  readonly model: string | null
  /** Milliseconds since 1970. */
  readonly startedAt: number | null
  readonly durationMs: number | null
  readonly tokensIn: number | null
  readonly tokensOut: number | null
  /** As logged, usually US dollars. */
  readonly cost: number | null
  readonly seed: number | null
  /** What its task belongs to: a benchmark or a kind of task. */
  readonly family: string | null
}

/** The task an attempt was made at: attempts of equal `key` are compared with each other. */
export interface TraceTask {
  readonly key: string
  readonly goal: string
}

/** One attempt as read from a file. */
export interface TraceRecord {
  /** The log's own id, or one made from the task and the trial. */
  readonly id: string
  readonly task: TraceTask
  /** Number of the attempt at this task, from 0. */
  readonly trial: number
  readonly outcome: Outcome
  /** The reward as logged; null when there is none. */
  readonly reward: number | null
  /** Why it ended, as logged: "step limit", "error"; null when not said. */
  readonly endReason: string | null
  readonly events: readonly TraceEvent[]
  /** What could not be read of it, in sentences. */
  readonly warnings: readonly string[]
  /** Calls a right solution makes, where the log names them (benchmarks do). */
  readonly gold: readonly GoldCall[] | null
  /** The first mistake as people marked it in the log itself; null without. */
  readonly marked: MarkedMistake | null
  /** Model, agent, times, tokens; absent when the log holds none of these. */
  readonly facts?: TraceFacts
}

/** A mistake that a log names. */
export interface MarkedMistake {
  /** Index of the event it is. */
  readonly event: number
  readonly actor: string | null
  readonly reason: string
}

/** A call of a right solution. */
export interface GoldCall {
  readonly name: string
  readonly args: JsonValue
}

/** What an action does to the world. */
export type Effect = 'read' | 'write' | 'talk' | 'think' | 'end' | 'unknown'

/** One thing an agent did in a step. */
export interface TraceAction {
  /** The tool or the kind of movement: "book_reservation", "click", "say". */
  readonly verb: string
  readonly args: JsonValue
  /** Equal for equal actions: verb and canonical arguments ({@link file://./action-keys.ts}). */
  readonly key: string
  /** Verb and names of arguments: what kind of action it is. */
  readonly shape: string
  readonly effect: Effect
  /** What came back; null when nothing did. */
  readonly result: string | null
  readonly status: ActionStatus
}

/** "soft": the answer reads like a refusal; "error": it says so, or is marked so. */
export type ActionStatus = 'ok' | 'soft' | 'error' | 'none'

/** One decision of an agent: a turn with all its parallel calls. */
export interface TraceStep {
  /** 0-based. */
  readonly index: number
  /** Events that are part of it, from (included) to (not included). */
  readonly from: number
  readonly to: number
  readonly actor: string | null
  readonly actions: readonly TraceAction[]
  /** Keys of the screen before and after; null where the log holds no screens. */
  readonly before: string | null
  readonly after: string | null
}

/** A record with its steps. */
export interface Trace extends TraceRecord {
  readonly steps: readonly TraceStep[]
}

/** A change of the world that took effect. */
export function isEffectiveWrite({ effect, status }: TraceAction): boolean {
  return effect === 'write' && (status === 'ok' || status === 'soft')
}

/** Actions that decide something: neither talk nor thought. */
export function isDecision({ effect }: TraceAction): boolean {
  return effect !== 'talk' && effect !== 'think'
}
