// What a measurement leaves in its job's folder: a file for every finished unit, and the result.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { RoomsMeasures, RoomsResult, RoomsWalker } from '../../api/dto/trace-rooms.ts'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { MeasureLists, WalkLists } from './walk-rooms.ts'

const Unit = z.strictObject({
  walks: z.partialRecord(RoomsWalker, z.array(z.array(z.int()))),
  measures: z.partialRecord(RoomsWalker, z.array(RoomsMeasures))
})

/** What a unit left. */
export interface RoomsUnit {
  readonly walks: WalkLists
  readonly measures: MeasureLists
}

const unitPath = (folder: string, unit: number): string => join(folder, `unit-${unit}.json`)
const resultPath = (folder: string): string => join(folder, 'result.json')

/** Writes a unit durably. */
export function saveUnit(folder: string, unit: number, done: RoomsUnit): Promise<void> {
  return writeFileAtomic(unitPath(folder, unit), JSON.stringify(done))
}

/** Reads a unit. Throws AppError "file-damaged" when it is not there or not whole. */
export function loadUnit(folder: string, unit: number): Promise<RoomsUnit> {
  return readJson(unitPath(folder, unit), (value) => Unit.parse(value))
}

/** Writes the result durably. */
export function saveRoomsResult(folder: string, result: RoomsResult): Promise<void> {
  return writeFileAtomic(resultPath(folder), JSON.stringify(result))
}

/** Reads a result. Throws AppError "file-damaged". */
export function loadRoomsResult(folder: string): Promise<RoomsResult> {
  return readJson(resultPath(folder), (value) => RoomsResult.parse(value))
}

async function readJson<T>(path: string, parse: (value: unknown) => T): Promise<T> {
  try {
    return parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new AppError('file-damaged', 'What this measurement left cannot be read.', {
      hint: 'Measure again with the same repeat code to get the same figures.',
      cause
    })
  }
}
