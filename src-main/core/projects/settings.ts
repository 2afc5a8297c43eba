// Settings and the list of recent projects: small JSON files in the app's data folder. A damaged
// file means defaults and a line in the log, never a crash.
import { mkdirSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Settings, type SettingsChange } from '../../api/dto/settings.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { Logger } from '../platform/platform.ts'

export interface SettingsFile {
  get(): Settings
  /** Merges and writes; the new settings are in force at once. */
  set(change: SettingsChange): Promise<Settings>
}

function readJson<T>(path: string, schema: z.ZodType<T>, fallback: T, log: Logger): T {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return fallback
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    log.write('notice', 'settings-damaged', 'A settings file could not be read; defaults are used.')
    return fallback
  }
}

/** Opens settings.json in `folder`. */
export function openSettings(folder: string, log: Logger): SettingsFile {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'settings.json')
  let current = readJson(path, Settings, Settings.parse({}), log)
  return {
    get: () => current,
    async set(change) {
      const defined = Object.entries(change).filter(([, value]) => value !== undefined)
      current = Settings.parse({ ...current, ...Object.fromEntries(defined) })
      await writeFileAtomic(path, `${JSON.stringify(current, null, 2)}\n`)
      return current
    }
  }
}

const Recent = z.array(z.strictObject({ path: z.string(), name: z.string(), openedAt: z.number() }))
export type RecentEntry = z.infer<typeof Recent>[number]

const recentMax = 12

export interface RecentProjects {
  /** Newest first. */
  list(): readonly RecentEntry[]
  add(entry: RecentEntry): Promise<void>
  forget(path: string): Promise<void>
}

/** Opens recent.json in `folder`. */
export function openRecentProjects(folder: string, log: Logger): RecentProjects {
  const path = join(folder, 'recent.json')
  let entries = readJson(path, Recent, [], log)
  async function write(next: readonly RecentEntry[]): Promise<void> {
    entries = next.slice(0, recentMax)
    await mkdir(folder, { recursive: true })
    await writeFileAtomic(path, `${JSON.stringify(entries, null, 2)}\n`)
  }
  return {
    list: () => entries,
    add: (entry) => write([entry, ...entries.filter((other) => other.path !== entry.path)]),
    forget: (gone) => write(entries.filter((other) => other.path !== gone))
  }
}
