// What the app says about the computer: measured once, kept, refused while it would be wrong, and
// honest about devices that failed or are not there. Real threads and devices.
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ComputerInfo, Settings } from '../../api/dto/settings.ts'
import { commandLinePlatform } from '../../hosts/node/node-platform.ts'
import { knownDevices } from '../compute/devices/registry.ts'
import { createComputePool } from '../jobs/compute-pool.ts'
import type { ManagedPool } from '../jobs/compute-task.ts'
import type { Platform } from '../platform/platform.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { withDevice, type AppState } from './app-state.ts'
import { createComputer, type Computer } from './computer.ts'

let folder: ReturnType<typeof temporaryFolder>
let platform: Platform
let pool: ManagedPool
let settings: Settings
beforeEach(async () => {
  folder = temporaryFolder()
  vi.stubEnv('WINNOW_HOME', join(folder.path, 'home'))
  platform = await commandLinePlatform()
  pool = createComputePool(platform, 2)
  settings = Settings.parse({})
})
afterEach(async () => {
  await pool.dispose()
  vi.unstubAllEnvs()
  folder.remove()
})

function computer(change: Partial<AppState> = {}): Computer {
  const state = {
    platform,
    pool,
    settings: { get: () => settings, set: () => Promise.resolve(settings) },
    current: undefined,
    ...change
  }
  return createComputer(state as unknown as AppState) // nothing else of it is looked at
}

const idle = { isBusy: false }
function withState(state: object): ManagedPool {
  return { ...pool, size: 2, state: () => ({ ...pool.state(), ...state }) }
}

it('measures what was not measured, keeps it with its date, and does not do it again', async () => {
  const first = await computer().look({ calibrate: false })
  expect(ComputerInfo.parse(first)).toEqual(first)
  expect(first.devices.map(({ id }) => id)).toEqual(knownDevices.map(({ id }) => id))
  expect(first.pinned).toBeNull()
  expect(first.fallback).toBeNull()
  expect(first.line).toMatch(/^Computing on: processor \(.*\), up to 2 cores$/)
  const measured = await computer().look({ calibrate: true, onlyMissing: true })
  expect(ComputerInfo.parse(measured)).toEqual(measured)
  for (const device of measured.devices) {
    expect([device.id, device.speed !== null]).toEqual([device.id, device.isAvailable])
    if (device.speed === null) continue
    expect(device.speed.gflops).toBeGreaterThan(0)
    expect(device.speed.cores).toBe(2)
    expect(device.speed.measuredAt).toBeGreaterThan(Date.UTC(2020, 0))
    expect(device.speed.trainingSteps === null).toBe(device.speed.cannotTrain !== null)
  }
  // Another start finds the figures, also while something runs.
  const again = computer({ pool: withState({ isBusy: true }) })
  const known = await again.look({ calibrate: true, onlyMissing: true })
  expect(known.devices.map(({ speed }) => speed)).toEqual(
    measured.devices.map(({ speed }) => speed)
  )
}, 60_000)

it('does not measure while something runs: the figures would be wrong', async () => {
  const busy = computer({ pool: withState({ isBusy: true }) })
  await expect(busy.look({ calibrate: true })).rejects.toMatchObject({ code: 'computer-busy' })
  const info = await busy.look({ calibrate: false })
  expect(info.devices.every(({ speed }) => speed === null)).toBe(true)
})

it('says what the threads do and hold', async () => {
  const holding = { bytes: 5e6, tensors: 4, graphs: 2, compiled: 9, fallbacks: { Erf: 3 } }
  const state = { ...idle, running: 1, waiting: 2, coresInUse: 2, threads: 3 }
  const info = await computer({ pool: withState({ ...state, usage: { wasm: holding } }) }).look({
    calibrate: false
  })
  expect(ComputerInfo.parse(info)).toEqual(info)
  expect(info.activity).toEqual({ running: 1, waiting: 2, coresInUse: 2, threads: 3 })
  expect(info.devices.find(({ id }) => id === 'wasm')?.holding).toEqual(holding)
  expect(info.devices.find(({ id }) => id === 'cpu')?.holding).toBeNull()
})

it('says when a device failed, and when the pinned one is not there', async () => {
  const one = computer()
  settings = { ...settings, device: 'wasm' }
  expect(await one.look({ calibrate: false })).toMatchObject({
    pinned: 'wasm',
    active: 'wasm',
    fallback: null
  })
  pool.addFailure({ id: 'wasm', name: 'processor (WebAssembly SIMD)', reason: 'out of memory' })
  const failed = await one.look({ calibrate: false })
  expect(failed.active).not.toBe('wasm')
  expect(failed.fallback).toMatch(
    /^WebAssembly SIMD: stopped working \(out of memory\)\..* Computing on: /
  )
  expect(failed.devices.find(({ id }) => id === 'wasm')).toMatchObject({
    isAvailable: false,
    reason: 'WebAssembly SIMD: stopped working (out of memory)'
  })
  pool.forgive('wasm')
  expect((await one.look({ calibrate: false })).active).toBe('wasm')
})

it('leaves cards alone after one has ended the app, until they are asked for again', async () => {
  const mark = join(platform.paths.data, 'looking-at-cards')
  await writeFile(mark, 'nobody')
  const careful = computer()
  const reasonOf = async (one: Computer): Promise<unknown[]> =>
    (await one.look({ calibrate: false })).devices
      .filter(({ isGraphics }) => isGraphics)
      .map(({ reason }) => reason)
  for (const reason of await reasonOf(careful))
    expect(reason).toMatch(/: stopped working \(the app ended while it was looked at\)$/)
  // The next start is as careful.
  expect(existsSync(mark)).toBe(true)
  pool.forgive()
  for (const reason of await reasonOf(careful)) expect(reason).not.toContain('the app ended')
  expect(existsSync(mark)).toBe(false)
})

it('takes another device for one start, and refuses one that nobody knows', async () => {
  const stored = { get: () => settings, set: () => Promise.resolve(settings) }
  expect(withDevice(stored, undefined)).toBe(stored)
  expect(withDevice(stored, 'cpu').get().device).toBe('cpu')
  expect((await withDevice(stored, 'cpu').set({ theme: 'dark' })).device).toBe('cpu')
  expect(() => withDevice(stored, 'quantum')).toThrow(
    expect.objectContaining({
      code: 'invalid-input',
      message: '"quantum" is not a device.',
      hint: expect.stringContaining('wasm (processor (WebAssembly SIMD))') as string
    })
  )
})
