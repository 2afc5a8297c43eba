// Rows that are held in memory for a while: the same numbers as from the file, each read once.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { holdRows, holdWhole, readInTurn } from './held-rows.ts'
import { prepareRows, type PreparedRows } from './prepared-rows.ts'

const signal = new AbortController().signal
const columns = 3

/** Rows on "disk" of which `keep` may be held; `read` lists what was asked for. */
async function prepared(
  rows: number,
  keep: number
): Promise<PreparedRows & { readonly asked: number[][] }> {
  const random = createRandom(3)
  const values = Float32Array.from({ length: rows * columns }, () => random.normal())
  const take = (row: number): number[] => [...values.subarray(row * columns, (row + 1) * columns)]
  const asked: number[][] = []
  const run = prepareRows(
    {
      rows,
      columns,
      readBlock: (start, count) =>
        Promise.resolve(values.slice(start * columns, (start + count) * columns)),
      readRows: (list) => Promise.resolve(Float32Array.from(Array.from(list).flatMap(take))),
      close: () => Promise.resolve()
    },
    'direction',
    signal,
    keep * columns * 4
  )
  for (;;) {
    const step = await run.next()
    if (step.done !== true) continue
    const { read, ...others } = step.value
    return {
      ...others,
      asked,
      read: (list) => {
        asked.push([...list])
        return read(list)
      }
    }
  }
}

async function finished<T>(run: AsyncGenerator<number, T, void>): Promise<T> {
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value
  }
}

describe('held rows', () => {
  it('are the rows of the file, in any order, and nothing is read again', async () => {
    const source = await prepared(50, 20)
    const list = Uint32Array.from([3, 4, 9, 30, 49])
    const held = await finished(holdRows(source, list, signal))
    const reads = source.asked.length
    const wanted = Uint32Array.from([49, 3, 3, 9])
    expect(await held.read(wanted)).toEqual(await source.read(wanted))
    expect(source.asked.length).toBe(reads + 1)
    expect(() => held.read(Uint32Array.of(5))).toThrow('row 5 is not held')
  })

  it('are held only where they may be, and only once', async () => {
    const source = await prepared(50, 20)
    expect(source).toMatchObject({ isResident: false, mostHeld: 20 })
    const rows = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i)
    expect((await finished(holdWhole(source, rows(20), signal))).isResident).toBe(true)
    expect(await finished(holdWhole(source, rows(21), signal))).toBe(source)
    const whole = await prepared(50, 50)
    expect(await finished(holdWhole(whole, rows(20), signal))).toBe(whole)
  })

  it('stop between blocks', async () => {
    const source = await prepared(50, 20)
    const controller = new AbortController()
    controller.abort(new Error('stopped'))
    const run = holdRows(source, Uint32Array.of(1, 2), controller.signal)
    await expect(run.next()).rejects.toThrow('stopped')
  })
})

describe('lists read in turn', () => {
  const lists = [
    [0, 7, 20],
    [1, 7, 8],
    [2, 3, 4, 5, 6, 9, 10, 11],
    [12, 13]
  ].map((list) => Uint32Array.from(list))

  it.each([0, 1, 6, 8, 20])('are the same with %i rows held, from any of them on', async (keep) => {
    const source = await prepared(50, keep)
    for (const first of [0, 2]) {
      const read = readInTurn(source, lists, signal)
      for (let at = first; at < lists.length; at++)
        expect(await read(at)).toEqual(await source.read(lists[at]))
    }
  })

  it('are read together as far as they may be held', async () => {
    const source = await prepared(50, 6)
    const read = readInTurn(source, lists, signal)
    for (let at = 0; at < lists.length; at++) await read(at)
    expect(source.asked).toEqual([
      [0, 1, 7, 8, 20],
      [2, 3, 4, 5, 6, 9, 10, 11],
      [12, 13]
    ])
    // Another round goes through the file again, in the same way.
    for (let at = 0; at < lists.length; at++) await read(at)
    expect(source.asked.length).toBe(6)
  })
})
