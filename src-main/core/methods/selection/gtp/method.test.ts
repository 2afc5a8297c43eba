import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import type { MethodCheckpoint, SelectionInputs } from '../../method.ts'
import { makeCase, memorySource } from '../icons/icons.test-support.ts'
import type { GtpInfo } from './explain.ts'
import {
  chosenRows,
  meanOf,
  permutedCase,
  referenceTrajectories,
  repeatedCase,
  runGtpCase,
  spread,
  type GtpRecord
} from './gtp.test-support.ts'
import gtp from './method.ts'
import { gtpParams, lengthRules, splitRules } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const shape = { rows: 240, columns: 10, classes: 4, tasks: 0, budget: 24 }
const infoOf = ({ selection }: GtpRecord): GtpInfo => selection.info as GtpInfo
const length = (values: readonly number[]): number => Math.hypot(...values)

/** Error of the chosen rows with their stored weights at the best scale, from whole vectors. */
function errorOf(record: GtpRecord, vectors: number[][], target: number[]): number {
  const { columns } = record.selection
  const sum = target.map((_, j) =>
    vectors.reduce((total, row, i) => total + columns['weight'][i] * row[j], 0)
  )
  const scale = sum.reduce((total, value, j) => total + value * target[j], 0) / length(sum) ** 2
  return length(target.map((value, j) => value - scale * sum[j])) / length(target)
}

describe('the choice', () => {
  it('matches the mean trajectory as closely as it says', async () => {
    const given = makeCase(7, shape)
    const record = await runGtpCase(device, given.inputs, { split: 'together' })
    const vectors = referenceTrajectories(given.values, given.inputs.labels, record.checkpoints[0])
    const target = meanOf(vectors)
    expect(infoOf(record).target).toBe('all-items')
    expect(infoOf(record).error).toBeGreaterThan(0)
    expect(infoOf(record).error).toBeLessThan(0.5)
    expect(errorOf(record, vectors, target)).toBeCloseTo(infoOf(record).error, 4)
    expect(record.selection.summary.value).toBeCloseTo(1 - infoOf(record).error, 9)
    // Far closer than as many rows from the start of the pool, which come by chance.
    const chance = meanOf(vectors.slice(0, 24))
    const scale = chance.reduce((sum, value, j) => sum + value * target[j], 0) / length(chance) ** 2
    const byChance = length(target.map((value, j) => value - scale * chance[j])) / length(target)
    expect(infoOf(record).plainError).toBeLessThan(0.7 * byChance)
  })

  it('matches the examples where there are some, tasks weighted by importance', async () => {
    const given = makeCase(8, { ...shape, tasks: 2, parts: 2 })
    const tasks = given.inputs.tasks.map((task, t) => ({
      ...task,
      importance: t === 0 ? ('high' as const) : ('low' as const)
    }))
    const record = await runGtpCase(device, { ...given.inputs, tasks })
    expect(infoOf(record)).toMatchObject({ target: 'examples', split: 'together' })
    const [checkpoint] = record.checkpoints
    const means = tasks.map((task) =>
      meanOf(
        task.parts.flatMap((part) => referenceTrajectories(part.features, part.labels, checkpoint))
      )
    )
    const target = means[0].map((value, j) => (4 * value + means[1][j]) / 5)
    const vectors = referenceTrajectories(given.values, given.inputs.labels, checkpoint)
    expect(errorOf(record, vectors, target)).toBeCloseTo(infoOf(record).error, 4)
    const asked = await runGtpCase(device, { ...given.inputs, tasks }, { target: 'all-items' })
    expect(infoOf(asked).target).toBe('all-items')
    expect(chosenRows(asked.selection)).not.toEqual(chosenRows(record.selection))
  })

  it('V5: every item four times: nothing is chosen twice', async () => {
    const given = makeCase(9, { ...shape, rows: 150, budget: 55 })
    for (const split of ['together', 'labels'] as const) {
      for (const budget of [20, 55]) {
        const inputs = { ...repeatedCase(given, 4), budget }
        const { selection } = await runGtpCase(device, inputs, { split })
        const chosen = chosenRows(selection).filter((row) => selection.columns['how'][row] === 1)
        expect(new Set(chosen.map((row) => row % 150)).size).toBe(chosen.length)
        expect(chosen.length).toBeGreaterThan(0.9 * budget)
      }
    }
  })

  it('V6: does not depend on the order of the rows or on the memory for factors', async () => {
    const given = makeCase(10, shape)
    const first = await runGtpCase(device, given.inputs)
    const moved = permutedCase(given, 5)
    const second = await runGtpCase(device, moved.inputs)
    // The warm-up draws by position, so its heads are handed over.
    const [checkpoint] = first.checkpoints
    const third = await runGtpCase(device, moved.inputs, {}, { resume: checkpoint })
    expect(
      chosenRows(third.selection)
        .map((row) => moved.at[row])
        .sort((a, b) => a - b)
    ).toEqual(chosenRows(first.selection))
    expect(second.selection.got).toBe(24)
    const lean = await runGtpCase(device, given.inputs, {}, { knobs: { keepBytes: 0 } })
    expect(lean.selection).toEqual(first.selection)
  })

  it('one part without a last choice is the plain pursuit', async () => {
    const { inputs } = makeCase(11, shape)
    const plain = await runGtpCase(device, inputs, { split: 'together' })
    const one = await runGtpCase(device, inputs, { split: 'together', parts: 1, reserve: 1 })
    expect(one.selection).toEqual(plain.selection)
  })

  it('parts that propose, and a last choice among them, come close to the plain pursuit', async () => {
    const { inputs } = makeCase(12, { ...shape, rows: 600, budget: 20 })
    const plain = await runGtpCase(device, inputs, { split: 'together' })
    const parts = await runGtpCase(device, inputs, { split: 'together', parts: 3 })
    expect(infoOf(parts).pursuits.map(({ asked }) => asked)).toEqual([14, 14, 14, 20])
    expect(infoOf(parts).error).toBeLessThan(2 * infoOf(plain).error)
    expect(parts.selection.notes.join(' ')).toContain('4 separate steps')
  })
})

describe('a budget that one pursuit cannot fill', () => {
  it('is dealt out over labels and parts, and what is left is filled and said', async () => {
    const { inputs } = makeCase(13, { rows: 300, columns: 2, classes: 3, tasks: 0, budget: 200 })
    // 4 passes x 2 free labels x 3 numbers: 8 places at most.
    const record = await runGtpCase(device, inputs)
    const info = infoOf(record)
    expect(info).toMatchObject({ split: 'labels', mostTogether: 8, asked: 200 })
    expect(info.pursued + info.filled).toBe(200)
    expect(record.selection.got).toBe(200)
    expect(new Set(record.selection.order).size).toBe(300)
    expect(info.pursuitCount).toBeGreaterThan(20)
    const how = record.selection.columns['how']
    expect(how.filter((value) => value === 1).length).toBe(info.pursued)
    expect(how.filter((value) => value === 2).length).toBe(info.filled)
    const notes = record.selection.notes.join(' ')
    expect(notes).toContain('at most 8 places')
    if (info.filled > 0) expect(notes).toContain(`the joint choice gave ${info.pursued} items`)
  })

  it('never chooses more at once than memory allows', async () => {
    const { inputs } = makeCase(14, { ...shape, rows: 400, budget: 90 })
    for (const split of splitRules) {
      const record = await runGtpCase(device, inputs, { split }, { knobs: { atOnce: 10 } })
      const { pursuits } = infoOf(record)
      for (const { asked, got } of pursuits) {
        expect(asked).toBeLessThanOrEqual(10)
        expect(got).toBeLessThanOrEqual(asked)
      }
    }
  })
})

describe('the result', () => {
  it.each(lengthRules)(
    'with lengths %s is a total order with weights of mean 1',
    async (lengths) => {
      const { selection } = await runGtpCase(device, makeCase(3, shape).inputs, { lengths })
      expect([...selection.order].sort((a, b) => a - b)).toEqual(
        Array.from({ length: 240 }, (_, i) => i)
      )
      const { how, weight, pullRank } = selection.columns
      const chosen = chosenRows(selection)
      const weights = chosen.filter((row) => how[row] === 1).map((row) => weight[row])
      expect(weights.every((value) => value > 0)).toBe(true)
      expect(weights.reduce((a, b) => a + b, 0) / weights.length).toBeCloseTo(1, 4)
      expect(weight.filter((value) => value > 0).length).toBe(weights.length)
      expect([...pullRank].sort((a, b) => a - b)).toEqual([...pullRank.keys()].map((i) => i + 1))
      for (let place = 1; place < 240; place++) {
        const [better, worse] = [selection.order[place - 1], selection.order[place]]
        expect(selection.score[worse]).toBeLessThan(selection.score[better])
      }
    }
  )

  it('equal seeds give equal bits, and a checkpoint goes on to the same bits', async () => {
    const { inputs } = makeCase(15, { ...shape, rows: 400, budget: 90 })
    for (const params of [{}, { split: 'together', parts: 4 }] as const) {
      const knobs = { atOnce: 40 }
      const first = await runGtpCase(device, inputs, params, { knobs })
      const again = await runGtpCase(device, inputs, params, { knobs })
      expect(again.selection).toEqual(first.selection)
      expect(first.checkpoints.length).toBeGreaterThan(5 * infoOf(first).pursuitCount)
      for (const resume of spread(first.checkpoints, 30)) {
        const stored = structuredClone(resume)
        const rest = await runGtpCase(device, inputs, params, { knobs, resume: stored })
        expect(rest.selection).toEqual(first.selection)
      }
    }
  })

  it('stopped after every checkpoint, it comes to the same choice and record', async () => {
    const { inputs } = makeCase(27, { ...shape, rows: 300, budget: 40 })
    const params = { split: 'together' } as const
    const whole = await runGtpCase(device, inputs, params)
    let resume: MethodCheckpoint | undefined
    let stops = 0
    for (;;) {
      const abort = new AbortController()
      let last: MethodCheckpoint | undefined
      const run = runGtpCase(device, inputs, params, {
        ...(resume && { resume }),
        signal: abort.signal,
        onStep: ({ checkpoint }) => {
          if (checkpoint === undefined) return
          last = structuredClone(checkpoint)
          abort.abort(new Error('stopped'))
        }
      })
      if (await run.then(() => true).catch(() => false)) {
        const { order, info } = (await run).selection
        expect(order).toEqual(whole.selection.order)
        expect(info).toEqual(whole.selection.info)
        break
      }
      stops++
      resume = last
    }
    expect(stops).toBe(whole.checkpoints.length)
  })

  it('goes on within a large pursuit whose columns are dealt out into groups', async () => {
    const { inputs } = makeCase(28, {
      ...{ rows: 900, columns: 60, classes: 6, tasks: 0 },
      budget: 330
    })
    const params = { split: 'together' } as const
    const whole = await runGtpCase(device, inputs, params)
    expect(infoOf(whole).pursuits[0].asked).toBe(330)
    expect(whole.checkpoints.some(({ arrays }) => arrays['pursuitKnown']?.length > 330)).toBe(true)
    for (const resume of spread(whole.checkpoints.slice(0, -1), 5)) {
      const rest = await runGtpCase(device, inputs, params, { resume: structuredClone(resume) })
      expect(rest.selection).toEqual(whole.selection)
    }
  })

  it('reports progress that never falls, and the error after every round', async () => {
    const { steps } = await runGtpCase(device, makeCase(16, shape).inputs)
    const phases = new Map<string, number>()
    for (const { phase, done, total } of steps) {
      expect(done).toBeGreaterThanOrEqual(phases.get(phase) ?? 0)
      expect(done).toBeLessThanOrEqual(total)
      phases.set(phase, done)
    }
    expect([...phases.keys()].slice(0, 4)).toEqual([
      'Warm-up',
      'Measuring',
      'Choosing',
      'Comparing'
    ])
    const series = steps.flatMap(({ live }) => (live === undefined ? [] : [live.series]))
    expect(series.filter((name) => name === 'Warm-up loss').length).toBe(4)
    expect(series.filter((name) => name === 'Not yet stood in for').length).toBeGreaterThan(4)
  })

  it.each(['Measuring', 'Choosing', 'Comparing'])('stops while %s', async (phase) => {
    const abort = new AbortController()
    const run = runGtpCase(
      device,
      makeCase(17, shape).inputs,
      {},
      {
        signal: abort.signal,
        onStep: (step) => {
          if (step.phase === phase) abort.abort(new Error('stopped'))
        }
      }
    )
    await expect(run).rejects.toThrow('stopped')
  })
})

describe('data with faults', () => {
  const run = (inputs: SelectionInputs): Promise<GtpRecord> => runGtpCase(device, inputs)

  it('rows of zeros, NaN and infinity: bad ones last, and counted', async () => {
    const { inputs, values } = makeCase(18, shape)
    values.fill(0, 0, 10)
    values[5 * 10] = NaN
    values[6 * 10 + 3] = Infinity
    const record = await run({ ...inputs, features: memorySource(values, 10) })
    const { selection } = record
    expect([...selection.order.subarray(238)].sort()).toEqual([5, 6])
    expect(infoOf(record).notFinite).toBe(2)
    expect(selection.notes.join(' ')).toContain('2 items had numbers that could not be read')
    for (const name of ['weight', 'pull', 'left'])
      expect(selection.columns[name].every((value) => Number.isFinite(value))).toBe(true)
    const everything = await run({ ...inputs, features: memorySource(values, 10), budget: 240 })
    expect(everything.selection.got).toBe(240)
  })

  it.each([
    ['no labels', -1],
    ['one label', 2]
  ])('%s: groups stand in for labels', async (_, label) => {
    const { inputs } = makeCase(19, shape)
    const record = await run({ ...inputs, labels: new Int32Array(240).fill(label) })
    expect(infoOf(record)).toMatchObject({ labelSource: 'groups', split: 'together' })
    expect(infoOf(record).pursued).toBe(24)
    expect(record.selection.notes.join(' ')).toContain('groups of similar items')
  })

  it('some labels missing: the best guess stands in, and they can be chosen label by label', async () => {
    const { inputs } = makeCase(20, shape)
    const labels = inputs.labels.map((label, i) => (i % 3 === 0 ? -1 : label))
    const record = await runGtpCase(device, { ...inputs, labels }, { split: 'labels' })
    expect(record.selection.notes.join(' ')).toContain('80 items had no label')
    const unlabelled = chosenRows(record.selection).filter((row) => row % 3 === 0).length
    expect(unlabelled).toBe(8)
  })

  it.each([1, 240])('keeps %i of 240', async (budget) => {
    const record = await run({ ...makeCase(21, shape).inputs, budget })
    expect(record.selection.got).toBe(budget)
    expect(chosenRows(record.selection).length).toBe(budget)
  })

  it('two equal items and one label: there is nothing to learn, the places are filled', async () => {
    const { inputs } = makeCase(22, { rows: 2, columns: 3, classes: 1, tasks: 0, budget: 2 })
    const record = await run(inputs)
    expect(infoOf(record)).toMatchObject({ pursued: 0, filled: 2 })
  })

  it('refuses data without one row that can be read', async () => {
    const { inputs } = makeCase(26, shape)
    const features = memorySource(new Float32Array(2400).fill(NaN), 10)
    await expect(run({ ...inputs, features })).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('refuses examples that are not there, and budgets that cannot be', async () => {
    const { inputs } = makeCase(23, shape)
    await expect(runGtpCase(device, inputs, { target: 'examples' })).rejects.toMatchObject({
      code: 'method-not-possible'
    })
    const empty = { name: 'Empty', importance: 'normal' as const, parts: [] }
    await expect(run({ ...inputs, tasks: [empty] })).rejects.toMatchObject({
      code: 'method-not-possible'
    })
    await expect(run({ ...inputs, budget: 241 })).rejects.toMatchObject({
      code: 'budget-not-possible'
    })
  })
})

describe('the sentences', () => {
  it('say for every row why it is kept or left out', async () => {
    const { inputs } = makeCase(24, { rows: 300, columns: 2, classes: 3, tasks: 0, budget: 200 })
    const { selection } = await runGtpCase(device, inputs)
    const codes = new Set<string>()
    selection.order.forEach((row, place) => {
      const isChosen = place < selection.got
      const reason = gtp.explain({
        row,
        isChosen,
        rank: place + 1,
        candidates: 300,
        label: undefined,
        columns: selection.columns,
        info: selection.info
      })
      codes.add(reason.code)
      expect(reason.text.startsWith(isChosen ? 'Kept' : 'Left out')).toBe(true)
      expect(reason.text).not.toMatch(/NaN|undefined|Infinity/)
    })
    expect(codes.has('kept-together')).toBe(true)
    expect(codes.size).toBeGreaterThan(2)
  })

  it('the cost grows with the rows and with the places', () => {
    const params = gtpParams.parse({})
    const of = (candidates: number, budget: number): number =>
      gtp.estimate({ candidates, columns: 128, classes: 10, tasks: 0, examples: 0, budget }, params)
        .seconds
    expect(of(100_000, 500)).toBeGreaterThan(of(10_000, 500))
    expect(of(10_000, 1000)).toBeGreaterThan(of(10_000, 100))
  })
})
