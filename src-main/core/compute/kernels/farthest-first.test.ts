import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../devices/device.ts'
import { createRandom } from '../random.ts'
import { openTestDevice } from '../wasm.test-support.ts'
import { farthestFirst, type ReadableRows, type TraversalState } from './farthest-first.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
})
const signal = new AbortController().signal
const columns = 5

function source(
  count: number,
  seed: number
): ReadableRows & { values: Float32Array; passes: number } {
  const random = createRandom(seed)
  const values = Float32Array.from({ length: count * columns }, () => random.normal())
  const made = {
    rows: count,
    columns,
    values,
    passes: 0,
    readBlock(start: number, size: number) {
      made.passes += size / count
      return Promise.resolve(values.slice(start * columns, (start + size) * columns))
    },
    readRows: (list: Uint32Array) =>
      Promise.resolve(
        Float32Array.from(
          [...list].flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)])
        )
      )
  }
  return made
}

async function run(
  from: ReadableRows,
  need: number,
  held?: number,
  resume?: TraversalState
): Promise<{ end: TraversalState; states: TraversalState[] }> {
  const options = { signal, ...(held ? { held } : {}), ...(resume ? { resume } : {}) }
  const traversal = farthestFirst(tf, from, need, 0, options)
  const states: TraversalState[] = []
  for (;;) {
    const step = await traversal.next()
    if (step.done === true) return { end: step.value, states }
    if (step.value.state) states.push(step.value.state)
  }
}

/** The plain loop, in float64. */
function plain(values: Float32Array, need: number): { picks: number[]; far: number[] } {
  const count = values.length / columns
  const far = new Array<number>(count).fill(Infinity)
  const picks = [0]
  for (;;) {
    const last = picks[picks.length - 1]
    for (let i = 0; i < count; i++) {
      let sum = 0
      for (let j = 0; j < columns; j++)
        sum += (values[i * columns + j] - values[last * columns + j]) ** 2
      far[i] = Math.min(far[i], sum)
    }
    if (picks.length === need) return { picks, far }
    picks.push(far.indexOf(Math.max(...far)))
  }
}

describe('farthest first', () => {
  it('picks what the plain loop picks, however few rows are held, with few passes', async () => {
    const from = source(700, 1)
    const expected = plain(from.values, 150)
    for (const held of [2, 40, 300, 700]) {
      from.passes = 0
      const { end } = await run(from, 150, held)
      expect([...end.picks]).toEqual(expected.picks)
      end.squared.forEach((value, i) =>
        expect(Math.abs(value - expected.far[i])).toBeLessThan(1e-4)
      )
      if (held === 300) expect(from.passes).toBeLessThan(12)
    }
  })

  it('goes on from every state to the same bits', async () => {
    const from = source(300, 2)
    const { end, states } = await run(from, 80, 30)
    expect(states.length).toBeGreaterThan(3)
    for (const state of states) expect((await run(from, 80, 30, state)).end).toEqual(end)
  })

  it('takes equal rows in order, refuses too many, and stops', async () => {
    const from = source(20, 3)
    from.values.fill(1)
    expect([...(await run(from, 20)).end.picks]).toEqual(Array.from({ length: 20 }, (_, i) => i))
    await expect(run(from, 21)).rejects.toThrow(RangeError)
    const abort = new AbortController()
    abort.abort(new Error('stopped'))
    const stopped = farthestFirst(tf, from, 3, 0, { signal: abort.signal })
    await expect(stopped.next()).rejects.toThrow('stopped')
  })
})
