// "Verify this folder": re-hashes every file the manifest names and lists what is missing,
// changed or extra. Reads only inside the folder; never follows links.
import { lstat, readFile, readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { VerifyResult } from '../../api/dto/exports.ts'
import { AppError } from '../../api/errors.ts'
import { pathProblem } from '../files/contain.ts'
import { sha256File } from '../files/hashes.ts'
import { Manifest, manifestName } from './manifest.ts'

/** Largest manifest that is read: two million files at about 200 bytes each. */
const manifestBytesMax = 512 * 1024 * 1024

/**
 * Compares a folder with its manifest. Throws AppError "not-an-export" when there is no readable
 * manifest, "cancelled" when aborted.
 */
export async function verifyFolder(
  folder: string,
  options: {
    readonly signal?: AbortSignal
    readonly onFile?: (done: number, total: number) => void
  } = {}
): Promise<VerifyResult> {
  const manifest = await readManifest(folder)
  const root = await realpath(folder)
  const missing: string[] = []
  const changed: string[] = []
  const known = new Set<string>([manifestName])
  let done = 0
  for (const file of manifest.files) {
    if (options.signal?.aborted) throw new AppError('cancelled')
    known.add(file.path)
    const state = await fileState(root, file)
    if (state === 'missing') missing.push(file.path)
    if (state === 'changed') changed.push(file.path)
    options.onFile?.(++done, manifest.files.length)
  }
  const extra = (await listFiles(root)).filter((path) => !known.has(path))
  const ok = missing.length === 0 && changed.length === 0 && extra.length === 0
  return {
    ok,
    files: manifest.files.length,
    missing,
    changed,
    extra,
    sentence: verifySentence(manifest.files.length, missing, changed, extra)
  }
}

/** The manifest of an exported folder. Throws AppError "not-an-export" or "too-large". */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestName)
  const found = await lstat(path).catch(() => undefined)
  if (!found?.isFile()) throw new AppError('not-an-export')
  if (found.size > manifestBytesMax)
    throw new AppError('too-large', 'The manifest.json is too large to read.')
  try {
    return Manifest.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new AppError('not-an-export', 'The manifest.json of this folder cannot be read.', {
      hint: 'Export the set again to get a sound folder.',
      cause
    })
  }
}

async function fileState(
  root: string,
  file: { path: string; bytes: number; sha256: string }
): Promise<'same' | 'missing' | 'changed'> {
  // A manifest is untrusted input: a path that would leave the folder counts as missing.
  const segments = file.path.split('/')
  if (pathProblem(file.path) !== undefined) return 'missing'
  if (segments.some((part) => part === '' || part === '.')) return 'missing'
  const path = join(root, ...segments)
  const found = await lstat(path).catch(() => undefined)
  if (!found?.isFile()) return 'missing'
  if (!(await realpath(path)).startsWith(root + sep)) return 'missing'
  if (found.size !== file.bytes) return 'changed'
  return (await sha256File(path)).hex === file.sha256 ? 'same' : 'changed'
}

/** Every file below `root`, as sorted paths with forward slashes. */
export async function listFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .split(sep)
        .join('/')
    )
    .sort()
}

function verifySentence(
  files: number,
  missing: readonly string[],
  changed: readonly string[],
  extra: readonly string[]
): string {
  if (missing.length + changed.length + extra.length === 0) {
    return `All ${files.toLocaleString('en')} files are exactly as they were exported.`
  }
  const parts = [
    missing.length > 0 ? `${missing.length} missing` : '',
    changed.length > 0 ? `${changed.length} changed` : '',
    extra.length > 0 ? `${extra.length} extra` : ''
  ].filter((part) => part !== '')
  return `This folder differs from its manifest: ${parts.join(', ')}.`
}
