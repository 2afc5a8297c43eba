import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { runMethod } from '../coverage/coverage.test-support.ts'
import type { SelectionMethod } from '../method.ts'
import earlyLearning from '../selection/early-learning/method.ts'
import el2n from '../selection/el2n/method.ts'
import forgetting from '../selection/forgetting/method.ts'
import grand from '../selection/grand/method.ts'
import margin from '../selection/margin/method.ts'
import { checkSelection, describeMethod, makeTargetCase } from './method-checks.test-support.ts'
import { measureEl2n } from './measures.ts'
import { readOut } from './read-out.ts'

// The cast widens each method's own parameter type, as in the registry.
const lenses = [el2n, grand, margin, forgetting, earlyLearning] as never as SelectionMethod[]
const quick = { runs: 2, passes: 3 }

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

for (const lens of lenses)
  describeMethod(lens, {
    variants: [
      quick,
      { ...quick, keep: 'hardest', dropFirst: 20, balance: 'none' },
      { ...quick, keep: 'easiest' }
    ],
    runs: 15
  })

/** 300 rows of three classes, every tenth with a wrong label. */
function noisyCase() {
  const made = makeTargetCase(12, { rows: 300, columns: 6, classes: 3, budget: 60, spread: 0.3 })
  const labels = made.inputs.labels.map((label, row) => (row % 10 === 0 ? (label + 1) % 3 : label))
  return { ...made.inputs, labels }
}

describe.each(lenses.map((lens) => [lens.id, lens] as const))('%s', (_, lens) => {
  it('finds wrong labels at its hard end', async () => {
    const inputs = noisyCase()
    const params = { runs: 3, passes: 8, keep: 'hardest', dropFirst: 0, balance: 'none' }
    const { selection } = await runMethod(device, lens, { ...inputs, budget: 30 }, params)
    const wrong = selection.order.subarray(0, 30).filter((row) => row % 10 === 0).length
    expect(wrong).toBeGreaterThan(24)
    expect(selection.notes.join(' ')).toContain('far worse than a choice by lot')
    checkSelection(lens, selection, inputs, true)
  })

  it('sets rows without a label aside and needs one label at least', async () => {
    const inputs = noisyCase()
    inputs.labels.fill(-1, 0, 5)
    const { selection } = await runMethod(device, lens, inputs, quick)
    expect(new Set(selection.order.subarray(295))).toEqual(new Set([0, 1, 2, 3, 4]))
    expect(selection.notes.join(' ')).toContain('5 items had no label')
    inputs.labels.fill(-1)
    await expect(runMethod(device, lens, inputs, quick)).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('says that one label alone makes nothing hard', async () => {
    const inputs = { ...noisyCase(), labels: new Int32Array(300), classNames: ['only'] }
    const { selection } = await runMethod(device, lens, inputs, quick)
    expect(selection.notes.join(' ')).toContain('only one label')
    if (lens.id !== 'early-learning') expect(selection.tieShare).toBe(1)
  })

  it('estimates more for more', () => {
    const shape = { candidates: 1e4, columns: 64, classes: 5, tasks: 0, examples: 0, budget: 100 }
    const params = lens.params.parse({})
    const small = lens.estimate(shape, params)
    const large = lens.estimate({ ...shape, candidates: 1e6 }, params)
    expect(large.seconds).toBeGreaterThan(small.seconds)
    expect(large.megabytes).toBeGreaterThan(small.megabytes)
  })
})

it('early learning leaves wrong labels out and draws from the rest', async () => {
  const inputs = noisyCase()
  const { selection } = await runMethod(device, earlyLearning as never, inputs)
  expect([...selection.order.subarray(0, 60)].filter((row) => row % 10 === 0)).toEqual([])
  expect(Number(selection.info['suspicious'])).toBeGreaterThan(24)
  const row = 40
  const { columns, info } = selection
  const reason = earlyLearning.explain({
    row,
    isChosen: false,
    rank: 290,
    candidates: 300,
    label: inputs.classNames[inputs.labels[row]],
    columns,
    info
  })
  const truth = inputs.classNames[(inputs.labels[row] + 2) % 3]
  expect(reason.code).toBe('label-doubtful')
  expect(reason.text).toContain(`together they say "${truth}"`)
})

it('G9 through the whole read-out: heads of zeros make every row sqrt(1 - 1/C) hard', async () => {
  const { inputs } = makeTargetCase(3, { rows: 40, columns: 4, classes: 3, budget: 5 })
  const scaling = {
    center: new Float32Array(4),
    inverseScale: new Float32Array(4).fill(1),
    meanSquaredNorm: 1
  }
  const head = { scaling, weights: new Float32Array(15), outputs: 3 }
  const heads = { runs: [head, head], kept: 1, trainingRows: 0 }
  const context = { device, signal: new AbortController().signal }
  for (const blockRows of [1, 7, 64]) {
    const run = readOut(context, inputs, heads, 3, measureEl2n, blockRows)
    let step = await run.next()
    while (step.done !== true) step = await run.next()
    for (const value of step.value.difficulty) expect(value).toBeCloseTo(Math.sqrt(2 / 3), 6)
  }
})

it('reads as designed', async () => {
  const { inputs } = makeTargetCase(3, { rows: 40, columns: 4, classes: 3, budget: 5 })
  const info = {
    ...(await runMethod(device, el2n as never, inputs, { runs: 10, passes: 2 })).selection.info,
    keep: 'hardest',
    dropFirst: 10,
    groupSizes: [640, 10, 10, 0]
  }
  const say = (isChosen: boolean, flag: number): string =>
    el2n.explain({
      row: 0,
      isChosen,
      rank: 3,
      candidates: 40,
      label: 'class 0',
      info,
      columns: {
        difficulty: Float32Array.from([0.5]),
        right: Uint8Array.from([3]),
        guess: Uint32Array.from([2]),
        place: Uint32Array.from([12]),
        flags: Uint8Array.from([flag])
      }
    }).text
  const facts =
    'place 12 of 640 items labelled "class 0", hardest first. Helper models gave its label in 3 of 10 tries; ' +
    'together they say "class 2" (error 0.50 on a scale from 0 to 1.41).'
  expect(say(true, 0)).toBe(`Kept from the hardest part: ${facts}`)
  expect(say(false, 0)).toBe(`Left out: not in the hardest part: ${facts}`)
  expect(say(false, 3)).toBe(`Left out: among the hardest 10 % that were set aside first: ${facts}`)
  expect(say(false, 2)).toBe('Left out: it has no label, so nothing tells how hard it is.')
})
