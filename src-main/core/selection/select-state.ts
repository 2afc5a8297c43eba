// The checkpoint of a selection job: which steps are done and where a method can go on.
import { z } from 'zod'
import { CheckpointRef } from './selection-files.ts'

export const SelectState = z.strictObject({
  /** The frozen choice is on disk. */
  isPlanned: z.boolean(),
  /** Near-duplicates have been taken out of it. */
  isCleaned: z.boolean(),
  /** Methods whose selection is on disk, by slot: "chosen", "other-0" ... */
  finished: z.array(z.string()),
  /** A method that stopped half-way. */
  running: z
    .strictObject({ slot: z.string(), sequence: z.int(), checkpoint: CheckpointRef })
    .nullable(),
  /** Accuracies of finished check units, by key. */
  units: z.record(z.string(), z.number()),
  checkDevice: z.string().nullable(),
  isWritten: z.boolean(),
  /** Seconds of work before the last stop. */
  seconds: z.number()
})
export type SelectState = z.infer<typeof SelectState>

/** State of a job that has not begun. */
export const freshState: SelectState = {
  isPlanned: false,
  isCleaned: false,
  finished: [],
  running: null,
  units: {},
  checkDevice: null,
  isWritten: false,
  seconds: 0
}

/** The stored state; a checkpoint this version cannot read counts as none. */
export function readState(checkpoint: unknown): SelectState {
  const parsed = SelectState.safeParse(checkpoint)
  return parsed.success ? parsed.data : freshState
}

/** The phases of making fingerprints: pictures are learnt from once, then all items are described. */
export const featurePhases = [
  { name: 'Learning what the items look like', weight: 0.15 },
  { name: 'Making similarity fingerprints', weight: 0.2 }
] as const

/** The phases of a selection, in order. */
export const selectPhases = [
  ...featurePhases,
  { name: 'Removing repeats', weight: 0.1 },
  { name: 'Choosing', weight: 0.2 },
  { name: 'Testing the result', weight: 0.3 },
  { name: 'Writing the result', weight: 0.05 }
] as const
