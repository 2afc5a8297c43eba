// What a learning leaves in its job's folder beside the model: its rows, its measures and its result.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { GroupsMeasure, GroupsResult } from '../../api/dto/groups.ts'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'
import type { Judged } from './groups-result.ts'

const StoredMeasure = GroupsMeasure.extend({ right: z.array(z.int()) })

/** Rows with the labels they had when learning began, so that it goes on with the same. */
export interface LearnRows {
  readonly train: Uint32Array
  readonly heldOut: Uint32Array
  /** 0 .. classes-1; below 0 where there is none. */
  readonly trainLabels: Int32Array
  readonly heldOutLabels: Int32Array
}

const resultPath = (folder: string): string => join(folder, 'result.json')
const measurePath = (folder: string, at: number): string => join(folder, `measure-${at}.json`)

/** Folder of the decoded pictures. */
export const pixelsPath = (folder: string): string => join(folder, 'pixels')
/** Features of every picture, once the job is done. */
export const featuresPath = (folder: string): string => join(folder, 'features.npy')
/** How clearly each picture has each part. */
export const partsPath = (folder: string): string => join(folder, 'parts.npy')

/** Writes rows durably. */
export async function saveRows(folder: string, rows: LearnRows): Promise<void> {
  await writeArray(join(folder, 'train.npy'), rows.train)
  await writeArray(join(folder, 'train-labels.npy'), rows.trainLabels)
  await writeArray(join(folder, 'held-out-labels.npy'), rows.heldOutLabels)
  // The last one says that all are there.
  await writeArray(join(folder, 'held-out.npy'), rows.heldOut)
}

/** Rows of an earlier run; undefined where there are none. Throws AppError "file-damaged". */
export async function loadRows(folder: string): Promise<LearnRows | undefined> {
  if (!(await isThere(join(folder, 'held-out.npy')))) return undefined
  return {
    train: await readArrayOf(join(folder, 'train.npy'), 'u4'),
    heldOut: await readArrayOf(join(folder, 'held-out.npy'), 'u4'),
    trainLabels: await readArrayOf(join(folder, 'train-labels.npy'), 'i4'),
    heldOutLabels: await readArrayOf(join(folder, 'held-out-labels.npy'), 'i4')
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

/** Writes a measure durably. */
export function saveMeasure(folder: string, at: number, measure: Judged): Promise<void> {
  return writeFileAtomic(
    measurePath(folder, at),
    JSON.stringify({ ...measure, right: [...measure.right] })
  )
}

/** Reads a measure. Throws AppError "file-damaged". */
export async function loadMeasure(folder: string, at: number): Promise<Judged> {
  const { right, ...measure } = await readJson(measurePath(folder, at), StoredMeasure)
  return { ...measure, right: Uint8Array.from(right) }
}

/** Writes the result durably. */
export function saveGroupsResult(folder: string, result: GroupsResult): Promise<void> {
  return writeFileAtomic(resultPath(folder), JSON.stringify(result))
}

/** Reads a result. Throws AppError "file-damaged". */
export function loadGroupsResult(folder: string): Promise<GroupsResult> {
  return readJson(resultPath(folder), GroupsResult)
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new AppError('file-damaged', 'What was learned here cannot be read any more.', {
      hint: 'Learn again with the same repeat code to get the same.',
      cause
    })
  }
}
