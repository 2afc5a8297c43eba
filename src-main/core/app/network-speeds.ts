// Speeds of networks at the quietest moments, kept in the app's data folder: estimates of the next start
// need not wait for a quiet moment of its own. They count for one version of the app on one processor.
import { join } from 'node:path'
import { z } from 'zod'
import { quietest, type SpeedMemory } from '../distillation/network-prober.ts'
import type { NetworkSpeed } from '../distillation/probe-task.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { readEntries } from './entries-file.ts'

const Speed = z.strictObject({
  forward: z.number().positive(),
  trained: z.number().positive(),
  second: z.number().min(0),
  perPicture: z.number().min(0),
  deviceId: z.string(),
  device: z.string()
})

const Entry = z.strictObject({
  key: z.string().max(1000),
  appVersion: z.string(),
  processor: z.string(),
  speed: Speed
})
type Entry = z.infer<typeof Entry>

/** A memory that outlasts the app. */
export interface NetworkSpeeds extends SpeedMemory {
  /** Resolves when what was kept so far is on disk. */
  settled(): Promise<void>
}

/** Networks remembered; the one not measured for longest is forgotten first. */
const entriesMax = 200

/** Opens network-speeds.json in `folder`; what cannot be read in it counts as not measured. */
export function openNetworkSpeeds(
  folder: string,
  appVersion: string,
  processor: string
): NetworkSpeeds {
  const path = join(folder, 'network-speeds.json')
  let entries = readEntries(path, Entry)
  let writing: Promise<void> = Promise.resolve()
  const isOurs = (entry: Entry, key: string): boolean =>
    entry.key === key && entry.appVersion === appVersion && entry.processor === processor
  const get = (key: string): NetworkSpeed | undefined =>
    entries.find((entry) => isOurs(entry, key))?.speed
  return {
    get,
    keep(key, speed) {
      const before = get(key)
      const best = before === undefined ? speed : quietest(before, speed)
      const rest = entries.filter((entry) => !isOurs(entry, key))
      entries = [{ key, appVersion, processor, speed: { ...best } }, ...rest].slice(0, entriesMax)
      // One after the other; a figure that cannot be kept is measured again.
      writing = writing
        .then(() => writeFileAtomic(path, `${JSON.stringify(entries, null, 1)}\n`))
        .catch(() => undefined)
      return best
    },
    settled: () => writing
  }
}
