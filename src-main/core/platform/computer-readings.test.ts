// Readings of this computer as the system gives them, and readings that a test put in their place.
import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../store/store.test-support.ts'
import { computerReadings, withReadings } from './computer-readings.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

describe('this computer', () => {
  it('has some memory free, never more than it has', () => {
    const free = computerReadings.freeMemoryBytes()
    expect(free).toBeGreaterThan(0)
    expect(free).toBeLessThanOrEqual(totalmem())
  })

  it('has room where a folder is, never more than its disk', async () => {
    const free = await computerReadings.freeDiskBytes(folder.path)
    const disk = await statfs(folder.path)
    expect(free).toBeGreaterThan(0)
    expect(free).toBeLessThanOrEqual(disk.blocks * disk.bsize)
  })

  it('cannot say how much room a missing folder has', async () => {
    const missing = join(folder.path, 'nowhere')
    await expect(computerReadings.freeDiskBytes(missing)).rejects.toThrow(/ENOENT/)
    await expect(withReadings({}).freeDiskBytes(missing)).rejects.toThrow(/ENOENT/)
  })
})

it('given readings stand in for what they name, zero included; the rest is read', async () => {
  const full = join(folder.path, 'full')
  const readings = withReadings({ freeMemoryBytes: 0, freeDiskBytes: { [full]: 0 } })
  expect(readings.freeMemoryBytes()).toBe(0)
  expect(await readings.freeDiskBytes(full)).toBe(0)
  expect(await readings.freeDiskBytes(folder.path)).toBeGreaterThan(0)
  expect(withReadings({}).freeMemoryBytes()).toBeGreaterThan(0)
})
