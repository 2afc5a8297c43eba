// The place an export goes to: what is there, how much fits, and which folder is made.
import { lstat, readdir, rm, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import { AppError } from '../../api/errors.ts'
import { temporaryMark } from '../files/atomic-write.ts'
import { nameProblem } from '../files/contain.ts'
import { sha256File } from '../files/hashes.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { manifestName } from './manifest.ts'
import { readManifest } from './verify-folder.ts'

/** Where an export was asked to go; the place is a path because grants end with the app. */
export interface ExportTarget {
  readonly place: string
  readonly name: string
  readonly conflict: 'stop' | 'new-name' | 'replace'
}

/** Whether something is there, a broken link included. */
export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined
}

/** Free bytes at a place; null when there is none, or it cannot be told. */
export async function freeBytesAt(place: string | undefined): Promise<number | null> {
  const free = place === undefined ? undefined : await statfs(place).catch(() => undefined)
  return free === undefined ? null : free.bavail * free.bsize
}

const Checkpoint = z.object({
  draft: z.string(),
  /** Set just before the folder gets its own name: that name, and the hash of its manifest. */
  commit: z.object({ target: z.string(), manifest: z.string() }).exactOptional()
})

/** What a job's checkpoint keeps when its folder is whole and about to get its own name. */
export async function beforeCommit(draft: string, target: string): Promise<JsonValue> {
  const { hex } = await sha256File(join(draft, manifestName))
  return { draft, commit: { target, manifest: hex } }
}

/** The folder that this very job had finished when the app was killed; undefined when it had not. */
export async function committedBefore(
  context: Pick<JobContext, 'checkpoint'>
): Promise<string | undefined> {
  const commit = Checkpoint.safeParse(context.checkpoint).data?.commit
  if (commit === undefined) return undefined
  const found = await sha256File(join(commit.target, manifestName)).catch(() => undefined)
  return found?.hex === commit.manifest ? commit.target : undefined
}

/** What this very job left when the app was killed: its folder under a temporary name. */
export async function removeCutOffDraft(
  context: Pick<JobContext, 'checkpoint'>,
  params: Pick<ExportTarget, 'place' | 'name'>
): Promise<void> {
  const found = Checkpoint.safeParse(context.checkpoint)
  if (!found.success) return
  const { draft } = found.data
  const isOurs = dirname(draft) === dirname(join(params.place, params.name))
  if (isOurs && basename(draft).startsWith(temporaryMark)) {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Only what an export made is ever replaced: a mistyped name must not cost anyone a folder. */
async function mayBeReplaced(folder: string): Promise<boolean> {
  if (!(await lstat(folder)).isDirectory()) return false
  if ((await readdir(folder)).length === 0) return true
  return readManifest(folder).then(
    () => true,
    () => false
  )
}

/** Folder to make, after the analyst's rule for a taken name. Throws AppError "destination-exists". */
export async function chooseTarget(params: ExportTarget): Promise<string> {
  const problem = nameProblem(params.name)
  if (problem) throw new AppError('invalid-input', `This folder name ${problem}.`)
  const wanted = join(params.place, params.name)
  if (!(await exists(wanted))) return wanted
  if (params.conflict === 'replace') {
    if (await mayBeReplaced(wanted)) return wanted
    throw new AppError(
      'destination-exists',
      'What is there under this name is not an exported set, so it is not replaced.',
      { hint: 'Choose another name.' }
    )
  }
  if (params.conflict === 'stop') throw new AppError('destination-exists')
  for (let n = 2; ; n++) {
    const next = `${wanted} (${n})`
    if (!(await exists(next))) return next
  }
}
