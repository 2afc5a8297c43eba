// What planning a queue knows of each attempt; filled from the lists of a set.
import type { TraceRow } from '../../../../api/dto/trace-sets.ts'
import type { Outcome } from '../../model/trace.ts'

/** One attempt that could come into a queue. */
export interface Candidate {
  readonly trace: number
  readonly name: string
  /** Attempts of equal tasks are compared with each other. */
  readonly task: string
  readonly outcome: Outcome
  readonly steps: number
  readonly tools: readonly string[]
  /** Ids of detectors that fire on it. */
  readonly detectors: readonly string[]
  /** Milliseconds since 1970; null when not logged. */
  readonly startedAt: number | null
  /** Of its newest review. */
  readonly state: TraceRow['state']
  readonly verdict: string | null
  readonly isFlagged: boolean
}

/** A chosen attempt, with why. */
export interface Pick {
  readonly candidate: Candidate
  readonly why: string
}
