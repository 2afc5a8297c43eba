// One host per project: a lock file with the holder's process. A lock whose process is gone is taken
// over, so a crash never locks anyone out; nor does another process that got its number since.
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { writeError } from '../files/atomic-write.ts'

const LockFile = z.object({
  pid: z.int(),
  host: z.string(),
  id: z.string(),
  /** What tells the process from a later one of the same number; null where the system does not. */
  born: z.string().nullable().default(null),
  /** Seconds the computer had been running: a computer that has run for less was started anew. */
  uptime: z.number().default(0)
})

/** Locks this process holds; another one with our process id is of a process that is gone. */
const held = new Set<string>()

/** Takes the lock of `folder`; returns its release. Throws AppError "project-in-use". */
export function lockProject(folder: string): () => void {
  const path = join(folder, '.lock')
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    id: randomBytes(8).toString('hex'),
    born: birthOf(process.pid),
    uptime: uptime()
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      placeLock(path, mine)
      held.add(mine.id)
      return () => {
        held.delete(mine.id)
        if (readLock(path)?.id === mine.id) rmSync(path, { force: true })
      }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw writeError(error)
      const holder = readLock(path)
      // Another computer's lock (a shared disk) cannot be checked; it is respected.
      if (holder && holder.host !== mine.host) throw heldElsewhere(holder.host)
      if (holder && isHeld(holder)) throw new AppError('project-in-use')
      removeStale(path, holder, mine.id)
    }
  }
  throw new AppError('project-in-use')
}

type Holder = z.infer<typeof LockFile>

/** Puts a lock in its place whole or not at all: another window must never read half of one. */
function placeLock(path: string, holder: Holder): void {
  const draft = `${path}-${holder.id}`
  try {
    writeFileSync(draft, JSON.stringify(holder), { flag: 'wx' })
    try {
      linkSync(draft, path)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw error
      // Disks of cameras and some network disks know no second names.
      writeFileSync(path, JSON.stringify(holder), { flag: 'wx' })
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

function heldElsewhere(host: string): AppError {
  return new AppError('project-in-use', `This project is open on the computer “${host}”.`, {
    hint: 'Close it there. If Winnow does not run there any more, or this computer had that name before, delete the file “.lock” in the project folder and open the project again.'
  })
}

function isHeld(holder: Holder): boolean {
  // In a container every start may get the same process id.
  if (holder.pid === process.pid) return held.has(holder.id)
  if (!isAlive(holder.pid) || uptime() < holder.uptime) return false
  return holder.born === null || holder.born === birthOf(holder.pid)
}

/** When a process was started, in words only Linux knows; null elsewhere and of one that is gone. */
function birthOf(pid: number): string | null {
  if (process.platform !== 'linux') return null
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything; the start is the 20th word behind it.
    const started = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .at(19)
    return started === undefined ? null : `${boot} ${started}`
  } catch {
    return null
  }
}

/** Two windows may find the same dead lock: only what was looked at is removed, nothing newer. */
function removeStale(path: string, holder: Holder | undefined, name: string): void {
  const aside = `${path}-${name}`
  try {
    renameSync(path, aside)
  } catch (error) {
    // The other window was faster.
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  try {
    const moved = readLock(aside)
    if (moved !== undefined && moved.id !== holder?.id) linkSync(aside, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code
}

function readLock(path: string): Holder | undefined {
  try {
    return LockFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
