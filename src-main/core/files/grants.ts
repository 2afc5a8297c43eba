// Grants (security.md F1): a page never names a path. What was picked becomes an opaque id that
// is valid for this run of the app; calls take ids and the backend turns them into paths.
import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { basename, resolve } from 'node:path'
import type { FileKind, Grant } from '../../api/dto/files.ts'
import { AppError } from '../../api/errors.ts'
import { isInside } from './contain.ts'

export interface GrantedPath {
  /** Absolute. */
  readonly path: string
  readonly kind: FileKind
}

export interface Grants {
  /** Permission for one file or folder. The same path and kind gives the same grant. */
  issue(path: string, kind: FileKind): Grant
  /** Throws AppError "grant-unknown", or "grant-wrong-kind" when `expected` differs. */
  resolve(id: string, expected?: FileKind): GrantedPath
}

/** Grants of this run; `home` is shown as "~". */
export function createGrants(home: string = homedir()): Grants {
  const byId = new Map<string, GrantedPath>()
  const byPath = new Map<string, string>()
  return {
    issue(path, kind) {
      const absolute = resolve(path)
      const key = `${kind}:${absolute}`
      const id = byPath.get(key) ?? randomBytes(18).toString('base64url')
      byPath.set(key, id)
      byId.set(id, { path: absolute, kind })
      const place = placeForDisplay(absolute, home)
      return { id, kind, name: basename(absolute) || place, place }
    },
    resolve(id, expected) {
      const granted = byId.get(id)
      if (granted === undefined) throw new AppError('grant-unknown')
      if (expected !== undefined && granted.kind !== expected)
        throw new AppError(
          'grant-wrong-kind',
          expected === 'folder' ? 'This needs a folder.' : 'This needs a file.'
        )
      return granted
    }
  }
}

/** A path for display: the home folder becomes "~". */
export function placeForDisplay(path: string, home: string = homedir()): string {
  // A home of "/" (some containers) would turn every path into "~".
  if (home.length < 2 || !isInside(home, path)) return path
  return `~${path.slice(resolve(home).length)}`
}
