// Project folders: create, open, back up. A project is a folder `Name.winnow` that can be copied.
import { accessSync, constants, copyFileSync } from 'node:fs'
import { lstat, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../api/errors.ts'
import { writeError } from '../files/atomic-write.ts'
import { nameProblem } from '../files/contain.ts'
import { plainStoreError } from '../store/connect.ts'
import { openStore } from '../store/open-store.ts'
import { backupNames, backupsFolder, fileName, pruneBackups } from './backups.ts'
import { lockProject } from './project-lock.ts'
import type { OpenProject } from './open-project.ts'
import { finishRestore, isRestoring } from './restore.ts'

/** Ending of every project folder. */
export const projectSuffix = '.winnow'

export interface OpenedProject extends OpenProject {
  close(): void
}

/** True when `folder` holds a project, also one whose file is lost and can be restored. */
export async function isProjectFolder(folder: string): Promise<boolean> {
  if ((await hasProjectFile(folder)) || isRestoring(folder)) return true
  return (await backupNames(join(folder, backupsFolder))).length > 0
}

async function hasProjectFile(folder: string): Promise<boolean> {
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
  // Where nothing can be written, nothing can be finished either.
  if (isRestoring(folder) && isWritable(folder)) await finishRestore(folder)
  const backups = await backupNames(join(folder, backupsFolder))
  if (!(await hasProjectFile(folder))) {
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
