// Calls about projects: create, open, the sample, backups, and the stream of changes.
import { cpus } from 'node:os'
import { join } from 'node:path'
import { stat } from 'node:fs/promises'
import type { ProjectEvent } from '../../api/dto/jobs.ts'
import type { ProjectInfo } from '../../api/dto/projects.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { placeForDisplay } from '../files/grants.ts'
import {
  backupProject,
  backupWhenDue,
  createProject,
  isProjectFolder,
  openProject,
  projectSize,
  projectSuffix,
  type OpenedProject
} from '../projects/projects.ts'
import type { AppState } from './app-state.ts'
import { openNetworkSpeeds } from './network-speeds.ts'
import {
  createProjectArea,
  fillSampleProject,
  sampleGaps,
  type ProjectArea
} from './project-area.ts'

type ProjectHandlers = Pick<Handlers, Extract<keyof Handlers, `projects.${string}`>>

const sampleName = 'Sample'

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
    'projects.open': (input) => {
      const granted = grants.resolve(input.grant)
      // A project may be named by its folder or by the file inside it.
      return openFolder(granted.kind === 'file' ? join(granted.path, '..') : granted.path)
    },
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
      const findings = [...state.area().project.store.check()]
      return { ok: findings.length === 0, findings }
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
