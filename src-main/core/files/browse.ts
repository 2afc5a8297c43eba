// The in-page file browser's listing (local host): one folder inside the allowed roots, with a
// grant for everything shown. Hidden files and links that lead out of the roots are left out.
import { lstat, opendir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FolderEntry, FolderListing } from '../../api/dto/files.ts'
import { AppError } from '../../api/errors.ts'
import { isInside } from './contain.ts'
import type { Grants } from './grants.ts'

/** Entries shown of one folder; more than a person looks through, few enough for one reply. */
export const entriesShown = 2_000
// Names read before giving up on sorting: bounds time on folders with millions of files.
const namesRead = 50_000

/** Throws AppError "file-not-readable" when `path` (real) is in none of `roots`. */
export async function requireInRoots(path: string, roots: readonly string[]): Promise<string> {
  const real = await realOrUndefined(path)
  if (real === undefined)
    throw new AppError('file-not-readable', 'This folder is not there any more.')
  if (!(await inRoots(real, roots)))
    throw new AppError(
      'file-not-readable',
      'This folder is outside the folders this app may show.',
      {
        hint: 'Start the app with --root to allow another folder.'
      }
    )
  return real
}

/**
 * Lists `folder` (absolute). Folders first, then files, each by name. Throws AppError
 * "file-not-readable" when it is outside `roots`, gone or not a folder.
 */
export async function browseFolder(
  folder: string,
  roots: readonly string[],
  grants: Grants
): Promise<FolderListing> {
  const here = await requireInRoots(folder, roots)
  const { names, isCut } = await visibleNames(here)
  const found: FolderEntry[] = []
  for (const name of names) {
    const entry = await describe(join(here, name), roots, grants)
    if (entry !== undefined) found.push(entry)
    if (found.length >= entriesShown) break
  }
  const parent = dirname(here)
  const hasParent = parent !== here && (await inRoots(parent, roots))
  return {
    here: grants.issue(here, 'folder'),
    parent: hasParent ? grants.issue(parent, 'folder') : null,
    entries: found.toSorted(byKindThenName),
    isCut: isCut || names.length > entriesShown
  }
}

async function visibleNames(folder: string): Promise<{ names: string[]; isCut: boolean }> {
  const folders: string[] = []
  const files: string[] = []
  let isCut = false
  try {
    for await (const entry of await opendir(folder)) {
      if (entry.name.startsWith('.')) continue
      if (folders.length + files.length >= namesRead) {
        isCut = true
        break
      }
      ;(entry.isDirectory() ? folders : files).push(entry.name)
    }
  } catch (error) {
    throw new AppError('file-not-readable', 'This folder could not be opened.', { cause: error })
  }
  return { names: [...folders.sort(compareNames), ...files.sort(compareNames)], isCut }
}

async function describe(
  path: string,
  roots: readonly string[],
  grants: Grants
): Promise<FolderEntry | undefined> {
  try {
    const own = await lstat(path)
    const real = own.isSymbolicLink() ? await realpath(path) : path
    if (own.isSymbolicLink() && !(await inRoots(real, roots))) return undefined
    const facts = own.isSymbolicLink() ? await stat(real) : own
    const kind = facts.isDirectory() ? 'folder' : facts.isFile() ? 'file' : undefined
    if (kind === undefined) return undefined
    return {
      grant: grants.issue(path, kind),
      sizeBytes: kind === 'file' ? facts.size : null,
      modifiedAt: facts.mtimeMs,
      isProject:
        kind === 'folder' &&
        path.endsWith('.winnow') &&
        (await isFile(join(path, 'project.sqlite')))
    }
  } catch {
    // Gone or unreadable between the listing and here: not shown.
    return undefined
  }
}

async function inRoots(real: string, roots: readonly string[]): Promise<boolean> {
  for (const root of roots) {
    const realRoot = await realOrUndefined(root)
    if (realRoot !== undefined && isInside(realRoot, real)) return true
  }
  return false
}

async function realOrUndefined(path: string): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch {
    return undefined
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}

function byKindThenName(a: FolderEntry, b: FolderEntry): number {
  if (a.grant.kind !== b.grant.kind) return a.grant.kind === 'folder' ? -1 : 1
  return compareNames(a.grant.name, b.grant.name)
}
