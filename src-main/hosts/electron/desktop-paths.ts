// Where things are for the desktop host. WINNOW_HOME moves everything into one folder, as it does
// for the local host; both hosts share settings and projects.
import { join } from 'node:path'
import type { PlatformPaths } from '../../core/platform/platform.ts'

/** Facts Electron knows. */
export interface DesktopPlaces {
  readonly platform: NodeJS.Platform
  readonly appData: string
  readonly home: string
  readonly temp: string
  /** Folder holding resources/: beside the archive when packaged, the repository otherwise. */
  readonly base: string
  readonly moved: string | undefined
}

/** Folders of the desktop host. */
export function desktopPaths(places: DesktopPlaces): PlatformPaths {
  const resources = join(places.base, 'resources')
  if (places.moved) {
    return {
      data: join(places.moved, 'data'),
      projects: join(places.moved, 'projects'),
      temp: join(places.moved, 'temp'),
      resources
    }
  }
  return {
    data: join(places.appData, places.platform === 'linux' ? 'winnow' : 'Winnow'),
    projects: join(places.home, 'Winnow'),
    temp: join(places.temp, 'winnow'),
    resources
  }
}
