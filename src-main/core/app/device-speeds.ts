// Measured speeds of the devices, kept in the app's data folder so that they are not measured again
// at each start. They count for one version of the app on one processor.
import { join } from 'node:path'
import { z } from 'zod'
import { DeviceSpeed } from '../../api/dto/settings.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { readEntries } from './entries-file.ts'

const Entry = z.strictObject({
  device: z.string(),
  appVersion: z.string(),
  /** Model name of the processor. */
  processor: z.string(),
  speed: DeviceSpeed
})
type Entry = z.infer<typeof Entry>

/** Entries of other versions and processors that are kept for when they come back. */
const entriesMax = 60

export interface DeviceSpeeds {
  /** Undefined before the device was measured by this version on this processor. */
  get(device: string): DeviceSpeed | undefined
  /** Keeps the figures, also across starts. */
  add(measured: Readonly<Record<string, DeviceSpeed>>): Promise<void>
}

/** Opens devices.json in `folder`; what cannot be read in it counts as not measured. */
export function openDeviceSpeeds(
  folder: string,
  appVersion: string,
  processor: string
): DeviceSpeeds {
  const path = join(folder, 'devices.json')
  let entries = readEntries(path, Entry)
  const isOurs = (entry: Entry): boolean =>
    entry.appVersion === appVersion && entry.processor === processor
  return {
    get: (device) => entries.find((entry) => isOurs(entry) && entry.device === device)?.speed,
    async add(measured) {
      const fresh = Object.entries(measured).map(([device, speed]) => ({
        device,
        appVersion,
        processor,
        speed
      }))
      const kept = entries.filter((entry) => !isOurs(entry) || !(entry.device in measured))
      entries = [...fresh, ...kept].slice(0, entriesMax)
      await writeFileAtomic(path, `${JSON.stringify(entries, null, 2)}\n`)
    }
  }
}
