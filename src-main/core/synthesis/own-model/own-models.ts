// Model files of the analyst's own in the project: one copy of each file under its hash, and one entry
// for each way of using it (how noise grows, how pixels are given). Entries never change, so that a
// run that goes on later, and the table of an export, mean the same model with the same settings.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { OwnModel, type ExpandModel, type OwnModelSettings } from '../../../api/dto/expand.ts'
import { AppError } from '../../../api/errors.ts'
import { writeFileAtomic } from '../../files/atomic-write.ts'
import { modelBytesMax, noiseModelFacts, type NoiseModelFacts } from './noise-model-facts.ts'

const Entry = z.strictObject({
  id: z.string(),
  own: OwnModel,
  side: z.int().min(8).max(64),
  channels: z.union([z.literal(1), z.literal(3)]),
  /** Milliseconds since 1970. */
  addedAt: z.number()
})
/** A kept way of using a file. */
export type OwnEntry = z.infer<typeof Entry>

/** Where a project keeps them. */
export const ownModelsFolder = (projectFolder: string): string => join(projectFolder, 'models')

const idForm = /^file-[0-9a-f]{40}$/
const hashForm = /^[0-9a-f]{64}$/

/** Whether an id is of a model from a file. Only such ids become part of a path. */
export const isOwnId = (id: string): boolean => idForm.test(id)

/** Path of the entry of an id that {@link isOwnId}. */
export const entryPath = (folder: string, id: string): string => join(folder, `${id}.json`)

function filePath(folder: string, sha256: string): string {
  if (!hashForm.test(sha256)) throw new AppError('invalid-input')
  return join(folder, `${sha256}.onnx`)
}

/** SHA-256 of bytes, in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The id of a file with settings: the same two have the same one. */
export function ownId(sha256: string, settings: OwnModelSettings): string {
  const { schedule, steps, range, told, side } = settings
  const text = JSON.stringify([sha256, schedule, steps, range, told, side])
  return `file-${createHash('sha256').update(text).digest('hex').slice(0, 40)}`
}

/** Keeps a file and an entry; the entry last, so that only whole ones are found. */
export async function keepOwn(folder: string, entry: OwnEntry, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = filePath(folder, entry.own.sha256)
  const isThere = await stat(path).then(
    ({ size }) => size === bytes.length,
    () => false
  )
  if (!isThere) await writeFileAtomic(path, bytes)
  await writeFileAtomic(entryPath(folder, entry.id), JSON.stringify(entry))
}

/** Reads an entry; undefined when there is none or it is damaged. */
export async function findOwn(folder: string, id: string): Promise<OwnEntry | undefined> {
  if (!isOwnId(id)) return undefined
  const text = await readFile(entryPath(folder, id), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const entry = Entry.parse(JSON.parse(text))
    await stat(filePath(folder, entry.own.sha256))
    return entry.id === id ? entry : undefined
  } catch {
    return undefined
  }
}

/** All entries, the last added first. */
export async function listOwn(folder: string): Promise<OwnEntry[]> {
  const names = await readdir(folder).catch(() => [])
  const entries = await Promise.all(
    names.flatMap((name) =>
      name.endsWith('.json') ? [findOwn(folder, name.slice(0, -'.json'.length))] : []
    )
  )
  return entries
    .filter((entry) => entry !== undefined)
    .toSorted((a, b) => b.addedAt - a.addedAt || (a.id < b.id ? -1 : 1))
}

/** Takes an entry away, and its file where no other entry uses it. */
export async function removeOwn(folder: string, id: string): Promise<void> {
  const entry = await findOwn(folder, id)
  if (!isOwnId(id)) return
  await rm(entryPath(folder, id), { force: true })
  if (entry === undefined) return
  const isUsed = (await listOwn(folder)).some(({ own }) => own.sha256 === entry.own.sha256)
  if (!isUsed) await rm(filePath(folder, entry.own.sha256), { force: true })
}

/** An entry as screens and results have it. */
export function ownFacts({ id, own, side, channels }: OwnEntry): ExpandModel {
  return {
    ...{ id, name: own.file, about: '', side, channels, own },
    ...{ pictures: 0, steps: 0, losses: [] }
  }
}

/** An entry with its file, read and judged again: the folder may have come from anyone. */
export interface OpenedOwn {
  readonly entry: OwnEntry
  readonly bytes: Uint8Array
  readonly facts: NoiseModelFacts
}

/** Opens the entry at a path. Throws AppError "file-damaged" when it or its file is not as it was kept. */
export async function openOwn(path: string): Promise<OpenedOwn> {
  const id = basename(path, '.json')
  const entry = await findOwn(dirname(path), id)
  if (entry === undefined) throw damaged()
  const bytes = await readModelBytes(filePath(dirname(path), entry.own.sha256), entry.own.file)
  if (hashOf(bytes) !== entry.own.sha256 || ownId(entry.own.sha256, entry.own.settings) !== id)
    throw damaged()
  const facts = noiseModelFacts(bytes, entry.own.file)
  const side = facts.side ?? entry.own.settings.side
  if (facts.channels !== entry.channels || side !== entry.side) throw damaged()
  return { entry, bytes, facts }
}

function damaged(): AppError {
  return new AppError('file-damaged', 'The model from a file is not as it was taken.', {
    hint: 'Choose its file again, or another model.'
  })
}

/** Reads a file of bounded size. Throws AppError "too-large" or "file-not-readable". */
export async function readModelBytes(
  path: string,
  name: string = basename(path)
): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > modelBytesMax)
      throw new AppError(
        'too-large',
        `\u201c${name}\u201d is larger than ${modelBytesMax / 1024 ** 3} GB, the most that a model may be.`
      )
    return await readFile(path)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('file-not-readable', `\u201c${name}\u201d could not be opened.`, {
      cause: error
    })
  }
}
