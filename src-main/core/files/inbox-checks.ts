// What a page announces before it sends dropped files, checked before anything is made: names that
// stay inside and that every system can hold, counts, and sizes (security.md F3 and F5).
import { setImmediate } from 'node:timers/promises'
import { AppError } from '../../api/errors.ts'
import { byteLimits } from './byte-limits.ts'
import { caseCollision, nameProblem, shorten } from './contain.ts'

const MiB = 2 ** 20

export interface InboxLimits {
  readonly entries: number
  readonly chunkBytes: number
  readonly depth: number
  readonly reserveBytes: number
}

/** The caps in force; tests pass smaller ones. */
export const inboxLimits: InboxLimits = {
  /** As for archives: more names would fill memory before the first one is read. */
  entries: byteLimits.entries,
  /** Bytes of one message; a page sends less, and one message is waited for at a time. */
  chunkBytes: 8 * MiB,
  /** Folders within folders; deeper trees are broken links, not data. */
  depth: 64,
  /** Left free on the disk, so that the project file can still be written. */
  reserveBytes: 256 * MiB
}

/** What a page announces before it sends bytes. */
export interface DropAnnouncement {
  /** Name of the dropped file or folder; display name of several things dropped together. */
  readonly name: string
  readonly isFolder: boolean
  /** Paths below the folder ("/" between names); for one file a single entry. Sizes in bytes. */
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

// Names checked before other work gets a turn.
const namesAtOnce = 2_000

/**
 * Segments of every announced path below the drop's folder, checked one by one. Throws AppError
 * "invalid-input" naming the file, or "too-large".
 */
export async function checkedNames(
  announced: DropAnnouncement,
  limits: InboxLimits
): Promise<readonly (readonly string[])[]> {
  const { name, isFolder, files } = announced
  requireName(name, name)
  if (files.length > limits.entries)
    throw new AppError('too-large', `More than ${limits.entries} files were dropped at once.`, {
      hint: 'Choose the folder with the button instead: it is then read where it is.'
    })
  if (!isFolder && (files.length !== 1 || files[0].path !== name))
    throw new AppError('invalid-input', 'One dropped file must come with its own name.')
  const names: string[][] = []
  const folders = new Set<string>()
  for (const [i, file] of files.entries()) {
    if (i % namesAtOnce === namesAtOnce - 1) await setImmediate()
    const segments = file.path.split('/')
    for (const segment of segments) requireName(segment, file.path)
    if (segments.length > limits.depth)
      throw refusedName(file.path, 'lies in too many folders within folders')
    if (!Number.isSafeInteger(file.size) || file.size < 0)
      throw wrongSize(file.path, 'has no known size')
    for (let depth = 1; depth < segments.length; depth++)
      folders.add(segments.slice(0, depth).join('/').normalize('NFC').toLowerCase())
    names.push(isFolder ? [name, ...segments] : segments)
  }
  await requireDistinct(files, folders)
  return names
}

// Names that differ in case only, or a name that is a file and a folder, are one name elsewhere.
async function requireDistinct(
  files: DropAnnouncement['files'],
  folders: ReadonlySet<string>
): Promise<void> {
  await setImmediate()
  const twice = caseCollision(files.map((file) => file.path))
  if (twice !== undefined)
    throw refusedName(twice[1], `is the same as “${shorten(twice[0])}” on many computers`)
  await setImmediate()
  const both = files.find((file) => folders.has(file.path.normalize('NFC').toLowerCase()))
  if (both !== undefined) throw refusedName(both.path, 'is a file and a folder at once')
}

function requireName(segment: string, path: string): void {
  const problem = nameProblem(segment)
  if (problem !== undefined) throw refusedName(path, problem)
}

function refusedName(path: string, problem: string): AppError {
  return new AppError('invalid-input', `The name “${shorten(path)}” ${problem}.`, {
    hint: 'Rename it and drop again, or choose the file or folder with the button: it is then read where it is.'
  })
}

/** The refusal of a file whose bytes are not as many as announced. */
export function wrongSize(path: string, problem: string): AppError {
  return new AppError('invalid-input', `“${shorten(path)}” ${problem}.`, {
    hint: 'It may have changed meanwhile. Drop it again.'
  })
}
