// Project folders: create, open, back up. A project is a folder `Name.winnow` that can be copied.
import { accessSync, constants, copyFileSync } from 'node:fs'
import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../api/errors.ts'
import { temporaryBeside, writeError } from '../files/atomic-write.ts'
import { nameProblem } from '../files/contain.ts'
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
  return orClosed(openFolder(folder), async (project) => {
    project.store.setFact('name', name)
    project.store.setFact('createdAt', now)
    project.store.setFact('isSample', isSample)
    await makeFolders(project)
  })
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
    throw writeError(error)
  }
}

/**
 * Opens a project folder. Throws AppError "project-not-found", "project-not-winnow",
 * "project-damaged" or "project-in-use"; a folder that cannot be written opens read-only.
 */
export async function openProject(folder: string, backupsKept: number): Promise<OpenedProject> {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) throw new AppError('project-not-found')
  if (!(await isProjectFolder(folder))) throw new AppError('project-not-winnow')
  return orClosed(openFolder(folder), async (project) => {
    if (project.store.isReadOnly) return
    await makeFolders(project)
    await pruneBackups(folder, backupsKept)
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
        store.dispose()
        release()
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
  const stamp = new Date(now).toISOString().replaceAll(':', '-').replace(/\..*/, '')
  const path = join(folder, `project-${stamp}.sqlite`)
  // Under its own name only when whole: a half one must not push out a good one.
  const temporary = temporaryBeside(path)
  try {
    await project.store.backup(temporary)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw writeError(error)
  }
  await pruneBackups(project.folder, kept)
  return { path, sizeBytes: (await stat(path)).size }
}

async function pruneBackups(projectFolder: string, kept: number): Promise<void> {
  const folder = join(projectFolder, 'backups')
  const names = await readdir(folder).catch(() => [])
  const backups = names.filter((name) => /^project-.*\.sqlite$/.test(name)).sort()
  for (const name of backups.slice(0, Math.max(0, backups.length - kept))) {
    await rm(join(folder, name), { force: true })
  }
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
