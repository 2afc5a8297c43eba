// Matrices computed elsewhere and joined to a dataset: one row per item.
import { z } from '../zod.ts'

export const MatrixUse = z.enum(['fingerprints', 'gradients'])
export type MatrixUse = z.infer<typeof MatrixUse>

export const MatrixDtype = z.enum([
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'int8',
  'uint8',
  'int16',
  'int32'
])
export type MatrixDtype = z.infer<typeof MatrixDtype>

/** One array found in a file, and whether it fits the dataset. */
export const FoundArray = z.strictObject({
  /** Name inside the file; "" for a file that holds one array. */
  name: z.string(),
  shape: z.array(z.number()),
  dtype: z.string(),
  sizeBytes: z.number(),
  /** null = fits; otherwise why it cannot be joined, in words. */
  problem: z.string().nullable()
})
export type FoundArray = z.infer<typeof FoundArray>

export const JoinedMatrix = z.strictObject({
  id: z.string(),
  name: z.string(),
  use: MatrixUse,
  /** For gradients: the task or checkpoint they belong to, as the analyst named it. */
  task: z.string().nullable(),
  rows: z.int(),
  columns: z.int(),
  dtype: MatrixDtype,
  sizeBytes: z.number(),
  place: z.string(),
  storage: z.enum(['link', 'copy']),
  /** False when a linked file is not where it was or has changed since. */
  isReachable: z.boolean(),
  /** True for the fingerprints this dataset is compared by. */
  isInUse: z.boolean(),
  createdAt: z.number()
})
export type JoinedMatrix = z.infer<typeof JoinedMatrix>
