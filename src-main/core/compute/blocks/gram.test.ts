// Dot products of rows with each other against float64 loops: lists, panels, symmetry, stopping.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlockEngine } from './block-kernel.ts'
import {
  exactDot,
  exactNorm,
  fallbackEngine,
  halves,
  nativeEngine,
  normalNumbers,
  testRows
} from './blocks.test-support.ts'
import { gramBlocks, gramMatrix } from './gram.ts'

const signal = new AbortController().signal

describe('all pairs of a list of rows', () => {
  async function holds(engine: BlockEngine, numRuns: number): Promise<void> {
    const shape = fc.record({
      columns: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(611)),
      list: fc.array(fc.nat(299), { maxLength: 40 }),
      isHalf: fc.boolean(),
      seed: fc.nat(99)
    })
    await fc.assert(
      fc.asyncProperty(shape, async ({ columns, list, isHalf, seed }) => {
        const source = testRows((isHalf ? halves : normalNumbers)(seed, 300 * columns), columns)
        const { numbers } = source
        const gram = await gramMatrix(source, { engine, signal, rows: Uint32Array.from(list) })
        expect(gram.length).toBe(list.length ** 2)
        const norms = list.map((row) => exactNorm(numbers, row, columns))
        list.forEach((a, i) =>
          list.forEach((b, j) => {
            const error = gram[i * list.length + j] - exactDot(numbers, a, numbers, b, columns)
            expect(Math.abs(error)).toBeLessThanOrEqual(2e-6 * norms[i] * norms[j])
          })
        )
      }),
      { numRuns }
    )
  }
  it('on the native runtime', () => holds(nativeEngine(2), 15))
  it('without it', async () => holds(await fallbackEngine(), 8))

  it('is symmetric, and the same for any cores and panels', async () => {
    const columns = 61
    const source = testRows(halves(7, 700 * columns), columns)
    const gram = await gramMatrix(source, { engine: nativeEngine(1), signal })
    for (let i = 0; i < 700; i += 13)
      for (let j = 0; j < 700; j++) expect(gram[i * 700 + j]).toBe(gram[j * 700 + i])
    for (const [cores, panelBytes] of [
      [2, 1],
      [1, 256 * columns * 2 * 3]
    ])
      expect(await gramMatrix(source, { engine: nativeEngine(cores), signal, panelBytes })).toEqual(
        gram
      )
  })
})

describe('pairs of blocks', () => {
  const columns = 5
  const source = testRows(normalNumbers(2, 1000 * columns), columns)

  it('come once each, on and above the diagonal, only those that are wanted', async () => {
    const seen: string[] = []
    const options = { engine: nativeEngine(1), signal, panelBytes: 1 }
    const blocks = gramBlocks(source, {
      ...options,
      wants: (left, right) => left === right || (left === 0 && right === 3)
    })
    const all = await gramMatrix(source, options)
    for await (const { rowFirst, rowCount, columnFirst, columnCount, values } of blocks) {
      seen.push(`${rowFirst}+${rowCount} x ${columnFirst}+${columnCount}`)
      const last = (rowFirst + rowCount - 1) * 1000 + columnFirst + columnCount - 1
      expect(values.length).toBe(rowCount * columnCount)
      expect(values[0]).toBe(all[rowFirst * 1000 + columnFirst])
      expect(values.at(-1)).toBe(all[last])
    }
    expect(seen.sort()).toEqual([
      '0+256 x 0+256',
      '0+256 x 768+232',
      '256+256 x 256+256',
      '512+256 x 512+256',
      '768+232 x 768+232'
    ])
  })

  it('stop at once, with no read under way', async () => {
    const abort = new AbortController()
    const run = async (): Promise<void> => {
      const options = { engine: nativeEngine(1), signal: abort.signal, panelBytes: 1 }
      for await (const { columnFirst } of gramBlocks(source, options))
        if (columnFirst > 0) abort.abort('enough')
    }
    await expect(run()).rejects.toBe('enough')
    expect(source.reads.ended).toBe(source.reads.started)
  })

  it('of nothing are none', async () => {
    const options = { engine: nativeEngine(1), signal, rows: new Uint32Array(0) }
    expect(await gramMatrix(source, options)).toEqual(new Float32Array(0))
  })
})
