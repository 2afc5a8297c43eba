// Files and folders that appear whole or not at all: written beside their place under a temporary
// name, flushed to disk, then renamed. What is left of an aborted write is removed.
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../api/errors.ts'

/** Part of every temporary name, so that leftovers of a killed app can be told and removed. */
export const temporaryMark = '.winnow-part-'

export type WriteSource = string | Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * Writes `source` to `path`, replacing what is there. Readers see the old or the new file.
 * Throws AppError "disk-full" or "destination-not-writable"; "cancelled" when aborted.
 */
export async function writeFileAtomic(
  path: string,
  source: WriteSource,
  options: { readonly signal?: AbortSignal | undefined } = {}
): Promise<void> {
  const temporary = temporaryBeside(path)
  try {
    const file = await open(temporary, 'wx')
    try {
      for await (const chunk of chunksOf(source)) {
        if (options.signal?.aborted === true) throw new AppError('cancelled')
        await writeWhole(file, chunk)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw writeError(error)
  }
}

/**
 * Writes all of `bytes`, at `position` or where the file stands. A disk that is nearly full takes a
 * part and says so by a number alone; the rest is asked for again, and only then refused.
 */
export async function writeWhole(
  file: Pick<FileHandle, 'write'>,
  bytes: Uint8Array,
  position?: number
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const at = position === undefined ? null : position + done
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at)
    done += bytesWritten
  }
}

async function* chunksOf(source: WriteSource): AsyncGenerator<Uint8Array> {
  if (typeof source === 'string') yield Buffer.from(source, 'utf8')
  else if (source instanceof Uint8Array) yield source
  else yield* source
}

export interface FolderDraft {
  /** The temporary folder to fill. */
  readonly folder: string
  /** Moves it into place. */
  commit(): Promise<void>
  /** Removes it; does nothing after a commit. */
  abort(): Promise<void>
}

/**
 * Starts a folder under a temporary name beside `target`. With `replace` an existing target is
 * moved aside at the commit and removed afterwards; without it an existing target throws
 * AppError "destination-exists" at once.
 */
export async function draftFolder(
  target: string,
  options: { readonly replace?: boolean } = {}
): Promise<FolderDraft> {
  const replace = options.replace === true
  if (!replace && (await exists(target))) throw new AppError('destination-exists')
  const folder = temporaryBeside(target)
  let isDone = false
  try {
    await mkdir(folder)
  } catch (error) {
    throw writeError(error)
  }
  return {
    folder,
    async commit() {
      try {
        await syncFolder(folder)
        await moveIntoPlace(folder, target, replace)
        isDone = true
        await syncFolder(dirname(target))
      } catch (error) {
        throw writeError(error)
      }
    },
    async abort() {
      if (!isDone) await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Builds a folder by one function and moves it into place; see {@link draftFolder}. */
export async function replaceFolderAtomic(
  target: string,
  build: (temporaryFolder: string) => Promise<void>,
  options: { readonly replace?: boolean } = {}
): Promise<void> {
  const draft = await draftFolder(target, options)
  try {
    await build(draft.folder)
    await draft.commit()
  } catch (error) {
    throw writeError(error)
  } finally {
    await draft.abort()
  }
}

async function moveIntoPlace(temporary: string, target: string, replace: boolean): Promise<void> {
  if (!(await exists(target))) return rename(temporary, target)
  if (!replace) throw new AppError('destination-exists')
  const old = temporaryBeside(target)
  await rename(target, old)
  try {
    await rename(temporary, target)
  } catch (error) {
    await rename(old, target)
    throw error
  }
  await rm(old, { recursive: true, force: true })
}

/** Flushes a file that someone else wrote. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Flushes a folder's entries, where the system can do that. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Windows cannot open folders for this; NTFS journals the rename itself.
  }
}

/** A free temporary name in the folder of `path`. */
export function temporaryBeside(path: string): string {
  return join(
    dirname(path),
    `${temporaryMark}${randomBytes(6).toString('hex')}-${basename(path).slice(0, 80)}`
  )
}

/** Turns a system error of a write into the plain one; other errors pass unchanged. */
export function writeError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const code = 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('disk-full', undefined, { cause: error })
  if (
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    code === 'ENOENT' ||
    code === 'ENOTDIR'
  )
    return new AppError('destination-not-writable', undefined, { cause: error })
  return error
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}

/** Removes what a killed app left of drafts of `path`. Only for places nobody else writes to. */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path)
  const ending = `-${basename(path).slice(0, 80)}`
  const names = await readdir(folder).catch((): string[] => [])
  for (const name of names)
    if (name.startsWith(temporaryMark) && name.endsWith(ending))
      await rm(join(folder, name), { recursive: true, force: true })
}
