// Small files of a run beside its set: how values were scaled, and the picture shown while it runs.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { Normalisation } from '../methods/distillation/distillation-method.ts'
import type { InputShape } from '../networks/network.ts'
import type { Grid } from './grid-picture.ts'
import { readJson } from './frozen-split.ts'

const Facts = z.strictObject({
  shape: z.strictObject({ height: z.int(), width: z.int(), channels: z.int() }),
  normalisation: z.strictObject({ mean: z.array(z.number()), sd: z.array(z.number()) })
})

/** How items were brought to numbers. */
export interface SetFacts {
  readonly shape: InputShape
  readonly normalisation: Normalisation
}

/** Writes `facts.json`. */
export async function saveFacts(folder: string, facts: SetFacts): Promise<void> {
  await writeFileAtomic(join(folder, 'facts.json'), JSON.stringify(facts))
}

/** Reads what {@link saveFacts} wrote. */
export function loadFacts(folder: string): Promise<SetFacts> {
  return readJson(join(folder, 'facts.json'), Facts)
}

const Preview = z.strictObject({
  version: z.int(),
  columns: z.int(),
  rows: z.int(),
  labels: z.array(z.string()),
  /** Base64; null for rows of numbers. */
  png: z.string().nullable()
})

/** What `preview.json` holds. */
export interface StoredPreview extends Grid {
  /** Grows with every new picture. */
  readonly version: number
}

/** The last picture of the set, or undefined before the first. */
export async function loadPreview(folder: string): Promise<StoredPreview | undefined> {
  const path = join(folder, 'preview.json')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { png, ...rest } = Preview.parse(JSON.parse(text))
  return { ...rest, png: png === null ? null : new Uint8Array(Buffer.from(png, 'base64')) }
}

/** Replaces the picture. One file, so that a reader never sees two of different versions. */
export async function savePreview(folder: string, grid: Grid): Promise<void> {
  const before = await loadPreview(folder).catch(() => undefined)
  const preview: z.infer<typeof Preview> = {
    version: (before?.version ?? 0) + 1,
    columns: grid.columns,
    rows: grid.rows,
    labels: [...grid.labels],
    png: grid.png === null ? null : Buffer.from(grid.png).toString('base64')
  }
  await writeFileAtomic(join(folder, 'preview.json'), JSON.stringify(preview))
}
