// Single instance and projects named from outside: a second start hands its path over and ends;
// whatever the path, it is treated like an import nobody asked for (security rule E13).
import type { App } from 'electron'
import { lstatSync } from 'node:fs'
import { basename, extname, isAbsolute, resolve } from 'node:path'

/** Longest path looked at. */
const pathCharactersMax = 4096

/** What a path looks like on disk; undefined when there is nothing. */
export type LookAt = (
  path: string
) => { isSymbolicLink(): boolean; isFile(): boolean; isDirectory(): boolean } | undefined

const look: LookAt = (path) => {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch {
    // A name that is too long or a folder that may not be entered: as good as nothing.
    return undefined
  }
}

/**
 * The project among the arguments of a start, as an absolute path: the last one that ends in
 * .winnow, is no option, and is a real file or folder. Undefined when there is none.
 */
export function projectArgument(
  args: readonly string[],
  workingFolder: string,
  lookAt: LookAt = look
): string | undefined {
  const found = args.filter((arg) => !arg.startsWith('-')).map((arg) => resolve(workingFolder, arg))
  return found.findLast((path) => isProjectPath(path, lookAt))
}

/** Whether a path given from outside may be opened as a project. Links are not followed. */
export function isProjectPath(path: string, lookAt: LookAt = look): boolean {
  // A share of another machine would be contacted by merely looking at it.
  if (path.length > pathCharactersMax || path.includes('\0') || /^[\\/]{2}/.test(path)) return false
  if (!isAbsolute(path) || extname(basename(path)).toLowerCase() !== '.winnow') return false
  const entry = lookAt(path)
  return entry !== undefined && !entry.isSymbolicLink() && (entry.isFile() || entry.isDirectory())
}

/**
 * Takes the single instance lock and listens for projects from outside. Returns false, having
 * quit, when another instance runs already. `onStart` hears of later starts with or without one.
 */
export function takeSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'quit' | 'on'>,
  onStart: (project: string | undefined) => void,
  lookAt: LookAt = look
): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return false
  }
  app.on('second-instance', (_event, args, workingFolder) =>
    onStart(projectArgument(args.slice(1), workingFolder, lookAt))
  )
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (isProjectPath(path, lookAt)) onStart(path)
  })
  return true
}
