// What the groups of handlers share while the app runs.
import type { ProjectEvent } from '../../api/dto/jobs.ts'
import type { Settings } from '../../api/dto/settings.ts'
import { AppError } from '../../api/errors.ts'
import type { Grants } from '../files/grants.ts'
import { knownDevices } from '../compute/devices/registry.ts'
import type { ManagedPool } from '../jobs/compute-task.ts'
import type { Platform } from '../platform/platform.ts'
import type { RecentProjects, SettingsFile } from '../projects/settings.ts'
import type { ProjectArea } from './project-area.ts'

/** Shared by the handler groups; `current` changes as projects open and close. */
export interface AppState {
  readonly platform: Platform
  readonly grants: Grants
  readonly settings: SettingsFile
  readonly recent: RecentProjects
  readonly pool: ManagedPool
  /** Everyone who hears what changes in the open project. */
  readonly listeners: Set<(event: ProjectEvent) => void>
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

/**
 * Settings with a device that holds for this start only; nothing of it is written. Throws AppError
 * "invalid-input", naming the devices there are, for one that this version does not know.
 */
export function withDevice(settings: SettingsFile, device: string | undefined): SettingsFile {
  if (device === undefined) return settings
  if (device !== 'auto' && !knownDevices.some(({ id }) => id === device)) {
    const names = knownDevices.map(({ id, name }) => `${id} (${name})`).join(', ')
    throw new AppError('invalid-input', `"${device}" is not a device.`, {
      hint: `Known devices: auto, ${names}.`
    })
  }
  const over = (stored: Settings): Settings => ({ ...stored, device })
  return {
    get: () => over(settings.get()),
    set: async (change) => over(await settings.set(change))
  }
}

/** Cores, and threads, for heavy work, by setting: half, all but one (at least two), or all cores. */
export function threadsFor(setting: 'quiet' | 'normal' | 'all', cores: number): number {
  if (setting === 'quiet') return Math.max(1, Math.floor(cores / 2))
  if (setting === 'all') return Math.max(1, cores)
  return Math.max(Math.min(2, cores), cores - 1)
}
