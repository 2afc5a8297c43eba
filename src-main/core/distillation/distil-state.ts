// The checkpoint of a job that makes a tiny set: which steps are done and where it can go on.
import { z } from 'zod'
import { CheckpointRef } from '../selection/selection-files.ts'

const Shape = z.strictObject({ height: z.int(), width: z.int(), channels: z.int() })

export const DistilState = z.strictObject({
  /** The split is on disk. */
  isPlanned: z.boolean(),
  /** Items are decoded; the split holds only readable ones. */
  isRead: z.boolean(),
  shape: Shape.nullable(),
  /** Helper models are there, under this key. */
  experts: z.string().nullable(),
  /** Where the method stopped. */
  running: z.strictObject({ sequence: z.int(), checkpoint: CheckpointRef }).nullable(),
  /** The best candidate so far: its folder, and the point it was made at. */
  best: z
    .strictObject({ folder: z.string(), sequence: z.int(), accuracy01: z.number(), at: z.number() })
    .nullable(),
  curve: z.array(z.strictObject({ x: z.number(), set: z.number() })),
  randomLine: z.number().nullable(),
  /** The analyst asked for the best so far. */
  isStoppedEarly: z.boolean(),
  /** The set is on disk. */
  isMade: z.boolean(),
  notes: z.array(z.string()),
  /** Accuracies of finished test units, by key. */
  units: z.record(z.string(), z.number()),
  device: z.string().nullable(),
  testDevice: z.string().nullable(),
  isWritten: z.boolean(),
  /** Seconds of work before the last stop. */
  seconds: z.number()
})
export type DistilState = z.infer<typeof DistilState>

/** State of a job that has not begun. */
export const freshState: DistilState = {
  isPlanned: false,
  isRead: false,
  shape: null,
  experts: null,
  running: null,
  best: null,
  curve: [],
  randomLine: null,
  isStoppedEarly: false,
  isMade: false,
  notes: [],
  units: {},
  device: null,
  testDevice: null,
  isWritten: false,
  seconds: 0
}

/** The stored state; a checkpoint this version cannot read counts as none. */
export function readState(checkpoint: unknown): DistilState {
  const parsed = DistilState.safeParse(checkpoint)
  return parsed.success ? parsed.data : freshState
}

/** The phases, in order. Helper models and tests are passed over where there are none. */
export const distilPhases = [
  { name: 'Reading the items', weight: 0.05 },
  { name: 'Training the helper model', weight: 0.2 },
  { name: 'Making the set', weight: 0.45 },
  { name: 'Testing the set', weight: 0.28 },
  { name: 'Writing the result', weight: 0.02 }
] as const

/** Name of one of the phases. */
export type DistilPhase = (typeof distilPhases)[number]['name']

/** Place of a phase in a list of phases. */
export function phaseAt(phases: readonly { readonly name: string }[], name: DistilPhase): number {
  return phases.findIndex((phase) => phase.name === name)
}
