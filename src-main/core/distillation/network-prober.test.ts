// Estimates do not follow the load: the quietest figures count, and how far from them the computer is
// now only widens the range.
import { expect, it } from 'vitest'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { NetworkSpec } from '../networks/network.ts'
import type { DatasetRecord } from '../store/records.ts'
import { createNetworkProber, createSpeedMemory, quietest } from './network-prober.ts'
import type { NetworkSpeed } from './probe-task.ts'

const quiet: NetworkSpeed = {
  forward: 1,
  trained: 4,
  second: 0,
  perPicture: 0.1,
  deviceId: 'native',
  device: 'processor'
}
const slower = (factor: number): NetworkSpeed => ({
  ...quiet,
  forward: quiet.forward * factor,
  trained: quiet.trained * factor,
  perPicture: quiet.perPicture * factor
})
const dataset = {
  id: 'd',
  kind: 'images',
  format: 'idx',
  storage: 'link',
  sourcePath: '/pictures',
  addedSources: [],
  classNames: ['a', 'b']
} as unknown as DatasetRecord // only these are read
const shape = { height: 16, width: 16, channels: 1 }
const network: NetworkSpec = { kind: 'convnet', width: 16, depth: 3, norm: 'instance' }

/** A computer whose probes take what the list says, one after the other. */
function computer(speeds: readonly (NetworkSpeed | Error)[], memory = createSpeedMemory()) {
  let asked = 0
  let time = 0
  const pool = {
    size: 2,
    run: () => {
      const next = speeds[asked++]
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
    }
  } as unknown as ComputePool // only `run` is called
  const store = { items: { range: () => [] } } as never // no pictures are decoded here
  const prober = createNetworkProber({ store, pool, mediaFolder: '/m', memory, now: () => time })
  return {
    prober,
    speed: (of = network) => prober.speed(dataset, shape, of, false, 'auto'),
    later: (minutes: number) => void (time += minutes * 60_000),
    asked: () => asked
  }
}

it('a busy moment keeps the quiet figures and says how busy it is', async () => {
  const { speed, later, asked } = computer([quiet, slower(3), slower(0.9)])
  expect(await speed()).toEqual({ ...quiet, slowdown: 1 })
  expect(await speed()).toEqual({ ...quiet, slowdown: 1 })
  expect(asked()).toBe(1)
  later(6)
  expect(await speed()).toEqual({ ...quiet, slowdown: 3 })
  later(6)
  expect((await speed())?.trained).toBeCloseTo(3.6)
})

it('wide networks follow from the one that is measured', async () => {
  const { speed, asked } = computer([quiet, quiet])
  const at32 = await speed({ ...network, width: 32 })
  const at64 = await speed({ ...network, width: 64 })
  expect(asked()).toBe(1)
  expect(at64?.trained).toBeGreaterThan(3 * (at32?.trained ?? Infinity))
})

it('what was measured is remembered without measuring; a failure is not', async () => {
  const { prober, speed, asked } = computer([new Error('no device'), quiet])
  const question = { dataset, shape, network, wantsSecond: false, device: 'auto' }
  expect(prober.remembered(question)).toBeUndefined()
  expect(await speed()).toBeUndefined()
  expect(await speed()).toEqual({ ...quiet, slowdown: 1 })
  expect(prober.remembered(question)).toEqual({ ...quiet, slowdown: 1 })
  expect(asked()).toBe(2)
})

it('the lower figure counts, and one that was not measured does not', () => {
  const first = { ...slower(2), second: 0, perPicture: 0 }
  const second = { ...quiet, trained: 99, second: 7 }
  expect(quietest(first, second)).toEqual({ ...quiet, trained: 8, second: 7 })
})
