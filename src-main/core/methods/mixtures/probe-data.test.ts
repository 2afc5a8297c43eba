import { describe, expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { drawMix } from './helper-models.ts'
import { makeSourceCase } from './mixtures.test-support.ts'
import { readProbeData, type ProbeData } from './probe-data.ts'
import { groupBySource } from './source-groups.ts'

const context = { seed: 3, signal: new AbortController().signal }

async function read(inputs: ReturnType<typeof makeSourceCase>['inputs']): Promise<ProbeData> {
  const data = await readProbeData(context, inputs, groupBySource(inputs))
  if ('reason' in data) throw new Error(data.reason)
  return data
}

describe('what helper models learn from', () => {
  it('and what they are measured on have no item in common', async () => {
    const { inputs } = makeSourceCase(1, { sizes: [40, 80], budget: 10 })
    const { columns, features, pools, held, measures, labels, heldLabels } = await read(inputs)
    expect(pools.map(({ length }) => length)).toEqual([30, 60])
    expect(measures.map(({ from, to, weight }) => [from, to, weight])).toEqual([
      [0, 10, 0.5],
      [10, 30, 0.5]
    ])
    const rows = (values: Float32Array, width: number): string[] =>
      Array.from({ length: values.length / width }, (_, i) =>
        values.slice(i * width, i * width + columns).join(' ')
      )
    const learned = new Set(rows(features, columns))
    expect(learned.size).toBe(90)
    for (const row of rows(held, columns + 1)) expect(learned.has(row)).toBe(false)
    expect(held.filter((_, i) => i % (columns + 1) === columns).every((one) => one === 1)).toBe(
      true
    )
    expect([...labels, ...heldLabels].every((label) => label >= 0)).toBe(true)
  })

  it('is measured on the examples where there are some, by their importance', async () => {
    const { inputs } = makeSourceCase(1, { sizes: [40, 80], budget: 10, tasks: 2, examples: 6 })
    inputs.tasks[0].parts[0].features.fill(NaN, 0, 5)
    inputs.tasks[0].parts[0].labels[1] = -1
    const { pools, measures } = await read(inputs)
    expect(pools.map(({ length }) => length)).toEqual([40, 80])
    // The second task is of high importance, the first of normal.
    expect(measures.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['task', 0, 4],
      ['task', 4, 10]
    ])
    expect(measures.map(({ weight }) => weight)).toEqual([1 / 3, 2 / 3])
  })

  it('leaves out rows that cannot be read and rows without a label', async () => {
    const { inputs, values } = makeSourceCase(1, { sizes: [40, 80], budget: 10 })
    const own = inputs.sources?.ids ?? new Int32Array()
    const first = [...own.keys()].filter((row) => own[row] === 0)
    for (const row of first.slice(0, 4)) values.fill(NaN, row * 5, row * 5 + 5)
    for (const row of first.slice(4, 8)) inputs.labels[row] = -1
    const { pools } = await read(inputs)
    expect(pools[0].length).toBe(24)
  })
})

describe('a mixture', () => {
  const pools = [Uint32Array.from([0, 1, 2]), Uint32Array.from({ length: 50 }, (_, i) => 10 + i)]

  it('has its shares, and repeats a small source evenly', () => {
    const rows = drawMix({ pools }, [0.4, 0.6], 20, createRandom(1))
    const own = [0, 1, 2].map((row) => rows.filter((drawn) => drawn === row).length)
    expect(own.reduce((a, b) => a + b, 0)).toBe(8)
    expect([...own].sort()).toEqual([2, 3, 3])
    expect(new Set(rows.filter((row) => row >= 10)).size).toBe(12)
  })

  it('shares items with another mixture on the same lot, and none need be shared on the next', () => {
    const random = createRandom(2)
    const again = createRandom(2)
    const small = drawMix({ pools }, [0, 1], 10, random)
    const large = new Set(drawMix({ pools }, [0, 1], 20, again))
    expect(small.every((row) => large.has(row))).toBe(true)
    expect(drawMix({ pools }, [0, 1], 10, random)).not.toEqual(small)
  })
})
