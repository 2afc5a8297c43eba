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

/** Something a project can be brought back to. */
export const RestorePoint = z.strictObject({
  id: z.string().min(1).max(100),
  /** "replaced": the project file that stood there before another backup was restored. */
  kind: z.enum(['backup', 'replaced']),
  /** Milliseconds since 1970; 0 when it is not known. */
  madeAt: z.number(),
  sizeBytes: z.number()
})
export type RestorePoint = z.infer<typeof RestorePoint>

/** What of two states of a project differs, in names and counts. */
const Differing = z.strictObject({
  /** Names, at most twenty; `*Count` counts all. */
  datasets: z.array(z.string()),
  datasetCount: z.int(),
  runs: z.array(z.string()),
  runCount: z.int(),
  traceSets: z.array(z.string()),
  traceSetCount: z.int(),
  /** Changes to items: set aside, labels, tags, notes. */
  steps: z.int(),
  /** Finished reviews of traces. */
  reviews: z.int()
})

/** What restoring a backup changes. */
export const RestoreLoss = z.strictObject({
  madeAt: z.number(),
  /** In the project now and not in the backup; null when the project file cannot be read. */
  lost: Differing.nullable(),
  /** In the backup and not in the project now; null like `lost`. */
  back: Differing.nullable()
})
export type RestoreLoss = z.infer<typeof RestoreLoss>

/** What a project keeps only to be quicker; made again when it is needed. */
export const CacheId = z.enum(['thumbnails', 'fingerprints', 'lists'])
export type CacheId = z.infer<typeof CacheId>

/** What one takes on the disk. */
export const CacheSize = z.strictObject({ id: CacheId, files: z.int(), bytes: z.number() })
export type CacheSize = z.infer<typeof CacheSize>
