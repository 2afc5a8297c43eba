// A folder of pages in the MiniWoB++ interface: which tasks it holds, and its files by name. Nothing
// outside the folder is ever read, whatever a page asks for.
import { constants } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { AppError } from '../../../api/errors.ts'
import { realContainedPath } from '../../files/contain.ts'

/** A file of a folder as it is handed to a page. */
export interface PageFile {
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A folder of pages. */
export interface PageFolder {
  /** Absolute; the one that holds both "core" and the pages. */
  readonly root: string
  /** Names of tasks, sorted: "tabs". */
  readonly tasks: readonly string[]
  /** Path of a task's page below `root`, with "/". */
  pageOf(task: string): string
  /** A file by the path of an address ("/core/core.js"); undefined where there is none to hand out. */
  read(path: string): Promise<PageFile | undefined>
}

/** Largest file that is handed to a page: 32 MiB, four times the largest of MiniWoB++. */
const largestFile = 32 * 2 ** 20
/** Most pages of one folder that are listed; MiniWoB++ has about 130. */
const mostTasks = 2000

const mimes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8'
}

/** Where pages are below the folder that a person picks: theirs, "html", or a whole check-out. */
const places = ['', 'html', 'miniwob/html']

/**
 * Finds the pages of a folder: "miniwob/*.html" beside "core/core.js", in it or in its "html" folder.
 * Throws AppError "file-not-recognised" when there are none, "file-not-readable".
 */
export async function openPageFolder(folder: string): Promise<PageFolder> {
  for (const place of places) {
    const root = join(folder, place)
    const tasks = await tasksIn(root)
    if (tasks.length === 0) continue
    return {
      root,
      tasks,
      pageOf(task) {
        if (!tasks.includes(task))
          throw new AppError('invalid-input', `There is no page “${task}” in the folder.`, {
            hint: `Its pages are ${tasks.slice(0, 20).join(', ')}${tasks.length > 20 ? ' and more' : ''}.`
          })
        return `miniwob/${task}.html`
      },
      read: (path) => readFileOf(root, path)
    }
  }
  throw new AppError('file-not-recognised', 'The folder holds no pages that can be played.', {
    hint: 'Choose the “html” folder of MiniWoB++: it holds “core” and “miniwob”.'
  })
}

async function tasksIn(root: string): Promise<string[]> {
  const isFile = await stat(join(root, 'core', 'core.js')).then(
    (found) => found.isFile(),
    () => false
  )
  if (!isFile) return []
  const names = await readdir(join(root, 'miniwob')).catch(() => [])
  return names
    .filter((name) => /^[\w-]{1,80}\.html$/.test(name))
    .map((name) => name.slice(0, -5))
    .sort()
    .slice(0, mostTasks)
}

async function readFileOf(root: string, path: string): Promise<PageFile | undefined> {
  try {
    const name = decodeURIComponent(path).replace(/^\//, '')
    const mime = mimes[extname(name).toLowerCase()]
    if (mime === undefined) return undefined
    // Links are followed by nobody: the last part is opened as what it is, its folder is checked.
    const place = await realContainedPath(root, name)
    const file = await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const { size } = await file.stat()
      if (size > largestFile) return undefined
      return { mime, bytes: new Uint8Array(await file.readFile()) }
    } finally {
      await file.close()
    }
  } catch {
    // Not there, a link, a folder, or a name that leads out: a page learns no more than "not found".
    return undefined
  }
}
