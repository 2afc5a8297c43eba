// What was dropped or pasted, as a flat list of files with their paths below the dropped folder.
// The page sees names and bytes only; hidden files and what systems leave in folders is skipped.
import { AppError } from '@api/errors.ts'
import { drop as words } from '../text/add-data.ts'
import { countOf } from '../text/nouns.ts'

/** What a drop event held; must be taken while the event is handled. */
export interface DropSource {
  readonly entries: readonly FileSystemEntry[]
  /** Files without an entry: pasted ones, or dropped by other programs. */
  readonly files: readonly File[]
}

/** A file of a drop. */
export interface DroppedFile {
  /** "/" between names; below the dropped folder, or the name of a single file. */
  readonly path: string
  readonly file: File
}

/** Everything that was dropped. */
export interface DroppedFiles {
  readonly name: string
  readonly isFolder: boolean
  /** In natural order of their paths. */
  readonly files: readonly DroppedFile[]
  readonly sizeBytes: number
  /** Hidden files left out. */
  readonly hidden: number
}

/** As many as the app takes at once. */
export const filesMax = 200_000
/** Folders within folders; a deeper tree is a link that leads back into itself. */
const depthMax = 64
/** Files asked for at a time: asking one by one takes minutes for large folders. */
const askedAtOnce = 256

/** Takes what an event carries. Undefined when it carries no files. */
export function takeSource(transfer: DataTransfer | null): DropSource | undefined {
  if (transfer === null) return undefined
  const entries: FileSystemEntry[] = []
  const files: File[] = []
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue
    // Pasted and made-up items have a file, but no entry.
    const entry = typeof item.webkitGetAsEntry === 'function' ? item.webkitGetAsEntry() : null
    if (entry !== null) entries.push(entry)
    else {
      const file = item.getAsFile()
      if (file !== null) files.push(file)
    }
  }
  return entries.length + files.length === 0 ? undefined : { entries, files }
}

/** True when what is dragged over the window holds files. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false
}

const leftBySystems = /^(thumbs\.db|ehthumbs\.db|desktop\.ini|__macosx|icon\r)$/i

/** Files that hold no data: hidden ones and what systems leave in folders. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || leftBySystems.test(name)
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Natural order of paths: "2.png" before "10.png", a folder's files together. */
export function comparePaths(a: string, b: string): number {
  const first = a.split('/')
  const second = b.split('/')
  for (let i = 0; i < Math.min(first.length, second.length); i++) {
    const one = first[i] ?? ''
    const other = second[i] ?? ''
    if (one === other) continue
    return collator.compare(one, other) || (one < other ? -1 : 1)
  }
  return first.length - second.length
}

interface Walk {
  readonly found: DroppedFile[]
  readonly signal: AbortSignal
  hidden: number
  onFound(count: number): void
}

/**
 * Lists everything dropped, folders to their ends. Throws AppError "too-large" above
 * {@link filesMax} files, "file-not-readable", "nothing-to-import" when nothing is left, and the
 * signal's reason when aborted.
 */
export async function listDropped(
  source: DropSource,
  signal: AbortSignal,
  onFound: (count: number) => void = () => undefined
): Promise<DroppedFiles> {
  const walk: Walk = { found: [], signal, hidden: 0, onFound }
  const [only] = source.entries
  const isOnly = source.entries.length === 1 && source.files.length === 0
  const isOneFolder = isOnly && only !== undefined && isDirectory(only)
  if (isOneFolder) await walkFolder(only, [], walk)
  else await takeSeveral(source, walk)
  const files = walk.found.sort((a, b) => comparePaths(a.path, b.path))
  const [first] = files
  if (first === undefined) throw new AppError('nothing-to-import', words.nothing)
  const isOneFile = !isOneFolder && files.length === 1 && !first.path.includes('/')
  return {
    name: isOneFolder ? only.name : isOneFile ? first.path : words.severalName,
    isFolder: !isOneFile,
    files,
    sizeBytes: files.reduce((sum, { file }) => sum + file.size, 0),
    hidden: walk.hidden
  }
}

/** Things dropped together become a folder; names that come twice are told apart. */
async function takeSeveral(source: DropSource, walk: Walk): Promise<void> {
  const taken = new Set<string>()
  for (const entry of source.entries) {
    if (isHidden(entry.name)) {
      walk.hidden += 1
      continue
    }
    const name = freeName(entry.name, taken)
    if (isDirectory(entry)) await walkFolder(entry, [name], walk)
    else if (isFile(entry)) add(walk, name, await fileOf(entry))
  }
  for (const file of source.files) {
    // A folder chosen in an older way keeps its files' paths here.
    const own: string | undefined = file.webkitRelativePath
    const path = own === undefined || own === '' ? file.name : own
    const [top = '', ...rest] = path.split('/')
    if (path.split('/').some(isHidden)) walk.hidden += 1
    else if (rest.length > 0) add(walk, path, file)
    else add(walk, freeName(top, taken), file)
  }
}

/** "a.png", then "a (2).png". Case does not tell names apart everywhere. */
function freeName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let free = name
  for (let number = 2; taken.has(free.toLowerCase()); number++)
    free = `${stem} (${number})${ending}`
  taken.add(free.toLowerCase())
  return free
}

function add(walk: Walk, path: string, file: File): void {
  if (walk.found.length >= filesMax)
    throw new AppError('too-large', words.tooMany(countOf(filesMax, 'file')), {
      hint: words.tooManyHint
    })
  walk.found.push({ path, file })
  walk.onFound(walk.found.length)
}

async function walkFolder(
  folder: FileSystemDirectoryEntry,
  path: readonly string[],
  walk: Walk
): Promise<void> {
  if (path.length > depthMax) return
  const entries = await entriesOf(folder, walk.signal)
  const visible = entries.filter((entry) => !isHidden(entry.name))
  walk.hidden += entries.length - visible.length
  const files = visible.filter(isFile)
  for (let first = 0; first < files.length; first += askedAtOnce) {
    walk.signal.throwIfAborted()
    const some = files.slice(first, first + askedAtOnce)
    const got = await Promise.all(some.map(fileOf))
    for (const file of got) add(walk, [...path, file.name].join('/'), file)
  }
  for (const entry of visible)
    if (isDirectory(entry)) await walkFolder(entry, [...path, entry.name], walk)
}

/** All entries of a folder: they come in parts until an empty one. */
async function entriesOf(
  folder: FileSystemDirectoryEntry,
  signal: AbortSignal
): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    signal.throwIfAborted()
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject)
    ).catch((cause: unknown) => {
      throw notReadable(folder.name, cause)
    })
    if (part.length === 0) return all
    all.push(...part)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch(
    (cause: unknown) => {
      throw notReadable(entry.name, cause)
    }
  )
}

/** Says which file could not be read. */
export function notReadable(name: string, cause: unknown): AppError {
  return new AppError('file-not-readable', words.notReadable(name), {
    cause,
    hint: words.failedHint
  })
}

// The two flags are what the platform has for telling the kinds apart.
function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}
