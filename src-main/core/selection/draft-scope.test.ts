// Drafts worked out on real rows: scope, test items, examples, lists, groups, repeats.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askedItems } from './budget.ts'
import { groupIds } from './draft-columns.ts'
import { resolveDraft } from './draft-scope.ts'
import { ItemFilter } from '../../api/dto/browse.ts'
import { ruleByte, ruleOfByte } from './rule-reasons.ts'
import {
  clouds,
  createFixture,
  draftFor,
  type Fixture,
  type SyntheticItem
} from './selection-fixture.ts'
import { countExamples } from './tasks.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
})
afterEach(() => fixture.dispose())

const shape = { classes: 3, columns: 4, seed: 1 }
const keyOf = (row: number, dataset = 'pool'): string =>
  fixture.store.items.get(dataset, row)?.key ?? ''

describe('budget', () => {
  it('rounds percentages down, but never to nothing', () => {
    const mean = { bytes: 100, characters: 40 }
    expect(askedItems({ kind: 'percent', percent: 20 }, 50, mean)).toBe(10)
    expect(askedItems({ kind: 'percent', percent: 0.3 }, 100, mean)).toBe(1)
    expect(askedItems({ kind: 'percent', percent: 100 }, 333, mean)).toBe(333)
    expect(askedItems({ kind: 'percent', percent: 29 }, 100, mean)).toBe(29)
    expect(askedItems({ kind: 'count', count: 7 }, 5, mean)).toBe(7)
    expect(askedItems({ kind: 'bytes', bytes: 1050 }, 50, mean)).toBe(10)
    expect(askedItems({ kind: 'bytes', bytes: 1 }, 50, mean)).toBe(1)
    expect(askedItems({ kind: 'tokens', tokens: 100 }, 50, mean)).toBe(10)
    expect(askedItems({ kind: 'tokens', tokens: 100 }, 5, { bytes: 1, characters: 0 })).toBe(5)
    expect(askedItems({ kind: 'time', hours: 1, secondsPerItem: 12 }, 5000, mean)).toBe(300)
    expect(askedItems({ kind: 'smallest', keepsShare01: 0.98, atMostPercent: 30 }, 50, mean)).toBe(
      15
    )
  })
  it('makes groups from values, none from missing ones', () => {
    expect([...groupIds(['a', '', 'b', 'a'])]).toEqual([0, -1, 1, 0])
  })
})

describe('test items', () => {
  it('are the data\u2019s own when there are some', async () => {
    await fixture.addDataset('pool', [
      ...clouds({ ...shape, items: 90, split: 'train' }),
      ...clouds({ ...shape, seed: 2, items: 30, split: 'test' })
    ])
    const scope = await resolveDraft(fixture, draftFor('pool'))
    expect([...scope.testRows]).toEqual(Array.from({ length: 30 }, (_, i) => 90 + i))
    expect(scope.candidates.every((row) => row < 90)).toBe(true)
    expect(scope.hasTestSplit).toBe(true)
  })
  it('are otherwise held out before anything is chosen: the share, at least 10 per class', async () => {
    await fixture.addDataset('pool', clouds({ ...shape, items: 90 }))
    const scope = await resolveDraft(
      fixture,
      draftFor('pool', { tasks: { kind: 'labels', perTask: 5 } })
    )
    expect(scope.testRows.length).toBe(30)
    expect(scope.candidates.length).toBe(90 - 30 - 15)
    const again = await resolveDraft(
      fixture,
      draftFor('pool', { tasks: { kind: 'labels', perTask: 5 } })
    )
    expect(again.testRows).toEqual(scope.testRows)
    const other = await resolveDraft(
      fixture,
      draftFor('pool', { tasks: { kind: 'labels', perTask: 5 }, seed: 9 })
    )
    expect(other.testRows).not.toEqual(scope.testRows)
  })
  it('never come from what must be kept, nor are repeats of them chosen', async () => {
    const items = clouds({ ...shape, items: 60 })
    const twins = items.map((item) => ({ ...item }))
    await fixture.addDataset('pool', [...items, ...twins])
    const draft = draftFor('pool', { rules: { mustKeep: [keyOf(0), keyOf(1)] } })
    const scope = await resolveDraft(fixture, draft)
    expect([...scope.mustKeep]).toEqual([0, 1])
    const test = new Set([...scope.testRows].map((row) => row % 60))
    expect(scope.candidates.some((row) => test.has(row % 60))).toBe(false)
    for (const row of scope.testRows) expect(ruleOfByte(scope.codes[row + 60])).toBe('same-as-test')
    // Each content once among the candidates.
    expect(new Set([...scope.candidates].map((row) => row % 60)).size).toBe(scope.candidates.length)
  })
  it('are not needed with the check off', async () => {
    await fixture.addDataset('pool', clouds({ ...shape, items: 60 }))
    const scope = await resolveDraft(fixture, draftFor('pool', { check: { isOn: false } }))
    expect(scope.testRows.length).toBe(0)
  })
})

describe('scope and lists', () => {
  it('leave out what is filtered, set aside or dropped, and count what is wrong', async () => {
    await fixture.addDataset('pool', clouds({ ...shape, items: 60 }))
    fixture.store.items.setAside('pool', [3], Uint8Array.of(1))
    const draft = draftFor('pool', {
      scope: { kind: 'filter', filter: { labels: ['c0', 'c1'] } },
      check: { isOn: false },
      rules: { mustKeep: [keyOf(0), keyOf(3), keyOf(2), 'nope'], mustDrop: [keyOf(0), keyOf(1)] }
    })
    const scope = await resolveDraft(fixture, draft)
    const code = (row: number): string => ruleOfByte(scope.codes[row])
    expect([code(2), code(3), code(1), code(0)]).toEqual([
      'out-of-scope',
      'out-of-scope',
      'must-drop',
      'none'
    ])
    expect(scope.scopeItems).toBe(39)
    expect(scope).toMatchObject({
      onBothLists: 1,
      mustKeepOutside: 2,
      unknownKeys: ['nope'],
      knownKeys: 5
    })
    expect([...scope.mustKeep]).toEqual([0])
  })
  it('refuse a group column the data does not have', async () => {
    await fixture.addDataset('pool', clouds({ ...shape, items: 30 }))
    await expect(
      resolveDraft(fixture, draftFor('pool', { rules: { groupColumn: 'who' } }))
    ).rejects.toThrow(/no column/)
    await expect(resolveDraft(fixture, draftFor('other'))).rejects.toThrow(/not in the project/)
  })
})

describe('changes made to the data', () => {
  it('count as they are now, and not after the draft was worked out', async () => {
    await fixture.addDataset('pool', clouds({ ...shape, items: 30, split: 'train' }))
    const { items } = fixture.store
    items.setLabels('pool', [0, 1], Int32Array.of(2, -1))
    items.setAside('pool', [4], Uint8Array.of(1))
    items.setSplitsOf('pool', [5], Uint8Array.of(2))
    const filter = ItemFilter.parse({ labels: ['c2'] })
    const scope = await resolveDraft(
      fixture,
      draftFor('pool', { scope: { kind: 'filter', filter } })
    )
    items.setLabels('pool', [0], Int32Array.of(1))
    expect([...scope.columns.labels.subarray(0, 2)]).toEqual([2, -1])
    expect([scope.columns.aside[4], scope.columns.splits[5]]).toEqual([1, 2])
    expect(scope.codes[0]).not.toBe(ruleByte('out-of-scope'))
    expect(scope.codes[1]).toBe(ruleByte('out-of-scope'))
  })
})

describe('tasks', () => {
  it('from labels take at most half of a class and leave the choice', async () => {
    await fixture.addDataset('pool', clouds({ ...shape, items: 30 }))
    const scope = await resolveDraft(
      fixture,
      draftFor('pool', { check: { isOn: false }, tasks: { kind: 'labels', perTask: 50 } })
    )
    expect(scope.tasks.map((task) => [task.name, countExamples(task)])).toEqual([
      ['c0', 5],
      ['c1', 5],
      ['c2', 5]
    ])
    expect(scope.candidates.length).toBe(15)
  })
  it('from a column follow its values, most frequent first', async () => {
    const items: SyntheticItem[] = clouds({ ...shape, items: 60 }).map((item, i) => ({
      ...item,
      values: { place: i < 40 ? 'north' : i < 58 ? 'south' : '' }
    }))
    await fixture.addDataset('pool', items, {
      columns: [
        {
          name: 'place',
          type: 'category',
          role: 'keep',
          confidence01: 1,
          distinct: 2,
          missing: 2,
          examples: []
        }
      ]
    })
    const scope = await resolveDraft(
      fixture,
      draftFor('pool', {
        check: { isOn: false },
        tasks: { kind: 'column', column: 'place', perTask: 6 }
      })
    )
    expect(scope.tasks.map((task) => [task.name, countExamples(task)])).toEqual([
      ['north', 6],
      ['south', 6]
    ])
  })
  it('from other data match classes by name, keep parts apart and find examples in the pool', async () => {
    const pool = clouds({ ...shape, items: 60 })
    // Rows 0..2 of the examples are rows 5, 6, 7 of the pool; their class order is another.
    const examples = [...pool.slice(5, 8), ...clouds({ ...shape, seed: 4, items: 12 })]
    const reversed = examples.map((item) => ({ ...item, label: 2 - item.label, trueLabel: 2 }))
    await fixture.addDataset('pool', pool)
    await fixture.addDataset('ex', reversed, {
      purpose: 'examples',
      classNames: ['c2', 'c1', 'c0']
    })
    const sets = [
      { name: 'Whole', dataset: 'ex', importance: 'high' },
      {
        name: 'Parts',
        dataset: 'ex',
        parts: [
          { name: 'p0', labels: ['c0'] },
          { name: 'p1', labels: ['c1'] },
          { name: 'none', keys: ['x'] }
        ]
      },
      { name: 'Gone', dataset: 'nowhere' },
      { name: 'Empty', dataset: 'ex', labels: ['c9'] }
    ]
    const scope = await resolveDraft(fixture, draftFor('pool', { tasks: { kind: 'sets', sets } }))
    expect(scope.tasks.map((task) => [task.name, task.importance, task.parts.length])).toEqual([
      ['Whole', 'high', 1],
      ['Parts', 'normal', 2]
    ])
    const [whole] = scope.tasks
    expect([...whole.parts[0].labels]).toEqual(examples.map((item) => item.label))
    expect(scope.exampleMatches).toBe(3)
    expect([5, 6, 7].map((row) => ruleOfByte(scope.codes[row]))).toEqual([
      'example',
      'example',
      'example'
    ])
    expect(scope.unknownKeys).toEqual(['x'])
    expect(scope.notes.join(' ')).toMatch(/Gone.*Empty/s)
    const ignored = await resolveDraft(
      fixture,
      draftFor('pool', {
        tasks: { kind: 'sets', sets },
        check: { isOn: false },
        rules: { keepExamplesOut: false }
      })
    )
    expect([5, 6, 7].map((row) => ruleOfByte(ignored.codes[row]))).toEqual(['none', 'none', 'none'])
    expect(ignored.exampleMatches).toBe(3)
  })
  it('never aim at a test item', async () => {
    const pool = clouds({ ...shape, items: 30, split: 'train' })
    const test = clouds({ ...shape, seed: 2, items: 30, split: 'test' })
    await fixture.addDataset('pool', [...pool, ...test])
    await fixture.addDataset(
      'ex',
      [...test.slice(0, 10), ...clouds({ ...shape, seed: 3, items: 9 })],
      { purpose: 'examples' }
    )
    const sets = [{ name: 'A', dataset: 'ex' }]
    const scope = await resolveDraft(fixture, draftFor('pool', { tasks: { kind: 'sets', sets } }))
    expect([...scope.tasks[0].parts[0].rows]).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18])
  })
  it('from the pool itself leave the choice, each with the key it was named by', async () => {
    await fixture.addDataset('pool', clouds({ ...shape, items: 30 }))
    const sets = [{ name: 'A', dataset: 'pool', keys: [keyOf(3), keyOf(4)] }]
    const scope = await resolveDraft(
      fixture,
      draftFor('pool', { check: { isOn: false }, tasks: { kind: 'sets', sets } })
    )
    expect([...scope.tasks[0].parts[0].rows]).toEqual([3, 4])
    expect(scope.candidates.length).toBe(28)
  })
})
