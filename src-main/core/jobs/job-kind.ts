// A kind of job (import, select, export ...): its stored parameters, its phases and its run.
// Kinds are handed to the engine by core/app; the engine knows none of them.
import type { z } from 'zod'
import type { UsedDevice } from '../compute/devices/device.ts'
import type { ComputePool } from './compute-task.ts'

/** What a running job may do. */
export interface JobContext {
  readonly id: string
  readonly signal: AbortSignal
  readonly pool: ComputePool
  /** Device asked for in settings: an id or "auto". */
  readonly deviceRequest: string
  /** Starts (or goes back to) phase `index` (0-based) of the declared list. */
  phase(index: number, total: number, unit: string): void
  /** Work done in the current phase; never lowers what was reported. */
  progress(done: number): void
  /** Corrects the total of the current phase. */
  total(total: number): void
  /** Resolves at once while running; waits while paused; throws when cancelled. Call per block. */
  breathe(): Promise<void>
  log(level: 'info' | 'notice' | 'error', code: string, text: string): void
  /** A note for the result card; a job with notes ends as "finished with notes". */
  note(text: string): void
  /** A measured point for the run page's charts. */
  live(series: string, x: number, y: number): void
  /**
   * Names the device a stored result came from. Devices that tasks of this job open are recorded
   * by themselves, with a note when it is not the one that was asked for.
   */
  device(name: string): void
  /** Devices opened by this job's tasks so far, each with the most cores it was given. */
  readonly devices?: readonly UsedDevice[]
  /** JSON state of the last checkpoint of this job, or undefined on a first run. */
  readonly checkpoint: unknown
  /**
   * Stores the state to go on from. Files it names must be on disk (fsynced) before. Written in
   * the same transaction as `alsoWrite`, so a partial result and its checkpoint never differ.
   */
  saveCheckpoint(state: unknown, alsoWrite?: () => void): void
  /** The job's own folder in the project: runs/<id>. Made on first use. */
  folder(): Promise<string>
  /** What the analyst chose when cancelling: keep what is done, or discard. */
  readonly keepOnCancel: boolean
}

export interface JobKind<P, R> {
  readonly kind: string
  readonly params: z.ZodType<P>
  readonly canPause: boolean
  readonly canResume: boolean
  /** Plain names with their usual share of the time. */
  readonly phases: readonly { readonly name: string; readonly weight: number }[]
  /** The phases of one job, where they depend on what it was asked (its stored parameters). */
  phasesFor?(params: unknown): JobKind<P, R>['phases']
  /** One heavy job at a time; light ones never wait behind it. */
  readonly isHeavy: boolean
  run(context: JobContext, params: P): Promise<R>
  /** Removes what a cancelled or discarded job left behind. */
  discard?(params: P, folder: string): Promise<void>
}

/** The phases of one job of a kind. */
export function phasesOf(
  kind: Pick<JobKind<never, unknown>, 'phases' | 'phasesFor'>,
  params: unknown
): JobKind<never, unknown>['phases'] {
  return kind.phasesFor?.(params) ?? kind.phases
}
