// The checkpoint of a selection job: which steps are done and where a method can go on.
import { z } from 'zod'
import type { SelectDraft } from '../../api/dto/runs.ts'
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
  /** Accuracies of the search for the smallest set, by size and draw. */
  sizes: z.record(z.string(), z.number()).default({}),
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
  sizes: {},
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

/** The phase that comes after "Choosing" when the smallest set is looked for. */
export const searchPhase = { name: 'Finding the smallest set', weight: 0.3 } as const

/** Name of one of the phases. */
export type SelectPhase = (typeof selectPhases)[number]['name'] | typeof searchPhase.name

/** The phases of one selection, from its draft as stored. */
export function selectPhasesFor(params: unknown): readonly Phase[] {
  if (!SearchBudget.safeParse(params).success) return selectPhases
  return selectPhases.flatMap((phase): Phase[] =>
    phase.name === 'Choosing' ? [phase, searchPhase] : [phase]
  )
}

interface Phase {
  readonly name: SelectPhase
  readonly weight: number
}

// Only the budget: a draft can hold a million keys, and its phases are asked for with every view.
const SearchBudget = z.object({ budget: z.object({ kind: z.literal('smallest') }) })

/** Place of a phase in the list of a draft's run. */
export function phaseAt(draft: SelectDraft, name: SelectPhase): number {
  return selectPhasesFor(draft).findIndex((phase) => phase.name === name)
}
