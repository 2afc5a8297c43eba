// Scores: the same bits whatever the cores and blocks, numbers at the edges, cancelling.
import { open, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { npyOf } from '../../datasets/readers/arrays/arrays.test-support.ts'
import { openNpy } from '../../features/npy.ts'
import { temporaryFolder } from '../../store/store.test-support.ts'
import type { BlockEngine } from './block-kernel.ts'
import type { BlockSource } from './block-source.ts'
import {
  exactDot,
  exactNorm,
  fallbackEngine,
  halves,
  nativeEngine,
  normalNumbers,
  testRows
} from './blocks.test-support.ts'
import { scoreRows, type ScoreOptions } from './score-rows.ts'

const signal = new AbortController().signal

/** All scores (direction after direction) and norms. */
async function scoreAll(
  source: BlockSource,
  values: Float32Array,
  options: Partial<ScoreOptions> = {}
) {
  const count = values.length / source.columns
  const scores = new Float32Array(count * source.rows)
  const norms = new Float32Array(source.rows)
  const run = scoreRows(source, { values, count }, { engine: nativeEngine(1), signal, ...options })
  let blocks = 0
  let step = await run.next()
  for (; step.done !== true; step = await run.next()) {
    const { first, count: rows } = step.value
    blocks++
    norms.set(step.value.norms, first)
    for (let m = 0; m < count; m++)
      scores.set(step.value.scores.subarray(m * rows, (m + 1) * rows), m * source.rows + first)
  }
  return { scores, norms, blocks, ...step.value }
}

const bitsOf = ({ buffer }: Float32Array): Uint8Array => new Uint8Array(buffer)

describe('the same bits', () => {
  const columns = 4099
  const rows = 650
  it.each([1, 10, 13])(
    'for any cores, size of reads and way of reading: %i directions',
    async (count) => {
      const values = halves(3, rows * columns)
      const directions = normalNumbers(4, count * columns)
      const expected = await scoreAll(testRows(values, columns), directions)
      const others = await Promise.all([
        scoreAll(testRows(values, columns), directions, { readBytes: 1 }),
        scoreAll(testRows(values, columns), directions, { readBytes: 1 << 30 }),
        scoreAll(testRows(values, columns), directions, { engine: nativeEngine(2) }),
        scoreAll(testRows(values, columns), directions, { engine: nativeEngine(3), readBytes: 1 }),
        // Widened before: 16-bit floats are float32 numbers.
        scoreAll(testRows(values, columns, false), directions)
      ])
      expect(new Set(others.map(({ blocks }) => blocks)).size).toBeGreaterThan(1)
      for (const other of others) {
        expect(Buffer.compare(bitsOf(other.scores), bitsOf(expected.scores))).toBe(0)
        expect(Buffer.compare(bitsOf(other.norms), bitsOf(expected.norms))).toBe(0)
      }
    }
  )
})

describe('numbers at the edges', () => {
  const [tiny, largest, infinite, nan, minusZero] = [0x0001, 0x7bff, 0x7c00, 0x7e01, 0x8000]
  const halfRows: readonly (readonly number[])[] = [
    [tiny, 0x03ff, 0x8001],
    [largest, largest, 0xfbff],
    [infinite, 0x3c00, 0x3c00],
    [0x3c00, 0xfc00, 0x3c00],
    [0x3c00, nan, 0x3c00],
    [0, minusZero, 0],
    [0x3c00, 0x3c00, 0x3c00]
  ]
  const v = Float32Array.of(1, 2, 3, -1, 0.5, 0)

  async function check(engine: BlockEngine): Promise<void> {
    const source = testRows(Uint16Array.from(halfRows.flat()), 3)
    const { scores, norms, notFinite, zero } = await scoreAll(source, v, { engine })
    expect({ notFinite, zero }).toEqual({ notFinite: 3, zero: 1 })
    for (let i = 0; i < source.rows; i++) {
      const isBad = i >= 2 && i <= 4
      const norm = isBad ? NaN : exactNorm(source.numbers, i, 3)
      expect(Number.isNaN(norms[i])).toBe(isBad)
      if (!isBad) expect(Math.abs(norms[i] - norm)).toBeLessThanOrEqual(1e-7 * norm)
      for (const m of [0, 1]) {
        const exact = isBad ? NaN : exactDot(source.numbers, i, v, m, 3)
        expect(scores[m * source.rows + i]).toBe(Math.fround(exact))
      }
    }
  }
  it('of 16-bit floats: subnormal, largest, infinite, no number, zeros', async () => {
    await check(nativeEngine(1))
    await check(await fallbackEngine())
  })

  it('of float32: rows whose squares overflow or vanish are computed again', async () => {
    const rows = [
      [1e30, -2e30, 3e25],
      [1e-30, 2e-30, -1e-31],
      [1e-42, 0, 0],
      [0, 0, 0],
      [Infinity, -Infinity, 0],
      [1, NaN, 1]
    ]
    for (const engine of [nativeEngine(2), await fallbackEngine()]) {
      const source = testRows(Float32Array.from(rows.flat()), 3)
      const found = await scoreAll(source, v, { engine, as: 'cosine' })
      expect({ ...found, scores: 0, norms: 0 }).toMatchObject({ notFinite: 2, zero: 1 })
      for (const i of [0, 1, 2]) {
        const norm = exactNorm(source.numbers, i, 3)
        expect(found.norms[i]).toBe(Math.fround(norm))
        // The length of row 1 is 2e-30: no direction at all, by the rule for zero rows.
        const cosine = exactDot(source.numbers, i, v, 0, 3) / norm / Math.sqrt(14)
        expect(found.scores[i]).toBeCloseTo(norm < 1e-12 ? 0 : cosine, 6)
      }
      expect([...found.norms.subarray(3)]).toEqual([0, NaN, NaN])
      expect([...found.scores.subarray(3, 6)]).toEqual([0, NaN, NaN])
    }
  })

  it('nothing to score, nothing to score with', async () => {
    const empty = testRows(new Float32Array(0), 4)
    expect(await scoreAll(empty, new Float32Array(4).fill(1))).toMatchObject({
      blocks: 0,
      notFinite: 0,
      zero: 0
    })
    const one = testRows(new Float32Array(4).fill(1), 4)
    await expect(scoreAll(one, new Float32Array(0))).rejects.toBeInstanceOf(RangeError)
    await expect(scoreAll(one, Float32Array.of(1, NaN, 1, 1))).rejects.toThrow(/finite/)
    const zeros = await scoreAll(one, new Float32Array(4), { as: 'cosine' })
    expect([...zeros.scores]).toEqual([0])
  })
})

describe('stopping', () => {
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => {
    folder = temporaryFolder()
  })
  afterEach(() => folder.remove())

  const columns = 1024
  const rows = 6000
  const directions = { values: normalNumbers(1, columns), count: 1 }

  async function fileRows() {
    const path = join(folder.path, 'm.npy')
    await writeFile(path, npyOf('<f2', [rows, columns], halves(1, rows * columns)))
    return openNpy(path)
  }

  it('in the middle: the reason comes out, nothing is read any more, the file closes', async () => {
    const before = await openFiles()
    const source = await fileRows()
    const abort = new AbortController()
    const options = { engine: nativeEngine(1), signal: abort.signal, readBytes: 1 << 20 }
    const reason = new Error('enough')
    let blocks = 0
    const run = async (): Promise<void> => {
      for await (const { first } of scoreRows(source, directions, options)) {
        blocks++
        if (first > rows / 3) abort.abort(reason)
      }
    }
    await expect(run()).rejects.toBe(reason)
    expect(blocks).toBe(3)
    await source.close()
    expect(await openFiles()).toBe(before)
  })

  it('by leaving the loop: no read is left behind', async () => {
    const source = testRows(new Float32Array(rows * 64).fill(1), 64)
    const short = { values: normalNumbers(1, 64), count: 1 }
    const options = { engine: nativeEngine(1), signal, readBytes: 1 << 18 }
    for await (const { first } of scoreRows(source, short, options)) {
      expect(source.reads.started).toBeGreaterThan(source.reads.ended)
      if (first >= 0) break
    }
    expect(source.reads).toEqual({ started: 2, ended: 2 })
  })

  it('before it starts', async () => {
    const source = testRows(new Float32Array(64), 64)
    const run = scoreAll(source, normalNumbers(1, 64), { signal: AbortSignal.abort('no') })
    await expect(run).rejects.toBe('no')
    expect(source.reads.started).toBe(source.reads.ended)
  })

  it('at a file that is cut off while it is read', async () => {
    const source = await fileRows()
    const file = await open(join(folder.path, 'm.npy'), 'r+')
    await file.truncate(rows * columns)
    await file.close()
    const all = scoreAll(source, directions.values, { readBytes: 1 << 20 })
    await expect(all).rejects.toMatchObject({ code: 'file-damaged' })
    await source.close()
  })
})

/** Open files of this process, where the system tells. */
async function openFiles(): Promise<number> {
  return (await readdir('/proc/self/fd').catch(() => [])).length
}
