// TRAK on gradients made elsewhere, against its formula written out in float64: one checkpoint and
// several, projected rows, faults in the files, stops inside every step.
import { beforeAll, describe, expect, it } from 'vitest'
import { openDevice } from '../../../compute/devices/registry.ts'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import {
  chosenOf,
  contextOf,
  dot,
  givenCase,
  inputsOf,
  movedCase,
  record,
  type GivenCase,
  type GivenRecord,
  type GivenRunOptions,
  type Row
} from '../../gradients/given.test-support.ts'
import type { MatrixKnobs } from '../../gradients/score-matrices.ts'
import { runTargetOnMatrices } from '../../gradients/target-run.ts'
import { solveDense } from '../../head-gradients/target.test-support.ts'
import type { SelectionInputs } from '../../method.ts'
import { trakOnMatrices } from './matrices.ts'
import trak from './method.ts'
import { trakParams, type TrakParams } from './params.ts'
import { projectAll, type Projection } from './projected.ts'
import { measuredRows, padded, projectionFor } from './second-moment.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
})

const shape = { rows: 220, widths: [24, 16], tasks: 3, budget: 40, parts: 2 }

const run = (
  inputs: SelectionInputs,
  params: Partial<TrakParams> = {},
  options: GivenRunOptions = {}
): Promise<GivenRecord> =>
  record(trak.run(contextOf(device, options), inputs, trakParams.parse(params)))

/** With inner knobs; rows wider than `widest` are projected. */
function runWith(
  { inputs }: GivenCase,
  params: Partial<TrakParams>,
  widest: number,
  knobs?: MatrixKnobs,
  options: GivenRunOptions = {}
): Promise<GivenRecord> {
  const target = trakOnMatrices(trakParams.parse(params), widest)
  const { gradients = [] } = inputs
  return record(runTargetOnMatrices(contextOf(device, options), inputs, gradients, target, knobs))
}

const scoresOf = ({ checkpoints }: GivenRecord): Float32Array => {
  const last = checkpoints.at(-1)
  expect(last?.step).toBe('scores')
  return last?.arrays['scores'] as Float32Array
}

/** sum over rows of phi phi^T + damping x the mean of its diagonal. */
function damped(rows: readonly Row[], damping: number): number[][] {
  const n = rows[0].length
  const sums = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_x, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0))
  )
  const mean = sums.reduce((sum, line, i) => sum + line[i], 0) / n
  sums.forEach((line, i) => {
    line[i] += damping * mean
  })
  return sums
}

/** scores[task][row] by the formula; `as` changes rows first, `measured` are the rows of Phi. */
function formula(
  { candidates, examples }: GivenCase,
  damping: number,
  as: (row: Row, checkpoint: number) => Row = (row) => row,
  measured: readonly number[] = [...candidates[0].keys()]
): number[][] {
  const count = candidates.length
  const parts = examples[0].map((task) => task.map(() => candidates[0].map(() => 0)))
  for (let c = 0; c < count; c++) {
    const phi = candidates[c].map((row) => as(row, c))
    const matrix = damped(
      measured.map((row) => phi[row]),
      damping
    )
    examples[c].forEach((task, t) =>
      task.forEach((rows, p) => {
        const own = rows.map((row) => as(row, c))
        const mean = own[0].map((_, j) => own.reduce((sum, row) => sum + row[j], 0) / own.length)
        const solved = solveDense(
          matrix.map((line) => [...line]),
          mean
        )
        phi.forEach((row, i) => {
          parts[t][p][i] += dot(row, solved) / count
        })
      })
    )
  }
  return parts.map((task) => task[0].map((_, i) => Math.max(...task.map((own) => own[i]))))
}

function expectClose(got: Float32Array, expected: readonly number[][], tolerance: number): void {
  const flat = expected.flat()
  const size = Math.max(...flat.map(Math.abs))
  expect(got.length).toBe(flat.length)
  flat.forEach((value, i) => expect(Math.abs(got[i] - value) / size).toBeLessThan(tolerance))
}

describe('TRAK on matrices', () => {
  it('equals its formula at one checkpoint and at several, and takes the best', async () => {
    for (const [widths, damping] of [
      [[24], 3],
      [[24], 0],
      [[24, 16, 9], 1]
    ] as const) {
      const given = givenCase(7, { ...shape, widths })
      const expected = formula(given, damping)
      const result = await run(given.inputs, { damping })
      expectClose(scoresOf(result), expected, 2e-4)
      const value = (row: number): number => expected.reduce((sum, own) => sum + own[row], 0)
      const best = [...Array(220).keys()].sort((a, b) => value(b) - value(a)).slice(0, 40)
      const chosen = chosenOf(result.selection)
      // Rows a rounding apart at the edge may change places.
      expect(best.filter((row) => chosen.includes(row)).length).toBeGreaterThanOrEqual(39)
    }
  })

  it('golden: two rows of three measured by hand', async () => {
    // Phi^T Phi = diag(4, 1) + damping 2 x mean 2.5 = diag(9, 6); the example is (1, 1).
    const rows = [
      [1.5, 0],
      [0, 1],
      [1.25, 0],
      [-0.5, 0],
      [0, 0]
    ]
    const squares = 1.5 ** 2 + 1.25 ** 2 + 0.5 ** 2
    const ridge = squares + 1
    const result = await run(inputsOf([rows], [[[[[1, 1]]]]], 2), { damping: 2 })
    const expected = rows.map(([x, y]) => x / (squares + ridge) + y / (1 + ridge))
    const got = scoresOf(result)
    expected.slice(0, 4).forEach((value, i) => expect(got[i]).toBeCloseTo(value, 6))
    expect(got[4]).toBe(-Infinity)
    expect(chosenOf(result.selection)).toEqual([0, 1])
  })

  it('projects wide rows with the same signs for rows and examples', async () => {
    const given = givenCase(9, { ...shape, widths: [70, 30], parts: 1 })
    const result = await runWith(given, { projection: 64, damping: 1 }, 50)
    const projection = projectionFor(contextOf(device), 0, 70, 64, 50)
    const signs = projection as Projection
    const as = (row: Row, c: number): Row =>
      c === 1 ? row : [...projectAll(signs, [padded(signs, Float32Array.from(row))])[0]]
    expectClose(scoresOf(result), formula(given, 1, as), 5e-4)
    expect(result.selection.notes.join(' ')).toContain('projected at random to 64 numbers')
    expect(projectionFor(contextOf(device), 0, 50, 64, 50)).toBeUndefined()
  })

  it('measures a sample drawn by lot where there are more rows than asked for', async () => {
    const given = givenCase(5, { ...shape, widths: [10] })
    const picked = measuredRows({ random: createRandom(0) }, 220, 100)
    expect(new Set(picked).size).toBe(100)
    const result = await run(given.inputs, { curvatureRows: 100, damping: 1 })
    expect(result.selection.info['facts']).toMatchObject({ measured: 100 })
    const sampled = formula(given, 1, (row) => row, [...picked])
    expectClose(scoresOf(result), sampled, 2e-4)
  })

  it('gives the same bits however the files are read', async () => {
    const given = givenCase(6, { ...shape, widths: [20_000], rows: 140 })
    const params = { projection: 64 }
    const whole = await runWith(given, params, 4000)
    const small = await runWith(given, params, 4000, { readBytes: 1, checkpoints: 3 })
    expect(small.selection).toEqual(whole.selection)
  }, 20_000)

  it('goes on from every checkpoint with the same bits', async () => {
    const given = givenCase(11, shape)
    const whole = await run(given.inputs)
    const steps = new Set(whole.checkpoints.map(({ step }) => step))
    expect(steps).toEqual(new Set(['directions', 'matrices', 'scores']))
    for (const resume of whole.checkpoints) {
      const again = await run(given.inputs, {}, { resume })
      expect(again.selection).toEqual(whole.selection)
    }
  })

  it('chooses the same rows when they are moved', async () => {
    const given = givenCase(11, shape)
    const whole = await run(given.inputs)
    const moved = movedCase(given, 3)
    const { selection } = await run(moved.inputs)
    const ids = chosenOf(selection).map((row) => moved.at[row])
    expect(ids.sort((a, b) => a - b)).toEqual(chosenOf(whole.selection))
  })

  it('stops where it is, in every step', async () => {
    const given = givenCase(11, shape)
    const { steps: all } = await run(given.inputs)
    const lastRead = all.findIndex(({ phase }) => phase === 'Scoring')
    expect(lastRead).toBeGreaterThan(5)
    for (let stop = 0; stop <= lastRead; stop++) {
      const controller = new AbortController()
      const steps = trak.run(
        contextOf(device, { signal: controller.signal }),
        given.inputs,
        trakParams.parse({})
      )
      for (let i = 0; i <= stop; i++) await steps.next()
      controller.abort(new Error('stopped'))
      await expect(record(steps)).rejects.toThrow('stopped')
    }
  })

  it('puts zeros and unreadable rows last, without a word of helper models', async () => {
    const given = givenCase(5, shape)
    const rows = given.candidates.map((all) =>
      all.map((row, i) => {
        if (i === 4) return row.map(() => 0)
        return i === 9 ? row.map((value, j) => (j === 3 ? NaN : value)) : row
      })
    )
    const { selection } = await run(inputsOf(rows, given.examples, 40))
    expect(new Set(selection.order.subarray(218))).toEqual(new Set([4, 9]))
    expect(selection.info).toMatchObject({ notFinite: 1, zero: 1, noLabel: 0 })
    expect(selection.notes.join(' ')).toContain('was left out; gradients of the loss hold it')
    expect(selection.notes.join(' ')).not.toMatch(/helper model/)
    const nothing = given.candidates.map((all) => all.map((row) => row.map(() => 0)))
    await expect(run(inputsOf(nothing, given.examples, 40))).rejects.toMatchObject({
      code: 'method-not-possible',
      message: expect.stringContaining('step 100') as string
    })
  })

  it('raises the damping and says so where rows are fewer than their numbers', async () => {
    const given = givenCase(5, { ...shape, widths: [60], rows: 30, budget: 5 })
    const { selection } = await run(given.inputs, { damping: 0 })
    expect(selection.notes.join(' ')).toMatch(/damping was raised/)
    expect(selection.notes.join(' ')).toMatch(/few items for rows of so many numbers/)
    expect(selection.columns['value'].every(Number.isFinite)).toBe(true)
  })

  it('keeps the mix of labels only where it is asked for and can be', async () => {
    const given = givenCase(3, shape)
    expect((await run(given.inputs)).selection.info['balance']).toBe('none')
    const asked = (await run(given.inputs, { balance: 'labels' })).selection
    expect(asked.notes.join(' ')).toContain('The mix of labels could not be kept')
  })

  it('estimates by the size of the files', () => {
    const of = (candidates: number, gradients: number[]) =>
      trak.estimate(
        { candidates, columns: 8, classes: 0, tasks: 10, examples: 640, budget: 100, gradients },
        trakParams.parse({})
      )
    const large = of(665_298, [5120])
    expect(large.why).toContain('665,298 items x 5,120 numbers in 1 file')
    expect(large.seconds).toBeGreaterThan(10)
    expect(large.megabytes).toBeLessThan(2000)
    expect(of(665_298, [5120, 5120]).seconds).toBeGreaterThan(1.5 * large.seconds)
  })
})
