// The job from draft to result on small real data: what it chooses, what it leaves on disk, what
// it says about every item, and that stopping it anywhere changes nothing.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SelectionResult } from '../../api/dto/runs.ts'
import { selectionMethods } from '../methods/registry.ts'
import { loadRun, reasonSentence, runItemsPage } from './run-items.ts'
import { ruleOfByte } from './rule-reasons.ts'
import {
  clouds,
  createFixture,
  draftFor,
  runJob,
  type Fixture,
  type SyntheticItem
} from './selection-fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
})
afterEach(() => fixture.dispose())

const shape = { classes: 4, columns: 24 }
const tasks = {
  kind: 'sets',
  sets: [
    { name: 'A', dataset: 'ex', labels: ['c0', 'c1', 'c2'] },
    { name: 'B', dataset: 'ex', labels: ['c1', 'c2', 'c3'] },
    { name: 'C', dataset: 'ex', labels: ['c2', 'c3', 'c0'] },
    { name: 'D', dataset: 'ex', labels: ['c3', 'c0', 'c1'] }
  ]
}

/** A pool with a test split and clean examples apart. */
async function addPool(wrongShare01: number, items = 800, columns = 24): Promise<void> {
  const size = { ...shape, columns }
  const pool = clouds({ ...size, items, seed: 1, wrongShare01, split: 'train', distance: 1.5 })
  const test = clouds({ ...size, items: 400, seed: 2, split: 'test', distance: 1.5 })
  await fixture.addDataset('pool', [...pool, ...test])
  await fixture.addDataset('ex', clouds({ ...size, items: 80, seed: 3, distance: 1.5 }), {
    purpose: 'examples'
  })
}

function resultOf(id: string): SelectionResult {
  return SelectionResult.parse(fixture.store.runs.get(id)?.result)
}

async function filesOf(id: string): Promise<Record<string, string>> {
  const names = [
    'chosen.npy',
    'order.npy',
    'scores.npy',
    'left-out.npy',
    'reasons.npy',
    'rules.npy',
    'votes.npy'
  ]
  const entries = await Promise.all(
    names.map(
      async (name) =>
        [name, (await readFile(join(fixture.folder, 'runs', id, name))).toString('base64')] as const
    )
  )
  return Object.fromEntries(entries)
}

describe('a selection', () => {
  it('beats random on a pool with wrong labels, with the interval above zero', async () => {
    await addPool(0.5, 3000, 48)
    const run = await runJob(fixture, draftFor('pool', { tasks }), { id: 'r1' })
    expect(run.error).toBeUndefined()
    const result = resultOf('r1')
    expect(result.check?.kind).toBe('helped')
    expect(result.check?.difference.low).toBeGreaterThan(0)
    expect(result.check?.verdict).toMatch(/^Choosing helped: \+\d+\.\d points/)
    expect(result).toMatchObject({ asked: 600, got: 600, candidates: 3000, method: 'icons' })
    expect(result.votes?.tasks.map((task) => task.name)).toEqual(['A', 'B', 'C', 'D'])
    expect(result.votes?.chosenHistogram.reduce((s, v) => s + v, 0)).toBe(600)
    expect(run.phases).toEqual([
      'Learning what the items look like',
      'Making similarity fingerprints',
      'Removing repeats',
      'Choosing',
      'Testing the result',
      'Writing the result'
    ])
    const live = fixture.store.jobs.live('r1').map((point) => point.series)
    expect(live.filter((series) => series === 'accuracy:random')).toHaveLength(5)
  })

  it('chooses and measures with all cores, and trains its tests beside each other with one', async () => {
    await addPool(0.3)
    const run = vi.spyOn(fixture.pool, 'run')
    await runJob(fixture, draftFor('pool', { method: { id: 'random' } }), { id: 'r1' })
    const cores = new Map(run.mock.calls.map(([{ name }, , { cores }]) => [name, cores ?? 'one']))
    expect(Object.fromEntries(cores)).toEqual({
      select: 'all',
      check: 'one',
      'measure-selection': 'all',
      'selection-coverage': 'all'
    })
  })

  it('does not claim that a random choice helped', async () => {
    await addPool(0.3)
    const kinds: string[] = []
    for (let seed = 1; seed <= 12; seed++) {
      const run = await runJob(fixture, draftFor('pool', { method: { id: 'random' }, seed }), {
        id: `r${seed}`
      })
      expect(run.error).toBeUndefined()
      const check = resultOf(`r${seed}`).check
      kinds.push(check?.kind ?? 'none')
      if (check?.kind === 'no-difference')
        expect(check.verdict).toMatch(/^No clear difference from random/)
    }
    // One draw in forty is called better and one worse by pure luck; three of twelve would be a flaw.
    expect(kinds.filter((kind) => kind === 'no-difference').length).toBeGreaterThanOrEqual(10)
    expect(kinds.filter((kind) => kind === 'helped').length).toBeLessThanOrEqual(1)
  })

  it('leaves a manifest that makes it reproducible, and metrics', async () => {
    await addPool(0.2)
    await runJob(fixture, draftFor('pool', { tasks }), { id: 'r1' })
    const manifest: unknown = JSON.parse(
      await readFile(join(fixture.folder, 'runs', 'r1', 'manifest.json'), 'utf8')
    )
    expect(manifest).toMatchObject({
      method: 'icons',
      methodVersion: selectionMethods.find((method) => method.id === 'icons')?.version,
      seed: 0,
      featureKey: 'key-pool',
      appVersion: '0.0.0-test',
      contentHash: fixture.store.datasets.get('pool')?.contentHash,
      got: 160
    })
    const metrics = (await readFile(join(fixture.folder, 'runs', 'r1', 'metrics.jsonl'), 'utf8'))
      .trim()
      .split('\n')
    expect(metrics.length).toBe(fixture.store.jobs.live('r1').length)
  })

  it('shows other methods beside, under the same protocol', async () => {
    await addPool(0.3)
    const draft = draftFor('pool', {
      tasks,
      alsoTry: [{ id: 'stratified-random' }, { id: 'random' }]
    })
    await runJob(fixture, draft, { id: 'r1' })
    expect(resultOf('r1').check?.others.map((other) => other.method)).toEqual([
      'stratified-random',
      'random'
    ])
  })

  it('measures the set: repeats inside, coverage, tie share, overlap with random', async () => {
    await addPool(0.2)
    await runJob(fixture, draftFor('pool', { tasks }), { id: 'r1' })
    const { measures } = resultOf('r1')
    expect(measures.map((measure) => measure.name)).toEqual([
      'Near-repeats inside',
      'Mean distance to the nearest chosen item',
      'Largest distance to the nearest chosen item',
      'Decided by the tie rule',
      'Shared with a random set'
    ])
    expect(measures[1].value).toBeGreaterThan(0)
    expect(measures[1].value).toBeLessThanOrEqual(measures[2].value)
  })
})

describe('reasons', () => {
  async function messyPool(): Promise<SyntheticItem[]> {
    const items = clouds({ ...shape, items: 300, seed: 1, distance: 1.5 })
    // Rows 300..304 repeat rows 0..4 exactly; 305..309 are rows 10..14 with a touch of noise.
    const exact = [0, 1, 2, 3, 4].map((row) => ({ ...items[row] }))
    const near = [10, 11, 12, 13, 14].map((row) => ({
      ...items[row],
      content: `near ${row}`,
      numbers: items[row].numbers.map((value, i) => value * (1 + 0.001 * (i % 3)))
    }))
    const all = [...items, ...exact, ...near]
    await fixture.addDataset('pool', all)
    fixture.store.items.setAside('pool', [20, 21], Uint8Array.of(1, 1))
    return all
  }

  it('exist for every item, chosen or not, and say why in words', async () => {
    await messyPool()
    const key = (row: number): string => fixture.store.items.get('pool', row)?.key ?? ''
    const draft = draftFor('pool', {
      rules: {
        mustKeep: [key(30), key(31)],
        mustDrop: [key(40)],
        perClass: [
          { label: 'c1', min: null, max: 5 },
          { label: 'c2', min: 20, max: null }
        ]
      }
    })
    const run = await runJob(fixture, draft, { id: 'r1' })
    expect(run.error).toBeUndefined()
    const result = resultOf('r1')
    const loaded = await loadRun(join(fixture.folder, 'runs', 'r1'))
    const method = selectionMethods.find((candidate) => candidate.id === 'icons')
    if (method === undefined) throw new Error('no icons')
    const dataset = fixture.store.datasets.get('pool')
    if (dataset === undefined) throw new Error('no pool')
    expect(loaded.chosen.length + loaded.leftOut.length).toBe(310)
    expect(new Set([...loaded.chosen, ...loaded.leftOut]).size).toBe(310)
    for (let row = 0; row < 310; row++) {
      expect(loaded.codes[loaded.reasons[row]]).not.toBe('none')
      const sentence = reasonSentence(
        loaded,
        row,
        method,
        result.draft,
        dataset.classNames,
        'item_0'
      )
      expect(sentence).toMatch(/^[A-Z].+[.]$/)
    }
    const rule = (row: number): string => ruleOfByte(loaded.rules[row])
    expect([rule(20), rule(30), rule(40)]).toEqual(['set-aside', 'asked-for', 'must-drop'])
    expect([...loaded.chosen.subarray(0, 2)]).toEqual([30, 31])
    const page = runItemsPage(
      { store: fixture.store, dataset, draft: result.draft, method, run: loaded },
      {
        run: 'r1',
        part: 'left-out',
        label: null,
        reasonCode: 'near-duplicate',
        votes: null,
        window: { first: 0, limit: 50 }
      }
    )
    expect(page.items.length).toBeGreaterThan(0)
    for (const entry of page.items)
      expect(entry.reason).toMatch(
        /^Nearly the same as item_\d+, which (was kept|stood for both) \(\d+ % alike\)\.$/
      )
    const counted = result.leftOutReasons.reduce((n, reason) => n + reason.count, 0)
    expect(counted).toBe(310 - result.got)
    expect(result.classes.find((entry) => entry.name === 'c1')?.chosen).toBe(5)
    expect(result.classes.find((entry) => entry.name === 'c2')?.chosen).toBeGreaterThanOrEqual(20)
  })

  it('never lets a test item, an example or a repeat of one into the choice', async () => {
    await messyPool()
    await runJob(fixture, draftFor('pool'), { id: 'r1' })
    const loaded = await loadRun(join(fixture.folder, 'runs', 'r1'))
    const columns = fixture.store.items.columns('pool')
    const chosen = new Set([...loaded.chosen].map((row) => columns.firstSame[row]))
    expect(loaded.choice.testRows.length).toBeGreaterThanOrEqual(40)
    for (const row of loaded.choice.testRows) expect(chosen.has(columns.firstSame[row])).toBe(false)
    for (const task of loaded.choice.tasks) {
      for (const part of task.parts)
        for (const row of part.rows) expect(chosen.has(columns.firstSame[row])).toBe(false)
    }
    expect(chosen.size).toBe(loaded.chosen.length)
  })

  it('pages through all items once, in the same order at any page size', async () => {
    await messyPool()
    await runJob(fixture, draftFor('pool'), { id: 'r1' })
    const loaded = await loadRun(join(fixture.folder, 'runs', 'r1'))
    const dataset = fixture.store.datasets.get('pool')
    const method = selectionMethods.find((candidate) => candidate.id === 'icons')
    if (dataset === undefined || method === undefined) throw new Error('missing')
    const source = {
      store: fixture.store,
      dataset,
      draft: resultOf('r1').draft,
      method,
      run: loaded
    }
    const walk = (limit: number, label: string | null): number[] => {
      const rows: number[] = []
      for (let first = 0, total = 1; first < total; first += limit) {
        const page = runItemsPage(source, {
          run: 'r1',
          part: 'left-out',
          label,
          reasonCode: null,
          votes: null,
          window: { first, limit }
        })
        rows.push(...page.items.map((entry) => entry.item.row))
        total = page.total
      }
      return rows
    }
    expect(walk(7, null)).toEqual([...loaded.leftOut])
    expect(walk(1000, null)).toEqual([...loaded.leftOut])
    expect(walk(3, 'c2')).toEqual(
      [...loaded.leftOut].filter((row) => loaded.choice.labels[row] === 2)
    )
  })
})

describe('stopping', () => {
  it('at any checkpoint and going on gives the same bits', async () => {
    await addPool(0.3, 300)
    const draft = draftFor('pool', { tasks, check: { repeats: 3 }, alsoTry: [{ id: 'random' }] })
    const whole = await runJob(fixture, draft, { id: 'whole' })
    expect(whole.error).toBeUndefined()
    const reference = { files: await filesOf('whole'), check: resultOf('whole').check }
    expect(whole.checkpoints).toBeGreaterThan(8)
    for (let stopAfter = 1; stopAfter < whole.checkpoints; stopAfter++) {
      const id = `stop${stopAfter}`
      const stopped = await runJob(fixture, draft, { id, stopAfter })
      expect(stopped.result).toBeUndefined()
      const resumed = await runJob(fixture, draft, { id })
      expect(resumed.error).toBeUndefined()
      expect(await filesOf(id)).toEqual(reference.files)
      expect(resultOf(id).check).toEqual(reference.check)
    }
  })

  it('does not let later changes of the data into a run that goes on', async () => {
    await addPool(0.3, 300)
    const draft = draftFor('pool', { tasks, check: { repeats: 2 } })
    await runJob(fixture, draft, { id: 'whole' })
    await runJob(fixture, draft, { id: 'stopped', stopAfter: 2 })
    fixture.store.items.setAside('pool', [0, 1, 2, 3, 4, 5, 6, 7], new Uint8Array(8).fill(1))
    await runJob(fixture, draft, { id: 'stopped' })
    expect(await filesOf('stopped')).toEqual(await filesOf('whole'))
  })

  it('with "keep" during the test leaves the finished selection without a check', async () => {
    await addPool(0.3, 300)
    const draft = draftFor('pool', { tasks, check: { repeats: 3 } })
    const whole = await runJob(fixture, draft, { id: 'whole' })
    // The last checkpoint is the result; the one before it is a unit of the check.
    const stopped = await runJob(fixture, draft, {
      id: 'kept',
      stopAfter: whole.checkpoints - 2,
      keepOnCancel: true
    })
    expect(stopped.error).toBeDefined()
    expect(resultOf('kept').check).toBeNull()
    expect((await filesOf('kept'))['chosen.npy']).toBe((await filesOf('whole'))['chosen.npy'])
  })

  it('before anything is chosen leaves nothing, kept or not', async () => {
    await addPool(0.3, 300)
    const stopped = await runJob(fixture, draftFor('pool', { tasks }), {
      id: 'early',
      stopAfter: 1,
      keepOnCancel: true
    })
    expect(stopped.error).toBeDefined()
    expect(fixture.store.runs.get('early')?.result).toBeUndefined()
  })
})
