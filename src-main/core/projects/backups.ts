// Backups of a project file: made while it is in use, named by their time, the oldest giving way.
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFile, syncFolder, temporaryBeside, writeError } from '../files/atomic-write.ts'
import { plainStoreError } from '../store/connect.ts'
import type { OpenProject } from './open-project.ts'

/** The project file in its folder. */
export const fileName = 'project.sqlite'
/** Folder of the backups in a project folder. */
export const backupsFolder = 'backups'

/** Copies the project file, consistently and while in use, into `backups/`. */
export async function backupProject(
  project: OpenProject,
  now: number,
  kept: number
): Promise<{ path: string; sizeBytes: number }> {
  const folder = join(project.folder, backupsFolder)
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
  const newest = (await backupNames(join(folder, backupsFolder))).at(-1)
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

/** When a backup was made, from its name; 0 when the name does not say. */
export function timeOf(name: string): number {
  const [date = '', time = ''] = (stampOf(name).split('~').at(-1) ?? '').split('T')
  const made = Date.parse(`${date}T${time.replaceAll('-', ':')}Z`)
  return Number.isNaN(made) ? 0 : made
}

/** Removes the oldest backups until `kept` are left. */
export async function pruneBackups(projectFolder: string, kept: number): Promise<void> {
  const folder = join(projectFolder, backupsFolder)
  const backups = await backupNames(folder)
  for (const name of backups.slice(0, Math.max(0, backups.length - kept))) {
    await rm(join(folder, name), { force: true })
  }
}

const backupName = /^project-(.*)\.sqlite$/
/** True for the name of a backup; never one that leads elsewhere. */
export const isBackupName = (name: string): boolean => backupName.test(name) && !/[/\\]/.test(name)
const stampOf = (name: string): string => backupName.exec(name)?.[1] ?? ''

/** Names of the backups in their folder, the oldest first. */
export async function backupNames(folder: string): Promise<string[]> {
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
