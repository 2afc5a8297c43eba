// Puts a backup in the place of the project file. What stood there is kept aside and never deleted.
// The order makes it safe to be killed anywhere: the backup is copied and checked first, then a plan is
// written, and from then on every step can be done again until the plan is fulfilled.
import { accessSync, constants, existsSync } from 'node:fs'
import {
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs
} from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { syncFile, syncFolder, writeError, writeFileAtomic } from '../files/atomic-write.ts'
import { plainStoreError } from '../store/connect.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/records.ts'
import { backupNames, backupsFolder, fileName, isBackupName, timeOf } from './backups.ts'
import { lockProject } from './project-lock.ts'

/** Where project files are kept that a backup has taken the place of. */
export const replacedFolder = 'replaced'
const restoringFolder = 'restoring'
const planName = 'plan.json'

/** Something a project can be brought back to. */
export interface Restorable {
  /** Names it among the others of the project. */
  readonly id: string
  readonly kind: 'backup' | 'replaced'
  /** When it was made, or was replaced; 0 when its name does not say. */
  readonly madeAt: number
  readonly sizeBytes: number
}

/** Told before each step; a test stops there as a kill would. */
export type RestoreStep = (name: string) => Promise<void> | void

const Plan = z.strictObject({ replaced: z.string().regex(/^\d[\dTZ-]*(-\d+)?$/) })

/** What the project in `folder` can be brought back to, the newest first. */
export async function listRestorable(folder: string): Promise<Restorable[]> {
  const backups = (await backupNames(join(folder, backupsFolder))).toReversed()
  const replaced = (await readdir(join(folder, replacedFolder)).catch((): string[] => [])).toSorted(
    (a, b) => (a < b ? 1 : -1)
  )
  const all = [
    ...backups.map((name) => ({ id: name, kind: 'backup' as const, madeAt: timeOf(name) })),
    ...replaced.map((name) => ({
      id: `${replacedFolder}/${name}`,
      kind: 'replaced' as const,
      madeAt: timeOf(`project-${name.replace(/-\d+$/, '')}.sqlite`)
    }))
  ]
  const sized = await Promise.all(
    all.map(async (one) => {
      const found = await lstat(fileOf(folder, one.id) ?? '').catch(() => undefined)
      return found?.isFile() === true ? [{ ...one, sizeBytes: found.size }] : []
    })
  )
  return sized.flat()
}

/** The file an id of {@link listRestorable} stands for; undefined for anything else. */
function fileOf(folder: string, id: string): string | undefined {
  if (isBackupName(id)) return join(folder, backupsFolder, id)
  const [place, name = ''] = id.split('/')
  const isOne = place === replacedFolder && Plan.shape.replaced.safeParse(name).success
  return isOne && id === `${replacedFolder}/${name}`
    ? join(folder, replacedFolder, name, fileName)
    : undefined
}

/** True while a restore was cut off between its plan and its end. */
export function isRestoring(folder: string): boolean {
  return existsSync(join(folder, restoringFolder, planName))
}

/**
 * Reads what a backup holds; nothing of the project changes. Throws AppError "project-damaged" when
 * the backup is damaged as well.
 */
export async function readRestorable<T>(
  folder: string,
  id: string,
  read: (store: Store) => T
): Promise<T> {
  const path = await requireFile(folder, id)
  const had = sideFilesOf(path)
  try {
    const store = openStore(path, { isReadOnly: true })
    try {
      return read(store)
    } finally {
      store.dispose()
    }
  } catch (error) {
    throw ofBackup(error)
  } finally {
    // A reader makes side files where it can; a backup is one file.
    const left = sideFilesOf(path).filter((name) => !had.includes(name))
    for (const name of left) await rm(name, { force: true })
  }
}

function sideFilesOf(path: string): string[] {
  return [`${path}-wal`, `${path}-shm`].filter((side) => existsSync(side))
}

async function requireFile(folder: string, id: string): Promise<string> {
  const path = fileOf(folder, id)
  const found = path === undefined ? undefined : await lstat(path).catch(() => undefined)
  if (path === undefined || found?.isFile() !== true)
    throw new AppError('invalid-input', 'This backup is not there any more.')
  return path
}

function ofBackup(error: unknown): unknown {
  const told = plainStoreError(error)
  const isBroken =
    told instanceof AppError && ['project-damaged', 'project-not-winnow'].includes(told.code)
  return isBroken
    ? new AppError('project-damaged', 'This backup is damaged, too. Choose another one.', {
        cause: error
      })
    : told
}

/**
 * Brings the project in `folder` back to what `id` names. The project must be closed. What stands in
 * its place is moved to `replaced/`. Throws AppError "project-in-use", "project-read-only",
 * "project-damaged" (the backup), "disk-full"; then the project is as it was.
 */
export async function restoreProject(
  folder: string,
  id: string,
  now: number,
  step: RestoreStep = () => undefined
): Promise<void> {
  requireWritable(folder)
  const release = lockProject(folder)
  try {
    // What another start did not finish comes first: this one begins from a whole project.
    await finishUnderLock(folder, step)
    const source = await requireFile(folder, id)
    const draft = join(folder, restoringFolder)
    try {
      await requireRoom(folder, source)
      await step('make the folder')
      await mkdir(draft, { recursive: true })
      await copyWhole(source, join(draft, fileName), step)
      await step('write the plan')
      const replaced = await freeName(folder, now)
      await writeFileAtomic(join(draft, planName), JSON.stringify({ replaced }))
    } catch (error) {
      // Before the plan nothing of the project has been touched.
      await rm(draft, { recursive: true, force: true })
      throw plainStoreError(writeError(error))
    }
    await finishUnderLock(folder, step)
  } finally {
    release()
  }
}

function requireWritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    const text = 'The project folder cannot be written to, so nothing can be restored in it.'
    throw new AppError('project-read-only', text, { cause })
  }
}

/** The copy and what is kept aside are there together for a moment. */
async function requireRoom(folder: string, source: string): Promise<void> {
  const disk = await statfs(folder)
  const { size } = await stat(source)
  if (disk.bavail * disk.bsize < size + 2 ** 20) throw new AppError('disk-full')
}

/** Copies a project file with its log, folds the log in, and looks whether the copy is sound. */
async function copyWhole(source: string, target: string, step: RestoreStep): Promise<void> {
  await step('copy')
  await copyFile(source, target)
  if (existsSync(`${source}-wal`)) await copyFile(`${source}-wal`, `${target}-wal`)
  await step('check')
  try {
    openStore(target, { isReadOnly: true }).dispose()
  } catch (error) {
    throw ofBackup(error)
  }
  // Only what is at rest in one file is moved; a reader has changed nothing of it.
  if (existsSync(`${target}-wal`) && (await stat(`${target}-wal`)).size > 0) foldLog(target)
  for (const side of [`${target}-wal`, `${target}-shm`]) await rm(side, { force: true })
  await syncFile(target)
}

/** Opening and closing for writing folds the log in; it brings an older file up to date as well. */
function foldLog(path: string): void {
  openStore(path).dispose()
}

/** A name in `replaced/` that is free. */
async function freeName(folder: string, now: number): Promise<string> {
  const stamp = new Date(now).toISOString().replaceAll(':', '-').replace(/\..*/, '')
  const taken = await readdir(join(folder, replacedFolder)).catch((): string[] => [])
  if (!taken.includes(stamp)) return stamp
  for (let number = 2; ; number++)
    if (!taken.includes(`${stamp}-${number}`)) return `${stamp}-${number}`
}

/** Ends a restore that was cut off; does nothing when there was none. Takes the lock meanwhile. */
export async function finishRestore(folder: string): Promise<void> {
  if (!existsSync(join(folder, restoringFolder))) return
  requireWritable(folder)
  const release = lockProject(folder)
  try {
    await finishUnderLock(folder, () => undefined)
  } finally {
    release()
  }
}

async function finishUnderLock(folder: string, step: RestoreStep): Promise<void> {
  const draft = join(folder, restoringFolder)
  if (!existsSync(draft)) return
  const plan = await readPlan(join(draft, planName))
  const ready = join(draft, fileName)
  // Once the copy has left, the project file in its place is the restored one.
  if (plan !== undefined && existsSync(ready)) {
    const aside = join(folder, replacedFolder, plan.replaced)
    await step('make room')
    await mkdir(aside, { recursive: true })
    for (const name of await filesToMove(folder)) {
      await step(`move ${name}`)
      await rename(join(folder, name), await freePlace(aside, name))
    }
    await syncFolder(aside)
    await step('put the backup in place')
    await rename(ready, join(folder, fileName))
    await syncFolder(folder)
  }
  await step('tidy')
  await rm(draft, { recursive: true, force: true })
}

/**
 * The project file and everything that belongs to its old state: a log beside another file than its
 * own would be written into it. The file itself goes last, so that it is never without its log.
 */
async function filesToMove(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => name.startsWith(fileName))
    .sort((a, b) => Number(a === fileName) - Number(b === fileName))
}

async function freePlace(folder: string, name: string): Promise<string> {
  const taken = await readdir(folder)
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}.${number}`
    if (!taken.includes(free)) return join(folder, free)
  }
}

async function readPlan(path: string): Promise<z.infer<typeof Plan> | undefined> {
  try {
    return Plan.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    // Without a plan nothing has been moved yet.
    return undefined
  }
}
