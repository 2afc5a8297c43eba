// What the loop of structured reflection works with: a page, its limits, and the records it makes.
import type { PageAction } from './actions.ts'
import type { EndState } from './end-states.ts'
import type { Correction, MemoryRules } from './memory.ts'
import type { Policy } from './policy.ts'
import type { Screen } from './screen.ts'

/** What a page says about how an attempt went. */
export interface PageResult {
  readonly isDone: boolean
  /** Without any loss for time taken. */
  readonly reward: number
  readonly reason: string | null
}

/** A page as the loop sees it; {@link file://../runner/page-driver.ts} is the real one. */
export interface PlayedPage {
  /** Begins anew with a seed and gives the goal. */
  reset(seed: number): Promise<string>
  observe(): Promise<Screen>
  /** False when the action could not be carried out. */
  act(action: PageAction): Promise<boolean>
  meta(): Promise<PageResult>
}

export interface SolveLimits {
  /** Attempts. */
  readonly trials: number
  /** Actions of one attempt. */
  readonly steps: number
  /** Actions of one plan. */
  readonly perScreen: number
  /** Time of one attempt in ms. */
  readonly trialMs: number
}

/** Limits of the paper's kind of runs. */
export const plainLimits: SolveLimits = { trials: 3, steps: 20, perScreen: 10, trialMs: 60_000 }

/** One thing that was done. */
export interface Decision {
  readonly screen: Screen
  readonly action: PageAction
  /** Why it was this one: replayed from before, enforced by a correction, or planned. */
  readonly source: 'replayed' | 'corrected' | 'planned'
  readonly summary: string
  readonly isDone: boolean
  readonly startedAt: number
}

/** One attempt, with the correction that followed from it. */
export interface TrialResult {
  readonly task: string
  readonly seed: number
  /** 0-based. */
  readonly trial: number
  readonly goal: string
  readonly state: EndState
  readonly reward: number
  readonly reason: string | null
  readonly decisions: readonly Decision[]
  /** The screen at the end; null once the page is done with the episode. */
  readonly last: Screen | null
  /** A line that was no action, or none that could be done; null without. */
  readonly refused: string | null
  readonly correction: Correction | null
  /** The correction of the attempt before, which this one was to obey. */
  readonly obeys: Correction | null
  readonly plans: number
  readonly startedAt: number
  readonly endedAt: number
}

export interface SolveOptions {
  readonly page: PlayedPage
  readonly policy: Policy
  readonly task: string
  readonly seed: number
  readonly limits: SolveLimits
  readonly signal: AbortSignal
  now(): number
  /** False lets an attempt go on after a loop, or after an action that changed nothing; true by default. */
  readonly endsEarly?: boolean
  /** Parts of the memory switched off; "none" = plain retries without any reflection. */
  readonly memory?: MemoryRules | 'none'
  /** Corrections that are there before the first attempt: a person's, or those of an earlier run. */
  readonly corrections?: readonly Correction[]
  /** The actions before the first of these corrections. */
  readonly prefix?: readonly PageAction[]
  /** Screens, as text, that the prefix must meet again, and the one after it; any others stop with an AppError. */
  readonly screens?: readonly string[]
  /** Number of the first attempt; 0 by default. */
  readonly firstTrial?: number
}
