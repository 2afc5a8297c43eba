// What a drop is before anything of it is copied: a project, a recipe, an exported set, or data. Told
// from what is inside; only the first bytes of a project file and small files are read.
import { isHidden, type DropSource } from './dropped-files.ts'

/** What was dropped. */
export type DroppedKind =
  | { readonly kind: 'project'; readonly name: string; readonly file: File | undefined }
  | { readonly kind: 'recipe'; readonly name: string; readonly text: string }
  | { readonly kind: 'export'; readonly name: string }
  | { readonly kind: 'data' }

const projectFile = 'project.sqlite'
/** As much as is read of a file to tell what it is: manifests of large sets are long. */
const manifestBytesMax = 64e6
const recipeBytesMax = 1e6

/** Looks what was dropped. What cannot be read is data: adding it says what is wrong with it. */
export async function kindOf(source: DropSource): Promise<DroppedKind> {
  const [entry] = source.entries
  const isOne = source.entries.length + source.files.length === 1
  if (!isOne) return { kind: 'data' }
  try {
    if (entry === undefined) return await kindOfFile(source.files[0])
    if (entry.isFile) return await kindOfFile(await fileOf(entry as FileSystemFileEntry))
    return await kindOfFolder(entry as FileSystemDirectoryEntry)
  } catch {
    return { kind: 'data' }
  }
}

async function kindOfFile(file: File | undefined): Promise<DroppedKind> {
  if (file === undefined || !/\.json$/i.test(file.name) || file.size > recipeBytesMax)
    return { kind: 'data' }
  const text = await file.text()
  return formatOf(text) === 'winnow-recipe'
    ? { kind: 'recipe', name: file.name, text }
    : { kind: 'data' }
}

async function kindOfFolder(folder: FileSystemDirectoryEntry): Promise<DroppedKind> {
  const { name } = folder
  const inside = await entriesOf(folder)
  const file = inside.find((one) => one.isFile && one.name === projectFile)
  const isNamed = name.toLowerCase().endsWith('.winnow')
  if (isNamed || file !== undefined)
    return {
      kind: 'project',
      name,
      file: file === undefined ? undefined : await fileOf(file as FileSystemFileEntry)
    }
  const manifest = inside.find((one) => one.isFile && one.name === 'manifest.json')
  if (manifest === undefined) return { kind: 'data' }
  const read = await fileOf(manifest as FileSystemFileEntry)
  if (read.size > manifestBytesMax) return { kind: 'data' }
  return formatOf(await read.text()) === 'winnow-export'
    ? { kind: 'export', name }
    : { kind: 'data' }
}

function formatOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'format' in value
      ? value.format
      : undefined
  } catch {
    return undefined
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** The folder's own entries; they come in parts until an empty one. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject)
    )
    if (part.length === 0) return all.filter((one) => !isHidden(one.name))
    all.push(...part)
  }
}
