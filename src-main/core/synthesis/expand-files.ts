// Files of an expansion in its job's folder: the pictures that were frozen when it began, one file for
// every finished part of the work, the result, and what a person decided.
import { access, mkdir, readdir, readFile } from 'node:fs/promises'
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

/** One finished group of a part of the work, by the place of its first picture. */
export const partPath = (folder: string, name: string, from: number): string =>
  join(folder, 'parts', `${name}-${String(from).padStart(4, '0')}.npy`)
const placesPath = (folder: string): string => join(folder, 'places.json')
const endPath = (folder: string): string => join(folder, 'end.json')

/** Whether a file is there. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false
  )

/** No more pictures are to be made: it goes on with those that are finished, also after a stop. */
export async function askToEnd(folder: string): Promise<void> {
  await writeFileAtomic(endPath(folder), '{}')
}

/** Whether {@link askToEnd} was called. */
export const isToEnd = (folder: string): Promise<boolean> => isThere(endPath(folder))

const Places = z.array(z.strictObject({ label: z.string(), parents: z.array(z.int()) }))
/** What each picture to make is made of: its label and the places of its sources. */
export type MadeOf = z.infer<typeof Places>[number]

/** Keeps what pictures are made of, for whoever looks while they are made. */
export async function savePlaces(
  folder: string,
  places: readonly { readonly label: string; readonly parents: readonly number[] }[]
): Promise<void> {
  await writeFileAtomic(placesPath(folder), JSON.stringify(places))
}

/** Finished pictures of an expansion that has no result yet. */
export interface MadeSoFar {
  readonly pictures: readonly MadeOf[]
  /** Numbers of all of them, -1..1 and somewhat beyond. */
  readonly values: Float32Array
}

const isMade = (name: string): boolean => /^made-\d+\.npy$/.test(name)

/** How many pictures are finished, of those that are moved `atOnce`. */
export async function countSoFar(folder: string, make: number, atOnce: number): Promise<number> {
  const names = await readdir(join(folder, 'parts')).catch(() => [])
  return Math.min(make, atOnce * names.filter(isMade).length)
}

/** Pictures that are finished; none before the first group of them is. */
export async function loadSoFar(folder: string): Promise<MadeSoFar> {
  const places = (await load(placesPath(folder), Places)) ?? []
  const names = await readdir(join(folder, 'parts')).catch(() => [])
  const groups: Float32Array[] = []
  let size = 0
  for (const name of names.filter(isMade).toSorted()) {
    // Written whole or not at all; gone when the last one was made a moment ago.
    const group = await readArrayOf(join(folder, 'parts', name), 'f4').catch(() => undefined)
    if (group === undefined) break
    groups.push(group)
    size += group.length
  }
  const values = new Float32Array(size)
  let at = 0
  for (const group of groups) {
    values.set(group, at)
    at += group.length
  }
  return { pictures: places, values }
}

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
