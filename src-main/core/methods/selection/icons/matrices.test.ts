// ICONS on gradients made elsewhere, against the definition: the checks V1 to V8 of the method's
// specification, the whole candidates x examples matrix as the reference, stops inside the pass.
import { beforeAll, describe, expect, it } from 'vitest'
import { RuleOverlap, VoteResult } from '../../../../api/dto/runs.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  chosenOf,
  contextOf,
  givenCase,
  inputsOf,
  movedCase,
  record,
  referenceScores,
  type GivenCase,
  type GivenRecord,
  type GivenRunOptions,
  type Row
} from '../../gradients/given.test-support.ts'
import type { SelectionInputs } from '../../method.ts'
import { runOnMatrices } from './matrices.ts'
import icons from './method.ts'
import { combineRules, iconsParams, tieRules, type IconsParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
})

/** Rows so wide that they are read in several blocks; made once, as it takes a second. */
let wide: GivenCase | undefined
const wideCase = (): GivenCase =>
  (wide ??= givenCase(6, { ...shape, widths: [20_000, 10_000], rows: 140 }))

const shape = { rows: 300, widths: [40], tasks: 3, budget: 45, parts: 2 }

function run(
  inputs: SelectionInputs,
  params: Partial<IconsParams> = {},
  options: GivenRunOptions = {}
): Promise<GivenRecord> {
  return record(icons.run(contextOf(device, options), inputs, iconsParams.parse(params)))
}

const scoresOf = ({ checkpoints }: GivenRecord): Float32Array => {
  const last = checkpoints.at(-1)
  expect(last?.step).toBe('scores')
  return last?.arrays['scores'] as Float32Array
}
const votesOf = ({ selection }: GivenRecord): number[] => [...selection.columns['votes']]
const readOf = ({ selection }: GivenRecord): VoteResult => VoteResult.parse(selection.info['votes'])

describe('scores from matrices', () => {
  it('V6: equal the mean of the full N x V matrix, with the maximum over sub-tasks', async () => {
    for (const widths of [[40], [40, 25, 64]]) {
      const given = givenCase(7, { ...shape, widths })
      const shares = widths.map(() => 1 / widths.length)
      const expected = referenceScores(given, shares, 'cosine').flat()
      const got = scoresOf(await run(given.inputs))
      expect(got.length).toBe(expected.length)
      expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(2e-6))
    }
  })

  it('are the same on a machine without the native runtime', async () => {
    const given = givenCase(7, shape)
    const native = scoresOf(await run(given.inputs))
    const context = contextOf(await openTestDevice())
    const plain = await record(icons.run(context, given.inputs, iconsParams.parse({})))
    scoresOf(plain).forEach((value, i) => expect(Math.abs(native[i] - value)).toBeLessThan(2e-6))
    device = (await openDevice('native')).device
  })

  it('need no label, make no warm-up and read each matrix once', async () => {
    const { inputs } = givenCase(7, shape)
    const { steps, selection } = await run(inputs)
    expect(new Set(steps.map(({ phase }) => phase))).toEqual(
      new Set(['Examples', 'Scoring', 'Choosing'])
    )
    expect(steps.filter(({ phase }) => phase === 'Scoring').at(-1)).toMatchObject({
      done: 300,
      total: 300,
      unit: 'items'
    })
    expect(selection.info).toMatchObject({ labelSource: 'gradients', checkpoints: ['step 100'] })
    expect(selection.notes).toContain('Learning directions made elsewhere were compared: step 100.')
  })
})

describe('votes on matrices', () => {
  it('V1: rows twice as long, and examples of any length, change no vote', async () => {
    const given = givenCase(3, shape)
    const before = await run(given.inputs)
    // Powers of two: not one rounding differs.
    const half = (rows: readonly Row[], by: (i: number) => number): Row[] =>
      rows.map((row, i) => row.map((value) => value * by(i)))
    const candidates = given.candidates.map((rows) => half(rows, (i) => 0.5 ** (i % 3)))
    const examples = given.examples.map((tasks) =>
      tasks.map((parts, t) => parts.map((rows) => half(rows, () => 0.5 ** t)))
    )
    expect(votesOf(await run(inputsOf(candidates, examples, 45)))).toEqual(votesOf(before))
  })

  it('V2: the same rows are chosen when rows are moved', async () => {
    const given = givenCase(11, shape)
    const first = await run(given.inputs)
    const moved = movedCase(given, 5)
    const { selection } = await run(moved.inputs)
    const ids = chosenOf(selection).map((row) => moved.at[row])
    expect(ids.sort((a, b) => a - b)).toEqual(chosenOf(first.selection))
  })

  it('V3: distinct scores give sum_k (N - ceil((100-p)/100 (N-1))) votes', async () => {
    for (const [rows, budget] of [
      [300, 45],
      [97, 12]
    ]) {
      const result = await run(givenCase(4, { ...shape, rows, budget }).inputs)
      const scores = scoresOf(result)
      for (let task = 0; task < 3; task++)
        expect(new Set(scores.subarray(task * rows, (task + 1) * rows)).size).toBe(rows)
      const each = rows - Math.ceil((1 - budget / rows) * (rows - 1) - 1e-9)
      expect(votesOf(result).reduce((a, b) => a + b, 0)).toBe(3 * each)
      expect(readOf(result).tasks.map(({ votedFor }) => votedFor)).toEqual([each, each, each])
    }
  })

  it('V4: one task gives its plain top-k', async () => {
    const result = await run(givenCase(5, { ...shape, tasks: 1 }).inputs)
    const scores = scoresOf(result)
    const best = [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, 45)
    expect(chosenOf(result.selection)).toEqual(best.sort((a, b) => a - b))
    expect(readOf(result).rules).toBeUndefined()
  })

  it('V5: a task given twice counts twice', async () => {
    const given = givenCase(3, shape)
    const [first, ...others] = given.inputs.tasks
    const twice = await run({ ...given.inputs, tasks: [first, first, ...others] })
    const high = await run({
      ...given.inputs,
      tasks: [{ ...first, importance: 'high' }, ...others]
    })
    expect(votesOf(twice)).toEqual(votesOf(high))
  })

  it('V7: golden vector G2, from gradients that have exactly these cosines', async () => {
    const golden = [
      [0.9, 0.1, 0.2],
      [0.8, 0.7, 0.1],
      [0.1, 0.9, 0.3],
      [0.2, 0.8, 0.9],
      [0.3, 0.2, 0.8],
      [0.7, 0.3, 0.7],
      [0.6, 0.6, 0.6],
      [0.5, 0.5, 0.5],
      [0.4, 0.4, 0.4],
      [0, 0, 0]
    ]
    // A fourth number brings every row to one length, so that cosines keep the order of the scores.
    const rows = golden.map((row) => {
      const exact = row.map((value) => Math.round(value * 1000) / 1024)
      return [...exact, Math.round(Math.sqrt(2.25 - dotOf(exact)) * 1024) / 1024]
    })
    const examples = [0, 1, 2].map((k) => [[[0, 1, 2, 3].map((j) => (j === k ? 1 : 0))]])
    const result = await run(inputsOf([rows], [examples], 3), { votePercent: 30 })
    expect(votesOf(result)).toEqual([1, 2, 1, 2, 1, 2, 0, 0, 0, 0])
    expect(chosenOf(result.selection)).toEqual([1, 3, 5])
    expect(result.selection.tieShare).toBe(0)
  })

  it('V8: gradients that are all alike pass everyone, with a warning', async () => {
    const rows = Array.from({ length: 50 }, () => [0.5, 0.25, -0.125])
    const result = await run(inputsOf([rows], [[[[rows[0]]], [[[1, 0, 0]]]]], 10))
    expect(votesOf(result)).toEqual(rows.map(() => 2))
    expect(readOf(result).tasks.every(({ isConstant }) => isConstant)).toBe(true)
    expect(result.selection.notes.join(' ')).toContain('scores all items the same')
    expect(result.selection.tieShare).toBe(1)
  })
})

describe('the result on matrices', () => {
  it.each([...combineRules])('of %s is a total order', async (combine) => {
    const { selection } = await run(givenCase(3, shape).inputs, { combine })
    expect([...selection.order].sort((a, b) => a - b)).toEqual([...Array(300).keys()])
    expect(selection.score.every((value) => value > 0 && value <= 1)).toBe(true)
    for (let row = 0; row < 300; row += 7) {
      const place = selection.order.indexOf(row)
      const { text } = icons.explain({
        row,
        isChosen: place < selection.got,
        rank: place + 1,
        candidates: 300,
        label: undefined,
        columns: selection.columns,
        info: selection.info
      })
      expect(text).not.toMatch(/undefined|NaN/)
    }
  })

  it.each([...tieRules])(
    'keeps every row with more votes than the cut under %s',
    async (tieRule) => {
      const { selection } = await run(givenCase(3, shape).inputs, { tieRule })
      const votes = selection.columns['votes']
      const inside = new Set(chosenOf(selection))
      const cut = Math.min(...[...inside].map((row) => votes[row]))
      for (let row = 0; row < 300; row++)
        if (votes[row] !== cut) expect(inside.has(row)).toBe(votes[row] > cut)
    }
  )

  it('sets the five ways of joining side by side', async () => {
    const { inputs } = givenCase(3, shape)
    const result = await run(inputs)
    const { rules, overlap } = RuleOverlap.parse(readOf(result).rules)
    expect(rules).toEqual(['vote', 'mean', 'max', 'rank', 'norm'])
    const sets = await Promise.all(
      (['vote', 'mean', 'max', 'rank', 'norm'] as const).map(
        async (combine) => new Set(chosenOf((await run(inputs, { combine })).selection))
      )
    )
    overlap.forEach((line, a) =>
      line.forEach((share, b) => {
        const common = [...sets[a]].filter((row) => sets[b].has(row)).length
        expect(share).toBeCloseTo(common / 45, 12)
      })
    )
    expect(overlap[0][0]).toBe(1)
    expect(Math.min(...overlap.flat())).toBeLessThan(1)
  })

  it('goes on to the same bits from every checkpoint, inside the pass too', async () => {
    const given = wideCase()
    // Blocks of 64 and 128 rows.
    const knobs = { readBytes: 1 << 20, checkpoints: 16 }
    const start = (options: GivenRunOptions) =>
      record(
        runOnMatrices(
          contextOf(device, options),
          given.inputs,
          given.inputs.gradients ?? [],
          iconsParams.parse({}),
          knobs
        )
      )
    const whole = await start({})
    const steps = whole.checkpoints.map(({ step }) => step)
    expect(steps.filter((step) => step === 'matrices').length).toBe(3)
    expect(steps.at(-1)).toBe('scores')
    for (const resume of whole.checkpoints) {
      const again = await start({ resume })
      expect(again.selection).toEqual(whole.selection)
      expect(again.steps.length).toBeLessThan(whole.steps.length)
      // A second time from the same checkpoint: the first has not changed it.
      if (resume === whole.checkpoints[1])
        expect((await start({ resume })).selection).toEqual(whole.selection)
    }
    expect((await run(given.inputs)).selection).toEqual(whole.selection)
  })

  it('keeps the mix of labels only where it is asked for and can be', async () => {
    const given = givenCase(3, shape)
    const labels = Int32Array.from({ length: 300 }, (_, row) => row % 3)
    const classNames = ['a', 'b', 'c']
    const tasks = given.inputs.tasks.map((task) => ({
      ...task,
      parts: task.parts.map((part) => ({ ...part, labels: part.labels.map((_, v) => v % 3) }))
    }))
    const labelled = { ...given.inputs, labels, classNames, tasks }
    expect((await run(labelled)).selection.info['balance']).toBe('none')
    const mixed = (await run(labelled, { balance: 'labels' })).selection
    for (const label of [0, 1, 2])
      expect(chosenOf(mixed).filter((row) => labels[row] === label).length).toBe(15)
    const without = (await run({ ...labelled, tasks: given.inputs.tasks }, { balance: 'labels' }))
      .selection
    expect(without.info['balance']).toBe('none')
    expect(without.notes.join(' ')).toContain('The mix of labels could not be kept')
  })

  it('splits tasks by label where that is asked for', async () => {
    const given = givenCase(3, { ...shape, parts: 1, examples: 6 })
    const tasks = given.inputs.tasks.map((task) => ({
      ...task,
      parts: task.parts.map((part) => ({ ...part, labels: part.labels.map((_, v) => v % 2) }))
    }))
    const split = given.examples.map((all) =>
      all.map(([rows]) => [0, 1].map((label) => rows.filter((_, v) => v % 2 === label)))
    )
    const expected = referenceScores({ ...given, examples: split }, [1], 'cosine').flat()
    const got = scoresOf(await run({ ...given.inputs, tasks }, { subTasks: 'labels' }))
    expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(2e-6))
  })
})

const dotOf = (row: Row): number => row.reduce((sum, value) => sum + value * value, 0)

it('the estimate goes by the size of the file', () => {
  const of = (candidates: number, gradients?: number[]) =>
    icons.estimate(
      {
        candidates,
        columns: 512,
        classes: 20,
        tasks: 10,
        examples: 640,
        budget: 100,
        ...(gradients === undefined ? {} : { gradients })
      },
      iconsParams.parse({})
    )
  expect(of(665_298, [5120]).why).toContain('5,120 numbers in 1 file, read once')
  expect(of(665_298, [5120]).megabytes).toBeLessThan(2000)
  expect(of(665_298, [5120]).seconds).toBeGreaterThan(2 * of(66_530, [5120]).seconds)
  expect(of(665_298).why).toContain('20 labels')
})

describe('matrices with faults', () => {
  const withRows = (change: Readonly<Record<number, Row>>, budget = 45): SelectionInputs => {
    const given = givenCase(5, shape)
    const rows = given.candidates[0].map((row, i) => change[i] ?? row)
    return inputsOf([rows], given.examples, budget)
  }
  const zeros = Array.from({ length: 40 }, () => 0)

  it('rows of zeros and rows that are no numbers come last and are counted', async () => {
    const bad = zeros.map((_, j) => (j === 3 ? NaN : 0.5))
    const huge = zeros.map((_, j) => (j === 9 ? Infinity : 0.5))
    const { selection } = await run(withRows({ 4: zeros, 50: zeros, 9: bad, 120: huge }))
    expect(new Set(selection.order.subarray(296))).toEqual(new Set([4, 50, 9, 120]))
    expect(selection.info).toMatchObject({ notFinite: 2, zero: 2 })
    expect(selection.notes.join(' ')).toContain('2 items held numbers that could not be read')
    expect(selection.notes.join(' ')).toContain(
      '2 items had learning directions of nothing but zeros'
    )
    expect(selection.columns['votes'][4] + selection.columns['votes'][9]).toBe(0)
    const why = (row: number): string =>
      icons.explain({
        row,
        isChosen: false,
        rank: 300,
        candidates: 300,
        label: undefined,
        columns: selection.columns,
        info: selection.info
      }).text
    expect(why(4)).toBe(
      'Left out: its learning direction holds nothing but zeros, so no task could judge it.'
    )
    expect(why(9)).toBe('Left out: its numbers could not be read, so no task could judge it.')
  })

  it('a budget of everything takes them too', async () => {
    const { selection } = await run(withRows({ 4: zeros }, 300))
    expect(new Set(selection.order).size).toBe(300)
    expect(selection.tieShare).toBe(0)
  })

  it('examples that are no numbers do not count; without any the run is refused', async () => {
    const given = givenCase(5, { ...shape, parts: 1 })
    const broken = given.examples[0].map(([rows], t) => [
      rows.map((row, v) => (t === 1 || v === 0 ? row.map(() => NaN) : row))
    ])
    const left = broken.map(([rows]) => [rows.filter((row) => !Number.isNaN(row[0]))])
    const result = await run(inputsOf(given.candidates, [broken], 45))
    expect(result.selection.notes.join(' ')).toContain('7 example items with numbers')
    expect(result.selection.notes.join(' ')).toContain('"Task 2" has no usable example')
    const expected = referenceScores({ ...given, examples: [left] }, [1], 'cosine')
    const scores = scoresOf(result)
    expected[0].forEach((value, i) => expect(Math.abs(scores[i] - value)).toBeLessThan(2e-6))
    const none = given.examples[0].map(([rows]) => [rows.map((row) => row.map(() => NaN))])
    await expect(run(inputsOf(given.candidates, [none], 45))).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('gradients that do not fit together are refused', async () => {
    const { inputs } = givenCase(5, shape)
    const other = givenCase(5, { ...shape, rows: 299 }).inputs
    await expect(
      run({ ...inputs, ...(other.gradients ? { gradients: other.gradients } : {}) })
    ).rejects.toBeInstanceOf(RangeError)
    const narrow = givenCase(5, { ...shape, widths: [39] }).inputs
    await expect(run({ ...inputs, tasks: narrow.tasks })).rejects.toBeInstanceOf(RangeError)
  })

  it('a stop in the middle comes out, with no read left behind', async () => {
    const { inputs } = wideCase()
    const abort = new AbortController()
    const context = contextOf(device, { signal: abort.signal })
    // Blocks of 64 and 128 rows.
    const knobs = { readBytes: 1 << 20, checkpoints: 16 }
    const steps = runOnMatrices(
      context,
      inputs,
      inputs.gradients ?? [],
      iconsParams.parse({}),
      knobs
    )
    let step = await steps.next()
    while (step.done !== true && step.value.phase !== 'Scoring') step = await steps.next()
    abort.abort(new Error('stopped'))
    await expect(steps.next()).rejects.toThrow('stopped')
    const rows = inputs.gradients?.[0].rows as unknown as {
      reads: { started: number; ended: number }
    }
    expect(rows.reads.started).toBe(rows.reads.ended)
  })
})
