// Exported folders: plan, result, verification.
import { z } from '../zod.ts'
import { GrantId, JobId } from './common.ts'

/** What can stand beside the lists: see docs/exports.md. */
export const ExportLayout = z.enum([
  'parquet',
  'records',
  'openai',
  'sharegpt',
  'alpaca',
  'hf-folder',
  'arrays',
  'rows',
  'epochs',
  'npy',
  'safetensors'
])
export type ExportLayout = z.infer<typeof ExportLayout>

/** One layout for the data of a run. */
export const LayoutChoice = z.strictObject({
  layout: ExportLayout,
  isPossible: z.boolean(),
  /** Why it is not possible, in a sentence. */
  reason: z.string().nullable(),
  /** About how much it adds. */
  sizeBytes: z.number()
})
export type LayoutChoice = z.infer<typeof LayoutChoice>

export const ExportRequest = z.strictObject({
  run: JobId,
  /** Folder that will hold the exported folder. */
  place: GrantId,
  name: z.string().min(1).max(120),
  conflict: z.enum(['stop', 'new-name', 'replace']).default('stop'),
  /** Prefix cells a spreadsheet would run as formulas (F7). */
  spreadsheetSafe: z.boolean().default(true),
  includeLeftOut: z.boolean().default(true),
  /** Licence text to put into the data card; null = "to fill in". */
  licence: z.string().max(20_000).nullable().default(null),
  layouts: z.array(ExportLayout).max(20).default([]),
  /** Original records with one entry a line, instead of one record a line. */
  indentRecords: z.boolean().default(false),
  /** The report as PDF, too; only where the host can print. */
  reportPdf: z.boolean().default(false)
})
export type ExportRequest = z.infer<typeof ExportRequest>

export const ExportPlan = z.strictObject({
  items: z.int(),
  totalItems: z.int(),
  sizeBytes: z.number(),
  freeBytes: z.number().nullable(),
  suggestedName: z.string(),
  nameTaken: z.boolean(),
  layout: z.string(),
  layouts: z.array(LayoutChoice),
  /** False where no PDF can be made: the report is printed from a browser then. */
  canMakePdf: z.boolean(),
  /** "You are about to export 1,240 of 12,400 items (chosen set "Best 10 %")." */
  sentence: z.string()
})
export type ExportPlan = z.infer<typeof ExportPlan>

export const ExportRecord = z.strictObject({
  id: JobId,
  run: JobId,
  name: z.string(),
  place: z.string(),
  items: z.int(),
  bytes: z.number(),
  createdAt: z.number(),
  isMissing: z.boolean()
})
export type ExportRecord = z.infer<typeof ExportRecord>

export const VerifyResult = z.strictObject({
  ok: z.boolean(),
  files: z.int(),
  missing: z.array(z.string()),
  changed: z.array(z.string()),
  extra: z.array(z.string()),
  sentence: z.string(),
  /** Training conversations of reviewed attempts: how many are sound, and the first problems. */
  conversations: z
    .strictObject({ lines: z.int(), valid: z.int(), problems: z.array(z.string()) })
    .optional()
})
export type VerifyResult = z.infer<typeof VerifyResult>
