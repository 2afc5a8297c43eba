// Places of a check's intermediate results in its job folder, and the columns it froze at its start:
// an interrupted check goes on with the items as they were, whatever was changed since.
import { join } from 'node:path'
import { AppError } from '../../api/errors.ts'
import { readNpy, writeNpy } from '../features/npy.ts'
import type { ItemColumns } from '../store/records.ts'
import type { AlikeGroups } from './likeness/groups.ts'
import type { HealthColumns, HealthPlan } from './plan-task.ts'

/** Files in the job's folder. */
export function healthFiles(folder: string) {
  const at = (name: string): string => join(folder, name)
  return {
    looks: at('looks.bin'),
    small: at('small-pictures.bin'),
    looksJournal: at('looks.journal'),
    textNumbers: at('text-numbers.bin'),
    textKeys: at('text-keys.bin'),
    shingles: { shingles: at('shingles.bin'), places: at('shingle-places.bin') },
    finds: (block: number) => at(`finds-${block}.json`),
    textsJournal: at('texts.journal'),
    groupIds: at('group-ids.npy')
  }
}

export type HealthFiles = ReturnType<typeof healthFiles>

const frozen = [
  'labels',
  'splits',
  'aside',
  'firstSame',
  'textLengths',
  'widths',
  'heights'
] as const
const planned = ['rows', 'distinct', 'ranks'] as const
const grouped = ['rows', 'groups', 'likeness'] as const

const place = (folder: string, what: string, name: string): string =>
  join(folder, `${what}-${name}.npy`)

/** Keeps the columns and the plan of a check. */
export async function saveStart(
  folder: string,
  columns: Pick<ItemColumns, (typeof frozen)[number]>,
  plan: HealthPlan
): Promise<void> {
  for (const name of frozen)
    await writeNpy(place(folder, 'columns', name), columns[name], columns[name].length, 1)
  for (const name of planned)
    await writeNpy(place(folder, 'plan', name), plan[name], plan[name].length, 1)
}

/** What {@link saveStart} kept. Throws AppError "file-damaged". */
export async function loadStart(
  folder: string
): Promise<{ readonly columns: HealthColumns; readonly plan: HealthPlan }> {
  const bytes = (name: string): Promise<Uint8Array> =>
    read(place(folder, 'columns', name), Uint8Array)
  const numbers = (what: string, name: string): Promise<Uint32Array> =>
    read(place(folder, what, name), Uint32Array)
  return {
    columns: {
      labels: await read(place(folder, 'columns', 'labels'), Int32Array),
      splits: await bytes('splits'),
      aside: await bytes('aside'),
      firstSame: await numbers('columns', 'firstSame'),
      textLengths: await numbers('columns', 'textLengths'),
      widths: await numbers('columns', 'widths'),
      heights: await numbers('columns', 'heights')
    },
    plan: {
      rows: await numbers('plan', 'rows'),
      distinct: await numbers('plan', 'distinct'),
      ranks: await numbers('plan', 'ranks')
    }
  }
}

/** Keeps groups of near-duplicates. */
export async function saveGroups(folder: string, groups: AlikeGroups): Promise<void> {
  for (const name of grouped)
    await writeNpy(place(folder, 'near', name), groups[name], groups[name].length, 1)
}

/** What {@link saveGroups} kept. Throws AppError "file-damaged". */
export async function loadGroups(folder: string): Promise<AlikeGroups> {
  return {
    rows: await read(place(folder, 'near', 'rows'), Uint32Array),
    groups: await read(place(folder, 'near', 'groups'), Uint32Array),
    likeness: await read(place(folder, 'near', 'likeness'), Float32Array)
  }
}

/** A kept array of a given type. */
export async function read<T>(path: string, Type: { new (...values: never[]): T }): Promise<T> {
  const { values } = await readNpy(path)
  if (values instanceof Type) return values
  throw new AppError('file-damaged')
}
