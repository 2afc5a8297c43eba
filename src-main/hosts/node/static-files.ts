// The page's files, read once into a Map of known paths: no request ever joins a path (security
// rules E3 and L6). Used by both windows' hosts through their own protocols.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'

export interface StaticFile {
  readonly type: string
  readonly bytes: Buffer
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8'
}

/** Every file of the built page by its URL path; "/" is index.html. Other kinds are left out. */
export function readStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const url = `/${path
      .slice(folder.length + 1)
      .split(sep)
      .join('/')}`
    files.set(url, { type, bytes: readFileSync(path) })
  }
  const index = files.get('/index.html')
  if (index) files.set('/', index)
  return files
}
