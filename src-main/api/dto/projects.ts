// A project: a folder the analyst can copy.
import { z } from '../zod.ts'
import { GrantId } from './common.ts'

export const ProjectInfo = z.strictObject({
  name: z.string(),
  place: z.string(),
  isReadOnly: z.boolean(),
  /** Why it is read-only, in words; null when it is not. */
  readOnlyReason: z.string().nullable(),
  createdAt: z.number(),
  sizeBytes: z.number(),
  isSample: z.boolean(),
  datasets: z.number(),
  items: z.number(),
  runs: z.number()
})
export type ProjectInfo = z.infer<typeof ProjectInfo>

export const RecentProject = z.strictObject({
  grant: GrantId,
  name: z.string(),
  place: z.string(),
  openedAt: z.number(),
  isMissing: z.boolean(),
  isPinned: z.boolean()
})
export type RecentProject = z.infer<typeof RecentProject>
