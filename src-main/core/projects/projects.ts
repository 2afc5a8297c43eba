// Project folders: create, open, back up. A project is a folder `Name.winnow` that can be copied.
import { accessSync, constants, copyFileSync } from 'node:fs'
import { lstat, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../api/errors.ts'
import { syncFile, syncFolder, temporaryBeside, writeError } from '../files/atomic-write.ts'
import { nameProblem } from '../files/contain.ts'
import { plainStoreError } from '../store/connect.ts'
import { openStore } from '../store/open-store.ts'
import { lockProject } from './project-lock.ts'
import type { OpenProject } from './open-project.ts'

/** Ending of every project folder. */
export const projectSuffix = '.winnow'
const fileName = 'project.sqlite'

export interface OpenedProject extends OpenProject {
  close(): void
}

/** True when `folder` holds a project file. */
export async function isProjectFolder(folder: string): Promise<boolean> {
  return (await lstat(join(folder, fileName)).catch(() => undefined))?.isFile() ?? false
}

/** Makes `<parent>/<name>.winnow`. Throws AppError "project-exists" or "invalid-input". */
export async function createProject(
  parent: string,
  name: string,
  now: number,
  isSample = false
): Promise<OpenedProject> {
  const problem = nameProblem(name) ?? nameProblem(name + projectSuffix)
  if (problem) throw new AppError('invalid-input', `This project name ${problem}.`)
  const folder = join(parent, name + projectSuffix)
  const unwritable = (cause: unknown): never => {
    throw new AppError('destination-not-writable', undefined, { cause })
  }
  await mkdir(parent, { recursive: true }).catch(unwritable)
  await mkdir(folder).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'EEXIST') throw new AppError('project-exists')
    unwritable(error)
  })
  try {
    return await orClosed(openFolder(folder), async (project) => {
      project.store.setFact('name', name)
      project.store.setFact('createdAt', now)
      project.store.setFact('isSample', isSample)
      await makeFolders(project)
    })
  } catch (error) {
    // Half of a project would keep its name from being used again.
    await rm(folder, { recursive: true, force: true })
    throw plainStoreError(writeError(error))
  }
}

/** The project after `work`; closed when that fails, so that no lock stays behind. */
async function orClosed(
  project: OpenedProject,
  work: (project: OpenedProject) => Promise<void>
): Promise<OpenedProject> {
  try {
    await work(project)
    return project
  } catch (error) {
    project.close()
    throw plainStoreError(writeError(error))
  }
}

/**
 * Opens a project folder. Throws AppError "project-not-found", "project-not-winnow",
 * "project-damaged" or "project-in-use"; a folder that cannot be written opens read-only.
 */
export async function openProject(folder: string, backupsKept: number): Promise<OpenedProject> {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) throw new AppError('project-not-found')
  const backups = await backupNames(join(folder, 'backups'))
  if (!(await isProjectFolder(folder))) {
    if (backups.length > 0) throw damagedWith(backups)
    throw new AppError('project-not-winnow')
  }
  // Of an early crash when there is nothing else; with backups it was more once.
  if ((await stat(join(folder, fileName))).size === 0 && backups.length > 0)
    throw damagedWith(backups)
  return orClosed(openOrDamaged(folder, backups), async (project) => {
    if (project.store.isReadOnly) return
    await makeFolders(project)
    await pruneBackups(folder, backupsKept)
  })
}

/** As {@link openFolder}; says which backup there is when the project file is not what it was. */
function openOrDamaged(folder: string, backups: readonly string[]): OpenedProject {
  try {
    return openFolder(folder)
  } catch (error) {
    const isBroken =
      error instanceof AppError && ['project-damaged', 'project-not-winnow'].includes(error.code)
    if (!isBroken || backups.length === 0) throw error
    throw damagedWith(backups, error)
  }
}

function damagedWith(backups: readonly string[], cause?: unknown): AppError {
  return new AppError('project-damaged', undefined, {
    hint: `In the project folder, move every file whose name begins with “${fileName}” somewhere else. Then copy “${backups.at(-1)}” from the folder “backups” there and name the copy “${fileName}”.`,
    cause
  })
}

function openFolder(folder: string): OpenedProject {
  const release = isWritable(folder) ? lockProject(folder) : () => undefined
  try {
    const path = join(folder, fileName)
    const store = openStore(path, {
      beforeMigration: (version) => copyBeforeMigration(path, version)
    })
    const name = store.fact('name')
    return {
      folder,
      name: typeof name === 'string' ? name : basename(folder, projectSuffix),
      store,
      featuresFolder: join(folder, 'features'),
      mediaFolder: join(folder, 'media'),
      runsFolder: join(folder, 'runs'),
      exportsFolder: join(folder, 'exports'),
      close() {
        try {
          store.dispose()
        } finally {
          release()
        }
      }
    }
  } catch (error) {
    release()
    throw error
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function makeFolders(project: OpenProject): Promise<void> {
  for (const folder of [
    project.featuresFolder,
    project.mediaFolder,
    project.runsFolder,
    project.exportsFolder
  ]) {
    await mkdir(folder, { recursive: true })
  }
}

function copyBeforeMigration(path: string, version: number): void {
  copyFileSync(path, `${path}.before-${version}`)
}

/** Copies the project file, consistently and while in use, into `backups/`. */
export async function backupProject(
  project: OpenProject,
  now: number,
  kept: number
): Promise<{ path: string; sizeBytes: number }> {
  const folder = join(project.folder, 'backups')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `project-${stampAfter(await backupNames(folder), now)}.sqlite`)
  // Under its own name only when whole: a half one must not push out a good one.
  const temporary = temporaryBeside(path)
  try {
    await project.store.backup(temporary)
    await syncFile(temporary)
    await rename(temporary, path)
    await syncFolder(folder)
  } catch (error) {
    await rm(temporary, { force: true })
    throw plainStoreError(writeError(error))
  }
  await pruneBackups(project.folder, kept)
  return { path, sizeBytes: (await stat(path)).size }
}

const backupEveryMs = 24 * 3600 * 1000

/**
 * Makes a backup of a project that holds something when the newest one is a day old, or none is there
 * and it was not made just now. Never in the way: without room for it there is none.
 */
export async function backupWhenDue(
  project: OpenProject,
  now: number,
  kept: number
): Promise<void> {
  const { store, folder } = project
  if (store.isReadOnly) return
  if (store.datasets.list().length === 0 && store.traces.sets().length === 0) return
  const newest = (await backupNames(join(folder, 'backups'))).at(-1)
  const made = newest === undefined ? 0 : timeOf(newest)
  // A time to come is of a clock that was set back since.
  if (made <= now && now - made < backupEveryMs) return
  const disk = await statfs(folder)
  const { size } = await stat(store.path)
  if (disk.bavail * disk.bsize < 2 * size + roomLeftBytes) return
  await backupProject(project, now, kept)
}

/** What a backup leaves free for the work itself. */
const roomLeftBytes = 256 * 2 ** 20

/** When a backup was made, from its name. */
function timeOf(name: string): number {
  const [date = '', time = ''] = (stampOf(name).split('~').at(-1) ?? '').split('T')
  const made = Date.parse(`${date}T${time.replaceAll('-', ':')}Z`)
  return Number.isNaN(made) ? 0 : made
}

async function pruneBackups(projectFolder: string, kept: number): Promise<void> {
  const folder = join(projectFolder, 'backups')
  const backups = await backupNames(folder)
  for (const name of backups.slice(0, Math.max(0, backups.length - kept))) {
    await rm(join(folder, name), { force: true })
  }
}

const backupName = /^project-(.*)\.sqlite$/
const stampOf = (name: string): string => backupName.exec(name)?.[1] ?? ''

/** Names of the backups in their folder, the oldest first. */
async function backupNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  // By the stamp alone: the ending would put "…~…" before the stamp it goes on from.
  return names
    .filter((name) => backupName.test(name))
    .sort((a, b) => (stampOf(a) < stampOf(b) ? -1 : 1))
}

/**
 * The time as part of a name. After the clock was set back the stamp of the newest backup stands
 * before it, so that the new one is the newest and does not give way at once.
 */
function stampAfter(names: readonly string[], now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(':', '-').replace(/\..*/, '')
  const newest = stampOf(names.at(-1) ?? '')
  if (stamp >= newest) return stamp
  const again = `${newest.split('~', 1)[0]}~${stamp}`
  return again >= newest ? again : `${newest}~${stamp}`
}

/** Bytes of everything in the project folder. */
export async function projectSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let bytes = 0
  for (const entry of entries) {
    if (!entry.isFile()) continue
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0
  }
  return bytes
}
