// The manifest of an exported folder: what is in it, byte for byte, and how it came to be.
import { z } from 'zod'

/** File name of the manifest inside an exported folder. */
export const manifestName = 'manifest.json'

const ManifestFile = z.strictObject({
  /** Path inside the folder, with forward slashes. */
  path: z.string().min(1).max(4096),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/)
})

/** Shape of manifest.json, format 1. */
export const Manifest = z.object({
  format: z.literal('winnow-export'),
  formatVersion: z.literal(1),
  appVersion: z.string(),
  createdAt: z.string(),
  name: z.string(),
  dataset: z.object({ name: z.string(), contentHash: z.string(), items: z.number() }),
  items: z.number().int(),
  synthetic: z.boolean(),
  method: z.unknown(),
  settings: z.unknown(),
  check: z.unknown(),
  provenance: z.unknown(),
  /** Tiny training sets: source, input, labels, student's recipe, accuracy and storage. */
  tiny: z.unknown().optional(),
  /** Reviewed attempts of agents: what the files hold, reviews by reviewer and by verdict. */
  traces: z.unknown().optional(),
  licence: z.string().nullable(),
  files: z.array(ManifestFile).max(2_000_000)
})
export type Manifest = z.infer<typeof Manifest>
export type ManifestFile = z.infer<typeof ManifestFile>
