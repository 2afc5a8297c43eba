// What the selection area does with finished results: change by hand, swap, coverage of runs that
// have none yet, comparison.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Coverage } from '../../api/dto/coverage.ts'
import { RunComparison, SelectDraft, SelectionResult } from '../../api/dto/runs.ts'
import { selectionMethods } from '../methods/registry.ts'
import { createProber } from './estimate.ts'
import { createSelection, type SelectionArea, type SelectionDeps } from './selection.ts'
import {
  alikeBy,
  clouds,
  createFixture,
  draftFor,
  runJob,
  type Fixture
} from './selection-fixture.ts'

let fixture: Fixture
let area: SelectionArea
let started: SelectDraft[]

beforeEach(async () => {
  fixture = await createFixture()
  started = []
  const { store, items, features, pool } = fixture
  const deps: SelectionDeps = {
    store,
    items,
    methods: selectionMethods,
    prober: createProber({ store, features, pool }),
    machine: { freeMemoryBytes: () => 8e9, freeDiskBytes: () => Promise.resolve(5e10) },
    projectFolder: 'P.winnow',
    threads: 2,
    deviceRequest: () => 'wasm',
    runsFolder: join(fixture.folder, 'runs'),
    now: () => 7,
    pool,
    features,
    alike: alikeBy(fixture),
    engine: () => ({
      submit(request) {
        started.push(SelectDraft.parse(request.params))
        throw new Error('nothing runs here')
      },
      get: () => {
        throw new Error('nothing runs here')
      },
      discard: () => Promise.resolve()
    })
  }
  area = createSelection(deps)
  const shape = { classes: 3, columns: 8, distance: 2 }
  await fixture.addDataset('pool', [
    ...clouds({ ...shape, items: 150, seed: 1, split: 'train' }),
    ...clouds({ ...shape, items: 60, seed: 2, split: 'test' })
  ])
})
afterEach(() => fixture.dispose())

const keyOf = (row: number): string => fixture.store.items.get('pool', row)?.key ?? ''
async function base(id: string, change: Record<string, unknown> = {}): Promise<void> {
  const draft = draftFor('pool', {
    method: { id: 'random' },
    budget: { kind: 'count', count: 20 },
    check: { isOn: false },
    rules: { perClass: [{ label: 'c0', min: 4, max: 8 }] },
    ...change
  })
  expect((await runJob(fixture, draft, { id })).error).toBeUndefined()
}

describe('a finished result', () => {
  it('is changed by hand in a run of its own', async () => {
    await base('r1')
    const { chosen, leftOut } = await area.load('r1')
    const request = {
      run: 'r1',
      add: [keyOf(leftOut[0])],
      remove: [keyOf(chosen[0])],
      name: 'Mine'
    }
    // The fake engine refuses; the draft it was given is what counts, and nothing is left behind.
    await expect(area.revise(request)).rejects.toThrow('nothing runs here')
    expect(started[0]).toMatchObject({ name: 'Mine', method: { id: 'given-list' } })
    expect(started[0].given?.keys).toHaveLength(20)
    expect(fixture.store.runs.list().map(({ id }) => id)).toEqual(['r1'])
  })

  it('is not changed by what cannot be chosen, and nothing starts', async () => {
    await base('r1')
    const test = keyOf(150)
    await expect(area.revise({ run: 'r1', add: [test], remove: [], name: '' })).rejects.toThrow(
      'kept for testing'
    )
    await expect(
      area.revise({ run: 'none', add: [test], remove: [], name: '' })
    ).rejects.toMatchObject({ code: 'run-not-found' })
    expect(started).toEqual([])
  })

  it('offers what is most alike for a swap', async () => {
    await base('r1')
    const { chosen, isChosen } = await area.load('r1')
    const { items } = await area.swaps('r1', chosen[0], 5)
    expect(items).toHaveLength(5)
    for (const { item } of items) expect(isChosen[item.row]).toBe(0)
    const alike = items.map(({ similarity01 }) => similarity01)
    expect(alike).toEqual([...alike].sort((a, b) => b - a))
    await expect(area.swaps('r1', 9999, 5)).rejects.toMatchObject({ code: 'item-not-found' })
  })

  it('has its coverage worked out once when an older version made it', async () => {
    await base('r1')
    await rm(join(fixture.folder, 'runs', 'r1', 'coverage.json'))
    const run = vi.spyOn(fixture.pool, 'run')
    const [first, second] = await Promise.all([area.coverage('r1'), area.coverage('r1')])
    expect(Coverage.parse(first)).toEqual(second)
    await area.coverage('r1')
    expect(run).toHaveBeenCalledTimes(1)
    expect((await area.load('r1')).coverage).toBeDefined()
  })

  it('says what is missing when the fingerprints are gone', async () => {
    await base('r1')
    await rm(join(fixture.folder, 'runs', 'r1', 'coverage.json'))
    vi.spyOn(fixture.features, 'cached').mockResolvedValue(undefined)
    await expect(area.coverage('r1')).rejects.toMatchObject({ code: 'method-not-possible' })
    vi.restoreAllMocks()
    // The next try is a new one.
    expect((await area.coverage('r1')).regions.length).toBeGreaterThan(0)
  })

  it('is compared by its items, its order and its settings', async () => {
    await base('r1')
    await base('r2', { seed: 5, rules: {} })
    const comparison = RunComparison.parse(await area.compare('r1', 'r2'))
    // The examples differ with the repeat code; all other items are in both orders.
    expect(comparison.sharedCandidates).toBeGreaterThan(80)
    expect(Math.abs(comparison.rankCorrelation ?? 1)).toBeLessThan(0.35)
    expect(comparison.runs[1]?.draft.seed).toBe(5)
    expect(comparison.runs[0]?.draft.rules.perClass).toMatchObject([{ min: 4, max: 8 }])
    const same = RunComparison.parse(await area.compare('r1', 'r1'))
    expect(same.rankCorrelation).toBe(1)
    const given = {
      title: 'mine.csv',
      run: null,
      keys: [keyOf(1), keyOf(2)],
      added: [],
      removed: []
    }
    await base('r3', { method: { id: 'given-list' }, given })
    expect((await area.compare('r1', 'r3')).rankCorrelation).toBeNull()
  })

  it('says what the method found', async () => {
    await base('r1')
    const { findings } = SelectionResult.parse(area.result('r1'))
    expect(findings?.facts[0]).toMatchObject({ name: 'In one number' })
    expect(findings?.sources).toEqual([])
  })
})
