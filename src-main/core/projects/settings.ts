// Settings and the list of recent projects: small JSON files in the app's data folder. A damaged
// file is set aside under another name and defaults are used, with a line in the log; never a crash.
import { mkdirSync, readFileSync, renameSync } from 'node:fs'
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

/** `salvage` makes the best of what the file holds, also of nothing (undefined). */
function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  salvage: (found: unknown) => T,
  log: Logger
): T {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return salvage(undefined)
  }
  const found = parseJson(text)
  const parsed = schema.safeParse(found)
  if (parsed.success) return parsed.data
  log.write('notice', 'settings-damaged', 'A settings file could not be read and was set aside.')
  try {
    renameSync(path, `${path}.broken`)
  } catch {
    // It stays where it is; the next change replaces it.
  }
  return salvage(found)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Every setting that is sound; the rest, and what only a newer app knows, falls to the default. */
function soundSettings(found: unknown): Settings {
  if (typeof found !== 'object' || found === null) return Settings.parse({})
  const sound = Object.entries(Settings.shape).flatMap(([name, schema]) => {
    const value = Object.hasOwn(found, name) ? (found as Record<string, unknown>)[name] : undefined
    const parsed = schema.safeParse(value)
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return Settings.parse(Object.fromEntries(sound))
}

/** Writes whole files one after the other, so that the last change is the one on disk. */
function createWriter(path: string): (value: unknown) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return (value) => {
    const text = `${JSON.stringify(value, null, 2)}\n`
    const write = last.then(() => writeFileAtomic(path, text))
    last = write.catch(() => undefined)
    return write
  }
}

/** Opens settings.json in `folder`. */
export function openSettings(folder: string, log: Logger): SettingsFile {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'settings.json')
  let current = readJson(path, Settings, soundSettings, log)
  const write = createWriter(path)
  return {
    get: () => current,
    async set(change) {
      const defined = Object.entries(change).filter(([, value]) => value !== undefined)
      current = Settings.parse({ ...current, ...Object.fromEntries(defined) })
      const changed = current
      await write(changed)
      return changed
    }
  }
}

const Recent = z.array(
  z.strictObject({
    path: z.string(),
    name: z.string(),
    openedAt: z.number(),
    isPinned: z.boolean().default(false)
  })
)
export type RecentEntry = z.infer<typeof Recent>[number]

const recentMax = 12

export interface RecentProjects {
  /** Pinned ones first, then newest first. */
  list(): readonly RecentEntry[]
  /** A project that was opened; it stays pinned if it was. */
  add(entry: Omit<RecentEntry, 'isPinned'>): Promise<void>
  pin(path: string, isPinned: boolean): Promise<void>
  forget(path: string): Promise<void>
}

/** Opens recent.json in `folder`. */
export function openRecentProjects(folder: string, log: Logger): RecentProjects {
  const path = join(folder, 'recent.json')
  let entries = readJson(path, Recent, () => [], log)
  const writeFile = createWriter(path)
  async function write(next: readonly RecentEntry[]): Promise<void> {
    // Pinned ones never give way.
    const room = recentMax - next.filter((entry) => entry.isPinned).length
    const others = next.filter((entry) => !entry.isPinned).slice(0, Math.max(room, 0))
    entries = next.filter((entry) => entry.isPinned || others.includes(entry))
    await mkdir(folder, { recursive: true })
    await writeFile(entries)
  }
  return {
    list: () => entries.toSorted((a, b) => Number(b.isPinned) - Number(a.isPinned)),
    add: (entry) => {
      const isPinned = entries.find((other) => other.path === entry.path)?.isPinned ?? false
      return write([
        { ...entry, isPinned },
        ...entries.filter((other) => other.path !== entry.path)
      ])
    },
    pin: (path, isPinned) =>
      write(entries.map((entry) => (entry.path === path ? { ...entry, isPinned } : entry))),
    forget: (gone) => write(entries.filter((other) => other.path !== gone))
  }
}
