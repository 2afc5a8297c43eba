// Typical real items against a plain loop.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { chooseTypical, herd } from './chosen-items.ts'

const never = new AbortController().signal

function plainHerd(rows: readonly (readonly number[])[], wanted: number): number[] {
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length)
  const picks: number[] = []
  while (picks.length < wanted) {
    const gaps = rows.map((row, i) =>
      picks.includes(i)
        ? Infinity
        : Math.hypot(
            ...mean.map((value, j) => {
              const sum = picks.reduce((all, pick) => all + rows[pick][j], row[j])
              return sum / (picks.length + 1) - value
            })
          )
    )
    picks.push(gaps.indexOf(Math.min(...gaps)))
  }
  return picks
}

describe('typical real items', () => {
  it('keep the running average nearest to the average of the label', () => {
    const random = createRandom(4)
    const rows = Array.from({ length: 40 }, () => Array.from({ length: 5 }, () => random.normal()))
    const picks = herd(Float32Array.from(rows.flat()), 40, 9)
    expect(picks).toEqual(plainHerd(rows, 9))
  })

  it('are chosen label by label, all of a label that has fewer than wanted', async () => {
    const values = Float32Array.from([0, 10, 1, 11, 2, 30, 3, 12])
    const labels = Int32Array.from([0, 1, 0, 1, 0, 2, 0, 1])
    const read = (positions: Uint32Array): Float32Array =>
      Float32Array.from(positions, (position) => values[position])
    const source = { labels, classes: 4, read }
    const one = await chooseTypical(source, 1, never)
    // Averages 1.5 and 11: of two equally near ones the first.
    expect([...one]).toEqual([2, 3, 5])
    const two = await chooseTypical(source, 2, never)
    expect([...two]).toEqual([2, 4, 3, 1, 5])
  })

  it('stop when asked', async () => {
    const stop = new AbortController()
    stop.abort(new Error('stopped'))
    const source = {
      labels: Int32Array.from([0]),
      classes: 1,
      read: () => Float32Array.from([1])
    }
    await expect(chooseTypical(source, 1, stop.signal)).rejects.toThrow('stopped')
  })
})
