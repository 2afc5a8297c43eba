// Files dropped on the window. A page may read them but not name their place (security.md F1), so
// their bytes arrive piece by piece and are written into the project's own inbox folder under
// contained names. A drop appears whole or not at all, and what is never imported is removed.
import { randomBytes } from 'node:crypto'
import { access, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { FileKind } from '../../api/dto/files.ts'
import { AppError } from '../../api/errors.ts'
import { syncFolder, temporaryMark, writeError } from './atomic-write.ts'
import { isInside, normaliseName, portablePath } from './contain.ts'
import {
  checkedNames,
  inboxLimits,
  wrongSize,
  type DropAnnouncement,
  type InboxLimits
} from './inbox-checks.ts'

/** The part of an open file the inbox needs. */
export interface WritableFile {
  write(bytes: Uint8Array): Promise<{ readonly bytesWritten: number }>
  sync(): Promise<void>
  close(): Promise<void>
}

export interface InboxDeps {
  /** Absolute folder of the project. */
  readonly projectFolder: string
  /** media/ of the project. */
  readonly mediaFolder: string
  /** Bytes free where the project is. */
  freeBytes(): Promise<number>
  /** Paths of sources that unfinished imports still read from. */
  pathsInUse(): readonly string[]
  readonly limits?: InboxLimits
  /** Opens a new file for writing; the file must not exist yet. */
  openNew?(path: string): Promise<WritableFile>
}

export interface Inbox {
  /**
   * Begins a drop; one that was under way is given up. Returns its id. Throws AppError
   * "invalid-input" (names), "too-large", "disk-full" or "destination-not-writable".
   */
  start(announced: DropAnnouncement): Promise<string>
  /**
   * Takes the next bytes, which begin in file `file` and run on into the files after it. Files come
   * in the order announced, one message at a time; anything else gives the drop up with AppError
   * "invalid-input" (or as the disk answers).
   */
  chunk(drop: string, file: number, bytes: Uint8Array): Promise<void>
  /** Ends a drop: its place inside the inbox, or undefined when it was not kept. */
  end(
    drop: string,
    keep: boolean
  ): Promise<{ readonly path: string; readonly kind: FileKind } | undefined>
  /** Removes what is in the inbox and in use by no import; nothing while a drop is under way. */
  tidy(): Promise<void>
  /** Gives up a drop under way, then tidies. */
  dispose(): Promise<void>
}

interface Drop {
  readonly id: string
  /** Temporary folder it is written into. */
  readonly folder: string
  readonly announced: DropAnnouncement
  /** Path of each announced file. */
  readonly places: readonly string[]
  readonly foldersMade: Set<string>
  /** File now written, and its bytes so far. */
  current: number
  written: number
  file: WritableFile | undefined
  isBusy: boolean
}

/** Folder of dropped files inside `media/`. */
const inboxName = 'inbox'

/** The inbox of an opened project. Nothing is touched before the first call. */
export function createInbox(deps: InboxDeps): Inbox {
  const limits = deps.limits ?? inboxLimits
  const folder = join(deps.mediaFolder, inboxName)
  const openNew = deps.openNew ?? ((path: string) => open(path, 'wx'))
  let underWay: Drop | undefined
  let starts = 0
  let tidying: Promise<void> = Promise.resolve()

  async function giveUp(drop: Drop): Promise<void> {
    if (underWay === drop) underWay = undefined
    await drop.file?.close().catch(() => {})
    drop.file = undefined
    await rm(drop.folder, { recursive: true, force: true })
  }

  function find(id: string): Drop {
    if (underWay?.id !== id)
      throw new AppError('invalid-input', 'This drop has ended.', { hint: 'Drop the files again.' })
    return underWay
  }

  /** Runs one step of a drop. A failed step, or a second one at the same time, ends the drop. */
  async function step<T>(drop: Drop, work: () => Promise<T>): Promise<T> {
    if (drop.isBusy) {
      if (underWay === drop) underWay = undefined
      throw new AppError('invalid-input', 'Bytes came while others were still being written.')
    }
    drop.isBusy = true
    try {
      const done = await work()
      // Given up by someone else meanwhile.
      if (underWay !== drop) throw new AppError('cancelled')
      return done
    } catch (error) {
      await giveUp(drop)
      throw writeError(error)
    } finally {
      drop.isBusy = false
    }
  }

  async function openCurrent(drop: Drop): Promise<WritableFile> {
    const place = drop.places[drop.current]
    const parent = dirname(place)
    if (!drop.foldersMade.has(parent)) await mkdir(parent, { recursive: true })
    drop.foldersMade.add(parent)
    drop.file = await openNew(place)
    return drop.file
  }

  /** Completes the current file, which must have all its bytes; an empty one is made here. */
  async function completeCurrent(drop: Drop): Promise<void> {
    const { size, path } = drop.announced.files[drop.current]
    if (drop.written !== size) throw wrongSize(path, 'ended before all of its bytes came')
    const file = drop.file ?? (await openCurrent(drop))
    // One large file is flushed; thousands of small ones one by one would take minutes.
    if (drop.places.length === 1) await file.sync()
    await file.close()
    drop.file = undefined
    drop.written = 0
    drop.current += 1
  }

  /** Writes on in the current file, and in the ones after it once it has all its bytes. */
  async function writeOn(drop: Drop, bytes: Uint8Array): Promise<void> {
    let rest = bytes
    while (rest.length > 0) {
      const entry = drop.announced.files[drop.current]
      if (entry === undefined)
        throw new AppError('invalid-input', 'More bytes came than were announced.')
      const part = rest.subarray(0, entry.size - drop.written)
      if (part.length === 0) {
        await completeCurrent(drop)
        continue
      }
      await writeAll(drop.file ?? (await openCurrent(drop)), part)
      drop.written += part.length
      rest = rest.subarray(part.length)
    }
  }

  async function completeUntil(drop: Drop, file: number): Promise<void> {
    while (drop.current < file) await completeCurrent(drop)
  }

  return {
    async start(announced) {
      if (underWay !== undefined) await giveUp(underWay)
      const mine = ++starts
      const names = await checkedNames(announced, limits)
      await tidying.catch(() => {})
      // What was dropped before and not imported is not wanted any more.
      await tidyInbox(deps, folder)
      const total = announced.files.reduce((sum, file) => sum + file.size, 0)
      if (total > (await deps.freeBytes()) - limits.reserveBytes) throw tooLittleSpace()
      const id = randomBytes(9).toString('hex')
      const temporary = join(folder, `${temporaryMark}${id}`)
      try {
        await mkdir(folder, { recursive: true })
        await requireInside(deps.projectFolder, folder)
        await mkdir(temporary)
      } catch (error) {
        throw writeError(error)
      }
      if (mine !== starts) {
        await rm(temporary, { recursive: true, force: true })
        throw new AppError('cancelled')
      }
      underWay = {
        id,
        folder: temporary,
        announced,
        places: names.map((segments) => portablePath(temporary, segments)),
        foldersMade: new Set(),
        current: 0,
        written: 0,
        file: undefined,
        isBusy: false
      }
      return id
    },
    async chunk(id, file, bytes) {
      const drop = find(id)
      await step(drop, async () => {
        const entry = drop.announced.files[file]
        if (file < drop.current || entry === undefined)
          throw new AppError('invalid-input', 'Bytes came for a file that was not expected.')
        if (bytes.length > limits.chunkBytes)
          throw new AppError('too-large', 'More bytes came at once than are taken.')
        await completeUntil(drop, file)
        if (bytes.length > 0 && drop.written === entry.size)
          throw wrongSize(entry.path, 'is larger than it was announced')
        await writeOn(drop, bytes)
      })
    },
    async end(id, keep) {
      const drop = find(id)
      if (!keep) {
        await giveUp(drop)
        return undefined
      }
      const place = join(folder, drop.id)
      await step(drop, async () => {
        await completeUntil(drop, drop.places.length)
        await syncFolder(drop.folder)
        await rename(drop.folder, place)
        await syncFolder(folder)
      })
      underWay = undefined
      const { name, isFolder } = drop.announced
      return { path: join(place, normaliseName(name)), kind: isFolder ? 'folder' : 'file' }
    },
    async tidy() {
      if (underWay !== undefined) return
      tidying = tidyInbox(deps, folder)
      await tidying
    },
    async dispose() {
      starts += 1
      if (underWay !== undefined) await giveUp(underWay)
      await tidyInbox(deps, folder)
    }
  }
}

function tooLittleSpace(): AppError {
  return new AppError('disk-full', undefined, {
    hint: 'Dropped files are copied into the project. Choose them with the button instead: they are then read where they are.'
  })
}

async function writeAll(file: WritableFile, bytes: Uint8Array): Promise<void> {
  let rest = bytes
  while (rest.length > 0) {
    const { bytesWritten } = await file.write(rest)
    rest = rest.subarray(bytesWritten)
  }
}

// A project that came from elsewhere may hold a link in place of a folder: nothing is written or
// removed through it.
async function requireInside(projectFolder: string, folder: string): Promise<void> {
  const [root, real] = await Promise.all([realpath(projectFolder), realpath(folder)])
  if (!isInside(root, real))
    throw new AppError(
      'destination-not-writable',
      'The folder for dropped files leads out of the project, so it is not used.'
    )
}

async function tidyInbox(deps: InboxDeps, folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => [])
  if (names.length === 0) return
  await requireInside(deps.projectFolder, folder)
  const used = new Set(deps.pathsInUse().map((path) => entryOf(folder, path)))
  for (const name of names) {
    if (!used.has(name)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** Name of the inbox entry a path lies in; undefined outside of the inbox. */
function entryOf(folder: string, path: string): string | undefined {
  return isInside(folder, path) ? relative(folder, path).split(sep)[0] : undefined
}

/** Whether a source was dropped: it lies in the inbox below `mediaFolder`. */
export function isInInbox(mediaFolder: string, path: string): boolean {
  const entry = entryOf(join(mediaFolder, inboxName), path)
  return entry !== undefined && entry !== ''
}

/**
 * Moves a dropped source out of the inbox into the folder `target`, which does not exist yet, without
 * copying it again. Returns its new path; a second call finds it there. Throws AppError
 * "file-not-readable" when it is in neither place, or as the disk answers.
 */
export async function moveFromInbox(
  mediaFolder: string,
  path: string,
  target: string
): Promise<string> {
  const inbox = join(mediaFolder, inboxName)
  const entry = entryOf(inbox, path)
  if (entry === undefined || entry === '') throw new AppError('file-not-readable')
  const place = join(target, basename(path))
  try {
    if (await exists(path)) {
      await rename(join(inbox, entry), target)
      await syncFolder(dirname(target))
    }
    await access(place)
    return place
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new AppError('file-not-readable', 'The dropped files are not there any more.', {
        cause: error,
        hint: 'Drop them again.'
      })
    throw writeError(error)
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  )
}
