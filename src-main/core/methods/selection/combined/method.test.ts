import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  chosenOf,
  describeCoverageMethod,
  makeCoverageCase,
  runMethod
} from '../../coverage/coverage.test-support.ts'
import { describeMethod, makeTargetCase } from '../../difficulty/method-checks.test-support.ts'
import type { Selection, SelectionInputs } from '../../method.ts'
import el2n from '../el2n/method.ts'
import facilityLocation from '../facility-location/method.ts'
import type { CombinedInfo } from './explain.ts'
import combined from './method.ts'
import { aims, combinedParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const none = { variety: 0, typical: 0, hard: 0, like: 0 }
const all = { variety: 50, typical: 30, hard: 20, like: 40 }
const infoOf = (info: Readonly<Record<string, unknown>>): CombinedInfo => info as CombinedInfo

describeMethod(combined, {
  variants: [
    { ...all, hard: 30 },
    { ...none, hard: 20, like: 40, mix: 'free' }
  ],
  runs: 15
})

describeCoverageMethod(combined, {
  variants: [
    { ...all, hard: 0 },
    { ...none, typical: 10 }
  ],
  small: { ...all, hard: 0 }
})

/** Unit rows around the mean of all, in float64: what the method compares. */
function unitRows(values: Float32Array, columns: number): number[][] {
  const rows = Array.from({ length: values.length / columns }, (_, i) => [
    ...values.subarray(i * columns, (i + 1) * columns)
  ])
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length)
  return rows.map((row) => unit(row, mean))
}

function unit(row: readonly number[], mean: readonly number[]): number[] {
  const offset = row.map((value, j) => value - mean[j])
  const length = Math.hypot(...offset)
  return offset.map((value) => value / length)
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, j) => sum + value * b[j], 0)

describe('one aim alone', () => {
  const shape = { rows: 160, columns: 6, classes: 3, budget: 40 }

  it('variety is exactly facility location', async () => {
    for (const mix of ['keep', 'free']) {
      const { inputs } = makeTargetCase(3, shape)
      const ours = await runMethod(device, combined, inputs, { ...none, variety: 37, mix })
      const theirs = await runMethod(device, facilityLocation, inputs, { mix })
      expect(ours.selection.order).toEqual(theirs.selection.order)
      expect(ours.selection.columns['nearest']).toEqual(theirs.selection.columns['nearest'])
      expect(infoOf(ours.selection.info).reached).toEqual({ variety: 1 })
    }
  })

  it('like is the rows most like the examples', async () => {
    const { inputs, values } = makeTargetCase(4, shape)
    const [task] = inputs.tasks
    const only = { ...inputs, tasks: [task] }
    const params = { ...none, like: 10, mix: 'free' }
    const { selection } = await runMethod(device, combined, only, params)
    const rows = unitRows(values, 6)
    const [{ features }] = task.parts
    const mean = Array.from(
      { length: 6 },
      (_, j) => [...Array(160).keys()].reduce((sum, i) => sum + values[i * 6 + j], 0) / 160
    )
    const examples = Array.from({ length: features.length / 6 }, (_, i) =>
      unit([...features.subarray(i * 6, (i + 1) * 6)], mean)
    )
    const score = rows.map((row) => {
      const near = examples.map((example) => dot(row, example)).sort((a, b) => b - a)
      return near.slice(0, 5).reduce((sum, value) => sum + value, 0) / 5
    })
    const best = [...score.keys()].sort((a, b) => score[b] - score[a]).slice(0, 40)
    expect(chosenOf(selection)).toEqual(best)
    expect(infoOf(selection.info).reached).toEqual({ like: 1 })
    expect(best.map((row) => selection.columns['likePlace'][row])).toEqual(
      best.map((_, at) => at + 1)
    )
  })

  it('within a label, like is likeness to the examples with that label', async () => {
    const { inputs } = makeTargetCase(4, shape)
    // Rows of class 0 that carry the label 1 are unlike the examples with the label 1.
    const wrong = [...inputs.labels.keys()].filter((row) => inputs.labels[row] === 0).slice(0, 12)
    for (const row of wrong) inputs.labels[row] = 1
    const { selection } = await runMethod(device, combined, inputs, { ...none, like: 10 })
    const kept = new Set(chosenOf(selection))
    expect(wrong.filter((row) => kept.has(row))).toEqual([])
  })

  it('typical is the rows with the nearest neighbours nearest', async () => {
    const { inputs, values } = makeTargetCase(5, shape)
    const params = { ...none, typical: 10, mix: 'free' }
    const { selection } = await runMethod(device, combined, inputs, params)
    const rows = unitRows(values, 6)
    const score = rows.map((row, i) => {
      const near = rows.flatMap((other, j) => (i === j ? [] : dot(row, other)))
      return (
        near
          .sort((a, b) => b - a)
          .slice(0, 5)
          .reduce((sum, value) => sum + value, 0) / 5
      )
    })
    const best = [...score.keys()].sort((a, b) => score[b] - score[a]).slice(0, 40)
    expect(chosenOf(selection)).toEqual(best)
  })

  it('hard is the hardest end of the difficulty lens, without the very hardest', async () => {
    const { inputs } = makeTargetCase(6, shape)
    const params = { ...none, hard: 5, dropHardest: 0, mix: 'free' }
    const { selection } = await runMethod(device, combined, inputs, params)
    const lens = await runMethod(device, el2n, inputs, {
      keep: 'hardest',
      dropFirst: 0,
      balance: 'none'
    })
    // Both train with the seed's own draws, which differ by method: the ends are alike, not the same.
    const theirs = new Set(chosenOf(lens.selection))
    expect(chosenOf(selection).filter((row) => theirs.has(row)).length).toBeGreaterThan(30)
    const without = await runMethod(device, combined, inputs, { ...params, dropHardest: 20 })
    const top = chosenOf(selection).slice(0, 32)
    const kept = new Set(chosenOf(without.selection))
    expect(top.filter((row) => kept.has(row)).length).toBeLessThan(4)
  })
})

describe('several aims', () => {
  /** Three classes; junk rows far from all others; examples of class 0 only. */
  function mixedCase(budget: number): { inputs: SelectionInputs; junk: number } {
    const { inputs, values } = makeCoverageCase(8, { rows: 200, columns: 8, classes: 3, budget })
    const random = createRandom(9)
    const junk = 40
    for (let i = 0; i < junk * 8; i++) values[i] = 3 + 6 * random.normal()
    const rows = [...inputs.labels.keys()].filter((row) => row >= junk && inputs.labels[row] === 0)
    const features = Float32Array.from(
      rows.slice(0, 6).flatMap((row) => [...values.subarray(row * 8, (row + 1) * 8)])
    )
    const labels = new Int32Array(6)
    const parts = [{ name: 'all', features, labels }]
    return { inputs: { ...inputs, tasks: [{ name: 'A', importance: 'normal', parts }] }, junk }
  }

  it('what is aimed at is what is reached: each weight raises its own part', async () => {
    const { inputs } = mixedCase(30)
    const reached = await Promise.all(
      aims.map(async (aim) => {
        const params = { variety: 20, typical: 20, hard: 20, like: 20, mix: 'free' }
        const even = await runMethod(device, combined, inputs, params)
        const tilted = await runMethod(device, combined, inputs, { ...params, [aim]: 100 })
        const of = (info: Readonly<Record<string, unknown>>): number =>
          infoOf(info).reached[aim] ?? NaN
        return [of(even.selection.info), of(tilted.selection.info)]
      })
    )
    for (const [even, tilted] of reached) expect(tilted).toBeGreaterThan(even)
  })

  it('a weight on typical items keeps junk out that variety wants stood for', async () => {
    const { inputs, junk } = mixedCase(30)
    const count = async (params: object): Promise<number> => {
      const { selection } = await runMethod(device, combined, inputs, {
        ...none,
        ...params,
        mix: 'free'
      })
      return chosenOf(selection).filter((row) => row < junk).length
    }
    const alone = await count({ variety: 100 })
    const both = await count({ variety: 50, typical: 50 })
    expect(alone).toBeGreaterThan(5)
    expect(both).toBeLessThan(alone / 2)
  })

  it('says which aim won, with the places of the row', async () => {
    const { inputs } = mixedCase(30)
    const params = { ...none, variety: 50, like: 50, mix: 'free' }
    const { selection } = await runMethod(device, combined, inputs, params)
    const reasons = [...selection.order].map((row, place) =>
      combined.explain({
        row,
        isChosen: place < 30,
        rank: place + 1,
        candidates: 200,
        label: 'class 0',
        columns: selection.columns,
        info: selection.info
      })
    )
    const codes = new Set(reasons.slice(0, 30).map(({ code }) => code))
    expect(codes).toContain('kept-for-like')
    expect(codes).toContain('kept-for-variety')
    const text = reasons.find(({ code }) => code === 'kept-for-like')?.text ?? ''
    expect(text).toMatch(
      /^Kept mostly for being like your examples\.( It stands for [\d,]+ items?\.)? Places among 200 items: like your examples \d+\.$/
    )
    expect(reasons[100].text).toMatch(/^Left out: other items did more for your aims together\./)
    expect(selection.notes.at(-1)).toMatch(
      /^Of what each aim alone could gain over a choice by lot, the set has: variety \d+ %, items like your examples \d+ %\.$/
    )
  })

  it('refuses weights that are all 0, and those that nothing is there for', async () => {
    const { inputs } = makeCoverageCase(8, { rows: 40, columns: 4, classes: 1, budget: 10 })
    await expect(runMethod(device, combined, inputs, none)).rejects.toThrow(
      'All weights are 0, so there is nothing to aim at.'
    )
    await expect(runMethod(device, combined, inputs, { ...none, like: 50 })).rejects.toThrow(
      'There are no example items'
    )
    await expect(runMethod(device, combined, inputs, { ...none, hard: 50 })).rejects.toThrow(
      'There are not two different labels'
    )
    const { selection } = await runMethod(device, combined, inputs, all)
    expect(selection.notes).toEqual(
      expect.arrayContaining([
        'There are no example items, so the weight of items like them was not used.',
        'There are not two different labels, so the weight of hard items was not used.'
      ])
    )
    expect(infoOf(selection.info).weights).toMatchObject({ hard: 0, like: 0 })
  })

  it('works above the limit of all pairs, within cells and from a sample', async () => {
    const { inputs } = makeTargetCase(11, { rows: 4100, columns: 4, classes: 5, budget: 60 })
    const params = { ...none, variety: 50, like: 50, mix: 'free' }
    const run = (budget: number, pairMemory: number): Promise<Selection> =>
      runMethod(device, combined, { ...inputs, budget }, { ...params, pairMemory }).then(
        ({ selection }) => selection
      )
    // 16 MB: 2,000 rows.
    const sampled = await run(20, 16)
    expect(sampled.notes.join(' ')).toContain('from 2,000 items drawn by lot')
    expect(infoOf(sampled.info).reached.like).toBeGreaterThan(0.2)
    expect(infoOf(sampled.info).reached.variety).toBeGreaterThan(0.2)
    const inCells = await run(300, 16)
    expect(inCells.notes.join(' ')).toContain('within groups of alike ones')
    const whole = await run(300, 600)
    expect(inCells.summary.value).toBeGreaterThan(whole.summary.value - 0.1)
  })

  it('is estimated by the parts that count', () => {
    const shape = { candidates: 5000, columns: 64, classes: 5, tasks: 1, examples: 40, budget: 500 }
    const of = (params: object): number =>
      combined.estimate(shape, combinedParams.parse({ ...none, ...params })).seconds
    expect(of({ variety: 10 })).toBeGreaterThan(of({ like: 10 }))
    expect(of({ variety: 10, hard: 10 })).toBeGreaterThan(of({ variety: 10 }))
  })
})
