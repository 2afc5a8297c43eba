// An open project: its folder, its store and its places. Shared by everything that works on data.
import { join } from 'node:path'
import type { Store } from '../store/records.ts'

export interface OpenProject {
  /** Absolute path of the `Name.winnow` folder. */
  readonly folder: string
  readonly name: string
  readonly store: Store
  /** features/, media/, runs/, exports/ inside the folder. */
  readonly featuresFolder: string
  readonly mediaFolder: string
  readonly runsFolder: string
  readonly exportsFolder: string
}

/** Where the lists of large datasets are kept; made when there is something to keep. */
export function listsFolderOf({ folder }: Pick<OpenProject, 'folder'>): string {
  return join(folder, 'lists')
}
