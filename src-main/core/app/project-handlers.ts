// Calls about projects: create, open, the sample, backups, and the stream of changes.
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import { stat } from 'node:fs/promises'
import type { ProjectEvent } from '../../api/dto/jobs.ts'
import type { ProjectInfo } from '../../api/dto/projects.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { placeForDisplay } from '../files/grants.ts'
import { backupProject, backupWhenDue } from '../projects/backups.ts'
import { cacheSizes, clearCache } from '../projects/caches.ts'
import { findDropped } from '../projects/find-dropped.ts'
import { madeIn, onlyIn, type Made } from '../projects/restore-loss.ts'
import { listRestorable, readRestorable, restoreProject } from '../projects/restore.ts'
import {
  createProject,
  isProjectFolder,
  openProject,
  projectSize,
  projectSuffix,
  type OpenedProject
} from '../projects/projects.ts'
import { writableArea, type AppState } from './app-state.ts'
import { checkProjectTask, type CheckInput } from './check-project-task.ts'
import { openNetworkSpeeds } from './network-speeds.ts'
import {
  createProjectArea,
  fillSampleProject,
  sampleGaps,
  type ProjectArea
} from './project-area.ts'

type ProjectHandlers = Pick<Handlers, Extract<keyof Handlers, `projects.${string}`>>

const sampleName = 'Sample'
/** Compared of a dropped project's file: its header and some of what follows. */
const headBytes = 4096

/** Model name of the processor: measured speeds count for it alone. */
function processorName(): string {
  return cpus()[0]?.model.trim() ?? 'unknown'
}

/** Handlers of `projects.*`. */
export function createProjectHandlers(state: AppState): ProjectHandlers {
  const { platform, grants, recent, settings, listeners } = state
  const networkSpeeds = openNetworkSpeeds(platform.paths.data, platform.appVersion, processorName())
  const emit = (event: ProjectEvent): void => {
    for (const listener of listeners) listener(event)
  }

  async function close(): Promise<void> {
    const area = state.current
    state.current = undefined
    // What cannot be written any more must not keep another project from being opened.
    await area?.dispose().catch((error: unknown) =>
      platform.log.write('error', 'not-closed', 'The project was not closed cleanly.', {
        detail: String(error)
      })
    )
    // Threads keep hundreds of MB for work like the last, which may not come for a long while.
    if (area !== undefined) state.pool.endIdle()
  }

  /** Makes `project` the open one, telling everyone who watches. */
  async function adopt(project: OpenedProject): Promise<ProjectArea> {
    const area = createProjectArea(project, {
      platform,
      pool: state.pool,
      networkSpeeds,
      getSettings: () => settings.get()
    })
    area.engine.watch((event) => {
      emit(event)
      if (event.kind !== 'job') return
      if (event.job.state === 'finished' || event.job.state === 'finished-with-notes') {
        if (event.job.kind === 'import' && event.job.dataset !== null) {
          emit({ kind: 'dataset', id: event.job.dataset })
        }
        emit({ kind: 'project' })
      }
    })
    state.current = area
    if (!project.store.isReadOnly) {
      await recent.add({ path: project.folder, name: project.name, openedAt: platform.now() })
    }
    emit({ kind: 'project' })
    return area
  }

  async function openFolder(folder: string): Promise<ProjectInfo> {
    if (state.current?.project.folder === folder) return infoOf(state.current)
    await close()
    const { backupsKept } = settings.get()
    const project = await openProject(folder, backupsKept)
    // Before anything is changed in it; a project that cannot be backed up is opened all the same.
    await backupWhenDue(project, platform.now(), backupsKept).catch((error: unknown) =>
      platform.log.write('error', 'backup-failed', 'The daily backup was not made.', {
        detail: String(error)
      })
    )
    return infoOf(await adopt(project))
  }

  /** Folder of a project that need not be open; null = the open one. */
  function folderOf(grant: string | null): string {
    if (grant === null) return state.area().project.folder
    const granted = grants.resolve(grant)
    // A project may be named by its folder or by the file inside it.
    return granted.kind === 'file' ? join(granted.path, '..') : granted.path
  }

  /** What is in the project now; undefined when its file cannot be read. */
  async function madeNow(folder: string): Promise<Made | undefined> {
    if (state.current?.project.folder === folder) return madeIn(state.current.project.store)
    try {
      const project = await openProject(folder, settings.get().backupsKept)
      try {
        return madeIn(project.store)
      } finally {
        project.close()
      }
    } catch (error) {
      if (error instanceof AppError && error.code === 'project-damaged') return undefined
      throw error
    }
  }

  async function restore(folder: string, point: string): Promise<ProjectInfo> {
    const open = state.current?.project.folder === folder ? state.current : undefined
    if (open?.engine.isBusy() === true)
      throw new AppError('computer-busy', 'A backup cannot be restored while a job runs.', {
        hint: 'Wait until the job is done or stop it, then restore the backup.'
      })
    if (open !== undefined) await close()
    try {
      await restoreProject(folder, point, platform.now())
    } catch (error) {
      // The project is as it was; it goes on as if nothing had been asked.
      if (open !== undefined) await openFolder(folder).catch(() => undefined)
      throw error
    }
    return openFolder(folder)
  }

  return {
    'projects.current': async () => ({
      project: state.current ? await infoOf(state.current) : null
    }),
    'projects.recent': async () => ({
      projects: await Promise.all(
        recent.list().map(async (entry) => ({
          grant: grants.issue(entry.path, 'folder').id,
          name: entry.name,
          place: placeForDisplay(entry.path),
          openedAt: entry.openedAt,
          isMissing: !(await isProjectFolder(entry.path)),
          isPinned: entry.isPinned
        }))
      )
    }),
    'projects.forget': async (input) => {
      await recent.forget(grants.resolve(input.grant, 'folder').path)
      return {}
    },
    'projects.pin': async (input) => {
      await recent.pin(grants.resolve(input.grant, 'folder').path, input.isPinned)
      return {}
    },
    'projects.create': async (input) => {
      const parent =
        input.place === null ? platform.paths.projects : grants.resolve(input.place, 'folder').path
      const project = await createProject(parent, input.name, platform.now())
      await close()
      return infoOf(await adopt(project))
    },
    'projects.open': (input) => openFolder(folderOf(input.grant)),
    'projects.caches': async () => ({ caches: await cacheSizes(state.area().project) }),
    'projects.clearCache': async (input) => {
      const { project, engine } = writableArea(state)
      // A job may be reading what would be removed.
      if (engine.isBusy()) throw new AppError('computer-busy')
      return { freedBytes: await clearCache(project, input.cache) }
    },
    'projects.findDropped': async (input) => {
      const folder = await findDropped(
        { ...input, head: input.head.subarray(0, headBytes) },
        recent.list().map(({ path }) => path),
        [platform.paths.projects]
      )
      if (folder === undefined) return { found: null }
      const { id, place } = grants.issue(folder, 'folder')
      const isOpen = state.current?.project.folder === folder
      return { found: { grant: id, name: basename(folder, projectSuffix), place, isOpen } }
    },
    'projects.restorePoints': async (input) => {
      const folder = folderOf(input.grant)
      return {
        name: basename(folder, projectSuffix),
        points: await listRestorable(folder)
      }
    },
    'projects.restoreLoss': async (input) => {
      const folder = folderOf(input.grant)
      const point = (await listRestorable(folder)).find(({ id }) => id === input.point)
      const then = await readRestorable(folder, input.point, madeIn)
      const now = await madeNow(folder)
      return {
        madeAt: point?.madeAt ?? 0,
        lost: now === undefined ? null : onlyIn(now, then),
        back: now === undefined ? null : onlyIn(then, now)
      }
    },
    'projects.restore': (input) => restore(folderOf(input.grant), input.point),
    'projects.openSample': async () => {
      const folder = join(platform.paths.projects, sampleName + projectSuffix)
      if (await isProjectFolder(folder)) return openFolder(folder)
      await close()
      const project = await createProject(platform.paths.projects, sampleName, platform.now(), true)
      const area = await adopt(project)
      await fillSampleProject(area, platform.paths.resources)
      return infoOf(area)
    },
    'projects.sampleGaps': async () => ({
      missing: state.current === undefined ? [] : sampleGaps(state.current)
    }),
    'projects.completeSample': async () => {
      const area = state.area()
      if (area.project.store.isReadOnly) throw new AppError('project-read-only')
      const added = sampleGaps(area)
      await fillSampleProject(area, platform.paths.resources, added)
      return { added }
    },
    'projects.close': async () => {
      await close()
      emit({ kind: 'project' })
      return {}
    },
    'projects.backup': async () => {
      const { project } = state.area()
      if (project.store.isReadOnly) throw new AppError('project-read-only')
      const made = await backupProject(project, platform.now(), settings.get().backupsKept)
      return { place: placeForDisplay(made.path), sizeBytes: made.sizeBytes }
    },
    'projects.check': async () => {
      const found = await state.pool.run<CheckInput, never, readonly string[]>(
        checkProjectTask,
        { path: state.area().project.store.path },
        { signal: new AbortController().signal, isLight: true }
      )
      return { ok: found.length === 0, findings: [...found] }
    },
    'projects.watch': async (_input, send, signal) => {
      listeners.add(send)
      await new Promise<void>((resolve) => signal.onStop(resolve))
      listeners.delete(send)
    }
  }
}

async function infoOf(area: ProjectArea): Promise<ProjectInfo> {
  const { project } = area
  const { store } = project
  const datasets = store.datasets.list()
  const createdAt = store.fact('createdAt')
  const folder = await stat(project.folder)
  return {
    name: project.name,
    place: placeForDisplay(project.folder),
    isReadOnly: store.isReadOnly,
    readOnlyReason: store.readOnlyReason ?? null,
    createdAt: typeof createdAt === 'number' ? createdAt : folder.birthtimeMs,
    sizeBytes: await projectSize(project.folder),
    isSample: store.fact('isSample') === true,
    datasets: datasets.length,
    items: datasets.reduce((sum, dataset) => sum + dataset.items, 0),
    runs: store.runs.list().length
  }
}
