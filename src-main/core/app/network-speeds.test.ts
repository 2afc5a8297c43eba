// Speeds of quiet moments outlast the app, for their own version and processor only.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openNetworkSpeeds } from './network-speeds.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'winnow-networks-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const speed = (trained: number) => ({
  forward: trained / 4,
  trained,
  second: 0,
  perPicture: 0.001,
  deviceId: 'native',
  device: 'processor'
})

it('the best is there at the next start', async () => {
  const first = openNetworkSpeeds(folder, '1.0', 'CPU A')
  expect(first.keep('k', speed(4))).toEqual(speed(4))
  expect(first.keep('k', speed(12))).toEqual(speed(4))
  await first.settled()
  const second = openNetworkSpeeds(folder, '1.0', 'CPU A')
  expect(second.get('k')).toEqual(speed(4))
  expect(second.get('other')).toBeUndefined()
  expect(openNetworkSpeeds(folder, '1.1', 'CPU A').get('k')).toBeUndefined()
  expect(openNetworkSpeeds(folder, '1.0', 'CPU B').get('k')).toBeUndefined()
})

it('a file that cannot be read counts as nothing measured, and is replaced', async () => {
  const path = join(folder, 'network-speeds.json')
  await writeFile(path, '[{"key": 1}, nonsense')
  const speeds = openNetworkSpeeds(folder, '1.0', 'CPU A')
  expect(speeds.get('k')).toBeUndefined()
  speeds.keep('k', speed(2))
  await speeds.settled()
  expect(JSON.parse(await readFile(path, 'utf8'))).toHaveLength(1)
})
