// What the computer has free at this moment. The app takes these readings when it is created, so that
// what it says about a full disk or little memory can be tried on any computer.
import { statfs } from 'node:fs/promises'
import { freemem } from 'node:os'

/** Readings of the computer, taken anew at each call. */
export interface ComputerReadings {
  /** Bytes of memory that are free. */
  freeMemoryBytes(): number
  /** Bytes that may still be written where the folder is. Rejects where there is no such folder. */
  freeDiskBytes(folder: string): Promise<number>
}

/** The readings of the computer this runs on. */
export const computerReadings: ComputerReadings = {
  freeMemoryBytes: freemem,
  async freeDiskBytes(folder) {
    const disk = await statfs(folder)
    return disk.bavail * disk.bsize
  }
}

/** Readings that a test sets; plain data, so that it can be handed to another thread. */
export interface GivenReadings {
  readonly freeMemoryBytes?: number
  /** Bytes by folder; other folders are read. */
  readonly freeDiskBytes?: Readonly<Record<string, number>>
}

/** The readings of this computer with the given ones in their place. */
export function withReadings(given: GivenReadings): ComputerReadings {
  const byFolder = new Map(Object.entries(given.freeDiskBytes ?? {}))
  return {
    freeMemoryBytes: () => given.freeMemoryBytes ?? computerReadings.freeMemoryBytes(),
    freeDiskBytes: async (folder) =>
      byFolder.get(folder) ?? (await computerReadings.freeDiskBytes(folder))
  }
}
