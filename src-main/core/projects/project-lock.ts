// One host per project: a lock file with the holder's process id. A lock whose process is gone is
// taken over, so a crash never locks anyone out.
import { randomBytes } from 'node:crypto'
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'

const LockFile = z.object({ pid: z.int(), host: z.string(), id: z.string() })

/** Locks this process holds; another one with our process id is of a process that is gone. */
const held = new Set<string>()

/** Takes the lock of `folder`; returns its release. Throws AppError "project-in-use". */
export function lockProject(folder: string): () => void {
  const path = join(folder, '.lock')
  const mine = { pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') }
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, JSON.stringify(mine))
      closeSync(file)
      held.add(mine.id)
      return () => {
        held.delete(mine.id)
        if (readLock(path)?.id === mine.id) rmSync(path, { force: true })
      }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      const holder = readLock(path)
      // Another computer's lock (a shared disk) cannot be checked; it is respected.
      if (holder && (holder.host !== mine.host || isHeld(holder)))
        throw new AppError('project-in-use')
      removeStale(path, holder, mine.id)
    }
  }
  throw new AppError('project-in-use')
}

type Holder = z.infer<typeof LockFile>

// In a container every start may get the same process id.
function isHeld(holder: Holder): boolean {
  return holder.pid === process.pid ? held.has(holder.id) : isAlive(holder.pid)
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

function readLock(path: string): z.infer<typeof LockFile> | undefined {
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
