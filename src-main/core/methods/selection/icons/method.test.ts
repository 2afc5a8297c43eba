import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { VoteResult } from '../../../../api/dto/runs.ts'
import type { SelectionInputs } from '../../method.ts'
import { makeCase, memorySource, referenceScores, runCase } from './icons.test-support.ts'
import icons from './method.ts'
import { combineRules, iconsParams, tieRules } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const shape = { rows: 300, columns: 12, classes: 4, tasks: 3, budget: 45 }

const chosen = (order: Uint32Array, budget: number): number[] =>
  [...order.subarray(0, budget)].sort((a, b) => a - b)

/** The same case with rows moved; `ids` follow their rows. */
function permuted(
  inputs: SelectionInputs,
  values: Float32Array,
  seed: number
): { inputs: SelectionInputs; at: Uint32Array } {
  const { rows, columns } = inputs.features
  const at = createRandom(seed).shuffle(Uint32Array.from({ length: rows }, (_, i) => i))
  const moved = new Float32Array(values.length)
  at.forEach((from, to) =>
    moved.set(values.subarray(from * columns, (from + 1) * columns), to * columns)
  )
  return {
    at,
    inputs: {
      ...inputs,
      features: memorySource(moved, columns),
      labels: Int32Array.from(at, (from) => inputs.labels[from]),
      rowIds: Uint32Array.from(at, (from) => inputs.rowIds[from])
    }
  }
}

describe('scores', () => {
  it('V6: equal the mean of the full N x V matrix, with the maximum over parts', async () => {
    for (const parts of [1, 3]) {
      const given = makeCase(7, { ...shape, parts })
      const { checkpoints } = await runCase(device, given.inputs)
      const [warmUp, scores] = checkpoints
      const expected = referenceScores(given, warmUp).flat()
      const got = scores.arrays['scores'] as Float32Array
      expect(got.length).toBe(expected.length)
      expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(2e-6))
    }
  })

  it('take the largest over the labels of a task when each label is a part', async () => {
    const given = makeCase(7, { ...shape, parts: 2 })
    const { checkpoints } = await runCase(device, given.inputs, { subTasks: 'labels' })
    const { columns } = given.inputs.features
    const tasks = given.inputs.tasks.map((task) => ({
      ...task,
      parts: task.parts.flatMap((part) =>
        [...new Set(part.labels)].map((label) => {
          const rows = [...part.labels.keys()].filter((row) => part.labels[row] === label)
          const features = rows.flatMap((row) => [
            ...part.features.subarray(row * columns, (row + 1) * columns)
          ])
          const labels = Int32Array.from(rows, () => label)
          return { ...part, features: Float32Array.from(features), labels }
        })
      )
    }))
    expect(tasks[0].parts.length).toBeGreaterThan(given.inputs.tasks[0].parts.length)
    const split = { ...given, inputs: { ...given.inputs, tasks } }
    const expected = referenceScores(split, checkpoints[0]).flat()
    const got = checkpoints[1].arrays['scores'] as Float32Array
    expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(2e-6))
  })

  it('do not depend on the block size', async () => {
    const { inputs } = makeCase(7, shape)
    const whole = await runCase(device, inputs, {}, { blockRows: 1000 })
    for (const blockRows of [1, 7, 64, 299]) {
      const blocks = await runCase(device, inputs, {}, { blockRows })
      expect(blocks.checkpoints[1].arrays['scores']).toEqual(whole.checkpoints[1].arrays['scores'])
      expect(blocks.selection.order).toEqual(whole.selection.order)
    }
  })

  it('report progress that never falls and ends at the total', async () => {
    const { steps } = await runCase(device, makeCase(7, shape).inputs)
    const scoring = steps.filter(({ phase }) => phase === 'Scoring')
    scoring.forEach((step, i) =>
      expect(step.done).toBeGreaterThanOrEqual(scoring[i - 1]?.done ?? 0)
    )
    expect(scoring.at(-1)?.done).toBe(300)
    expect(steps.filter(({ live }) => live !== undefined).length).toBe(4)
  })
})

describe('the result', () => {
  it.each(combineRules)('of %s is a total order with scores in 0..1', async (combine) => {
    const { selection } = await runCase(device, makeCase(3, shape).inputs, { combine })
    expect([...selection.order].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 300 }, (_, i) => i)
    )
    expect(selection.got).toBe(45)
    for (let place = 1; place < 300; place++) {
      expect(selection.score[selection.order[place]]).toBeLessThan(
        selection.score[selection.order[place - 1]]
      )
    }
    expect(selection.score[selection.order[0]]).toBe(1)
    expect(selection.tieShare).toBeGreaterThanOrEqual(0)
    expect(selection.tieShare).toBeLessThanOrEqual(1)
    expect(() => VoteResult.parse(selection.info['votes'])).not.toThrow()
  })

  it.each(tieRules)(
    'keeps every row with more votes than the cut under tie rule %s',
    async (tieRule) => {
      const { selection } = await runCase(device, makeCase(3, shape).inputs, { tieRule })
      const votes = selection.columns['votes']
      const inside = new Set(selection.order.subarray(0, 45))
      const cut = Math.min(...[...inside].map((row) => votes[row]))
      for (let row = 0; row < 300; row++) {
        if (votes[row] > cut) expect(inside.has(row)).toBe(true)
        if (votes[row] < cut) expect(inside.has(row)).toBe(false)
      }
      const read = VoteResult.parse(selection.info['votes'])
      const sure = read.histogram.slice(cut + 1).reduce((a, b) => a + b, 0)
      expect(read.cutLevel).toBe(cut)
      expect(selection.tieShare).toBeCloseTo(
        read.histogram[cut] > 45 - sure ? (45 - sure) / 45 : 0,
        12
      )
      expect(read.histogram.reduce((a, b) => a + b, 0)).toBe(300)
      expect(read.chosenHistogram.reduce((a, b) => a + b, 0)).toBe(45)
    }
  )

  it('V2: holds the same rows when rows are moved', async () => {
    const { inputs, values } = makeCase(11, shape)
    // All rows warm the head up; rows at other places are met in another order, so the head and
    // with it the last digits differ: resume from one head to compare the choice alone.
    const first = await runCase(device, inputs, { tieRule: 'random' })
    const moved = permuted(inputs, values, 5)
    const again = await runCase(
      device,
      moved.inputs,
      { tieRule: 'random' },
      { resume: first.checkpoints[0] }
    )
    const ids = [...again.selection.order.subarray(0, 45)]
      .map((row) => moved.at[row])
      .sort((a, b) => a - b)
    expect(ids).toEqual(chosen(first.selection.order, 45))
  })

  it('V5: counts a task given twice like one of high importance', async () => {
    const { inputs } = makeCase(3, shape)
    const [first, ...others] = inputs.tasks
    const twice = await runCase(device, { ...inputs, tasks: [first, first, ...others] })
    const high = await runCase(device, {
      ...inputs,
      tasks: [{ ...first, importance: 'high' }, ...others]
    })
    expect([...twice.selection.columns['votes']]).toEqual([...high.selection.columns['votes']])
    expect(high.selection.notes.join(' ')).toContain('weighted by importance: Task 1 2, Task 2 1')
  })

  it('gives the same bits for the same seed, and another tie-break for another', async () => {
    const { inputs } = makeCase(3, shape)
    const run = (seed: number) => runCase(device, inputs, { tieRule: 'random' }, { seed })
    expect((await run(4)).selection.order).toEqual((await run(4)).selection.order)
    expect((await run(4)).selection.order).not.toEqual((await run(5)).selection.order)
  })

  it('is the same bits when resumed from each checkpoint', async () => {
    const { inputs } = makeCase(3, { ...shape, parts: 2 })
    for (const params of [
      {},
      { combine: 'round-robin' as const },
      { balance: 'labels' as const }
    ]) {
      const whole = await runCase(device, inputs, params)
      expect(whole.checkpoints.map(({ step }) => step)).toEqual(['warm-up', 'scores'])
      for (const resume of whole.checkpoints) {
        const resumed = await runCase(device, inputs, params, { resume })
        expect(resumed.selection).toEqual(whole.selection)
      }
    }
  })

  it('spreads the turns of round-robin evenly, and by importance', async () => {
    const { inputs } = makeCase(3, shape)
    const turns = (order: Uint32Array, turn: ArrayLike<number>): number[] =>
      inputs.tasks.map(
        (_, task) => [...order.subarray(0, 45)].filter((row) => turn[row] === task).length
      )
    const even = (await runCase(device, inputs, { combine: 'round-robin' })).selection
    expect(turns(even.order, even.columns['turn'])).toEqual([15, 15, 15])
    const tasks = inputs.tasks.map((task, i) =>
      i === 0 ? { ...task, importance: 'high' as const } : task
    )
    const uneven = (await runCase(device, { ...inputs, tasks }, { combine: 'round-robin' }))
      .selection
    expect(turns(uneven.order, uneven.columns['turn'])[0]).toBeGreaterThanOrEqual(22)
  })

  it('keeps the mix of labels when balanced', async () => {
    const { inputs } = makeCase(3, shape)
    const { selection } = await runCase(device, inputs, { balance: 'labels' })
    const share = (rows: Iterable<number>, label: number): number =>
      [...rows].filter((row) => inputs.labels[row] === label).length
    for (let label = 0; label < 4; label++) {
      const available = share(selection.order, label)
      expect(
        Math.abs(share(selection.order.subarray(0, 45), label) - (45 * available) / 300)
      ).toBeLessThan(1)
    }
    const votes = VoteResult.parse(selection.info['votes'])
    // Task 3 has examples of labels 2 and 3 only, so it votes for no other label.
    const masks = selection.columns['voteMask']
    inputs.labels.forEach((label, row) => {
      if (label < 2) expect(masks[row] & 4).toBe(0)
    })
    expect(votes.tasks[2].votedFor).toBeGreaterThan(0)
  })
})

describe('the mix of labels', () => {
  const labelCount = (labels: Int32Array, rows: Iterable<number>, label: number): number =>
    [...rows].filter((row) => labels[row] === label).length

  it('gives labels without examples no place while others have items left', async () => {
    // Two tasks over labels 0, 1 and 2; nobody asks for label 3.
    const { inputs } = makeCase(3, { ...shape, tasks: 2 })
    const few = (await runCase(device, inputs, { balance: 'labels' })).selection
    expect(labelCount(inputs.labels, few.order.subarray(0, 45), 3)).toBe(0)
    const budget = 280
    const all = (await runCase(device, { ...inputs, budget }, { balance: 'labels' })).selection
    const others = 300 - labelCount(inputs.labels, all.order, 3)
    expect(labelCount(inputs.labels, all.order.subarray(0, budget), 3)).toBe(budget - others)
  })

  it('keeps out wrong labels that stratified random would keep', async () => {
    const { inputs } = makeCase(3, { ...shape, rows: 600, tasks: 4, budget: 120, examples: 16 })
    const labels = inputs.labels.map((label, row) => (row % 4 === 0 ? (label + 1) % 4 : label))
    const { selection } = await runCase(device, { ...inputs, labels }, { balance: 'labels' })
    const wrong = selection.order.subarray(0, 120).filter((row) => row % 4 === 0).length
    // 30 of 120 by chance.
    expect(wrong).toBeLessThan(10)
  })

  it('is warned about when votes alone starve a label', async () => {
    const { inputs } = makeCase(3, { ...shape, tasks: 1 })
    const { selection } = await runCase(device, inputs)
    const starved = inputs.classNames.filter((_, label) => {
      const fair = (45 * labelCount(inputs.labels, selection.order, label)) / 300
      return (
        fair >= 10 && labelCount(inputs.labels, selection.order.subarray(0, 45), label) < fair / 5
      )
    })
    expect(starved.length).toBeGreaterThan(0)
    expect(selection.notes.join(' ')).toContain(
      `Votes alone left ${starved.join(', ')} with hardly any`
    )
    const kept = await runCase(device, inputs, { balance: 'labels' })
    expect(kept.selection.notes.join(' ')).not.toContain('Votes alone')
  })

  it('does not apply where groups stand in for labels', async () => {
    const { inputs } = makeCase(3, shape)
    const labels = new Int32Array(300).fill(-1)
    const { selection } = await runCase(device, { ...inputs, labels }, { balance: 'labels' })
    expect(selection.info['balance']).toBe('none')
  })
})

describe('advice', () => {
  it('is silent when tasks agree and names what to use when they do not', async () => {
    const { inputs } = makeCase(3, { ...shape, tasks: 2 })
    const same = await runCase(device, {
      ...inputs,
      tasks: [inputs.tasks[0], { ...inputs.tasks[0], name: 'Again' }]
    })
    expect(VoteResult.parse(same.selection.info['votes'])).toMatchObject({
      advice: null,
      meanOverlap: 1
    })
    const apart = makeCase(3, { ...shape, classes: 6 }).inputs
    const tasks = [0, 2, 4].map((label) => {
      const rows = [...apart.labels].flatMap((own, row) => (own === label ? [row] : [])).slice(0, 8)
      const features = Float32Array.from(
        rows.flatMap((row) => [
          ...makeCase(3, { ...shape, classes: 6 }).values.subarray(row * 12, row * 12 + 12)
        ])
      )
      return {
        name: `only ${label}`,
        importance: 'normal' as const,
        parts: [{ name: 'all', labels: new Int32Array(8).fill(label), features }]
      }
    })
    const votes = VoteResult.parse(
      (await runCase(device, { ...apart, tasks })).selection.info['votes']
    )
    expect(votes.meanOverlap).toBeLessThan(votes.chanceOverlap)
    expect(votes.advice).toMatch(/Stratified random.*round-robin/)
    const balanced = await runCase(device, { ...apart, tasks }, { balance: 'labels' })
    const within = VoteResult.parse(balanced.selection.info['votes'])
    expect(within.meanOverlap).toBe(0)
    expect(within.advice).toContain('nothing to agree on')
  })
})

describe('unusual input', () => {
  const run = async (
    change: (values: Float32Array, inputs: SelectionInputs) => Partial<SelectionInputs>,
    params = {}
  ) => {
    const given = makeCase(5, shape)
    const values = given.values.slice()
    const patch = change(values, given.inputs)
    return (
      await runCase(
        device,
        { ...given.inputs, features: memorySource(values, 12), ...patch },
        params
      )
    ).selection
  }

  it('puts rows with NaN or infinite features last and counts them', async () => {
    const selection = await run((values) => {
      values[12 * 3 + 1] = NaN
      values[12 * 200] = Infinity
      return {}
    })
    expect(new Set(selection.order.subarray(298))).toEqual(new Set([3, 200]))
    expect(selection.info['notFinite']).toBe(2)
    expect(selection.notes[0]).toContain('2 items held numbers that could not be read')
    expect([...selection.columns['flags']].filter((flag) => flag === 1).length).toBe(2)
    expect(selection.score.every((value) => Number.isFinite(value))).toBe(true)
  })

  it('works when the budget is everything, including rows without numbers', async () => {
    const selection = await run((values) => {
      values.fill(NaN, 0, 24)
      return { budget: 300 }
    })
    expect(selection.got).toBe(300)
    expect(selection.tieShare).toBe(0)
    expect(new Set(selection.order).size).toBe(300)
  })

  it('warns of constant scores when all rows are equal (V8)', async () => {
    const selection = await run((values) => {
      values.fill(1)
      return { labels: new Int32Array(300) }
    })
    expect(new Set(selection.order).size).toBe(300)
    expect(selection.notes.join(' ')).toContain('scores all items the same')
  })

  it('works with one row, and with one class', async () => {
    const { inputs, values } = makeCase(5, shape)
    const one = await runCase(device, {
      ...inputs,
      features: memorySource(values.slice(0, 12), 12),
      labels: inputs.labels.slice(0, 1),
      rowIds: inputs.rowIds.slice(0, 1),
      budget: 1
    })
    expect([...one.selection.order]).toEqual([0])
    const oneClass = await run(() => ({ labels: new Int32Array(300), classNames: ['only'] }))
    expect(oneClass.info['labelSource']).toBe('groups')
    expect(new Set(oneClass.order).size).toBe(300)
  })

  it('finds groups when there are no labels, and says so', async () => {
    const selection = await run(() => ({ labels: new Int32Array(300).fill(-1), classNames: [] }))
    expect(selection.info['labelSource']).toBe('groups')
    expect(selection.notes[0]).toContain('groups of similar items stood in for labels')
    expect(
      VoteResult.parse(selection.info['votes']).tasks.every(({ isConstant }) => !isConstant)
    ).toBe(true)
  })

  it('fills in missing labels with the best guess and counts them', async () => {
    const selection = await run((_, inputs) => ({
      labels: inputs.labels.map((label, i) => (i % 10 === 0 ? -1 : label))
    }))
    expect(selection.notes[0]).toContain('30 items had no label')
  })

  it('leaves out a task without examples and refuses when there are none at all', async () => {
    const empty = { name: 'Nothing', importance: 'normal' as const, parts: [] }
    const selection = await run((_, inputs) => ({ tasks: [empty, ...inputs.tasks] }))
    expect(selection.notes.join(' ')).toContain('"Nothing" has no usable example')
    expect(VoteResult.parse(selection.info['votes']).tasks[0].votedFor).toBe(0)
    await expect(run(() => ({ tasks: [empty] }))).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('refuses an impossible budget', async () => {
    await expect(run(() => ({ budget: 301 }))).rejects.toMatchObject({
      code: 'budget-not-possible'
    })
    await expect(run(() => ({ budget: 0 }))).rejects.toMatchObject({ code: 'budget-not-possible' })
  })

  it('stops when aborted', async () => {
    const abort = new AbortController()
    abort.abort(new Error('stopped'))
    await expect(
      runCase(device, makeCase(5, shape).inputs, {}, { signal: abort.signal })
    ).rejects.toThrow('stopped')
  })
})

describe('reasons', () => {
  it('exist for every row and say what the columns say', async () => {
    const { inputs } = makeCase(3, shape)
    for (const params of [
      {},
      { combine: 'round-robin' as const },
      { combine: 'mean' as const },
      { balance: 'labels' as const }
    ]) {
      const { selection } = await runCase(device, inputs, params)
      const stored: unknown = JSON.parse(JSON.stringify(selection.info))
      selection.order.forEach((row, place) => {
        const reason = icons.explain({
          row,
          isChosen: place < selection.got,
          rank: place + 1,
          candidates: 300,
          label: inputs.classNames[inputs.labels[row]],
          columns: selection.columns,
          info: stored as typeof selection.info
        })
        expect(reason.text).toMatch(place < selection.got ? /^Kept/ : /^Left out/)
        expect(reason.text).not.toMatch(/undefined|NaN/)
      })
    }
  })

  it('read as designed', async () => {
    const { inputs } = makeCase(3, shape)
    const { selection } = await runCase(device, inputs)
    const info = {
      ...selection.info,
      cuts: [{ level: 2, tied: 812, places: 300 }],
      votes: { ...VoteResult.parse(selection.info['votes']), cutLevel: 2 }
    }
    const say = (isChosen: boolean, mask: number): string =>
      icons.explain({
        row: 0,
        isChosen,
        rank: 1,
        candidates: 6000,
        label: undefined,
        info,
        columns: {
          votes: Uint8Array.from([[...mask.toString(2)].filter((bit) => bit === '1').length]),
          voteMask: Uint32Array.from([mask]),
          bestTask: Uint8Array.from([1]),
          bestRank: Uint32Array.from([12]),
          flags: Uint8Array.from([0])
        }
      }).text
    expect(say(true, 0b111)).toBe(
      'Kept because 3 of 3 example tasks asked for it: Task 1, Task 2 and Task 3. It resembles Task 2 most (rank 12 of 6,000).'
    )
    expect(say(true, 0b011)).toBe(
      'Kept because 2 of 3 example tasks asked for it: Task 1 and Task 2. It resembles Task 2 most (rank 12 of 6,000). ' +
        'There was room for 300 of the 812 items with as many votes; items that add more variety came first.'
    )
    expect(say(false, 0b110)).toBe(
      'Left out: 2 of 3 example tasks asked for it: Task 2 and Task 3; there was room for 300 of the 812 items with as many votes, ' +
        'and items that add more variety came first.'
    )
    expect(say(false, 0b001)).toBe(
      'Left out: 1 of 3 example tasks asked for it: Task 1; 2 were needed.'
    )
    expect(say(false, 0)).toBe(
      'Left out: no example task asked for it. It resembles Task 2 most (rank 12 of 6,000).'
    )
  })
})

describe('the estimate', () => {
  it('grows with the work and says why', () => {
    const params = iconsParams.parse({})
    const base = {
      candidates: 10_000,
      columns: 128,
      classes: 10,
      tasks: 4,
      examples: 80,
      budget: 1000
    }
    const small = icons.estimate(base, params)
    const large = icons.estimate({ ...base, candidates: 100_000, budget: 10_000 }, params)
    expect(large.seconds).toBeGreaterThan(small.seconds)
    expect(large.megabytes).toBeGreaterThan(small.megabytes)
    expect(small.why).toContain('10,000 items')
  })
})
