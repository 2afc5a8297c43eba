// The checkpoint of a check, and its phases.
import { z } from 'zod'

export const HealthState = z.strictObject({
  /** The columns and the plan are on disk; edits up to this number were in force. */
  lastEdit: z.int(),
  /** Phases whose results are on disk. */
  done: z.array(z.enum(['looked', 'compared', 'near'])),
  /** Facts of the near-duplicates; null while or when they were not looked for. */
  near: z.record(z.string(), z.number()).nullable(),
  /** Why they could not be looked for. */
  nearReason: z.string().nullable()
})
export type HealthState = z.infer<typeof HealthState>

/** The state of a check that has not begun. */
export function freshState(lastEdit: number): HealthState {
  return { lastEdit, done: [], near: null, nearReason: null }
}

/** The state of an interrupted check, undefined when there is none this version can go on from. */
export function readState(checkpoint: unknown): HealthState | undefined {
  const parsed = HealthState.safeParse(checkpoint)
  return parsed.success ? parsed.data : undefined
}

/** Number of each phase. */
export const phase = { look: 0, learn: 1, describe: 2, compare: 3, labels: 4, write: 5 } as const

/** The phases of a check around those of making fingerprints. */
export function healthPhases(
  features: readonly { readonly name: string; readonly weight: number }[]
): readonly { readonly name: string; readonly weight: number }[] {
  return [
    { name: 'Looking at every item', weight: 0.25 },
    ...features,
    { name: 'Comparing items', weight: 0.25 },
    { name: 'Checking labels', weight: 0.12 },
    { name: 'Writing the findings', weight: 0.03 }
  ]
}
