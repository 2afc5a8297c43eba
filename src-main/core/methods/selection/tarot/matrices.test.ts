// TAROT on gradients made elsewhere, against its formula written out in float64: unit rows of every
// checkpoint end to end, whitened, cosines with the examples; projected rows, faults, stops.
import { beforeAll, describe, expect, it } from 'vitest'
import { openDevice } from '../../../compute/devices/registry.ts'
import type { Device } from '../../../compute/devices/device.ts'
import { fillSigns } from '../../../compute/kernels/rademacher.ts'
import { createRandom } from '../../../compute/random.ts'
import {
  chosenOf,
  contextOf,
  dot,
  givenCase,
  inputsOf,
  matrixOf,
  movedCase,
  record,
  type GivenCase,
  type GivenRecord,
  type GivenRunOptions,
  type Row
} from '../../gradients/given.test-support.ts'
import { solveDense } from '../../head-gradients/target.test-support.ts'
import type { SelectionInputs } from '../../method.ts'
import { gradientRows, projectedSizes, sampleOf, spreadRows } from './gradient-rows.ts'
import tarot from './method.ts'
import { tarotParams, type TarotParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
})

const shape = { rows: 220, widths: [20, 12], tasks: 2, budget: 25, parts: 2 }
const ridge = 0.05

const run = (
  inputs: SelectionInputs,
  params: Partial<TarotParams> = {},
  options: GivenRunOptions = {}
): Promise<GivenRecord> =>
  record(tarot.run(contextOf(device, options), inputs, tarotParams.parse({ ridge, ...params })))

const unit = (row: Row, scale: number): number[] => {
  const length = Math.sqrt(dot(row, row))
  return row.map((value) => (length === 0 ? 0 : (scale * value) / length))
}

/** Rows as they are compared: candidates, and examples as one list with their tasks. */
function joined(
  { candidates, examples }: GivenCase,
  map: (row: Row, checkpoint: number) => Row = (row) => row
): { rows: number[][]; examples: number[][]; taskOf: number[] } {
  const scale = 1 / Math.sqrt(candidates.length)
  const join = (own: readonly Row[]): number[] => own.flatMap((row, c) => map(unit(row, scale), c))
  const places = examples[0].flatMap((task, t) =>
    task.flatMap((part, p) => part.map((_, v) => ({ t, p, v })))
  )
  return {
    rows: candidates[0].map((_, i) => join(candidates.map((rows) => rows[i]))),
    examples: places.map(({ t, p, v }) => join(examples.map((one) => one[t][p][v]))),
    taskOf: places.map(({ t }) => t)
  }
}

/** Whitened cosines, candidates x examples, by the formula. */
function cosines(rows: number[][], examples: number[][]): number[][] {
  const all = [...rows, ...examples]
  const mean = all[0].map((_, j) => all.reduce((sum, row) => sum + row[j], 0) / all.length)
  const off = (row: Row): number[] => row.map((value, j) => value - mean[j])
  const centred = all.map(off)
  const covariance = mean.map((_, i) =>
    mean.map((_x, j) => centred.reduce((sum, row) => sum + row[i] * row[j], 0) / all.length)
  )
  const trace = covariance.reduce((sum, line, i) => sum + line[i], 0)
  covariance.forEach((line, i) => {
    line[i] += (ridge * trace) / mean.length
  })
  const solve = (row: Row): number[] =>
    solveDense(
      covariance.map((line) => [...line]),
      [...row]
    )
  const own = rows.map(off)
  const lengths = own.map((row) => Math.sqrt(dot(row, solve(row))))
  const wanted = examples.map((row) => {
    const moved = off(row)
    const solved = solve(moved)
    return { solved, length: Math.sqrt(dot(moved, solved)) }
  })
  return own.map((row, i) => wanted.map((e) => dot(row, e.solved) / (lengths[i] * e.length)))
}

function expectFormula(result: GivenRecord, expected: number[][], taskOf: readonly number[]): void {
  const { closeness, task, layer } = result.selection.columns
  const ranks = expected[0].map((_, v) =>
    [...expected.keys()].sort((a, b) => expected[b][v] - expected[a][v])
  )
  let agreed = 0
  expected.forEach((line, i) => {
    const best = Math.max(...line)
    expect(Math.abs(closeness[i] - best)).toBeLessThan(2e-4)
    expect(
      line[taskOf.findIndex((own, v) => own === task[i] && line[v] > best - 1e-3)]
    ).toBeDefined()
    const nearest = Math.min(...ranks.map((list) => list.indexOf(i) + 1))
    if (nearest === layer[i]) agreed++
  })
  // Neighbours a rounding apart may change places, and lists end at some depth.
  const { depth } = result.selection.info as { depth: number }
  const far = expected.filter((_, i) => ranks.every((list) => list.indexOf(i) >= depth)).length
  expect(agreed).toBeGreaterThanOrEqual(expected.length - far - 3)
}

describe('TAROT on matrices', () => {
  it('equals its formula at one checkpoint and at several', async () => {
    for (const widths of [[20], [20, 12, 7]]) {
      const given = givenCase(7, { ...shape, widths })
      const { rows, examples, taskOf } = joined(given)
      const result = await run(given.inputs)
      expectFormula(result, cosines(rows, examples), taskOf)
      expect(result.selection.notes[0]).toContain('Learning directions made elsewhere')
      expect(result.selection.info['checkpoints']).toHaveLength(widths.length)
    }
  })

  it('is the same over rows that are read in several blocks', async () => {
    const given = givenCase(8, { ...shape, widths: [9], rows: 2200, examples: 2 })
    const { rows, examples, taskOf } = joined(given)
    expectFormula(await run(given.inputs), cosines(rows, examples), taskOf)
  })

  it('counts the direction of a row at every checkpoint, not its length', async () => {
    const given = givenCase(9, shape)
    const before = await run(given.inputs)
    // Powers of two: not one rounding differs.
    const half = given.candidates.map((rows, c) =>
      rows.map((row, i) => row.map((value) => value * 0.5 ** ((i + c) % 3)))
    )
    const after = await run(inputsOf(half, given.examples, 25))
    expect(after.selection.order).toEqual(before.selection.order)
  })

  it('projects long rows with the same signs for candidates and examples', async () => {
    expect(projectedSizes([100, 20], 64)).toEqual([32, 20])
    expect(projectedSizes([40, 24], 64)).toEqual([40, 24])
    const given = givenCase(9, { ...shape, widths: [100, 20] })
    const fork = createRandom(0).fork('tarot').fork('signs 0')
    const signs = new Float32Array(3200)
    fillSigns(fork.uint32(), 0, 100, 32, signs)
    const map = (row: Row, c: number): Row =>
      c === 1
        ? row
        : Array.from(
            { length: 32 },
            (_, k) =>
              row.reduce((sum, value, j) => sum + value * signs[32 * j + k], 0) / Math.sqrt(32)
          )
    const { rows, examples, taskOf } = joined(given, map)
    const result = await run(given.inputs, { projection: 64 })
    expectFormula(result, cosines(rows, examples), taskOf)
    expect(result.selection.notes.join(' ')).toContain(
      'Rows of 120 numbers were projected at random to 52'
    )
  })

  it('measures the spread on rows drawn by lot where there are many', async () => {
    expect(spreadRows(665_298, 2048)).toBe(20_480)
    expect(spreadRows(665_298, 100)).toBe(20_000)
    expect(spreadRows(300, 100)).toBe(300)
    const all = Array.from({ length: 50 }, (_, i) => [i / 64, 1])
    const source = matrixOf(all, 2)
    const sample = sampleOf(source, 20, contextOf(device))
    expect(sample.rows).toBe(20)
    const values = [...(await sample.readBlock(0, 12)), ...(await sample.readBlock(12, 8))]
    const drawn = values.filter((_, at) => at % 2 === 0).map((value) => 64 * value)
    expect(new Set(drawn).size).toBe(20)
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b))
    expect([...(await sample.readRows([3, 1]))]).toEqual([drawn[3] / 64, 1, drawn[1] / 64, 1])
    expect(sampleOf(source, 50, contextOf(device))).toBe(source)
  })

  it('goes on from every checkpoint with the same bits', async () => {
    const given = givenCase(11, shape)
    const whole = await run(given.inputs)
    expect(whole.checkpoints.map(({ step }) => step)).toEqual(['spread', 'neighbours'])
    for (const resume of whole.checkpoints)
      expect((await run(given.inputs, {}, { resume })).selection).toEqual(whole.selection)
  })

  it('chooses the same rows when they are moved', async () => {
    const given = givenCase(11, shape)
    const whole = await run(given.inputs)
    const moved = movedCase(given, 3)
    const { selection } = await run(moved.inputs)
    const before = new Set(chosenOf(whole.selection))
    // Sums in another order: a neighbour a rounding apart may change places.
    const same = chosenOf(selection).filter((row) => before.has(moved.at[row]))
    expect(same.length).toBeGreaterThanOrEqual(24)
  })

  it('stops where it is, and gives back the memory of the device', async () => {
    const given = givenCase(11, { ...shape, widths: [100] })
    const params = tarotParams.parse({ projection: 64 })
    const { steps: all } = await run(given.inputs, params)
    const last = all.findIndex(({ phase }) => phase === 'Finding neighbours')
    expect(last).toBeGreaterThan(3)
    const before = device.tf.memory().numTensors
    for (let stop = 0; stop < last; stop++) {
      const controller = new AbortController()
      const context = contextOf(device, { signal: controller.signal })
      const steps = tarot.run(context, given.inputs, params)
      for (let i = 0; i <= stop; i++) await steps.next()
      controller.abort(new Error('stopped'))
      await expect(record(steps)).rejects.toThrow('stopped')
    }
    expect(device.tf.memory().numTensors).toBe(before)
  })

  it('puts rows of zeros and unreadable ones last, in true words', async () => {
    const given = givenCase(5, shape)
    const rows = given.candidates.map((all, c) =>
      all.map((row, i) => {
        if (i === 4 || (i === 5 && c === 0)) return row.map(() => 0)
        return i === 9 && c === 1 ? row.map((value, j) => (j === 3 ? NaN : value)) : row
      })
    )
    const { selection } = await run(inputsOf(rows, given.examples, 25))
    expect(new Set(selection.order.subarray(218))).toEqual(new Set([4, 9]))
    expect(selection.info).toMatchObject({ notFinite: 2 })
    const info = JSON.parse(JSON.stringify(selection.info)) as typeof selection.info
    selection.order.forEach((row, place) => {
      const { text } = tarot.explain({
        row,
        isChosen: place < 25,
        rank: place + 1,
        candidates: 220,
        label: undefined,
        columns: selection.columns,
        info
      })
      expect(text).toMatch(/^(Kept|Left out)/)
      expect(text).not.toMatch(/undefined|NaN|Infinity|fingerprint/)
    })
    const bad = given.examples.map((tasks) =>
      tasks.map((parts) => parts.map((all) => all.map((row) => row.map(() => NaN))))
    )
    await expect(run(inputsOf(given.candidates, bad, 25))).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('finds a size of its own on matrices too', async () => {
    const given = givenCase(5, { ...shape, examples: 8, budget: 220 })
    const { selection } = await run(given.inputs, { size: 'automatic', folds: 4 })
    expect(selection.got).toBe(selection.info['automatic'])
    expect(selection.got).toBeGreaterThan(5)
  })

  it('refuses files that do not fit', async () => {
    const given = givenCase(5, shape)
    const [first] = given.inputs.gradients ?? []
    await expect(run({ ...given.inputs, gradients: [first] })).rejects.toThrow(RangeError)
  })

  it('estimates by the size of the files, with the projection', () => {
    const of = (candidates: number, gradients: number[], projection = 2048) =>
      tarot.estimate(
        { candidates, columns: 8, classes: 0, tasks: 10, examples: 640, budget: 100, gradients },
        tarotParams.parse({ projection })
      )
    const large = of(665_298, [5120])
    expect(large.why).toBe('665,298 items x 640 examples x 5,120 numbers each, projected to 2,048')
    expect(large.megabytes).toBeLessThan(2000)
    expect(of(665_298, [5120], 512).seconds).toBeLessThan(large.seconds / 2)
    expect(of(665_298, [5120, 5120]).seconds).toBeGreaterThan(large.seconds)
    expect(of(665_298, [400]).why).not.toContain('projected')
  })

  it('reads rows in one form, candidates and examples alike', async () => {
    const given = givenCase(5, shape)
    const rows = await gradientRows(
      contextOf(device),
      given.inputs,
      given.inputs.gradients ?? [],
      64
    )
    const { features, tasks } = rows.inputs
    expect(features.columns).toBe(32)
    const expected = joined(given)
    const got = await features.readRows([7, 2])
    ;[7, 2].forEach((row, at) =>
      expected.rows[row].forEach((value, j) => expect(got[32 * at + j]).toBeCloseTo(value, 6))
    )
    expected.examples[0].forEach((value, j) =>
      expect(tasks[0].parts[0].features[j]).toBeCloseTo(value, 6)
    )
    rows.dispose()
  })
})
