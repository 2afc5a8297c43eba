// What the groups of handlers share while the app runs.
import { AppError } from '../../api/errors.ts'
import type { Grants } from '../files/grants.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { Platform } from '../platform/platform.ts'
import type { RecentProjects, SettingsFile } from '../projects/settings.ts'
import type { ProjectArea } from './project-area.ts'

/** Shared by the handler groups; `current` changes as projects open and close. */
export interface AppState {
  readonly platform: Platform
  readonly grants: Grants
  readonly settings: SettingsFile
  readonly recent: RecentProjects
  readonly pool: ComputePool
  current: ProjectArea | undefined
  /** The open project's area. Throws AppError "no-project". */
  area(): ProjectArea
}

/** The open project's area, to change it. Throws AppError "no-project" or "project-read-only". */
export function writableArea(state: Pick<AppState, 'area'>): ProjectArea {
  const area = state.area()
  if (area.project.store.isReadOnly) throw new AppError('project-read-only')
  return area
}

/** Threads for heavy work, by setting: half, all but one (at least two), or all cores. */
export function threadsFor(setting: 'quiet' | 'normal' | 'all', cores: number): number {
  if (setting === 'quiet') return Math.max(1, Math.floor(cores / 2))
  if (setting === 'all') return Math.max(1, cores)
  return Math.max(Math.min(2, cores), cores - 1)
}
