// Names and paths that may not escape their folder (security.md F2, F3): lexical checks, a check
// of the real parent against links, and names that every system can hold.
import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { AppError } from '../../api/errors.ts'

/** Longest name of one file or folder in bytes: the limit of ext4, APFS and NTFS alike. */
export const longestNameBytes = 255

const reservedOnWindows = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i
// Control characters are refused on purpose: they hide the end of a name in lists and terminals.
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f-\u009f]/
const refusedCharacters = /[\\/:*?"<>|]/

/**
 * Why `name` cannot be the name of one file or folder on every system, or undefined when it can.
 * The reason completes the sentence "the name ...".
 */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'is empty'
  if (name === '.' || name === '..') return 'leads out of its folder'
  if (controls.test(name)) return 'holds a control character'
  if (refusedCharacters.test(name)) return 'holds a character that file names cannot have'
  if (reservedOnWindows.test(name)) return 'is reserved on Windows'
  if (/[. ]$/.test(name)) return 'ends with a dot or a space'
  if (!name.isWellFormed()) return 'is not well-formed text'
  if (Buffer.byteLength(name.normalize('NFC')) > longestNameBytes) return 'is too long'
  return undefined
}

/**
 * Why a path inside an archive, a manifest or a project is unsafe to follow, or undefined when it
 * stays inside. Both kinds of slash separate; the reason completes "the path ...".
 */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty'
  if (controls.test(path)) return 'holds a control character'
  if (/^[a-zA-Z]:/.test(path)) return 'names a drive'
  if (/^[\\/]/.test(path)) return 'is absolute'
  if (path.split(/[\\/]/).includes('..')) return 'leads out of its folder'
  return undefined
}

/** NFC form of a name, so that "é" typed on two systems is one name. */
export function normaliseName(name: string): string {
  return name.normalize('NFC')
}

/**
 * Absolute path of `name` (segments separated by "/") inside `root`, checked without touching the
 * disk. Throws AppError "invalid-input" when it would lie outside.
 */
export function containedPath(root: string, name: string): string {
  const problem = name.includes('\0') ? 'holds a control character' : lexicalProblem(name)
  if (problem !== undefined) throw refused(name, problem)
  const base = resolve(root)
  const path = resolve(base, name)
  const inside = relative(base, path)
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw refused(name, 'leads out of its folder')
  return path
}

// Linux and macOS allow backslashes and colons in names that are already on disk, so only what
// can change folder is refused here; names that are written go through nameProblem.
function lexicalProblem(name: string): string | undefined {
  if (name === '') return 'is empty'
  if (isAbsolute(name)) return 'is absolute'
  const separators = sep === '\\' ? /[\\/]/ : /\//
  if (name.split(separators).includes('..')) return 'leads out of its folder'
  if (sep === '\\' && /^[a-zA-Z]:/.test(name)) return 'names a drive'
  return undefined
}

/**
 * Like {@link containedPath}, and the real parent folder (links followed) must lie in the real
 * root too. The file itself need not exist. Throws AppError "invalid-input" or "file-not-readable".
 */
export async function realContainedPath(root: string, name: string): Promise<string> {
  const path = containedPath(root, name)
  const parent = dirname(path)
  try {
    const [realRoot, realParent] = await Promise.all([realpath(root), realpath(parent)])
    if (!isInside(realRoot, realParent))
      throw refused(name, 'leads out of its folder through a link')
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('file-not-readable', `“${shorten(name)}” is not there any more.`, {
      cause: error
    })
  }
  return path
}

/** True when `path` is `root` or lies below it; both absolute and already real. */
export function isInside(root: string, path: string): boolean {
  const inside = relative(root, path)
  return inside === '' || (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside))
}

/** Path of a new file below `root` whose every segment every system can hold. */
export function portablePath(root: string, segments: readonly string[]): string {
  for (const segment of segments) {
    const problem = nameProblem(segment)
    if (problem !== undefined) throw refused(segment, problem)
  }
  return join(resolve(root), ...segments.map(normaliseName))
}

/** The nearest name every system can hold; `fallback` when nothing of it is left. */
export function portableName(name: string, fallback = 'item'): string {
  const cleaned = normaliseName(name.toWellFormed())
    .replaceAll(new RegExp(controls, 'g'), '')
    .replaceAll(new RegExp(refusedCharacters, 'g'), '_')
    .trim()
    .replace(/[. ]+$/, '')
  const free = reservedOnWindows.test(cleaned) ? `_${cleaned}` : cleaned
  const short = cutToBytes(free, 200).replace(/[. ]+$/, '')
  return nameProblem(short) === undefined ? short : fallback
}

function cutToBytes(text: string, bytes: number): string {
  let used = 0
  let kept = ''
  for (const character of text) {
    used += Buffer.byteLength(character)
    if (used > bytes) break
    kept += character
  }
  return kept
}

/** First pair of names that differ but are one name where case does not matter, or undefined. */
export function caseCollision(names: Iterable<string>): readonly [string, string] | undefined {
  const seen = new Map<string, string>()
  for (const name of names) {
    const folded = normaliseName(name).toLowerCase()
    const earlier = seen.get(folded)
    if (earlier !== undefined) return [earlier, name]
    seen.set(folded, name)
  }
  return undefined
}

/** A name short enough for a sentence. */
export function shorten(name: string): string {
  const shown = name.toWellFormed().replaceAll(new RegExp(controls, 'g'), '�')
  return shown.length > 120 ? `${shown.slice(0, 60)}…${shown.slice(-50)}` : shown
}

function refused(name: string, problem: string): AppError {
  return new AppError(
    'invalid-input',
    `The name “${shorten(name)}” ${problem}, so it was not used.`
  )
}
