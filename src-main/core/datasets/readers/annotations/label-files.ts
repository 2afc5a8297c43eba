// Reading many small label files: several at once, each with its own bounds, in their given order.
import type { ScanProgress } from '../reader.ts'
import type { AnnotationTree } from './annotation-tree.ts'

/** Largest label file of one picture. */
export const labelFileBytes = 4 * 2 ** 20
const filesAtOnce = 16
const blockFiles = 512

/** What a file's text was turned into, or why it could not be read. */
export type ReadLabel<T> = { readonly value: T } | { readonly problem: string }

/** Reads files and hands their text to `read`; yields how many are done. */
export async function* readLabelFiles<T>(
  tree: AnnotationTree,
  paths: readonly string[],
  read: (text: string, path: string) => ReadLabel<T>
): AsyncGenerator<ScanProgress, Map<string, ReadLabel<T>>, void> {
  const sizes = new Map(tree.files.map((file) => [file.path, file.sizeBytes]))
  const found = new Map<string, ReadLabel<T>>()
  for (let from = 0; from < paths.length; from += blockFiles) {
    const block = paths.slice(from, from + blockFiles)
    const made: ReadLabel<T>[] = []
    let next = 0
    const work = async (): Promise<void> => {
      while (next < block.length) {
        const i = next++
        made[i] = await readOne(tree, block[i], sizes.get(block[i]) ?? 0, read)
      }
    }
    await Promise.all(Array.from({ length: filesAtOnce }, work))
    block.forEach((path, i) => found.set(path, made[i]))
    yield { done: Math.min(paths.length, from + blockFiles), total: paths.length }
  }
  return found
}

async function readOne<T>(
  tree: AnnotationTree,
  path: string,
  sizeBytes: number,
  read: (text: string, path: string) => ReadLabel<T>
): Promise<ReadLabel<T>> {
  if (sizeBytes > labelFileBytes)
    return { problem: 'The label file is larger than is read safely.' }
  try {
    const bytes = await tree.read(path)
    if (bytes.length > labelFileBytes)
      return { problem: 'The label file is larger than is read safely.' }
    return read(bytes.toString('utf8').replace(/^\uFEFF/, ''), path)
  } catch {
    return { problem: 'The label file could not be read.' }
  }
}
