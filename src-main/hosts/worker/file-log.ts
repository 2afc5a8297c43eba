// The application log: one JSON line per entry in the data folder, local only. Paths are shortened
// and rows of data never get here (security rule E16).
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Logger, LogLevel } from '../../core/platform/platform.ts'

/** A log larger than this becomes `app.log.1`. */
const rotateBytes = 5 * 1024 * 1024

/** Entries kept at hand for a report. */
const recentMax = 20

/** What is written at each setting. */
const written: Readonly<Record<'error' | 'normal' | 'all', readonly LogLevel[]>> = {
  error: ['error'],
  normal: ['error', 'notice', 'info'],
  all: ['error', 'notice', 'info', 'debug']
}

/** Text with the home folder and longer absolute paths shortened. */
export function redactPaths(text: string, home: string = homedir()): string {
  const withoutHome = home.length > 1 ? text.replaceAll(home, '~') : text
  return withoutHome.replace(/(?<![\w.~])(?:\/[\w .@+-]+){3,}\/([\w.@+-]+)/g, '…/$1')
}

/** Opens app.log in `folder`. */
export function createFileLog(folder: string, now: () => number): Logger {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'app.log')
  let levels = written.normal
  const recent: { time: string; level: LogLevel; code: string }[] = []
  return {
    setLevel: (level) => void (levels = written[level]),
    recent: () => recent,
    write(level, code, text, detail) {
      const time = new Date(now()).toISOString()
      if (level === 'error' || level === 'notice') {
        recent.push({ time, level, code })
        if (recent.length > recentMax) recent.shift()
      }
      if (!levels.includes(level)) return
      const line = JSON.stringify({
        time,
        level,
        code,
        text,
        detail
      })
      try {
        if (sizeOf(path) > rotateBytes) renameSync(path, `${path}.1`)
        appendFileSync(path, `${redactPaths(line)}\n`, { mode: 0o600 })
      } catch {
        // A full or read-only disk must not stop the app for want of a log line.
      }
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
