// The faults that need no other process: each function tries one case on a copy of the calm project
// and throws on anything that is not as it must be. What it returns is what the person was told.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { errorCodes, type AppError, type ErrorCode } from '../../api/errors.ts'
import { threadScript } from '../../hosts/worker/compute-thread.ts'
import type { Platform, WorkerHandle } from '../platform/platform.ts'
import { projectFolder, startFaultApp, type FaultApp } from './fault-work.test-support.ts'
import { flipByte, hashesBelow, outcomeOf, runProcess, smallDisk } from './faults.test-support.ts'
import {
  forget,
  requireGoesOn,
  requireSame,
  requireWholeExports,
  type Ground
} from './ground.test-support.ts'

/** The code a person was shown, or "nothing" where all went well. */
export type Told = ErrorCode | 'nothing'

/** What a stage told: its job's error, or the refusal of the call that starts it. */
async function told(work: FaultApp, stage: string): Promise<Told> {
  try {
    const { state, error } = await work.run(stage)
    if (/^finished/.test(state)) return 'nothing'
    return error?.code ?? 'cancelled'
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): ErrorCode {
  const code = (error as { code?: unknown }).code
  const known = errorCodes.find((each) => each === code)
  if (known === undefined) throw error
  return known
}

function requireOneOf(what: string, is: Told, allowed: readonly Told[]): void {
  if (!allowed.includes(is)) throw new Error(`${what}: told “${is}”, not “${allowed.join('”, “')}”`)
}

/** A disk with `leftBytes` free under a stage; with room again it goes on to the same end. */
export async function diskFullDuring(
  ground: Ground,
  stage: string,
  leftBytes: number
): Promise<Told> {
  const disk = await smallDisk(await mkdtemp(join(ground.folder, 'disk-')), 128)
  try {
    const places = await ground.placesBefore(stage, disk.path)
    await disk.fill(leftBytes)
    const work = await startFaultApp(places)
    let found: Told
    try {
      found = await work.open().then(
        () => told(work, stage),
        (error: unknown) => codeOf(error)
      )
      requireOneOf(stage, found, ['nothing', 'disk-full'])
      await requireWholeExports(places, await ground.expected(ground.stages.indexOf(stage) + 1))
      await disk.empty()
      // The app goes on: what is asked of it now is answered.
      await work.client.call('projects.recent', {})
    } finally {
      await work.close()
    }
    await requireGoesOn(ground, places, stage)
    await forget(places)
    return found
  } finally {
    disk.remove()
  }
}

/** A full disk while a project is made: nothing of it stays, and with room it is made. */
export async function diskFullWhileMaking(ground: Ground, leftBytes: number): Promise<Told> {
  const disk = await smallDisk(await mkdtemp(join(ground.folder, 'disk-')), 8)
  const { sources, home } = await ground.placesBefore(ground.stages[0] ?? '', disk.path)
  const place = join(disk.path, 'new')
  await mkdir(place)
  const work = await startFaultApp({ sources, home, place, exports: place })
  try {
    await disk.fill(leftBytes)
    const found = await work.open().then((): Told => 'nothing', codeOf)
    requireOneOf('a new project', found, ['nothing', 'disk-full'])
    await disk.empty()
    if (found === 'nothing') return found
    const left = await readdir(place)
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`)
    await work.open()
    return found
  } finally {
    await work.close()
    disk.remove()
  }
}

/** A full disk under a backup: the older ones stay, nothing half is beside them. */
export async function diskFullDuringBackup(ground: Ground, leftBytes: number): Promise<Told> {
  const disk = await smallDisk(await mkdtemp(join(ground.folder, 'disk-')), 64)
  const places = await ground.placesBefore(ground.stages.at(-1) ?? '', disk.path)
  const backups = join(projectFolder(places.place), 'backups')
  const work = await startFaultApp(places)
  try {
    await work.open()
    await work.client.call('projects.backup', {})
    const before = await hashesBelow(backups)
    await disk.fill(leftBytes)
    const found = await work.client.call('projects.backup', {}).then((): Told => 'nothing', codeOf)
    requireOneOf('a backup', found, ['nothing', 'disk-full'])
    const after = await hashesBelow(backups)
    if (found === 'disk-full') requireSame('the backups', after, before)
    await disk.empty()
    await work.client.call('projects.backup', {})
    return found
  } finally {
    await work.close()
    disk.remove()
  }
}

/** How a project file is broken. */
export type Damage =
  | { readonly kind: 'byte' | 'page'; readonly at01: number }
  | { readonly kind: 'header' | 'empty' | 'gone' }
  | { readonly kind: 'cut'; readonly at01: number }
  | { readonly kind: 'log'; readonly at01: number }

function breakFile(path: string, damage: Damage): void {
  const bytes = readFileSync(path)
  const page = 'at01' in damage ? Math.floor((damage.at01 * bytes.length) / 4096) : 0
  switch (damage.kind) {
    case 'byte':
      bytes[Math.floor(damage.at01 * bytes.length)] ^= 0xff
      break
    case 'page':
      bytes.fill(0xa5, page * 4096, (page + 1) * 4096)
      break
    case 'header':
      bytes.fill(0, 0, 100)
      break
    case 'cut':
      writeFileSync(path, bytes.subarray(0, Math.floor(damage.at01 * bytes.length)))
      return
    case 'empty':
      writeFileSync(path, '')
      return
    case 'gone':
      rmSync(path)
      return
    case 'log':
      // A log that belongs to no state of the file.
      writeFileSync(`${path}-wal`, bytes.subarray(0, Math.floor(damage.at01 * 65_536)))
      return
  }
  writeFileSync(path, bytes)
}

/**
 * Breaks the project file. It is refused in plain words, or opens; what opens answers, and its check
 * finds nothing or says what. The way the words tell leads back to the newest backup.
 */
export async function brokenProject(ground: Ground, before: string, damage: Damage): Promise<Told> {
  const places = await ground.placesBefore(before)
  const folder = projectFolder(places.place)
  const path = join(folder, 'project.sqlite')
  const expected = await outcomeOf(places)
  const first = await startFaultApp(places)
  await first.open()
  await first.client.call('projects.backup', {})
  await first.close()
  breakFile(path, damage)
  const work = await startFaultApp(places)
  try {
    const grant = async (): Promise<string> => (await work.app.grantPath(folder)).id
    const open = async (): Promise<unknown> =>
      work.client.call('projects.open', { grant: await grant() })
    const refusal = await open().then(
      () => undefined,
      (error: unknown) => error as AppError
    )
    if (refusal === undefined) {
      const { ok } = await work.client.call('projects.check', {})
      const listed = await work.client
        .call('datasets.list', {})
        .then(({ datasets }): Told => (datasets.length > 0 ? 'nothing' : 'project-damaged'), codeOf)
      if (ok && listed !== 'nothing') throw new Error('it is not whole and nobody says so')
      return 'nothing'
    }
    const found = codeOf(refusal)
    requireOneOf('the broken file', found, ['project-damaged'])
    const backup = /“(project-.*?\.sqlite)”/.exec(refusal.hint ?? '')?.[1]
    if (backup === undefined) throw new Error(`no way back: ${refusal.hint}`)
    for (const name of await readdir(folder))
      if (name.startsWith('project.sqlite')) await rm(join(folder, name))
    await copyFile(join(folder, 'backups', backup), path)
    await open()
    await work.client.call('projects.close', {})
    requireSame('the backup', await outcomeOf(places), expected)
    return found
  } finally {
    await work.close()
    await forget(places)
  }
}

/** A compute thread with a fate: little memory, or an end after some messages. */
function frailThread(fate: { readonly megabytes?: number; readonly messages?: number }) {
  return (): WorkerHandle => {
    const worker = new Worker(threadScript('compute'), {
      ...(fate.megabytes !== undefined && {
        resourceLimits: { maxOldGenerationSizeMb: fate.megabytes, maxYoungGenerationSizeMb: 4 }
      })
    })
    let lastError: Error | undefined
    let left = fate.messages ?? Number.POSITIVE_INFINITY
    worker.on('error', (error: Error) => (lastError = error))
    worker.on('message', () => {
      if (--left === 0) void worker.terminate()
    })
    return {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      onMessage: (callback) => worker.on('message', callback),
      onExit: (callback) => worker.on('exit', () => callback(lastError)),
      terminate: async () => void (await worker.terminate())
    }
  }
}

/** Compute threads that run out of memory or die under a stage; healthy ones then end it the same. */
export async function threadsFailDuring(
  ground: Ground,
  stage: string,
  fate: { readonly megabytes?: number; readonly messages?: number }
): Promise<Told> {
  const places = await ground.placesBefore(stage)
  const work = await startFaultApp(places, { createComputeWorker: frailThread(fate) })
  let found: Told
  try {
    await work.open()
    found = await told(work, stage)
    requireOneOf(stage, found, ['nothing', 'out-of-memory', 'worker-crashed'])
    await work.client.call('datasets.list', {})
  } finally {
    await work.close()
  }
  await requireGoesOn(ground, places, stage)
  await forget(places)
  return found
}

/** A clock that jumps by `jumpMs` at its `after`-th reading; time taken is told without the jump. */
export async function clockJumpsDuring(
  ground: Ground,
  stage: string,
  after: number,
  jumpMs: number
): Promise<Told> {
  const places = await ground.placesBefore(stage)
  let readings = 0
  const now: Platform['now'] = () => Date.now() + (++readings > after ? jumpMs : 0)
  const work = await startFaultApp(places, { now })
  try {
    await work.open()
    const began = performance.now()
    const { job, state } = await work.run(stage)
    if (!/^finished/.test(state)) throw new Error(`${stage} ${state}`)
    const wall = (performance.now() - began) / 1000
    const { activeSeconds } = await work.client.call('jobs.get', { id: job })
    if (!(activeSeconds >= 0 && activeSeconds <= wall))
      throw new Error(`${activeSeconds} s of work in ${wall} s`)
  } finally {
    await work.close()
  }
  await requireGoesOn(ground, places, stage)
  await forget(places)
  return 'nothing'
}

/** Takes the project's disk away, or its folder, while it is open; the next step is refused. */
export async function takenAway(
  ground: Ground,
  stage: string,
  how: 'disk' | 'folder'
): Promise<Told> {
  const disk = await smallDisk(await mkdtemp(join(ground.folder, 'disk-')), 128)
  const places = await ground.placesBefore(stage, disk.path)
  const work = await startFaultApp(places)
  try {
    await work.open()
    if (how === 'disk') disk.remove()
    else await rm(projectFolder(places.place), { recursive: true })
    const found = await told(work, stage)
    requireOneOf(stage, found, ['project-not-found'])
    await work.client.call('projects.close', {}).catch(codeOf)
    await work.client.call('projects.recent', {})
    return found
  } finally {
    await work.close()
    disk.remove()
  }
}

/** A second host on an open project is refused, and let in when the first has closed it. */
export async function twoHosts(ground: Ground, stage: string): Promise<Told> {
  const places = await ground.placesBefore(stage)
  const work = await startFaultApp(places)
  try {
    await work.open()
    const refusal = await runProcess({ places, stages: [] }).then(
      () => '',
      (error: unknown) => String(error)
    )
    if (!refusal.includes('open in another window')) throw new Error(`let in, or: ${refusal}`)
    await work.client.call('projects.close', {})
    await runProcess({ places, stages: [] })
  } finally {
    await work.close()
  }
  await forget(places)
  return 'project-in-use'
}

/** A disk that nobody may write to: everything can be looked at, nothing started. */
export async function readOnly(ground: Ground, stage: string): Promise<Told> {
  const disk = await smallDisk(await mkdtemp(join(ground.folder, 'disk-')), 128)
  const places = await ground.placesBefore(stage, disk.path)
  disk.setReadOnly(true)
  const work = await startFaultApp(places)
  try {
    await work.open()
    const { project } = await work.client.call('projects.current', {})
    if (project?.isReadOnly !== true) throw new Error('it is open for writing')
    if (project.readOnlyReason === null) throw new Error('without a reason')
    const { datasets } = await work.client.call('datasets.list', {})
    if (datasets.length === 0) throw new Error('nothing can be looked at')
    const found = await told(work, stage)
    requireOneOf(stage, found, ['project-read-only'])
    return found
  } finally {
    await work.close()
    disk.remove()
  }
}

/** Files of the project that hold what was computed once and is used again. */
export async function cachedFiles(ground: Ground, before: string): Promise<string[]> {
  const places = await ground.placesBefore(before)
  const folder = projectFolder(places.place)
  const all = await readdir(join(folder, 'features'))
  await forget(places)
  return all.map((name) => join('features', name))
}

/**
 * One byte of a kept file changed in a project that has none of the work of `stage` yet, or has it
 * all: the stage ends as it always does.
 */
export async function damagedFile(
  ground: Ground,
  stage: string,
  file: string,
  at01: number
): Promise<Told> {
  const places = await ground.placesBefore(stage)
  const path = join(projectFolder(places.place), file)
  if (!existsSync(path)) throw new Error(`no ${file}`)
  await flipByte(path, Math.floor(at01 * readFileSync(path).length))
  await requireGoesOn(ground, places, stage)
  await forget(places)
  return 'nothing'
}
