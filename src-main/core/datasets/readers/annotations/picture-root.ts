// Where the pictures of an annotated dataset lie, from the path that was picked: the folder itself,
// the zip itself, or the folder that a picked label file lies in.
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isZipHead } from '../../source-family.ts'
import { readHead } from '../idx-file.ts'

/** Names of pictures are paths below this folder, or entries of this zip. */
export interface PictureRoot {
  readonly path: string
  readonly isZip: boolean
}

/** The root for a path. Throws what looking at the file throws. */
export async function pictureRoot(path: string): Promise<PictureRoot> {
  if ((await stat(path)).isDirectory()) return { path, isZip: false }
  const isZip = isZipHead(await readHead(path, 4))
  return isZip ? { path, isZip } : { path: dirname(path), isZip }
}
