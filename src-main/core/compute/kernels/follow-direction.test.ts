// Picks along a moving direction, few and many of them, against plain loops in float64.
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import type { Device } from '../devices/device.ts'
import { openTestDevice } from '../wasm.test-support.ts'
import { followDirection } from './follow-direction.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const width = 6
const random = createRandom(4)
const rows = Float32Array.from({ length: 400 * width }, () => random.normal())
const start = Float64Array.from({ length: width }, () => random.normal())
const drift = Float64Array.from({ length: width }, () => random.normal())

const rowOf = (i: number): number[] => [...rows.subarray(i * width, (i + 1) * width)]

function plain(need: number, isNearest: boolean, hasDrift: boolean): number[] {
  const w = [...start]
  const picks: number[] = []
  while (picks.length < need) {
    const values = Array.from({ length: 400 }, (_, i) => {
      if (picks.includes(i)) return -Infinity
      const x = rowOf(i)
      const dot = x.reduce((sum, value, j) => sum + value * w[j], 0)
      return isNearest ? dot - x.reduce((sum, value) => sum + value * value, 0) / 2 : dot
    })
    const best = values.indexOf(Math.max(...values))
    picks.push(best)
    rowOf(best).forEach((value, j) => (w[j] += (hasDrift ? drift[j] : 0) - value))
  }
  return picks
}

async function follow(
  need: number,
  isNearest: boolean,
  hasDrift: boolean
): Promise<{ picks: number[]; done: number[] }> {
  const run = followDirection(device.tf, rows, width, need, {
    signal: new AbortController().signal,
    start,
    isNearest,
    ...(hasDrift ? { drift } : {})
  })
  const done: number[] = []
  for (;;) {
    const step = await run.next()
    if (step.done === true) return { picks: [...step.value.picks], done }
    done.push(step.value)
  }
}

describe('followDirection', () => {
  // Up to 25 of 400 products are made for the picks alone, above that for all rows at once.
  it.each([1, 25, 26, 90])('takes the %i best rows, one after the other', async (need) => {
    for (const isNearest of [true, false])
      for (const hasDrift of [true, false]) {
        const { picks, done } = await follow(need, isNearest, hasDrift)
        expect(picks).toEqual(plain(need, isNearest, hasDrift))
        expect(done).toEqual([...done].sort((a, b) => a - b))
        expect(done.every((share) => share > 0 && share <= 1)).toBe(true)
      }
  })

  it('begins with the picks of a smaller number', async () => {
    const few = await follow(20, true, true)
    const many = await follow(200, true, true)
    expect(many.picks.slice(0, 20)).toEqual(few.picks)
  })

  it('refuses more than there are', async () => {
    await expect(follow(401, true, true)).rejects.toThrow('cannot pick 401 of 400')
  })
})
