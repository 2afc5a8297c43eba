// What holds for every method that aims at examples through head gradients.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { z } from 'zod'
import type { Reason, Selection, SelectionInputs } from '../method.ts'
import { makeCase, memorySource } from '../selection/icons/icons.test-support.ts'
import influence, { influenceSpec } from '../selection/influence/method.ts'
import { influenceParams } from '../selection/influence/params.ts'
import less, { lessSpec } from '../selection/less/method.ts'
import { lessParams } from '../selection/less/params.ts'
import tracin, { tracinSpec } from '../selection/tracin/method.ts'
import { tracinParams } from '../selection/tracin/params.ts'
import trak, { trakSpec } from '../selection/trak/method.ts'
import { trakParams } from '../selection/trak/params.ts'
import { rowFlags } from './score-pass.ts'
import { explainTarget } from './target-explain.ts'
import { runTarget, type TargetSpec } from './target-run.ts'
import { checkpointOf, runSpec, scoresOf } from './target.test-support.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const shape = { rows: 260, columns: 7, classes: 4, tasks: 3, budget: 40 }

type Changes = Readonly<Record<string, unknown>>
const specs: readonly [string, (changes?: Changes) => TargetSpec][] = [
  ['less', (changes = {}) => lessSpec(lessParams.parse(changes))],
  ['less with adam', (changes = {}) => lessSpec(lessParams.parse({ steps: 'adam', ...changes }))],
  ['tracin', (changes = {}) => tracinSpec(tracinParams.parse(changes))],
  [
    'trak',
    (changes = {}) => trakSpec(trakParams.parse({ members: 2, warmUpEpochs: 3, ...changes }))
  ],
  ['influence', (changes = {}) => influenceSpec(influenceParams.parse(changes))],
  [
    'influence in the short form',
    (changes = {}) => influenceSpec(influenceParams.parse({ form: 'ek-fac', ...changes }))
  ]
]

function reasonsOf(selection: Selection, inputs: SelectionInputs): Reason[] {
  const { order, columns, got } = selection
  // As it is read back from disk.
  const info = JSON.parse(JSON.stringify(selection.info)) as Selection['info']
  return [...order].map((row, place) =>
    explainTarget({
      row,
      isChosen: place < got,
      rank: place + 1,
      candidates: order.length,
      label: inputs.classNames[inputs.labels[row]],
      columns,
      info
    })
  )
}

describe.each(specs)('%s', (_, spec) => {
  it('gives a total order of all rows with scores in 0..1', async () => {
    const { inputs } = makeCase(3, shape)
    for (const changes of [{}, { balance: 'none', join: 'mean', subTasks: 'none' }]) {
      const { selection } = await runSpec(device, inputs, spec(changes))
      expect([...selection.order].sort((a, b) => a - b)).toEqual([...Array(260).keys()])
      expect(selection.got).toBe(40)
      for (let place = 1; place < 260; place++)
        expect(selection.score[selection.order[place]]).toBeLessThan(
          selection.score[selection.order[place - 1]]
        )
      expect(selection.score[selection.order[0]]).toBe(1)
      expect(selection.score[selection.order[259]]).toBeGreaterThan(0)
      expect(selection.summary.value).toBeGreaterThan(0.5)
      expect(selection.columns['value'].every(Number.isFinite)).toBe(true)
      expect(JSON.parse(JSON.stringify(selection.info))).toEqual(selection.info)
    }
  })

  it('keeps the mix of labels, and without it takes the largest values', async () => {
    const { inputs } = makeCase(3, shape)
    const kept = (await runSpec(device, inputs, spec())).selection
    const counts = [0, 0, 0, 0]
    const all = [0, 0, 0, 0]
    inputs.labels.forEach((label) => all[label]++)
    for (const row of kept.order.subarray(0, 40)) counts[inputs.labels[row]]++
    counts.forEach((count, label) => {
      expect(Math.abs(count - (40 * all[label]) / 260)).toBeLessThan(1)
    })
    const plain = (await runSpec(device, inputs, spec({ balance: 'none' }))).selection
    const values = plain.columns['value']
    for (let place = 1; place < 260; place++)
      expect(values[plain.order[place]]).toBeLessThanOrEqual(values[plain.order[place - 1]])
  })

  it('keeps a beginning of the same order for every budget when labels do not matter', async () => {
    const { inputs } = makeCase(3, shape)
    const orders = await Promise.all(
      [1, 40, 260].map(async (budget) => {
        const run = await runSpec(device, { ...inputs, budget }, spec({ balance: 'none' }))
        expect(run.selection.got).toBe(budget)
        return run.selection.order
      })
    )
    for (const order of orders) expect(order).toEqual(orders[0])
  })

  it('works at the edges of the budget with the mix kept', async () => {
    const { inputs } = makeCase(3, shape)
    for (const budget of [1, 3, 260]) {
      const { selection } = await runSpec(device, { ...inputs, budget }, spec())
      expect(new Set(selection.order).size).toBe(260)
      expect(selection.got).toBe(budget)
    }
    for (const budget of [0, 261, 1.5]) {
      await expect(runSpec(device, { ...inputs, budget }, spec())).rejects.toMatchObject({
        code: 'budget-not-possible'
      })
    }
  })

  it('does not depend on the blocks, is the same for a seed and the same when resumed', async () => {
    const { inputs } = makeCase(5, shape)
    const whole = await runSpec(device, inputs, spec(), { seed: 4 })
    const again = await runSpec(device, inputs, spec(), { seed: 4, blockRows: 37 })
    expect(again.selection).toEqual(whole.selection)
    expect(whole.checkpoints.length).toBeGreaterThanOrEqual(2)
    for (const resume of whole.checkpoints) {
      const resumed = await runSpec(device, inputs, spec(), { seed: 4, resume })
      expect(resumed.selection).toEqual(whole.selection)
    }
  })

  it('gives the same rows when they are moved, and equal values to copies', async () => {
    const { inputs, values } = makeCase(6, shape)
    values.copyWithin(9 * 7, 2 * 7, 3 * 7)
    inputs.labels[9] = inputs.labels[2]
    const first = await runSpec(device, inputs, spec())
    const { value } = first.selection.columns
    expect(value[9]).toBe(value[2])
    const at = createRandom(8).shuffle(Uint32Array.from({ length: 260 }, (_r, i) => i))
    const moved = new Float32Array(values.length)
    at.forEach((from, to) => moved.set(values.subarray(from * 7, (from + 1) * 7), to * 7))
    // From the same heads: rows at other places are met in another order during a warm-up.
    const resume = checkpointOf(first, 'heads')
    const other: SelectionInputs = {
      ...inputs,
      features: memorySource(moved, 7),
      labels: Int32Array.from(at, (from) => inputs.labels[from]),
      rowIds: Uint32Array.from(at, (from) => inputs.rowIds[from])
    }
    const again = await runSpec(device, other, spec(), { resume })
    const size = Math.max(...value.map(Math.abs))
    at.forEach((from, to) =>
      expect(Math.abs(again.selection.columns['value'][to] - value[from])).toBeLessThan(1e-4 * size)
    )
  })

  it('puts rows last that are no numbers or have no label, and says so', async () => {
    const { inputs, values } = makeCase(7, shape)
    values[3 * 7 + 2] = NaN
    values[4 * 7] = Infinity
    values.fill(0, 8 * 7, 9 * 7)
    inputs.labels[6] = -1
    const features = memorySource(values, 7)
    const { selection } = await runSpec(device, { ...inputs, features }, spec())
    const lastRows = [...selection.order.subarray(257)].sort((a, b) => a - b)
    expect(lastRows).toEqual([3, 4, 6])
    expect([...selection.columns['flags']].filter((flag) => flag !== 0)).toHaveLength(3)
    expect(selection.columns['flags'][6]).toBe(rowFlags.noLabel)
    expect(selection.notes.join(' ')).toContain('2 items held numbers that could not be read')
    expect(selection.notes.join(' ')).toContain('1 item had no label')
    const reasons = reasonsOf(selection, inputs)
    expect(new Set(reasons.slice(257).map(({ code }) => code))).toEqual(
      new Set(['not-comparable', 'no-label'])
    )
  })

  it('says one sentence for every row, with nothing unsaid in it', async () => {
    const { inputs } = makeCase(3, shape)
    for (const changes of [{}, { balance: 'none', join: 'mean' }]) {
      const { selection } = await runSpec(device, inputs, spec(changes))
      for (const { code, text } of reasonsOf(selection, inputs)) {
        expect(code).toMatch(/^(kept-helps|kept-fill|helps-less|works-against)$/)
        expect(text).toMatch(/^(Kept|Left out)[^.]*(\.\d[^.]*)*\.$/)
        expect(text).not.toMatch(/undefined|NaN|Infinity/)
      }
    }
  })

  it('refuses what it cannot work with in plain words', async () => {
    const { inputs } = makeCase(3, shape)
    const refuse = (changed: Partial<SelectionInputs>): Promise<unknown> =>
      expect(runSpec(device, { ...inputs, ...changed }, spec())).rejects.toMatchObject({
        code: 'method-not-possible'
      })
    await refuse({ tasks: [] })
    await refuse({ labels: new Int32Array(260).fill(1) })
    await refuse({ labels: new Int32Array(260).fill(-1) })
    const [task] = inputs.tasks
    const unlabelled = task.parts.map((part) => ({ ...part, labels: part.labels.map(() => -1) }))
    await refuse({ tasks: [{ ...task, parts: unlabelled }] })
    await refuse({ features: memorySource(new Float32Array(260 * 7).fill(NaN), 7) })
  })

  it('passes over examples it cannot use and tasks without any', async () => {
    const { inputs } = makeCase(3, shape)
    const [task, other] = inputs.tasks
    const part = {
      ...task.parts[0],
      labels: Int32Array.from(task.parts[0].labels, (l, i) => (i ? l : -1))
    }
    const none = { name: 'Empty', importance: 'high' as const, parts: [] }
    const tasks = [{ ...task, parts: [part] }, none, other]
    const { selection } = await runSpec(device, { ...inputs, tasks }, spec())
    expect(selection.notes.join(' ')).toContain('The example task "Empty" has no usable example')
    expect(selection.notes.join(' ')).toContain('1 example item without a label')
    expect([...selection.columns['bestTask']]).not.toContain(1)
  })

  it('stops at once when it is cancelled, at any step', async () => {
    const { inputs } = makeCase(3, shape)
    const total = (await runSpec(device, inputs, spec())).steps.length
    for (const after of [0, 1, Math.floor(total / 2)]) {
      const stop = new AbortController()
      const reads: number[] = []
      const features = {
        ...inputs.features,
        readBlock: (start: number, count: number) => {
          if (stop.signal.aborted) reads.push(start)
          return inputs.features.readBlock(start, count)
        }
      }
      const context = {
        random: createRandom(1),
        seed: 1,
        signal: stop.signal,
        device,
        resume: undefined
      }
      const run = runTarget(context, { ...inputs, features }, spec(), 16)
      for (let i = 0; i < after; i++) await run.next()
      stop.abort(new Error('stopped'))
      const rest = async (): Promise<void> => {
        let steps = 0
        while (!(await run.next()).done) if (++steps > 8) throw new Error('went on')
      }
      await expect(rest()).rejects.toThrow('stopped')
      expect(reads).toEqual([])
    }
  })

  it('does not care about the unit of the features', async () => {
    const { inputs, values } = makeCase(11, shape)
    const move = (from: Float32Array): Float32Array => from.map((value) => value * 32)
    const tasks = inputs.tasks.map((task) => ({
      ...task,
      parts: task.parts.map((part) => ({ ...part, features: move(part.features) }))
    }))
    const first = scoresOf(await runSpec(device, inputs, spec()))
    const features = memorySource(move(values), 7)
    const second = scoresOf(await runSpec(device, { ...inputs, features, tasks }, spec()))
    const size = Math.max(...first.map(Math.abs))
    first.forEach((score, i) => expect(Math.abs(score - second[i])).toBeLessThan(1e-3 * size))
  })
})

describe.each([less, tracin, trak, influence])('the card of $id', (method) => {
  it('is complete, in the words people know', () => {
    const { card } = method
    expect(card.name).toMatch(/\(.+\)$/)
    const schema = z.toJSONSchema(method.params, { io: 'input' })
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(method.params.parse({})))
    const text = [card.name, card.oneLine, card.description, card.whenToUse, card.whenNotToUse]
    expect(text.join(' ')).not.toMatch(/embedding|coreset|outlier/i)
    expect(card.whenNotToUse).toContain('Mix of labels')
    const readsGiven = ['less', 'tracin', 'trak'].includes(method.id)
    expect(method.inputs).toEqual(
      readsGiven
        ? { labels: 'unless-gradients', tasks: true, gradients: true }
        : { labels: true, tasks: true }
    )
  })

  it('estimates more for more work', () => {
    const small = { candidates: 1e4, columns: 64, classes: 10, tasks: 2, examples: 50, budget: 500 }
    // The parameter types differ; each method gets its own defaults.
    const estimate = method.estimate as (
      shape: typeof small,
      params: unknown
    ) => {
      seconds: number
      megabytes: number
    }
    const defaults = method.params.parse({})
    const one = estimate(small, defaults)
    const ten = estimate({ ...small, candidates: 1e6 }, defaults)
    expect(one.seconds).toBeGreaterThan(0)
    expect(ten.seconds).toBeGreaterThan(one.seconds)
    expect(ten.megabytes).toBeGreaterThan(one.megabytes)
  })
})
