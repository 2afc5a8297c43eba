// Datasets and their items, from preview to item page.
import { z } from '../zod.ts'
import { ItemFilter, ItemSort, SplitName, Window, noFilter, ownOrder } from './browse.ts'
import { DatasetId, Json } from './common.ts'

export const DataKind = z.enum(['images', 'text', 'table'])
export type DataKind = z.infer<typeof DataKind>

/** What was recognised, by content. */
export const SourceFormat = z.enum([
  'image-folder',
  'image-zip',
  'idx',
  'csv',
  'tsv',
  'jsonl',
  'json',
  'parquet',
  'xlsx',
  'arrow',
  'hf-folder',
  'npy',
  'npz',
  'safetensors',
  'coco',
  'yolo',
  'voc'
])
export type SourceFormat = z.infer<typeof SourceFormat>

/** Shape of a conversation record, by its fields (product.md 10). */
export const ChatShape = z.enum(['sharegpt', 'llava', 'alpaca', 'openai'])
export type ChatShape = z.infer<typeof ChatShape>

/**
 * What a column is for. `number` columns become features of a table; a `picture` column holds
 * pictures or names of picture files; a `chat` column holds a conversation.
 */
export const ColumnRole = z.enum([
  'text',
  'chat',
  'picture',
  'label',
  'split',
  'group',
  'id',
  'number',
  'keep',
  'ignore'
])
export type ColumnRole = z.infer<typeof ColumnRole>

export const ColumnInfo = z.strictObject({
  name: z.string(),
  type: z.enum(['text', 'number', 'category', 'yes-no', 'date', 'picture', 'chat', 'list']),
  role: ColumnRole,
  /** How sure the guess of the role is, 0..1. */
  confidence01: z.number(),
  distinct: z.number().nullable(),
  missing: z.number(),
  examples: z.array(z.string())
})
export type ColumnInfo = z.infer<typeof ColumnInfo>

export const SplitChoice = z.discriminatedUnion('kind', [
  /** Use the split column or the train/test folders or files found. */
  z.strictObject({ kind: z.literal('existing') }),
  /** Seeded, stratified by label. */
  z.strictObject({
    kind: z.literal('holdout'),
    testFraction01: z.number().min(0.01).max(0.9),
    seed: z.int().min(0)
  }),
  z.strictObject({ kind: z.literal('none') })
])
export type SplitChoice = z.infer<typeof SplitChoice>

export const ImportOptions = z.strictObject({
  /** Read as; null = as recognised. */
  as: z.enum(['images', 'table', 'text', 'arrays']).nullable().default(null),
  delimiter: z.string().max(4).nullable().default(null),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).nullable().default(null),
  hasHeader: z.boolean().nullable().default(null),
  /** Sheet of a workbook; null = the first one with rows. */
  sheet: z.string().max(200).nullable().default(null),
  /** Array of an NPZ or safetensors file that holds the items; null = as recognised. */
  array: z.string().max(500).nullable().default(null),
  /** Array with one label per item; null = as recognised, "" = none. */
  labelArray: z.string().max(500).nullable().default(null),
  /** Column name -> role; columns not named keep the guess. */
  roles: z.record(z.string(), ColumnRole).default({}),
  split: SplitChoice.default({ kind: 'existing' }),
  /** Copy the originals into the project, or read them where they are. */
  storage: z.enum(['link', 'copy']).default('link')
})
export type ImportOptions = z.infer<typeof ImportOptions>

export const ImportProblem = z.strictObject({
  /** Row or line number (1-based) or entry name. */
  where: z.string(),
  /** Plain reason. */
  reason: z.string()
})
export type ImportProblem = z.infer<typeof ImportProblem>

export const PreviewItem = z.strictObject({
  name: z.string(),
  label: z.string().nullable(),
  split: z.string().nullable(),
  text: z.string().nullable(),
  /** A small PNG or the original's bytes for image data. */
  thumbnail: z.instanceof(Uint8Array).nullable(),
  values: z.record(z.string(), z.string())
})
export type PreviewItem = z.infer<typeof PreviewItem>

export const ImportPreview = z.strictObject({
  format: SourceFormat,
  kind: DataKind,
  /** "Looks like a CSV table with a header, separated by semicolons." */
  sentence: z.string(),
  suggestedName: z.string(),
  /** "Looks like OpenAI messages (998 of 1,000 rows)"; null for other data. */
  shape: z.strictObject({ name: ChatShape, matching: z.int(), of: z.int() }).nullable(),
  /** Sheets of a workbook, in order; empty for others. */
  sheets: z.array(z.string()),
  /** Arrays of an array file; empty for others. */
  arrays: z.array(z.strictObject({ name: z.string(), shape: z.array(z.int()), dtype: z.string() })),
  /** What the analyst should know, in sentences. */
  notes: z.array(z.string()),
  /** What a copy into the project would take on disk. */
  copyBytes: z.number(),
  columns: z.array(ColumnInfo),
  items: z.array(PreviewItem),
  /** Exact when `isComplete`, otherwise what the first part suggests. */
  itemsEstimate: z.number(),
  isComplete: z.boolean(),
  classes: z.array(z.strictObject({ name: z.string(), count: z.number() })),
  splits: z.array(z.strictObject({ name: z.string(), count: z.number() })),
  sizeBytes: z.number(),
  problems: z.array(ImportProblem),
  /** The options in force after guessing. */
  options: ImportOptions
})
export type ImportPreview = z.infer<typeof ImportPreview>

export const ClassCount = z.strictObject({
  index: z.int(),
  name: z.string(),
  count: z.int(),
  /** Items per split: train, test, other. */
  train: z.int(),
  test: z.int()
})
export type ClassCount = z.infer<typeof ClassCount>

export const DatasetSummary = z.strictObject({
  id: DatasetId,
  name: z.string(),
  kind: DataKind,
  format: SourceFormat,
  shape: ChatShape.nullable(),
  /** 1 for a first import; adding data makes the next version and keeps the one before. */
  version: z.int(),
  /** The version before, while it is still in the project. */
  previous: DatasetId.nullable(),
  /** False when a later version was made of it. */
  isLatest: z.boolean(),
  /** Changes in force (undone ones not counted). */
  edits: z.int(),
  /** Items with a picture, for texts and tables that come with some. */
  pictures: z.int(),
  items: z.int(),
  /** Rows or files that could not be read, listed by `datasets.problems`. */
  skipped: z.int(),
  setAside: z.int(),
  exactDuplicates: z.int(),
  missingLabels: z.int(),
  train: z.int(),
  test: z.int(),
  classes: z.array(ClassCount),
  columns: z.array(ColumnInfo),
  labelColumn: z.string().nullable(),
  sizeBytes: z.number(),
  createdAt: z.number(),
  /** SHA-256 over the item fingerprints in order: names this version of the data. */
  contentHash: z.string(),
  storage: z.enum(['link', 'copy']),
  /** False when the linked originals are not where they were. */
  isReachable: z.boolean(),
  place: z.string(),
  /** "pool" is chosen from; "examples" only serves as example sets for tasks. */
  purpose: z.enum(['pool', 'examples'])
})
export type DatasetSummary = z.infer<typeof DatasetSummary>

export const ItemRow = z.strictObject({
  /** Position in the dataset, 0-based: the row of every feature matrix and score array. */
  row: z.int(),
  /** Stable key: the first 16 hex digits of the content fingerprint plus a repeat counter. */
  key: z.string(),
  name: z.string(),
  label: z.string().nullable(),
  split: SplitName,
  isAside: z.boolean(),
  duplicateOf: z.int().nullable(),
  /** First 300 characters, for text. */
  text: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** True when `datasets.thumbnails` has a picture of it. */
  hasPicture: z.boolean(),
  tags: z.array(z.string()),
  hasNote: z.boolean(),
  /** The label it came with, when it was changed here. */
  givenLabel: z.string().nullable()
})
export type ItemRow = z.infer<typeof ItemRow>

/** One turn of a conversation, as a person reads it. */
export const ChatTurn = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool', 'other']),
  /** The role as written in the data. */
  givenRole: z.string(),
  text: z.string(),
  /** Positions in `ItemDetail.pictures` shown with this turn. */
  pictures: z.array(z.int()),
  toolCalls: z.array(
    z.strictObject({ id: z.string().nullable(), name: z.string(), arguments: z.string() })
  ),
  /** For a tool's answer: the call it answers. */
  answers: z.string().nullable()
})
export type ChatTurn = z.infer<typeof ChatTurn>

export const ItemDetail = z.strictObject({
  item: ItemRow,
  fingerprint: z.string(),
  sizeBytes: z.number().nullable(),
  fullText: z.string().nullable(),
  values: z.record(z.string(), Json),
  note: z.string(),
  /** The conversation; null for other data. */
  chat: z.array(ChatTurn).nullable(),
  /** Names of its pictures; `datasets.picture` gives their bytes. */
  pictures: z.array(z.string()),
  /** Boxes of an annotated picture, as shares of its width and height. */
  boxes: z.array(
    z.strictObject({
      label: z.string(),
      x01: z.number(),
      y01: z.number(),
      width01: z.number(),
      height01: z.number()
    })
  ),
  /** Where its original is, for people. */
  origin: z.string(),
  /** Data-health findings it belongs to. */
  findings: z.array(z.strictObject({ id: z.string(), title: z.string() }))
})
export type ItemDetail = z.infer<typeof ItemDetail>

export const ItemsRequest = z.strictObject({
  dataset: DatasetId,
  filter: ItemFilter.default(noFilter),
  sort: ItemSort.default(ownOrder),
  window: Window.default({ first: 0, limit: 100 })
})
export type ItemsRequest = z.infer<typeof ItemsRequest>

export const ItemsPage = z.strictObject({
  items: z.array(ItemRow),
  /** Similarity to the row asked for, 0..1, in the order of `items`; null for other orders. */
  similarity01: z.array(z.number()).nullable(),
  total: z.int()
})
export type ItemsPage = z.infer<typeof ItemsPage>

export const Thumbnail = z.strictObject({
  row: z.int(),
  mime: z.string(),
  /** Encoded picture, or null when it could not be made. */
  bytes: z.instanceof(Uint8Array).nullable()
})
export type Thumbnail = z.infer<typeof Thumbnail>
