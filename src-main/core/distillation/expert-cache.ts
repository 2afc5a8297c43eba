// Room that helper models take on disk: how much, clearing them by hand, and removing those not used
// for longest beyond a limit. Those of runs that have not ended stay.
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { HelperStorage } from '../../api/dto/distil.ts'
import type { JobState } from '../../api/dto/jobs.ts'
import type { Store } from '../store/records.ts'
import { readState } from './distil-state.ts'

/**
 * Bytes of helper models that a project keeps by itself. The largest request of a method (20 trainings
 * with 50 moments of 1.3 MB) takes 1.3 GB: three of them fit, so that a comparison of methods on the
 * same items finds its helper models there.
 */
export const expertBytesMax = 4 * 1024 ** 3

/** Runs whose helper models may still be read. */
const unended: readonly JobState[] = [
  'queued',
  'running',
  'pausing',
  'paused',
  'finishing',
  'interrupted',
  'failed'
]

/** Folders in experts/ that runs not yet ended name. */
export function expertsInUse(store: Pick<Store, 'jobs'>): ReadonlySet<string> {
  const keys = store.jobs
    .inStates(unended)
    .filter(({ kind }) => kind === 'distil')
    .flatMap(({ id }) => readState(store.jobs.checkpoint(id)).experts ?? [])
  return new Set(keys)
}

/** Says that a folder in experts/ was used now: its time is what "least recently used" goes by. */
export async function markUsed(folder: string): Promise<void> {
  const now = new Date()
  // One that cannot be marked counts as used when it was made.
  await utimes(join(folder, 'experts.json'), now, now).catch(() => undefined)
}

/** A folder of helper models. */
export interface StoredExperts {
  readonly key: string
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly usedAt: number
}

/** All folders of helper models, the one not used for longest first. */
export async function listExperts(expertsFolder: string): Promise<StoredExperts[]> {
  const names = await readdir(expertsFolder).catch(() => [])
  const found: StoredExperts[] = []
  for (const key of names) {
    if (!/^[0-9a-f]{32}$/.test(key)) continue
    const folder = join(expertsFolder, key)
    const marked = await stat(join(folder, 'experts.json')).catch(() => stat(folder))
    found.push({ key, bytes: await bytesBelow(folder), usedAt: marked.mtimeMs })
  }
  return found.sort((a, b) => a.usedAt - b.usedAt || (a.key < b.key ? -1 : 1))
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let sum = 0
  for (const entry of entries) {
    if (!entry.isFile()) continue
    sum += (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0
  }
  return sum
}

/** What the settings show. */
export async function expertStorage(
  expertsFolder: string,
  inUse: ReadonlySet<string>
): Promise<HelperStorage> {
  const all = await listExperts(expertsFolder)
  const sum = (some: readonly StoredExperts[]): number =>
    some.reduce((bytes, each) => bytes + each.bytes, 0)
  return {
    bytes: sum(all),
    clearableBytes: sum(all.filter(({ key }) => !inUse.has(key))),
    limitBytes: expertBytesMax
  }
}

/** Removes all folders but those in `keep`; returns the bytes freed. */
export function clearExperts(expertsFolder: string, keep: ReadonlySet<string>): Promise<number> {
  return trimExperts(expertsFolder, 0, keep)
}

/**
 * Removes folders, the one not used for longest first, until those left take at most `most` bytes;
 * those in `keep` stay whatever they take. Returns the bytes freed.
 */
export async function trimExperts(
  expertsFolder: string,
  most: number,
  keep: ReadonlySet<string>
): Promise<number> {
  const all = await listExperts(expertsFolder)
  let left = all.reduce((sum, { bytes }) => sum + bytes, 0)
  let freed = 0
  for (const { key, bytes } of all) {
    if (left <= most) break
    if (keep.has(key)) continue
    await rm(join(expertsFolder, key), { recursive: true, force: true })
    left -= bytes
    freed += bytes
  }
  return freed
}
