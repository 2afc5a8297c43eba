// Which class and which part a picture belongs to, from where it lies: class folders, with or
// without train/val/test folders above or below them. A flat folder has no labels.
import { partOf, type PartName } from './split-names.ts'

/** Files of the system and of archivers that are no data. */
export function isIgnoredPath(path: string): boolean {
  return path
    .split('/')
    .some(
      (name) =>
        name.startsWith('.') || name === '__MACOSX' || /^(thumbs\.db|desktop\.ini)$/i.test(name)
    )
}

export interface PictureLayout {
  /** Class folder of a path, or undefined when it lies in none. */
  classOf(path: string): string | undefined
  partOf(path: string): PartName | undefined
  readonly hasParts: boolean
}

/** Works out the layout from all paths (relative, "/" between segments). */
export function detectLayout(paths: readonly string[]): PictureLayout {
  const skip = wrappingFolders(paths)
  const level = partLevel(paths, skip)
  const classLevel = level === skip ? skip + 1 : skip
  const parts = new Set(
    level === undefined ? [] : paths.map((path) => partOf(path.split('/')[level]))
  )
  // One part alone ("test" only) splits nothing, and would leave nothing to choose from.
  const hasParts = parts.size > 1
  return {
    hasParts,
    classOf(path) {
      const folders = path.split('/').slice(0, -1)
      return folders[classLevel]
    },
    partOf(path) {
      if (level === undefined || !hasParts) return undefined
      const folders = path.split('/').slice(0, -1)
      return folders[level] === undefined ? undefined : partOf(folders[level])
    }
  }
}

// Archives often wrap everything in one folder of their own name. It is left out as long as every
// file still lies in a folder below it, and as long as it is not itself named like a part.
function wrappingFolders(paths: readonly string[]): number {
  let skip = 0
  if (paths.length === 0) return 0
  for (;;) {
    const name = paths[0].split('/')[skip]
    const isShared = paths.every((path) => {
      const segments = path.split('/')
      return segments.length > skip + 2 && segments[skip] === name
    })
    if (!isShared || partOf(name) !== undefined) return skip
    skip++
  }
}

// The folder level whose every name is a part's name: above the classes, or right below them.
function partLevel(paths: readonly string[], skip: number): number | undefined {
  for (const level of [skip, skip + 1]) {
    const isPartLevel = paths.every((path) => {
      const folders = path.split('/').slice(0, -1)
      return folders[level] !== undefined && partOf(folders[level]) !== undefined
    })
    if (isPartLevel && paths.length > 0) return level
  }
  return undefined
}
