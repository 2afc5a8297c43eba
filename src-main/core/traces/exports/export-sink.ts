// Where the built parts of an export go, and what is counted of them.
import type { ReviewBody } from '../../../api/dto/trace-reviews.ts'
import type { ManifestFile } from '../../reports/manifest.ts'
import type { Outcome, Trace } from '../model/trace.ts'
import type { PreferencePair } from './pairs.ts'
import type { BuiltSft } from './sft.ts'
import type { StepReward } from './step-rewards.ts'

/** "test" holds whole tasks that are not in "train". */
export type ExportPartName = 'train' | 'test'

/** What an export holds. */
export interface ExportCounts {
  traces: number
  /** What the logs say. */
  readonly outcomes: Record<Outcome, number>
  /** Lines for training, their turns with weight 1 and 0, and attempts without a line. */
  sft: number
  weighted: number
  masked: number
  leftOut: number
  pairs: number
  steps: number
}

/** All at zero. */
export function emptyCounts(): ExportCounts {
  return {
    traces: 0,
    outcomes: { pass: 0, fail: 0, partial: 0, unknown: 0 },
    ...{ sft: 0, weighted: 0, masked: 0, leftOut: 0, pairs: 0, steps: 0 }
  }
}

/** Takes what was built of each attempt, in order. */
export interface ExportSink {
  sft(trace: Trace, built: BuiltSft, part: ExportPartName): Promise<void>
  pairs(pairs: readonly PreferencePair[], part: ExportPartName): Promise<void>
  steps(steps: readonly StepReward[], part: ExportPartName): Promise<void>
  atif(trace: Trace, review: ReviewBody | null): Promise<void>
  /** Closes all files and says what they hold. */
  finish(): Promise<readonly ManifestFile[]>
  /** Closes all files after an error. */
  abandon(): Promise<void>
}
