// Files of an expansion in its job's folder: the pictures that were frozen when it began, one file for
// every finished part of the work, the result, and what a person decided.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ExpandMeasure, ExpandResult } from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'

const Picked = z.strictObject({
  row: z.int(),
  name: z.string(),
  locator: z.string(),
  /** Place in `labels`. */
  label: z.int()
})
/** A picture of the dataset that takes part. */
export type Picked = z.infer<typeof Picked>

const Frozen = z.strictObject({
  dataset: z.string(),
  labels: z.array(z.string()),
  sources: z.array(Picked),
  /** Other real pictures: to teach the helper with, and to measure on; never sources. */
  lent: z.array(Picked),
  held: z.array(Picked)
})
/** The pictures of an expansion, as they were when it began. */
export type Frozen = z.infer<typeof Frozen>

export const frozenPath = (folder: string): string => join(folder, 'pictures.json')
/** Pixels of sources, then lent, then held pictures. */
export const pixelsPath = (folder: string): string => join(folder, 'pixels.npy')
export const resultPath = (folder: string): string => join(folder, 'result.json')
export const decisionsPath = (folder: string): string => join(folder, 'decisions.json')
export const measurePath = (folder: string): string => join(folder, 'measure.json')
/** Pixels of the made pictures. */
export const madePath = (folder: string): string => join(folder, 'made.npy')

/** Reads what an expansion froze; undefined when it has not begun. */
export async function loadFrozen(folder: string): Promise<Frozen | undefined> {
  return load(frozenPath(folder), Frozen)
}

export async function saveFrozen(folder: string, frozen: Frozen): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFileAtomic(frozenPath(folder), JSON.stringify(frozen))
}

const Decisions = z.strictObject({ accepted: z.array(z.int()) })

/** The result with what a person decided and what was measured. Throws AppError "run-not-found". */
export async function loadExpanded(folder: string): Promise<ExpandResult> {
  const result = await load(resultPath(folder), ExpandResult)
  if (result === undefined) throw new AppError('run-not-found')
  const decided = await load(decisionsPath(folder), Decisions)
  const measure = await load(measurePath(folder), ExpandMeasure)
  const accepted = decided === undefined ? undefined : new Set(decided.accepted)
  return {
    ...result,
    measure: measure ?? null,
    isReviewed: accepted !== undefined,
    candidates: result.candidates.map((each) => ({
      ...each,
      isAccepted: accepted?.has(each.at) ?? each.reasons.length === 0
    }))
  }
}

/** Keeps what a person decided. Throws AppError "invalid-input" for pictures that are not there. */
export async function saveDecisions(folder: string, accepted: readonly number[]): Promise<void> {
  const { candidates } = await loadExpanded(folder)
  if (accepted.some((at) => at >= candidates.length))
    throw new AppError('invalid-input', 'There is no such picture in this result.')
  const sorted = [...new Set(accepted)].toSorted((a, b) => a - b)
  await writeFileAtomic(decisionsPath(folder), JSON.stringify({ accepted: sorted }))
}

async function load<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new AppError('file-damaged', 'A file of this expansion is damaged. Make it again.', {
      cause
    })
  }
}

/** The array of a part of the work: from its file, or worked out and kept there. */
export async function floatsOnce(
  path: string,
  work: () => Promise<Float32Array>
): Promise<Float32Array> {
  const there = await readArrayOf(path, 'f4').catch(() => undefined)
  if (there !== undefined) return there
  const made = await work()
  await writeArray(path, made)
  return made
}

/** See {@link floatsOnce}. */
export async function bytesOnce(
  path: string,
  work: () => Promise<Uint8Array>
): Promise<Uint8Array> {
  const there = await readArrayOf(path, 'u1').catch(() => undefined)
  if (there !== undefined) return there
  const made = await work()
  await writeArray(path, made)
  return made
}
