// One host per project: a lock file with the holder's process id. A lock whose process is gone is
// taken over, so a crash never locks anyone out.
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'

const LockFile = z.object({ pid: z.int(), host: z.string(), id: z.string() })

/** Takes the lock of `folder`; returns its release. Throws AppError "project-in-use". */
export function lockProject(folder: string): () => void {
  const path = join(folder, '.lock')
  const mine = { pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') }
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, JSON.stringify(mine))
      closeSync(file)
      return () => {
        if (readLock(path)?.id === mine.id) rmSync(path, { force: true })
      }
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error
      const holder = readLock(path)
      if (holder && holder.host === mine.host && isAlive(holder.pid))
        throw new AppError('project-in-use')
      // Another computer's lock (a shared disk) cannot be checked; it is respected.
      if (holder && holder.host !== mine.host) throw new AppError('project-in-use')
      rmSync(path, { force: true })
    }
  }
  throw new AppError('project-in-use')
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
    return (error as { code?: unknown }).code === 'EPERM'
  }
}
