import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import type { Selection, SelectionInputs } from '../../method.ts'
import { buckets } from './buckets.ts'
import {
  examplesOf,
  inputsOf,
  mixedTexts,
  runCase,
  taskOf,
  textAbout
} from './dsir.test-support.ts'
import type { DsirInfo } from './explain.ts'
import dsir from './method.ts'
import { dsirParams } from './params.ts'
import { distanceTo, logRatios, sharesOf } from './ratios.ts'

const chosen = ({ order, got }: Selection): number[] => [...order.subarray(0, got)]
const infoOf = (selection: Selection): DsirInfo => selection.info as unknown as DsirInfo

function reasonOf(selection: Selection, row: number): { code: string; text: string } {
  const rank = selection.order.indexOf(row) + 1
  return dsir.explain({
    row,
    isChosen: rank <= selection.got,
    rank,
    candidates: selection.order.length,
    label: undefined,
    columns: selection.columns,
    info: JSON.parse(JSON.stringify(selection.info)) as Selection['info']
  })
}

const planted = (budget = 60): SelectionInputs =>
  inputsOf(mixedTexts(400, 3), [taskOf('Billing questions', examplesOf(0, 12))], budget)

describe('DSIR', () => {
  it('finds the texts with the words of the examples', async () => {
    const { selection } = await runCase(planted())
    const right = chosen(selection).filter((row) => row % 4 === 0).length
    expect(right).toBeGreaterThanOrEqual(57)
    const [target] = infoOf(selection).targets
    expect(target.distanceAll - target.distanceKept).toBeGreaterThan(0.1)
    expect(Math.abs(target.distanceAll - target.distanceByLot)).toBeLessThan(0.05)
    expect(selection.summary.value).toBeCloseTo(target.distanceAll - target.distanceKept, 12)
    expect(['invoice', 'refund', 'payment', 'card', 'charge', 'account', 'bill']).toEqual(
      expect.arrayContaining(target.tellingWords.filter((name) => !name.includes(' ')))
    )
  })

  it('names words that the text holds', async () => {
    const inputs = planted()
    const texts = mixedTexts(400, 3)
    const { selection } = await runCase(inputs)
    let named = 0
    for (let row = 0; row < 400; row++) {
      const { code, text } = reasonOf(selection, row)
      expect(code).toMatch(/^[a-z-]+$/)
      expect(text).not.toMatch(/undefined|NaN|null/)
      const words = [...text.matchAll(/"([^"]+)"/g)].map((match) => match[1]).slice(1)
      for (const word of words) expect(texts[row].toLowerCase()).toContain(word)
      named += words.length
    }
    expect(named).toBeGreaterThan(100)
    const first = reasonOf(selection, selection.order[0])
    expect(first.text).toMatch(
      /^Kept because its words are like "Billing questions": "[a-z. ]+"(, "[a-z. ]+")? \(place 1 of 400\)\.$/
    )
  })

  it('gives every text the weight 0 when the examples are the data', async () => {
    const texts = mixedTexts(120, 4)
    for (const params of [
      {},
      { smoothing: 0 },
      { smoothing: 1, unseen: 'even', length: 'total' }
    ]) {
      const inputs = inputsOf(texts, [taskOf('All', texts)], 30)
      const { selection } = await runCase(inputs, params)
      expect(selection.columns['likeness'].every((value) => Math.abs(value) < 1e-9)).toBe(true)
      expect(infoOf(selection).targets[0].distanceAll).toBeCloseTo(0, 9)
    }
  })

  it('does not prefer a length, unless asked to add all words up', async () => {
    const lengthOf = (selection: Selection): number =>
      chosen(selection).reduce((sum, row) => sum + selection.columns['words'][row], 0) /
      selection.got
    const texts = mixedTexts(400, 3)
    const right = texts.filter((_, i) => i % 4 === 0).map((text) => text.split(' ').length)
    const mean = right.reduce((a, b) => a + b, 0) / right.length
    const perWord = await runCase(planted(40))
    const total = await runCase(planted(40), { length: 'total' })
    expect(Math.abs(lengthOf(perWord.selection) - mean)).toBeLessThan(8)
    expect(lengthOf(total.selection)).toBeGreaterThan(lengthOf(perWord.selection) + 5)
  })

  it('keeps short texts, and drops them only when asked to', async () => {
    const texts = [...mixedTexts(80, 5), 'refund invoice', 'refund']
    const inputs = inputsOf(texts, [taskOf('Billing', examplesOf(0, 12))], 12)
    const { selection } = await runCase(inputs, { chance: 0 })
    expect(chosen(selection)).toEqual(expect.arrayContaining([80, 81]))
    const strict = await runCase(inputs, { chance: 0, minWords: 5 })
    expect(strict.selection.got).toBe(12)
    expect(chosen(strict.selection).some((row) => row >= 80)).toBe(false)
    expect(reasonOf(strict.selection, 81)).toEqual({
      code: 'too-short',
      text: 'Left out: it has 1 word or mark; you asked for 5 at least.'
    })
    const few = await runCase({ ...inputs, budget: 80 }, { minWords: 20 })
    expect(few.selection.got).toBeLessThan(80)
    expect(few.selection.notes.join(' ')).toMatch(/Only \d+ items could be kept; 80 items were/)
  })

  it('puts texts without words last and says so', async () => {
    const texts = [...mixedTexts(40, 5), '', '  ', '\n']
    const inputs = inputsOf(texts, [taskOf('Billing', examplesOf(0, 12))], 30)
    const { selection } = await runCase(inputs)
    expect([...selection.order.subarray(40)].sort()).toEqual([40, 41, 42])
    expect(reasonOf(selection, 41)).toEqual({
      code: 'no-words',
      text: 'Left out: it holds no words.'
    })
    expect(selection.notes).toContain('3 items held no words and came last.')
    const all = await runCase({ ...inputs, budget: 43 })
    expect(all.selection.got).toBe(43)
    expect(reasonOf(all.selection, 42).code).toBe('kept-last')
  })

  it('refuses what cannot be, in plain words', async () => {
    const texts = mixedTexts(20, 1)
    const task = taskOf('Billing', examplesOf(0, 3))
    const { texts: source, ...without } = inputsOf(texts, [task], 5)
    expect(source?.rows).toBe(20)
    await expect(runCase(without)).rejects.toThrow('These items have no texts to read.')
    await expect(runCase(inputsOf(texts, [], 5))).rejects.toThrow(
      'No example item holds any words.'
    )
    await expect(runCase(inputsOf(texts, [taskOf('A', ['', ' '])], 5))).rejects.toThrow(
      'No example item holds any words.'
    )
    await expect(runCase(inputsOf(['', ' '], [task], 1))).rejects.toThrow(
      'No item holds any words.'
    )
    await expect(runCase(inputsOf(texts, [task], 5), { minWords: 999 })).rejects.toThrow(
      'No item has 999 words.'
    )
    for (const budget of [0, 21, 1.5])
      await expect(runCase({ ...inputsOf(texts, [task], 5), budget })).rejects.toThrow()
  })

  it('shares the places among several tasks; none takes what another took', async () => {
    const texts = mixedTexts(400, 3)
    const tasks = [
      taskOf('Billing', examplesOf(0, 10), 'high'),
      taskOf('Sport', examplesOf(1, 30)),
      taskOf('Empty', ['', ''])
    ]
    const { selection } = await runCase(inputsOf(texts, tasks, 90))
    const { targets } = infoOf(selection)
    expect(targets.map(({ kept }) => kept)).toEqual([60, 30, 0])
    expect(selection.notes).toContain(
      'The examples of "Empty" hold no words, so nothing was kept for it.'
    )
    const rows = chosen(selection)
    expect(new Set(rows).size).toBe(90)
    for (const [task, topic] of [
      [0, 0],
      [1, 1]
    ]) {
      const own = rows.filter((row) => selection.columns['task'][row] === task)
      expect(own.filter((row) => row % 4 === topic).length / own.length).toBeGreaterThan(0.9)
    }
    // Every first part has about the same shares.
    const early = rows.slice(0, 30).filter((row) => selection.columns['task'][row] === 0).length
    expect(early).toBe(20)
    const bySize = await runCase(inputsOf(texts, tasks, 90), { share: 'size' })
    const [billing, sport] = infoOf(bySize.selection).targets
    // 2 x 200 words against 1 x 600.
    expect([billing.kept, sport.kept]).toEqual([36, 54])
  })

  it('reads writing without spaces', async () => {
    const random = createRandom(8)
    const draw = (from: string): string =>
      Array.from({ length: 12 }, () => [...from][random.below([...from].length)]).join('')
    const texts = Array.from({ length: 100 }, (_, i) =>
      draw(i % 2 === 0 ? '我要退款账单付款银行卡' : '足球比赛进球队员联赛得分')
    )
    const task = taskOf(
      '退款',
      Array.from({ length: 10 }, () => draw('我要退款账单付款银行卡'))
    )
    const { selection } = await runCase(inputsOf(texts, [task], 40))
    expect(chosen(selection).filter((row) => row % 2 === 0).length).toBe(40)
  })

  it('draws by lot with the seed, and not at all without room for chance', async () => {
    const first = await runCase(planted(), {}, { seed: 5 })
    const again = await runCase(planted(), {}, { seed: 5 })
    expect(again.selection).toEqual(first.selection)
    const other = await runCase(planted(), {}, { seed: 6 })
    expect(other.selection.order).not.toEqual(first.selection.order)
    const strict = await runCase(planted(), { chance: 0 }, { seed: 5 })
    const strictOther = await runCase(planted(), { chance: 0 }, { seed: 6 })
    expect(chosen(strictOther.selection)).toEqual(chosen(strict.selection))
    const bound = await runCase(planted(100), { chance: 0 })
    const loose = await runCase(planted(100), { chance: 10 }, { seed: 5 })
    const right = (selection: Selection): number =>
      chosen(selection).filter((row) => row % 4 === 0).length
    expect(right(loose.selection)).toBeLessThan(right(bound.selection) - 3)
  })

  it('does not depend on the order of the rows or on how texts come in blocks', async () => {
    const inputs = planted()
    const texts = mixedTexts(400, 3)
    const at = createRandom(9).shuffle(Uint32Array.from(texts, (_, i) => i))
    const moved = {
      ...inputsOf(
        [...at].map((row) => texts[row]),
        inputs.tasks,
        60,
        7
      ),
      rowIds: Uint32Array.from(at, (row) => inputs.rowIds[row])
    }
    const whole = await runCase(inputs)
    const mixed = await runCase(moved)
    expect(chosen(mixed.selection).map((row) => at[row])).toEqual(chosen(whole.selection))
  })

  it('goes on from every checkpoint to the same bits', async () => {
    const tasks = [taskOf('Billing', examplesOf(0, 10)), taskOf('Sport', examplesOf(1, 10))]
    const inputs = inputsOf(mixedTexts(300, 3), tasks, 50, 32)
    const whole = await runCase(inputs, {}, { checkpointRows: 40 })
    const states = whole.steps.flatMap(({ checkpoint }) => (checkpoint ? [checkpoint] : []))
    expect(states.filter(({ step }) => step === 'counting').length).toBeGreaterThan(3)
    expect(states.filter(({ step }) => step === 'weighing').length).toBeGreaterThan(3)
    for (const state of states) {
      const resume = structuredClone(state)
      const rest = await runCase(inputs, {}, { resume, checkpointRows: 40 })
      expect(rest.selection).toEqual(whole.selection)
      expect(resume).toEqual(state)
      expect(rest.steps.length).toBeLessThan(whole.steps.length)
    }
  })

  it('stops when cancelled, between blocks and inside a large one', async () => {
    const inputs = inputsOf(mixedTexts(300, 3), [taskOf('Billing', examplesOf(0, 10))], 50, 32)
    const abort = new AbortController()
    const context = {
      random: createRandom(0),
      seed: 0,
      signal: abort.signal,
      device: undefined as never,
      resume: undefined
    }
    const run = dsir.run(context, inputs, dsirParams.parse({}))
    for (let step = 0; step < 4; step++) await run.next()
    abort.abort(new Error('stopped'))
    await expect(run.next()).rejects.toThrow('stopped')

    const large = Array.from({ length: 400 }, (_, i) => textAbout(i % 4, 400, i))
    const late = new AbortController()
    const whole = runCase(
      inputsOf(large, [taskOf('Billing', examplesOf(0, 10))], 50, 400),
      {},
      { signal: late.signal }
    )
    setImmediate(() => setImmediate(() => late.abort(new Error('stopped'))))
    await expect(whole).rejects.toThrow('stopped')
  })

  it('is estimated by its texts', () => {
    const shape = { candidates: 1000, columns: 8, classes: 2, tasks: 1, examples: 10, budget: 10 }
    const params = dsirParams.parse({})
    const small = dsir.estimate(shape, params)
    const large = dsir.estimate({ ...shape, candidates: 1_000_000 }, params)
    expect(large.seconds).toBeGreaterThan(10 * small.seconds)
    expect(large.why).toContain('1,000,000 texts')
  })
})

describe('ratios', () => {
  it('are zero for equal shares and finite for unseen buckets', () => {
    const counts = Float64Array.from({ length: buckets }, (_, b) => b % 7)
    const shares = sharesOf(counts)
    expect(logRatios(shares, shares).every((value) => value === 0)).toBe(true)
    const other = sharesOf(Float64Array.from(counts, (_, b) => (b % 5 === 0 ? 1 : 0)))
    expect(logRatios(other, shares).every(Number.isFinite)).toBe(true)
    // ln(1e-8) - ln(q): about -9 at q = 1e-4.
    const rare = new Float64Array(buckets).fill(1e-4)
    expect(logRatios(new Float64Array(buckets), rare)[0]).toBeCloseTo(-9.21, 2)
  })

  it('a set like the target is nearer than all texts, and no set is as far as all texts', () => {
    const data = sharesOf(Float64Array.from({ length: buckets }, (_, b) => 1 + (b % 3)))
    const counts = Float64Array.from({ length: buckets }, (_, b) => (b < 100 ? 50 : 0))
    const target = sharesOf(counts)
    const none = distanceTo(target, new Float64Array(buckets), data)
    const plain = target.reduce((s, p, b) => s + (p > 0 ? p * Math.log(p / data[b]) : 0), 0)
    expect(none).toBeCloseTo(plain, 3)
    expect(distanceTo(target, counts, data)).toBeLessThan(none)
    expect(
      distanceTo(
        target,
        counts.map((c) => 1e6 * c),
        data
      )
    ).toBeLessThan(0.01)
  })
})
