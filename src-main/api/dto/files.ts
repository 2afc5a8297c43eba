// Files as a page sees them: opaque grants, never paths (security.md F1).
import { z } from '../zod.ts'
import { GrantId } from './common.ts'

export const FileKind = z.enum(['file', 'folder'])
export type FileKind = z.infer<typeof FileKind>

export const Grant = z.strictObject({
  id: GrantId,
  kind: FileKind,
  /** Name for display only (last path segment). */
  name: z.string(),
  /** Where it is, for display only; the home folder is shortened to "~". */
  place: z.string()
})
export type Grant = z.infer<typeof Grant>

export const PickPurpose = z.enum([
  'import',
  'project',
  'new-project-place',
  'export-place',
  'verify'
])
export type PickPurpose = z.infer<typeof PickPurpose>

export const PickRequest = z.strictObject({
  purpose: PickPurpose,
  kind: z.enum(['file', 'folder', 'any']),
  multiple: z.boolean().default(false)
})
export type PickRequest = z.infer<typeof PickRequest>

export const FolderEntry = z.strictObject({
  grant: Grant,
  sizeBytes: z.number().nullable(),
  modifiedAt: z.number().nullable(),
  /** True for a folder that holds a Winnow project. */
  isProject: z.boolean()
})
export type FolderEntry = z.infer<typeof FolderEntry>

/** One folder of the in-page file browser (local host). */
export const FolderListing = z.strictObject({
  here: Grant,
  parent: Grant.nullable(),
  entries: z.array(FolderEntry),
  /** True when the folder holds more entries than are listed. */
  isCut: z.boolean()
})
export type FolderListing = z.infer<typeof FolderListing>
