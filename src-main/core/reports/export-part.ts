// What is written of the chosen items beside the two lists: one part for each layout, fed in rank
// order, so that nothing is read twice and memory stays bounded.
import type { RunItem } from '../../api/dto/runs.ts'
import type { ManifestFile } from './manifest.ts'

export interface ExportPart {
  /** One chosen item; `path` is that of its file inside the export, "" when it has none. */
  item(item: RunItem, path: string): Promise<void>
  /** Writes what is left and says what the manifest lists. */
  finish(): Promise<readonly ManifestFile[]>
  /** Closes all files after an error. */
  abandon(): Promise<void>
}

/** Begins a part in the folder of an export. */
export type OpenPart = (folder: string) => Promise<ExportPart>
