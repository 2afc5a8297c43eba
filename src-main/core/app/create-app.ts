// The composition root: builds the product in dependency order and answers the contract's calls.
// Hosts call this and nothing else of the core.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Grant } from '../../api/dto/files.ts'
import type { ProjectEvent } from '../../api/dto/jobs.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { createGrants } from '../files/grants.ts'
import { createComputePool } from '../jobs/compute-pool.ts'
import type { Platform } from '../platform/platform.ts'
import { plainStoreError, projectGone } from '../store/connect.ts'
import { openRecentProjects, openSettings } from '../projects/settings.ts'
import { createAppHandlers } from './app-handlers.ts'
import { threadsFor, withDevice, type AppState } from './app-state.ts'
import { createChangeHandlers } from './change-handlers.ts'
import { createDatasetHandlers } from './dataset-handlers.ts'
import { createDistilHandlers } from './distil-handlers.ts'
import { createEditHandlers } from './edit-handlers.ts'
import { createExpandHandlers } from './expand-handlers.ts'
import { createFileHandlers } from './file-handlers.ts'
import { createGraphHandlers } from './graph-handlers.ts'
import { createGroupsHandlers } from './groups-handlers.ts'
import { createHealthHandlers } from './health-handlers.ts'
import { createMapHandlers } from './map-handlers.ts'
import { createMatrixHandlers } from './matrix-handlers.ts'
import { createProjectHandlers } from './project-handlers.ts'
import { createRecipeHandlers } from './recipe-handlers.ts'
import { createReviewHandlers } from './review-handlers.ts'
import { createRoomsHandlers } from './rooms-handlers.ts'
import { createRunHandlers } from './run-handlers.ts'
import { createAskModelHandlers } from './ask-model-handlers.ts'
import { createRunnerHandlers } from './runner-handlers.ts'
import { createTraceExportHandlers } from './trace-export-handlers.ts'
import { createTraceHandlers } from './trace-handlers.ts'
import { createViewHandlers } from './view-handlers.ts'

/** A running app: what a host needs to serve it. */
export interface App {
  readonly handlers: Handlers
  /** Grant for a path the person named outside the page (command line, a double-clicked file). */
  grantPath(path: string): Promise<Grant>
  newLogId(): string
  /** Writes a bug to the log under the id the person was shown. */
  logError(error: unknown, logId: string, name: string): void
  /** Tells the page what changed, or where to go. */
  announce(event: ProjectEvent): void
  /** Hears what the page hears of the open project. */
  watch(listener: (event: ProjectEvent) => void): void
  /** Whether the analyst wants to be called when a long run ends. */
  wantsNotice(): boolean
  /** Folder of the open project. */
  projectFolder(): string | undefined
  /** True while jobs run or wait. */
  isBusy(): boolean
  dispose(): Promise<void>
}

/** What one start of the app does differently. */
export interface StartOptions {
  /** Device id for this start, instead of the one in settings. */
  readonly device?: string
}

/**
 * Builds the app for a host. No project is open yet. Throws AppError "invalid-input" for an unknown
 * device.
 */
export async function createApp(platform: Platform, options: StartOptions = {}): Promise<App> {
  const settings = withDevice(openSettings(platform.paths.data, platform.log), options.device)
  platform.log.setLevel?.(settings.get().logLevel)
  const state: AppState = {
    platform,
    grants: createGrants(),
    settings,
    recent: openRecentProjects(platform.paths.data, platform.log),
    listeners: new Set(),
    pool: createComputePool(platform, threadsFor(settings.get().cores, platform.cores)),
    current: undefined,
    area() {
      if (!state.current) throw new AppError('no-project')
      // A file that was deleted can be written to for as long as it is open: in vain.
      if (!existsSync(state.current.project.store.path)) throw projectGone()
      return state.current
    }
  }
  return {
    handlers: plainHandlers(platform.log, {
      ...createAppHandlers(state),
      ...createFileHandlers(state),
      ...createProjectHandlers(state),
      ...createDatasetHandlers(state),
      ...createViewHandlers(state),
      ...createEditHandlers(state),
      ...createChangeHandlers(state),
      ...createMapHandlers(state),
      ...createMatrixHandlers(state),
      ...createTraceHandlers(state),
      ...createTraceExportHandlers(state),
      ...createAskModelHandlers(state),
      ...createRunnerHandlers(state),
      ...createGraphHandlers(state),
      ...createRoomsHandlers(state),
      ...createExpandHandlers(state),
      ...createGroupsHandlers(state),
      ...createReviewHandlers(state),
      ...createHealthHandlers(state),
      ...createRecipeHandlers(state),
      ...createRunHandlers(state),
      ...createDistilHandlers(state)
    }),
    async grantPath(path) {
      const found = await stat(path).catch((cause: unknown) => {
        throw new AppError('file-not-readable', `“${path}” is not there.`, { cause })
      })
      return state.grants.issue(path, found.isDirectory() ? 'folder' : 'file')
    },
    newLogId: () => randomBytes(4).toString('hex'),
    logError(error, logId, name) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
      platform.log.write('error', 'call-failed', `${logId} ${name}`, { detail })
    },
    announce(event) {
      for (const listener of state.listeners) listener(event)
    },
    watch: (listener) => void state.listeners.add(listener),
    wantsNotice: () => settings.get().notifyWhenDone,
    projectFolder: () => state.current?.project.folder,
    isBusy: () => state.current?.engine.isBusy() ?? false,
    async dispose() {
      await state.current?.dispose()
      state.current = undefined
      await state.pool.dispose()
    }
  }
}

/** Handlers whose failures of a disk or the project file are told in plain words, not as mistakes. */
function plainHandlers(log: Platform['log'], handlers: Handlers): Handlers {
  const plain = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (...given: Parameters<typeof handle>): Promise<unknown> => {
      try {
        // Given and returned as they are: the contract has checked the one and checks the other.
        return await (handle as (...each: typeof given) => unknown)(...given)
      } catch (error) {
        const told = plainStoreError(error)
        if (told === error) throw error
        const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
        log.write('error', 'disk-failed', name, { detail })
        throw told
      }
    }
  ])
  return Object.fromEntries(plain) as Handlers
}
