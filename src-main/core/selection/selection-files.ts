// A method's finished selection and its checkpoints as files of a run's folder.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Json, type JsonValue } from '../../api/dto/common.ts'
import { AppError } from '../../api/errors.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { MethodCheckpoint, Selection } from '../methods/method.ts'
import { readArray, readArrayOf, writeArray, type StoredArray } from './array-files.ts'

const SelectionFile = z.strictObject({
  got: z.int().min(0),
  summary: z.strictObject({ value: z.number(), meaning: z.string() }),
  tieShare: z.number(),
  columns: z.array(z.string()),
  info: z.record(z.string(), Json),
  notes: z.array(z.string()),
  device: z.string(),
  isExact: z.boolean().default(false)
})

export interface SavedSelection extends Selection {
  readonly device: string
}

/** Info values come from methods as plain data; numbers JSON cannot hold become null. */
function plainJson(value: Readonly<Record<string, unknown>>): Record<string, JsonValue> {
  return z
    .record(z.string(), Json)
    .parse(
      JSON.parse(
        JSON.stringify(value, (_key, entry: unknown) =>
          ArrayBuffer.isView(entry) && 'length' in entry
            ? Array.from(entry as unknown as ArrayLike<number>)
            : entry
        )
      )
    )
}

/** Writes a selection durably; rows in it count within the method's candidates. */
export async function saveSelection(
  folder: string,
  selection: Selection,
  device: string
): Promise<void> {
  await mkdir(join(folder, 'columns'), { recursive: true })
  await writeArray(join(folder, 'order.npy'), selection.order)
  await writeArray(join(folder, 'score.npy'), selection.score)
  for (const [name, column] of Object.entries(selection.columns)) {
    await writeArray(join(folder, 'columns', `${name}.npy`), column)
  }
  const file: z.input<typeof SelectionFile> = {
    got: selection.got,
    summary: selection.summary,
    tieShare: selection.tieShare,
    columns: Object.keys(selection.columns),
    info: plainJson(selection.info),
    notes: [...selection.notes],
    device,
    isExact: selection.isExact === true
  }
  await writeFileAtomic(join(folder, 'selection.json'), JSON.stringify(file))
}

/** Reads what {@link saveSelection} wrote. */
export async function loadSelection(folder: string): Promise<SavedSelection> {
  const file = SelectionFile.parse(
    JSON.parse(await readFile(join(folder, 'selection.json'), 'utf8'))
  )
  const columns: Record<string, Uint8Array | Uint32Array | Float32Array> = {}
  for (const name of file.columns) {
    const column = await readArray(join(folder, 'columns', `${name}.npy`))
    if (!(column instanceof Int32Array)) columns[name] = column
  }
  return {
    order: await readArrayOf(join(folder, 'order.npy'), 'u4'),
    score: await readArrayOf(join(folder, 'score.npy'), 'f4'),
    got: file.got,
    summary: file.summary,
    tieShare: file.tieShare,
    columns,
    info: file.info,
    notes: file.notes,
    device: file.device,
    isExact: file.isExact
  }
}

/** What a job's checkpoint keeps of a method's checkpoint: small values, and where the arrays are. */
export const CheckpointRef = z.strictObject({
  folder: z.string(),
  step: z.string(),
  arrays: z.array(z.string()),
  values: z.record(z.string(), z.union([z.number(), z.string()]))
})
export type CheckpointRef = z.infer<typeof CheckpointRef>

/** Writes a checkpoint's arrays into a folder of its own, `sequence` telling it from the last. */
export async function saveCheckpointArrays(
  folder: string,
  sequence: number,
  checkpoint: MethodCheckpoint
): Promise<CheckpointRef> {
  const name = `checkpoint-${sequence}`
  await mkdir(join(folder, name), { recursive: true })
  for (const [array, values] of Object.entries(checkpoint.arrays)) {
    await writeArray(join(folder, name, `${array}.npy`), values)
  }
  return {
    folder: name,
    step: checkpoint.step,
    arrays: Object.keys(checkpoint.arrays),
    values: { ...checkpoint.values }
  }
}

/** Reads a checkpoint back. */
export async function loadCheckpointArrays(
  folder: string,
  ref: CheckpointRef
): Promise<MethodCheckpoint> {
  const arrays: Record<string, StoredArray> = {}
  for (const name of ref.arrays)
    arrays[name] = await readArray(join(folder, ref.folder, `${name}.npy`))
  return { step: ref.step, arrays, values: ref.values }
}

/**
 * As {@link loadCheckpointArrays}; undefined when they are not as written, which the log of the run
 * says: it begins that part again.
 */
export async function loadCheckpointOrNone(
  folder: string,
  ref: CheckpointRef,
  log: (level: 'notice', code: string, text: string) => void
): Promise<MethodCheckpoint | undefined> {
  return loadCheckpointArrays(folder, ref).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'file-damaged') throw error
    log(
      'notice',
      'checkpoint-damaged',
      'What was kept of this part was damaged, so it begins again.'
    )
    return undefined
  })
}

/** Removes the arrays of a checkpoint that is not needed any more. */
export async function removeCheckpointArrays(folder: string, ref: CheckpointRef): Promise<void> {
  await rm(join(folder, ref.folder), { recursive: true, force: true })
}
