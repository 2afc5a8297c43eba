// The list of files to copy for a source that is one file.
import { basename, dirname } from 'node:path'
import type { CopyList } from '../source-family.ts'

/** The file itself, with `beside`: names below its folder that belong to it. */
export function copyOfFile(path: string, beside: readonly string[] = []): CopyList {
  return { folder: dirname(path), names: [basename(path), ...beside] }
}
