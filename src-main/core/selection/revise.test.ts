// A result changed by hand: exactly the changed set is kept, under the same rules and test items, it
// is checked again, and stopping the check anywhere changes nothing.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SelectDraft, SelectionResult, type ReviseRequest } from '../../api/dto/runs.ts'
import { selectionMethods } from '../methods/registry.ts'
import { loadRun, runItemsPage, type LoadedRun } from './run-items.ts'
import { revisedDraft } from './revise.ts'
import { ruleOfByte } from './rule-reasons.ts'
import {
  alikeBy,
  clouds,
  createFixture,
  draftFor,
  runJob,
  type Fixture,
  type SyntheticItem
} from './selection-fixture.ts'
import { swapChoices } from './swaps.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
})
afterEach(() => fixture.dispose())

const shape = { classes: 3, columns: 8, distance: 2 }

/** A pool without a split of its own: the test items are drawn. Rows from 200 on repeat row 0. */
async function addPool(change: (items: SyntheticItem[]) => void = () => undefined): Promise<void> {
  const items = clouds({ ...shape, items: 200, seed: 1 })
  for (let i = 0; i < 6; i++) items.push({ ...items[0], content: `near ${i}` })
  items.push({ ...items[0] })
  change(items)
  await fixture.addDataset('pool', items)
}

const resultOf = (id: string): SelectionResult =>
  SelectionResult.parse(fixture.store.runs.get(id)?.result)
const load = (id: string): Promise<LoadedRun> => loadRun(join(fixture.folder, 'runs', id))
const keyOf = (row: number): string => fixture.store.items.get('pool', row)?.key ?? ''

async function base(change: Record<string, unknown> = {}): Promise<LoadedRun> {
  const budget = { kind: 'count', count: 30 }
  const draft = draftFor('pool', { method: { id: 'random' }, budget, ...change })
  expect((await runJob(fixture, draft, { id: 'r1' })).error).toBeUndefined()
  return load('r1')
}

async function revise(
  run: LoadedRun,
  request: Partial<ReviseRequest>,
  of = 'r1'
): Promise<SelectDraft> {
  const draft = await revisedDraft(fixture.store, resultOf(of), run, {
    run: of,
    add: [],
    remove: [],
    name: '',
    ...request
  })
  return SelectDraft.parse(draft)
}

/** Left-out rows that a rule did not keep out. */
const free = (run: LoadedRun): number[] =>
  [...run.leftOut].filter((row) => ruleOfByte(run.rules[row]) === 'none')

const off = { check: { isOn: false } }

describe('a result changed by hand', () => {
  it('keeps exactly the changed set, and says who changed what', async () => {
    await addPool()
    const run = await base(off)
    const [out, plain] = run.chosen
    const [added] = free(run)
    const draft = await revise(run, { add: [keyOf(added)], remove: [keyOf(out)] })
    expect(draft).toMatchObject({
      name: 'Test run, changed by hand',
      budget: { kind: 'count', count: 30 },
      method: { id: 'given-list' }
    })
    const outcome = await runJob(fixture, draft, { id: 'r2' })
    expect(outcome.error).toBeUndefined()
    const after = await load('r2')
    const wanted = new Set([...run.chosen, added])
    wanted.delete(out)
    expect(new Set(after.chosen)).toEqual(wanted)
    expect(resultOf('r2')).toMatchObject({ asked: 30, got: 30 })
    expect(await sentence('r2', added)).toBe('Kept because you added it by hand.')
    expect(await sentence('r2', plain)).toBe('Kept because it is on the list “Test run”.')
    expect(await sentence('r2', out)).toBe('Left out because you took it out by hand.')
    // The result it came from stays as it was.
    expect((await load('r1')).chosen).toEqual(run.chosen)
  })

  it('keeps the test items, and what repeats a kept item when a person wants it', async () => {
    await addPool()
    const run = await base({ method: { id: 'random' }, rules: { mustKeep: [keyOf(0)] } })
    expect(run.isChosen[0]).toBe(1)
    const isRepeat = (row: number): boolean => run.choice.twins[row] === 0
    const [near] = [200, 201, 202, 203, 204, 205].filter(isRepeat)
    const added = [near, 206]
    expect(added.map((row) => ruleOfByte(run.rules[row]))).toEqual([
      'near-duplicate',
      'exact-duplicate'
    ])
    const draft = await revise(run, { add: added.map(keyOf) })
    expect((await runJob(fixture, draft, { id: 'r2' })).error).toBeUndefined()
    const after = await load('r2')
    expect(after.choice.testRows).toEqual(run.choice.testRows)
    expect(after.chosen.length).toBe(32)
    expect(added.map((row) => after.isChosen[row])).toEqual([1, 1])
    expect(resultOf('r2').check?.testItems).toBe(resultOf('r1').check?.testItems)
    expect(resultOf('r2').check?.all.mean).toBeGreaterThan(0)
  })

  it('stands above limits and groups, and moves what is on the lists', async () => {
    await addPool((items) => {
      items.forEach((item, i) => {
        items[i] = { ...item, values: { group: `g${Math.floor(i / 2)}` } }
      })
    })
    const dataset = fixture.store.datasets.get('pool')
    if (dataset === undefined) throw new Error('no data')
    const rules = {
      mustKeep: [keyOf(3)],
      mustDrop: [keyOf(9)],
      perClass: [{ label: 'c0', min: 5, max: 12 }]
    }
    const run = await base({ ...off, rules })
    const draft = await revise(run, { add: [keyOf(9)], remove: [keyOf(3)] })
    expect(draft.rules.mustKeep).toEqual([keyOf(9)])
    expect(draft.rules.mustDrop).toEqual([keyOf(3)])
    const others = free(run).filter((row) => run.choice.labels[row] === 0)
    const many = await revise(run, { add: others.slice(0, 20).map(keyOf) })
    await runJob(fixture, many, { id: 'r2' })
    const after = await load('r2')
    expect(after.chosen.length).toBe(50)
    expect(after.chosen.filter((row) => after.choice.labels[row] === 0).length).toBeGreaterThan(12)
  })

  it('can be changed again, and keeps saying what was added before', async () => {
    await addPool()
    const run = await base(off)
    const [first, second] = free(run)
    await runJob(fixture, await revise(run, { add: [keyOf(first)] }), { id: 'r2' })
    const draft = await revise(await load('r2'), { add: [keyOf(second)] }, 'r2')
    expect(draft.name).toBe('Test run, changed by hand 2')
    expect(draft.given?.added).toEqual([keyOf(first), keyOf(second)])
    await runJob(fixture, draft, { id: 'r3' })
    expect(await sentence('r3', first)).toBe('Kept because you added it by hand.')
    expect((await load('r3')).chosen.length).toBe(32)
  })

  it('names what could not be kept, and why', async () => {
    await addPool()
    const run = await base(off)
    const draft = await revise(run, { add: [keyOf(free(run)[0])] })
    fixture.store.items.setAside('pool', [run.chosen[0], run.chosen[1]], Uint8Array.of(1, 1))
    const given = draft.given && { ...draft.given, keys: [...draft.given.keys, 'f'.repeat(16)] }
    await runJob(fixture, { ...draft, given }, { id: 'r2' })
    expect(resultOf('r2').got).toBe(29)
    expect(resultOf('r2').notes).toContain(
      '3 of the 32 items on the list could not be kept: 2 are set aside, 1 is not in this data.'
    )
  })

  it('refuses test items, unknown items, no change, and nothing left', async () => {
    await addPool()
    const run = await base()
    const test = keyOf(run.choice.testRows[0])
    await expect(revise(run, { add: [test] })).rejects.toThrow(
      'One of the items cannot be added. It is kept for testing.'
    )
    await expect(revise(run, { add: ['0'.repeat(16)] })).rejects.toMatchObject({
      code: 'item-not-found'
    })
    await expect(revise(run, { add: [keyOf(run.chosen[0])] })).rejects.toThrow(
      'Nothing was changed'
    )
    const all = [...run.chosen].map(keyOf)
    await expect(revise(run, { remove: all })).rejects.toThrow('nothing is left')
  })

  it('ends the same after a stop at any checkpoint', async () => {
    await addPool()
    const run = await base()
    const draft = await revise(run, { add: [keyOf(free(run)[0])], remove: [keyOf(run.chosen[0])] })
    await runJob(fixture, draft, { id: 'whole' })
    const whole = await load('whole')
    for (let stop = 1; ; stop++) {
      const id = `stopped-${stop}`
      const first = await runJob(fixture, draft, { id, stopAfter: stop })
      if (first.error === undefined) break
      expect((await runJob(fixture, draft, { id })).error).toBeUndefined()
      expect((await load(id)).chosen).toEqual(whole.chosen)
      expect(resultOf(id).check?.perRepeat).toEqual(resultOf('whole').check?.perRepeat)
      // Three stops tell the plan, the choice and the test apart.
      if (stop === 3) break
    }
  })
})

async function sentence(id: string, row: number): Promise<string | undefined> {
  const run = await load(id)
  const dataset = fixture.store.datasets.get('pool')
  const method = selectionMethods.find((one) => one.id === resultOf(id).method)
  if (dataset === undefined || method === undefined) throw new Error('no data')
  const { draft } = resultOf(id)
  const part = run.isChosen[row] === 1 ? 'chosen' : 'left-out'
  const page = runItemsPage(
    { store: fixture.store, dataset, draft, method, run },
    {
      run: id,
      part,
      label: null,
      reasonCode: null,
      votes: null,
      window: { first: 0, limit: 500 }
    }
  )
  return page.items.find(({ item }) => item.row === row)?.reason
}

describe('items beside a reason', () => {
  it('are what an item repeats, else the chosen item most like it', async () => {
    await addPool()
    const run = await base({ ...off, rules: { mustKeep: [keyOf(0)] } })
    const dataset = fixture.store.datasets.get('pool')
    const method = selectionMethods.find((one) => one.id === 'random')
    if (dataset === undefined || method === undefined) throw new Error('no data')
    const { draft } = resultOf('r1')
    const page = runItemsPage(
      { store: fixture.store, dataset, draft, method, run },
      {
        run: 'r1',
        part: 'left-out',
        label: null,
        reasonCode: null,
        votes: null,
        window: { first: 0, limit: 500 }
      }
    )
    const near = page.items.find(
      ({ item, reasonCode }) => item.row >= 200 && reasonCode === 'near-duplicate'
    )
    expect(near?.evidence).toMatchObject({ kind: 'repeats', item: { row: 0 } })
    expect(near?.evidence?.similarity01).toBeGreaterThan(0.98)
    expect(near?.whyFixed).toBeNull()
    const plain = page.items.filter(({ evidence }) => evidence?.kind === 'nearest-chosen')
    expect(plain.length).toBeGreaterThan(100)
    for (const { evidence } of plain) expect(run.isChosen[evidence?.item.row ?? -1]).toBe(1)
  })

  it('to swap with are the most alike that can be chosen', async () => {
    await addPool()
    const run = await base()
    const dataset = fixture.store.datasets.get('pool')
    if (dataset === undefined) throw new Error('no data')
    const [row] = run.chosen
    const alike = await alikeBy(fixture)(dataset, row)
    const { items } = swapChoices(fixture.store, dataset, run, row, alike, 5)
    const best = [...alike.keys()]
      .filter((other) => run.isChosen[other] === 0)
      .filter((other) => !['test', 'example'].includes(ruleOfByte(run.rules[other])))
      .sort((a, b) => alike[b] - alike[a])
      .slice(0, 5)
    expect(items.map(({ item }) => item.row)).toEqual(best)
    // The other way round: chosen items to take out for a left-out one.
    const swapped = swapChoices(fixture.store, dataset, run, best[0], alike, 3)
    for (const { item } of swapped.items) expect(run.isChosen[item.row]).toBe(1)
  })
})
