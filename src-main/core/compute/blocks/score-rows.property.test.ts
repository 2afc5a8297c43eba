// Scores of random shapes and kinds of numbers against plain float64 loops, on both engines.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlockEngine } from './block-kernel.ts'
import {
  exactDot,
  exactNorm,
  fallbackEngine,
  nativeEngine,
  normalNumbers,
  testRows,
  type TestRows
} from './blocks.test-support.ts'
import { scoreRows } from './score-rows.ts'

/** Every 16-bit float but infinities and NaN. */
const half = fc.nat(0xffff).filter((bits) => (bits & 0x7c00) !== 0x7c00)
const single = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(Math.fround)

const cases = fc
  .record({
    rows: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(4100)),
    columns: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(257, 1023)),
    count: fc.integer({ min: 1, max: 20 }),
    isHalf: fc.boolean(),
    hasRaw: fc.boolean(),
    seed: fc.nat(1000)
  })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      // A few drawn values, laid out over the matrix: shapes are what is searched here.
      values: fc.array(shape.isHalf ? half : single, { minLength: 7, maxLength: 64 })
    })
  )

async function check(engine: BlockEngine, source: TestRows, v: Float32Array, count: number) {
  const { columns, rows } = source
  const numbers = source.numbers
  const signal = new AbortController().signal
  const directions = { values: v, count }
  let next = 0
  for await (const block of scoreRows(source, directions, { engine, signal, readBytes: 1 << 16 })) {
    expect(block.first).toBe(next)
    next += block.count
    for (let i = 0; i < block.count; i++) {
      const norm = exactNorm(numbers, block.first + i, columns)
      if (Math.abs(block.norms[i] - norm) > 1e-6 * norm) expect(block.norms[i]).toBeCloseTo(norm)
      for (let m = 0; m < count; m++) {
        const exact = exactDot(numbers, block.first + i, v, m, columns)
        const error = Math.abs(block.scores[m * block.count + i] - exact)
        expect(error).toBeLessThanOrEqual(2e-6 * norm * exactNorm(v, m, columns) + 1e-37)
      }
    }
  }
  expect(next).toBe(rows)
}

describe('scores agree with float64 loops', () => {
  async function holds(engine: BlockEngine, runs: number): Promise<void> {
    await fc.assert(
      fc.asyncProperty(cases, async ({ shape, values }) => {
        const { columns, count, isHalf, hasRaw, seed } = shape
        const rows = Math.min(shape.rows, Math.ceil(40_000 / columns))
        const laid = new (isHalf ? Uint16Array : Float32Array)(rows * columns)
        for (let i = 0; i < laid.length; i++) laid[i] = values[(i * 7 + (i >> 5)) % values.length]
        const v = normalNumbers(seed, count * columns)
        await check(engine, testRows(laid, columns, hasRaw), v, count)
      }),
      { numRuns: runs }
    )
  }
  it('on the native runtime, one core and two', async () => {
    await holds(nativeEngine(1), 15)
    await holds(nativeEngine(2), 10)
  })
  it('without it', async () => holds(await fallbackEngine(), 10))
})
