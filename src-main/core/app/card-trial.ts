// A graphics driver can take the whole app down with it, beyond any error handling. So a mark lies
// in the data folder while cards are looked at: who finds it at the start, with its process gone,
// leaves the cards alone until somebody asks for them again.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface CardTrial {
  /** True when an earlier start of the app ended while it looked at the cards. */
  readonly hasEndedTheApp: boolean
  /** Runs `look` under the mark. */
  during<T>(look: () => Promise<T>): Promise<T>
}

/** Looks for a mark in `folder`; one that a living process (another window) holds does not count. */
export function openCardTrial(folder: string): CardTrial {
  const path = join(folder, 'looking-at-cards')
  return {
    hasEndedTheApp: isOfTheDead(path),
    async during(look) {
      try {
        writeFileSync(path, String(process.pid))
      } catch {
        // A full or read-only disk: the look is worth more than its mark.
      }
      try {
        return await look()
      } finally {
        rmSync(path, { force: true })
      }
    }
  }
}

function isOfTheDead(path: string): boolean {
  let pid: number
  try {
    pid = Number(readFileSync(path, 'utf8'))
  } catch {
    return false
  }
  if (!Number.isInteger(pid) || pid <= 0) return true
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // Not ours to signal, but alive.
    return !(error instanceof Error && 'code' in error && error.code === 'EPERM')
  }
}
