// LESS and TracIn on gradients made elsewhere, against the definition from the whole candidates x
// examples matrix: several checkpoints with weights, sub-tasks, faults in the files, stops.
import { beforeAll, describe, expect, it } from 'vitest'
import { openDevice } from '../../compute/devices/registry.ts'
import type { Device } from '../../compute/devices/device.ts'
import type { SelectionInputs, SelectionMethod } from '../method.ts'
import less from '../selection/less/method.ts'
import tracin from '../selection/tracin/method.ts'
import {
  chosenOf,
  contextOf,
  givenCase,
  inputsOf,
  movedCase,
  record,
  referenceScores,
  type GivenRecord,
  type GivenRunOptions
} from './given.test-support.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
})

const shape = { rows: 220, widths: [40, 24], tasks: 3, budget: 40, parts: 2 }
const methods: readonly (readonly [string, SelectionMethod, 'cosine' | 'dot'])[] = [
  ['LESS', less as unknown as SelectionMethod, 'cosine'],
  ['TracIn', tracin as unknown as SelectionMethod, 'dot']
]

describe.each(methods)('%s on matrices', (_, method, as) => {
  const run = (
    inputs: SelectionInputs,
    params: Readonly<Record<string, unknown>> = {},
    options: GivenRunOptions = {}
  ): Promise<GivenRecord> =>
    record(method.run(contextOf(device, options), inputs, method.params.parse(params)))
  const scoresOf = ({ checkpoints }: GivenRecord): Float32Array =>
    checkpoints.at(-1)?.arrays['scores'] as Float32Array

  it('equals the definition at one checkpoint and at several, by their weights', async () => {
    const cases: readonly (readonly [number[], string, number[]])[] = [
      [[40], '', [1]],
      [[40, 24], '', [0.5, 0.5]],
      [[40, 24, 31], '1.6877e-05, 1.2859e-05,7.7030e-06', [1.6877, 1.2859, 0.7703]]
    ]
    for (const [widths, checkpointWeights, weights] of cases) {
      const given = givenCase(7, { ...shape, widths })
      const sum = weights.reduce((a, b) => a + b)
      const shares = weights.map((weight) => weight / sum)
      const expected = referenceScores(given, shares, as).flat()
      const result = await run(given.inputs, { checkpointWeights })
      const got = scoresOf(result)
      const size = Math.max(1, ...expected.map(Math.abs))
      expected.forEach((value, i) => expect(Math.abs(got[i] - value) / size).toBeLessThan(5e-6))
      // The paper's form: the best task decides, whatever labels there are.
      const join = (row: number): number => {
        const own = [0, 1, 2].map((task) => expected[task * 220 + row])
        return as === 'cosine' ? Math.max(...own) : own.reduce((a, b) => a + b) / 3
      }
      const best = [...Array(220).keys()].sort((a, b) => join(b) - join(a)).slice(0, 40)
      expect(chosenOf(result.selection)).toEqual(best.sort((a, b) => a - b))
    }
  })

  it('counts the length of a gradient only where it is a dot product', async () => {
    const given = givenCase(9, { ...shape, widths: [40] })
    const half = given.candidates.map((rows) =>
      rows.map((row, i) => (i % 2 === 0 ? row : row.map((value) => value / 2)))
    )
    const [before, after] = [await run(given.inputs), await run(inputsOf(half, given.examples, 40))]
    if (as === 'cosine') expect(after.selection.order).toEqual(before.selection.order)
    else expect(after.selection.order).not.toEqual(before.selection.order)
  })

  it('reads nothing but matrices: no labels, no warm-up, and says so', async () => {
    const { steps, selection } = await run(givenCase(3, shape).inputs)
    expect(steps.some(({ phase }) => phase === 'Warm-up')).toBe(false)
    expect(selection.notes[0]).toBe(
      'Learning directions made elsewhere were compared: step 100, step 200.'
    )
    expect([...selection.order].sort((a, b) => a - b)).toEqual([...Array(220).keys()])
    const done = steps.filter(({ phase }) => phase === 'Scoring').map((step) => step.done)
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(done.at(-1)).toBe(220)
  })

  it('chooses the same rows when they are moved, and the same bits from every checkpoint', async () => {
    const given = givenCase(11, shape)
    const whole = await run(given.inputs)
    const moved = movedCase(given, 3)
    const { selection } = await run(moved.inputs)
    expect(
      chosenOf(selection)
        .map((row) => moved.at[row])
        .sort((a, b) => a - b)
    ).toEqual(chosenOf(whole.selection))
    expect(whole.checkpoints.map(({ step }) => step)).toContain('matrices')
    for (const resume of whole.checkpoints)
      expect((await run(given.inputs, {}, { resume })).selection).toEqual(whole.selection)
  })

  it('puts zeros and unreadable rows last, and a sentence on every row', async () => {
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
    const info = JSON.parse(JSON.stringify(selection.info)) as typeof selection.info
    selection.order.forEach((row, place) => {
      const { text } = method.explain({
        row,
        isChosen: place < 40,
        rank: place + 1,
        candidates: 220,
        label: undefined,
        columns: selection.columns,
        info
      })
      expect(text).toMatch(/^(Kept|Left out)/)
      expect(text).not.toMatch(/undefined|NaN|Infinity|helper model/)
    })
  })

  it('is zero only where every checkpoint is', async () => {
    const given = givenCase(5, shape)
    const rows = given.candidates.map((all, c) =>
      all.map((row, i) => (i === 4 && c === 0 ? row.map(() => 0) : row))
    )
    const { selection } = await run(inputsOf(rows, given.examples, 40))
    expect(selection.info).toMatchObject({ notFinite: 0, zero: 0 })
  })

  it('keeps the mix of labels where it is asked for and can be', async () => {
    const given = givenCase(3, shape)
    const labels = Int32Array.from({ length: 220 }, (_row, row) => (row % 11 === 0 ? -1 : row % 2))
    const tasks = given.inputs.tasks.map((task) => ({
      ...task,
      parts: task.parts.map((part) => ({ ...part, labels: part.labels.map((_l, v) => v % 2) }))
    }))
    const labelled = { ...given.inputs, labels, classNames: ['a', 'b'], tasks }
    expect((await run(labelled)).selection.info['balance']).toBe('none')
    const { selection } = await run(labelled, { balance: 'labels' })
    const chosen = chosenOf(selection)
    expect([0, 1, -1].map((label) => chosen.filter((row) => labels[row] === label).length)).toEqual(
      [20, 20, 0]
    )
    const none = (await run(given.inputs, { balance: 'labels' })).selection
    expect(none.info['balance']).toBe('none')
    expect(none.notes.join(' ')).toContain('The mix of labels could not be kept')
  })

  it('estimates by the size of the files', () => {
    const of = (candidates: number, gradients: number[]) =>
      method.estimate(
        { candidates, columns: 8, classes: 0, tasks: 10, examples: 640, budget: 100, gradients },
        method.params.parse({})
      )
    const large = of(665_298, [5120])
    expect(large.why).toBe('665,298 items x 5,120 numbers in 1 file, read once')
    expect(large.seconds).toBeGreaterThan(5)
    expect(large.megabytes).toBeLessThan(2000)
    expect(of(665_298, [5120, 5120]).seconds).toBeGreaterThan(1.5 * large.seconds)
    expect(of(66_530, [5120]).seconds).toBeLessThan(large.seconds)
  })

  it('refuses weights that do not fit, in plain words', async () => {
    const { inputs } = givenCase(3, shape)
    const refusal = async (checkpointWeights: string): Promise<string> => {
      const failed = await run(inputs, { checkpointWeights }).catch((error: unknown) => error)
      expect(failed).toMatchObject({ code: 'method-not-possible' })
      return failed instanceof Error ? failed.message : ''
    }
    expect(await refusal('1')).toBe('1 weight was given, but there are 2 checkpoints.')
    for (const list of ['1, x', '1,', '1, 0', '1, -2', '1, Infinity'])
      expect(await refusal(list)).toBe(
        'The weight of the checkpoint “step 200” is not a number above 0.'
      )
    await expect(run({ ...inputs, tasks: [] })).rejects.toMatchObject({
      code: 'method-not-possible'
    })
    await expect(run({ ...inputs, budget: 221 })).rejects.toMatchObject({
      code: 'budget-not-possible'
    })
  })
})
