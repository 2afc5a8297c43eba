// Measured speeds survive a start, and count for their own version and processor only.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeviceSpeed } from '../../api/dto/settings.ts'
import { openDeviceSpeeds } from './device-speeds.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'winnow-speeds-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const speed = (gflops: number): DeviceSpeed => ({
  gflops,
  gflopsOneCore: gflops / 2,
  trainingSteps: null,
  cannotTrain: 'cannot train convolutional networks',
  bytes: 12,
  cores: 2,
  measuredAt: 1_700_000_000_000
})

it('are there at the next start, the newest of each device', async () => {
  const first = openDeviceSpeeds(folder, '1.0', 'CPU A')
  expect(first.get('wasm')).toBeUndefined()
  await first.add({ wasm: speed(30), cpu: speed(1) })
  await first.add({ wasm: speed(31) })
  const second = openDeviceSpeeds(folder, '1.0', 'CPU A')
  expect([second.get('wasm'), second.get('cpu')]).toEqual([speed(31), speed(1)])
})

it('do not count for another version or processor, and are kept for it', async () => {
  await openDeviceSpeeds(folder, '1.0', 'CPU A').add({ wasm: speed(30) })
  const newer = openDeviceSpeeds(folder, '1.1', 'CPU A')
  expect(newer.get('wasm')).toBeUndefined()
  expect(openDeviceSpeeds(folder, '1.0', 'CPU B').get('wasm')).toBeUndefined()
  await newer.add({ wasm: speed(40) })
  expect(openDeviceSpeeds(folder, '1.0', 'CPU A').get('wasm')).toEqual(speed(30))
})

it('of a damaged file count as not measured; the next measurement replaces it', async () => {
  const path = join(folder, 'devices.json')
  for (const text of ['{', '{"devices": 1}', '[{"device": "wasm"}, 3]']) {
    await writeFile(path, text)
    const speeds = openDeviceSpeeds(folder, '1.0', 'CPU A')
    expect(speeds.get('wasm')).toBeUndefined()
    await speeds.add({ wasm: speed(30) })
    expect(JSON.parse(await readFile(path, 'utf8'))).toHaveLength(1)
  }
})
