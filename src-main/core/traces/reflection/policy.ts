// What makes plans and reflects on failures. Experts, chance, recorded answers and models all have
// this one interface, so that tests and demonstrations never need a model.
import type { PageAction } from './actions.ts'
import type { EndState } from './end-states.ts'
import type { Correction } from './memory.ts'
import type { Screen } from './screen.ts'

/** What a plan is asked for with. */
export interface PlanContext {
  readonly task: string
  readonly goal: string
  /** Elements in {@link banned} have lost their id in `text`; they are still in `screen`. */
  readonly screen: Screen
  readonly text: string
  readonly banned: ReadonlySet<number>
  /** What was done so far in this attempt, one sentence each. */
  readonly past: readonly string[]
  /** 0-based step the plan begins at. */
  readonly step: number
  /** 0-based attempt. */
  readonly trial: number
  /** A correction at this step that could not be enforced as it stands. */
  readonly lesson: Correction | undefined
  readonly signal: AbortSignal
}

/** One decision to look back at. */
export interface PastDecision {
  readonly screen: Screen
  /** The screen as text, banned ids left out. */
  readonly text: string
  readonly action: PageAction
  readonly line: string
}

/** What a reflection is asked for with. */
export interface ReflectContext {
  readonly task: string
  readonly goal: string
  readonly history: readonly PastDecision[]
  /** The screen at the end; null where the page has gone on. */
  readonly last: Screen | null
  readonly state: EndState
  readonly sentence: string
  readonly trial: number
  readonly signal: AbortSignal
}

/** What a reflection says; `action` is a line of the action grammar. */
export interface Reflection {
  readonly step: number
  readonly action: string
  readonly reason: string
}

/** Plans for one screen at a time, and reflects once after an attempt that failed. */
export interface Policy {
  /** Id with what tells it apart: "noisy 0.35". */
  readonly name: string
  /** Called before each attempt; the random numbers of an attempt follow from these. */
  start?(seed: number, trial: number): void
  /** Lines of actions, all of which can be done on this screen; empty = nothing is left to do. */
  plan(context: PlanContext): Promise<readonly string[]>
  /** The earliest step to change; null when it has no idea. */
  reflect?(context: ReflectContext): Promise<Reflection | null>
}
