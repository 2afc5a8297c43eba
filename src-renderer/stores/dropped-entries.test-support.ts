// Dropped files and folders without a browser: the parts of the platform's entries that are used.

/** A tree as it would be dropped: text is a file's content, an object a folder. */
export interface Tree {
  readonly [name: string]: string | Tree
}

/** Entries a folder hands out at a time; browsers hand out a hundred. */
const entriesAtOnce = 2

/** The entry of a file. With `problem` it cannot be read. */
export function fileEntry(name: string, content: string, problem?: Error): FileSystemEntry {
  const entry = {
    name,
    isFile: true,
    isDirectory: false,
    file(resolve: (file: File) => void, reject: (problem: Error) => void): void {
      if (problem === undefined) resolve(new File([content], name))
      else reject(problem)
    }
  }
  // Only these members are read.
  return entry as unknown as FileSystemEntry
}

/** The entry of a folder. */
export function folderEntry(name: string, tree: Tree): FileSystemEntry {
  const entry = {
    name,
    isFile: false,
    isDirectory: true,
    createReader() {
      const left = Object.entries(tree).map(([child, content]) =>
        typeof content === 'string' ? fileEntry(child, content) : folderEntry(child, content)
      )
      return {
        readEntries(resolve: (entries: FileSystemEntry[]) => void): void {
          resolve(left.splice(0, entriesAtOnce))
        }
      }
    }
  }
  // Only these members are read.
  return entry as unknown as FileSystemEntry
}

/** What a drop event carries. Files without an entry come as such, as pasted ones do. */
export function transferOf(
  entries: readonly FileSystemEntry[],
  files: readonly File[] = []
): DataTransfer {
  const items = [
    ...entries.map((entry) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry,
      getAsFile: () => null
    })),
    ...files.map((file) => ({
      kind: 'file',
      webkitGetAsEntry: () => null,
      getAsFile: () => file
    })),
    { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null }
  ]
  const types = entries.length + files.length > 0 ? ['Files'] : ['text/plain']
  // Only these members are read and set.
  return { items, types, dropEffect: 'none' } as unknown as DataTransfer
}
