// The page's files, read once into a Map of known paths: no request ever joins a path (security
// rules E3 and L6). Used by both windows' hosts through their own protocols.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** One file of the built page. */
export interface StaticFile {
  readonly type: string
  readonly bytes: Buffer
}

const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.woff2', 'font/woff2'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.json', 'application/json; charset=utf-8']
])

/** Every file of the built page by its URL path; "/" is index.html. Other kinds are left out. */
export function readStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  // Folder by folder, because reading recursively is not the same everywhere inside an archive.
  const walk = (place: string, url: string): void => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      const path = join(place, entry.name)
      const type = types.get(extname(entry.name))
      if (entry.isDirectory()) walk(path, `${url}${entry.name}/`)
      else if (entry.isFile() && type !== undefined) {
        files.set(`${url}${entry.name}`, { type, bytes: readFileSync(path) })
      }
    }
  }
  walk(folder, '/')
  const index = files.get('/index.html')
  if (index) files.set('/', index)
  return files
}
