// GTP on gradients made elsewhere: matrices as a dictionary against whole vectors in float64, the
// checks V1 to V9 of the method's specification on them, and runs from end to end.
import { beforeAll, describe, expect, it } from 'vitest'
import { openBlockEngine } from '../../../compute/blocks/block-engine.ts'
import type { BlockEngine } from '../../../compute/blocks/block-kernel.ts'
import type { Device } from '../../../compute/devices/device.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  chosenOf,
  contextOf,
  dot,
  exactly,
  givenCase,
  inputsOf,
  matrixOf,
  movedCase,
  record,
  type GivenRecord,
  type GivenRunOptions,
  type Row
} from '../../gradients/given.test-support.ts'
import type { SelectionInputs } from '../../method.ts'
import type { GradientDictionary } from './gradients.ts'
import { openMatrices } from './matrix-dictionary.ts'
import { defaultKnobs, type GtpKnobs } from './method-knobs.ts'
import gtp, { runGtp } from './method.ts'
import { gtpParams, type GtpParams } from './params.ts'
import { spread } from './gtp.test-support.ts'
import { denseDictionary, gaussianColumns, mixture, runPursuit } from './pursuit.test-support.ts'
import { last } from './target.ts'

let device: Device
let engine: BlockEngine
beforeAll(async () => {
  device = (await openDevice('native')).device
  engine = openBlockEngine(device, 1)
})

const signal = new AbortController().signal
const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b)

interface OpenOptions {
  readonly keepBytes?: number
  readonly isUnit?: boolean
  readonly shares?: readonly number[]
  readonly rows?: Uint32Array
  readonly engine?: BlockEngine
}

function open(
  matrices: readonly (readonly Row[])[],
  { keepBytes = 1e9, isUnit = false, shares, rows, engine: own = engine }: OpenOptions = {}
): Promise<GradientDictionary> {
  const all = Uint32Array.from({ length: matrices[0].length }, (_, i) => i)
  const checkpoints = matrices.map((matrix, c) => ({
    rows: matrixOf(matrix, matrix[0].length),
    share: shares?.[c] ?? 1 / matrices.length
  }))
  return last(openMatrices(checkpoints, rows ?? all, { engine: own, signal, keepBytes, isUnit }))
}

/** Trajectories as whole vectors: checkpoints end to end, each times the root of its share. */
const joined = (matrices: readonly (readonly Row[])[], shares: readonly number[]): number[][] =>
  matrices[0].map((_, i) =>
    matrices.flatMap((matrix, c) => matrix[i].map((value) => Math.sqrt(shares[c]) * value))
  )

/** Columns whose numbers 16-bit floats hold exactly. */
const storable = (columns: readonly Float64Array[]): Float64Array[] =>
  columns.map((column) => column.map((value) => exactly(3 * value)))
const matrix = (columns: readonly Float64Array[]): Row[] => columns.map((column) => [...column])

const given = givenCase(3, { rows: 90, widths: [30, 17], tasks: 2, budget: 12 })
const shares = [0.7, 0.3]

describe.each([
  ['kept', 1e9],
  ['read anew each time', 0]
])('matrices as a dictionary, %s', (_, keepBytes) => {
  it('equal the whole vectors in lengths, products, Gram matrix and sums', async () => {
    const rows = Uint32Array.from({ length: 70 }, (_row, i) => (i * 37) % 90)
    const dictionary = await open(given.candidates, { keepBytes, shares, rows })
    const whole = joined(given.candidates, shares)
    const reference = Array.from(rows, (row) => whole[row])
    expect(dictionary.size).toBe(47)
    reference.forEach((row, i) => expect(dictionary.squares[i]).toBeCloseTo(dot(row, row), 4))
    const random = createRandom(1)
    const vector = new Float64Array(47).map(() => random.normal())
    const products = await last(dictionary.products(vector))
    reference.forEach((row, i) => expect(products[i]).toBeCloseTo(dot(row, [...vector]), 4))
    const columns = Uint32Array.of(5, 60, 33, 6)
    const gram = await dictionary.gram(columns)
    const cross = await dictionary.gram(columns, Uint32Array.of(7, 5))
    columns.forEach((a, i) => {
      columns.forEach((b, j) =>
        expect(gram[i * 4 + j]).toBeCloseTo(dot(reference[a], reference[b]), 4)
      )
      expect(cross[2 * i]).toBeCloseTo(dot(reference[a], reference[7]), 4)
      expect(cross[2 * i + 1]).toBeCloseTo(dot(reference[a], reference[5]), 4)
    })
    const turned = await dictionary.gram(Uint32Array.of(7, 5), columns)
    columns.forEach((b, j) => {
      expect(turned[j]).toBeCloseTo(dot(reference[7], reference[b]), 4)
      expect(turned[4 + j]).toBeCloseTo(dot(reference[5], reference[b]), 4)
    })
    const sum = await dictionary.combine(columns, Float64Array.of(1, -2, 0.5, 3))
    const expected = mixture(
      reference.map((row) => Float64Array.from(row)),
      [...columns],
      [1, -2, 0.5, 3]
    )
    expected.forEach((value, i) => expect(sum[i]).toBeCloseTo(value, 6))
  })

  it('have length 1 where strong and weak items shall count alike', async () => {
    const dictionary = await open(given.candidates, { keepBytes, shares, isUnit: true })
    const reference = joined(given.candidates, shares)
    expect([...dictionary.squares]).toEqual(reference.map(() => 1))
    const [a, b] = [reference[2], reference[9]]
    const gram = await dictionary.gram(Uint32Array.of(2, 9))
    expect(gram[1]).toBeCloseTo(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), 5)
    const sum = await dictionary.combine(Uint32Array.of(9), Float64Array.of(2))
    b.forEach((value, i) => expect(sum[i]).toBeCloseTo((2 * value) / Math.sqrt(dot(b, b)), 6))
  })
})

it('kept and read anew give the same bits; copies have equal keys, other rows other ones', async () => {
  const copied = given.candidates.map((rows) => [...rows, rows[4], rows[70]])
  const [kept, anew] = [await open(copied), await open(copied, { keepBytes: 0 })]
  expect(anew.squares).toEqual(kept.squares)
  expect(anew.keys).toEqual(kept.keys)
  expect([kept.keys[90], kept.keys[91]]).toEqual([kept.keys[4], kept.keys[70]])
  expect(new Set(kept.keys).size).toBe(90)
  const columns = Uint32Array.of(1, 40, 77)
  expect(await anew.gram(columns)).toEqual(await kept.gram(columns))
  const mean = await kept.combine(columns, Float64Array.of(1, 1, 1))
  expect(await anew.combine(columns, Float64Array.of(1, 1, 1))).toEqual(mean)
  expect(await last(anew.products(mean))).toEqual(await last(kept.products(mean)))
})

it('works without the native runtime', async () => {
  const plain = openBlockEngine(await openTestDevice(), 1)
  device = (await openDevice('native')).device
  const [own, other] = [
    await open(given.candidates),
    await open(given.candidates, { engine: plain })
  ]
  const columns = Uint32Array.of(1, 40, 77)
  const [gram, expected] = [await other.gram(columns), await own.gram(columns)]
  gram.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4))
})

describe('the pursuit on matrices (specs 3.9)', () => {
  const ofAll = (columns: readonly Float64Array[]): Float64Array =>
    mixture(
      columns,
      [...columns.keys()],
      columns.map(() => 1 / columns.length)
    )

  it.each([5, 10, 20])('V1: recovers %i planted rows of 1,000', async (k) => {
    for (let trial = 0; trial < 5; trial++) {
      const columns = storable(gaussianColumns(100 + trial, 200, 1000))
      const random = createRandom(k * 1000 + trial)
      const planted = [...random.sample(1000, k)]
      const weights = planted.map(() => 0.5 + random.uniform())
      const target = mixture(columns, planted, weights)
      const found = await runPursuit(await open([matrix(columns)]), target, k)
      expect(sorted(found.columns)).toEqual(sorted(planted))
      expect(found.error).toBeLessThan(1e-4)
    }
  })

  it('V2, V3: the weights meet the KKT conditions, and the error never rises', async () => {
    const columns = storable(gaussianColumns(1, 40, 200))
    const target = ofAll(columns)
    const found = await runPursuit(await open([matrix(columns)]), target, 12)
    found.history.forEach((round, i) =>
      expect(round.error).toBeLessThanOrEqual(found.history[i - 1]?.error ?? 1)
    )
    const sum = mixture(columns, [...found.columns], [...found.weights])
    const left = target.map((value, i) => value - sum[i])
    const length = Math.sqrt(dot([...target], [...target]))
    for (const column of found.columns)
      // The Gram matrix is in float32 here.
      expect(Math.abs(dot([...columns[column]], [...left]))).toBeLessThan(1e-4 * length)
  })

  it('V4: with k = N the error is that of the same pursuit in float64', async () => {
    const columns = storable(gaussianColumns(2, 40, 30))
    const target = ofAll(columns)
    const found = await runPursuit(await open([matrix(columns)]), target, 30)
    const exact = await runPursuit(denseDictionary(columns), target, 30)
    expect(Math.abs(found.error - exact.error)).toBeLessThan(1e-4)
  })

  it('V5: four copies of every row give no copy twice', async () => {
    const columns = storable(gaussianColumns(3, 60, 80))
    const four = [columns, columns, columns, columns].flat()
    const { columns: found } = await runPursuit(await open([matrix(four)]), ofAll(columns), 20)
    expect(new Set([...found].map((place) => place % 80)).size).toBe(found.length)
  })

  it('V7 and V8: a single row is found with weight 1; a doubled target doubles the weights', async () => {
    const columns = storable(gaussianColumns(4, 60, 300))
    const dictionary = await open([matrix(columns)])
    const one = await runPursuit(dictionary, columns[42], 5)
    expect([...one.columns]).toEqual([42])
    expect(one.weights[0]).toBeCloseTo(1, 4)
    const target = ofAll(columns)
    const once = await runPursuit(dictionary, target, 10)
    const twice = await runPursuit(
      dictionary,
      target.map((value) => 2 * value),
      10
    )
    expect(twice.columns).toEqual(once.columns)
    once.weights.forEach((weight, i) => expect(twice.weights[i]).toBeCloseTo(2 * weight, 5))
  })

  it('V9: rows of 64 numbers never give more than 64', async () => {
    const columns = storable(gaussianColumns(5, 64, 400))
    const found = await runPursuit(await open([matrix(columns)]), ofAll(columns), 200)
    expect(found.columns.length).toBeLessThanOrEqual(64)
  })
})

describe('GTP on matrices', () => {
  const shape = { rows: 160, widths: [50, 31], tasks: 2, budget: 14 }
  const run = (
    inputs: SelectionInputs,
    params: Partial<GtpParams> = {},
    options: GivenRunOptions & { readonly knobs?: Partial<GtpKnobs> } = {}
  ): Promise<GivenRecord> =>
    record(
      runGtp(contextOf(device, options), inputs, gtpParams.parse(params), {
        ...defaultKnobs,
        ...options.knobs
      })
    )
  const errorOf = ({ selection }: GivenRecord): number => Number(selection.info['error'])

  it('needs no label and no warm-up, and matches the mean of all rows as closely as it says', async () => {
    const { inputs, candidates } = givenCase(5, shape)
    const result = await run(inputs, { target: 'all-items' })
    expect(result.steps.some(({ phase }) => phase === 'Warm-up')).toBe(false)
    const { selection } = result
    expect(selection.info).toMatchObject({
      labelSource: 'gradients',
      checkpoints: ['step 100', 'step 200'],
      target: 'all-items',
      split: 'together'
    })
    const columns = joined(candidates, [0.5, 0.5]).map((row) => Float64Array.from(row))
    const target = mixture(
      columns,
      [...columns.keys()],
      columns.map(() => 1 / columns.length)
    )
    const chosen = chosenOf(selection)
    // Weights are stored relative to their average; their common scale is what matches best.
    const sum = mixture(
      columns,
      chosen,
      chosen.map((row) => selection.columns['weight'][row])
    )
    const scale = dot([...sum], [...target]) / dot([...sum], [...sum])
    const left = target.map((value, i) => value - scale * sum[i])
    const error = Math.sqrt(dot([...left], [...left]) / dot([...target], [...target]))
    expect(errorOf(result)).toBeCloseTo(error, 4)
    const order = [...selection.order].sort((a, b) => a - b)
    expect(order).toEqual([...Array(160).keys()])
  })

  it('matches the examples where there are some, by importance and checkpoint weights', async () => {
    const { inputs, candidates, examples } = givenCase(5, shape)
    const tasks = inputs.tasks.map((task, t) =>
      t === 0 ? { ...task, importance: 'high' as const } : task
    )
    const result = await run({ ...inputs, tasks }, { checkpointWeights: '3, 1' })
    expect(result.selection.info['target']).toBe('examples')
    const weights = [0.75, 0.25]
    const columns = joined(candidates, weights).map((row) => Float64Array.from(row))
    const wanted = joined(
      examples.map((all) => all.flat(2)),
      weights
    ).map((row) => Float64Array.from(row))
    // Five examples a task; the first one counts twice.
    const target = mixture(
      wanted,
      [...wanted.keys()],
      wanted.map((_, v) => (v < 5 ? 2 : 1) / 15)
    )
    const exact = await runPursuit(denseDictionary(columns), target, 14)
    expect(errorOf(result)).toBeCloseTo(exact.error, 3)
    const chosen = chosenOf(result.selection)
    expect(chosen).toEqual(expect.arrayContaining(sorted(exact.columns)))
  })

  it('V5: every row four times: nothing is chosen twice', async () => {
    const { candidates, examples } = givenCase(5, { ...shape, rows: 60 })
    const four = candidates.map((rows) => [rows, rows, rows, rows].flat())
    const { selection } = await run(inputsOf(four, examples, 20), { target: 'all-items' })
    expect(new Set(chosenOf(selection).map((row) => row % 60)).size).toBe(20)
  })

  it('V6: depends neither on the order of the rows nor on the memory, and parts come close', async () => {
    const first = givenCase(8, shape)
    const moved = movedCase(first, 4)
    const whole = await run(first.inputs, { target: 'all-items' })
    const again = await run(moved.inputs, { target: 'all-items' })
    // Sums over all rows are in another order: the last digits of the target differ.
    expect(sorted(chosenOf(again.selection).map((row) => moved.at[row]))).toEqual(
      chosenOf(whole.selection)
    )
    const small = await run(first.inputs, { target: 'all-items' }, { knobs: { keepBytes: 0 } })
    expect(small.selection).toEqual(whole.selection)
    const one = await run(first.inputs, { target: 'all-items', parts: 1, reserve: 1 })
    expect(one.selection.order).toEqual(whole.selection.order)
    const parts = await run(first.inputs, { target: 'all-items', parts: 3 })
    expect(errorOf(parts)).toBeLessThan(errorOf(whole) + 0.15)
  })

  it('fills a budget above a third of the numbers in several pursuits, and goes on from each', async () => {
    const { inputs } = givenCase(6, { ...shape, budget: 60 })
    const whole = await run(inputs, { target: 'all-items' })
    expect(whole.selection.got).toBe(60)
    // 81 numbers: at most 27 places at once.
    expect(whole.selection.info).toMatchObject({ mostTogether: 27 })
    expect(Number(whole.selection.info['pursuitCount'])).toBeGreaterThanOrEqual(3)
    // One after every round of every pursuit; where a pursuit ends, it holds none.
    const { checkpoints } = whole
    expect(checkpoints.length).toBeGreaterThan(10 * Number(whole.selection.info['pursuitCount']))
    const isWithin = checkpoints.map(({ values }) => values['pursuitRound'] !== undefined)
    expect(isWithin.filter((is) => !is).length).toBe(whole.selection.info['pursuitCount'])
    for (const resume of spread(checkpoints, 7))
      expect((await run(inputs, { target: 'all-items' }, { resume })).selection).toEqual(
        whole.selection
      )
  })

  it('goes on within a large pursuit whose columns are dealt out into groups', async () => {
    const { inputs } = givenCase(7, { rows: 480, widths: [930], tasks: 1, budget: 310 })
    const knobs = { keepBytes: 0 }
    const whole = await run(inputs, { target: 'all-items' }, { knobs })
    expect(whole.selection.info['pursuits']).toMatchObject([{ asked: 310 }])
    const known = whole.checkpoints.map(({ arrays }) => arrays['pursuitKnown']?.length ?? 0)
    expect(Math.max(...known)).toBeGreaterThan(310)
    // The last one is the end of the pursuit.
    for (const one of spread(whole.checkpoints.slice(0, -1), 2)) {
      const resume = structuredClone(one)
      const rest = await run(inputs, { target: 'all-items' }, { knobs, resume })
      expect(rest.selection).toEqual(whole.selection)
    }
  })

  it('puts zeros and unreadable rows last, and a sentence on every row', async () => {
    const { candidates, examples } = givenCase(5, shape)
    const rows = candidates.map((all) =>
      all.map((row, i) => {
        if (i === 4) return row.map(() => 0)
        return i === 9 ? row.map((value, j) => (j === 3 ? NaN : value)) : row
      })
    )
    const { selection } = await run(inputsOf(rows, examples, 14))
    expect(new Set(selection.order.subarray(158))).toEqual(new Set([4, 9]))
    expect(selection.info).toMatchObject({ notFinite: 1, zero: 1 })
    expect(selection.score.every(Number.isFinite)).toBe(true)
    selection.order.forEach((row, place) => {
      const { text } = gtp.explain({
        row,
        isChosen: place < selection.got,
        rank: place + 1,
        candidates: 160,
        label: undefined,
        columns: selection.columns,
        info: selection.info
      })
      expect(text).not.toMatch(/undefined|NaN|Infinity|helper model/)
    })
    expect(selection.notes).toContain(
      'Learning directions made elsewhere were compared: step 100, step 200.'
    )
  })

  it('chooses label by label only where it is asked for and can be', async () => {
    const { inputs } = givenCase(5, { ...shape, budget: 20 })
    const labels = Int32Array.from({ length: 160 }, (_, row) => row % 2)
    const labelled = { ...inputs, tasks: [], labels, classNames: ['a', 'b'] }
    expect((await run(labelled)).selection.info['split']).toBe('together')
    const { selection } = await run(labelled, { split: 'labels' })
    expect(selection.info['split']).toBe('labels')
    expect(chosenOf(selection).filter((row) => labels[row] === 0).length).toBe(10)
    const none = (await run({ ...inputs, tasks: [] }, { split: 'labels' })).selection
    expect(none.info['split']).toBe('together')
    expect(none.notes.join(' ')).toContain('The mix of labels could not be kept')
  })

  it('estimates by the size of the files', () => {
    const of = (budget: number, gradients: number[]) =>
      gtp.estimate(
        { candidates: 665_298, columns: 8, classes: 0, tasks: 1, examples: 9, budget, gradients },
        gtpParams.parse({})
      )
    expect(of(1000, [5120]).why).toContain('665,298 items x 5,120 numbers in 1 file, read about')
    expect(of(1000, [5120]).megabytes).toBeLessThan(2000)
    expect(of(1000, [5120, 5120]).seconds).toBeGreaterThan(1.5 * of(1000, [5120]).seconds)
    expect(of(10_000, [5120]).seconds).toBeGreaterThan(of(1000, [5120]).seconds)
  })

  it('refuses what it cannot work with, and stops when it is told to', async () => {
    const first = givenCase(5, shape)
    const broken = first.examples.map((all) =>
      all.map((parts) => parts.map((rows) => rows.map((row) => row.map(() => NaN))))
    )
    await expect(run(inputsOf(first.candidates, broken, 14))).rejects.toMatchObject({
      code: 'method-not-possible'
    })
    await expect(run(first.inputs, { checkpointWeights: '1' })).rejects.toMatchObject({
      code: 'method-not-possible'
    })
    for (const phase of ['Measuring', 'Choosing', 'Comparing']) {
      const abort = new AbortController()
      const context = contextOf(device, { signal: abort.signal })
      const steps = runGtp(context, first.inputs, gtpParams.parse({}))
      const finished = (async () => {
        for (;;) {
          const step = await steps.next()
          if (step.done === true) return
          if (step.value.phase === phase) abort.abort(new Error('stopped'))
        }
      })()
      await expect(finished).rejects.toThrow('stopped')
    }
  })
})
