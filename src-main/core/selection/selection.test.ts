// The selection area as a whole: recommended draft, review, start, result, comparison, removal.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  DraftReview,
  Run,
  RunComparison,
  RunItemsPage,
  SelectDraft,
  SelectionResult
} from '../../api/dto/runs.ts'
import type { Job } from '../../api/dto/jobs.ts'
import { selectionMethods } from '../methods/registry.ts'
import { createProber, type Prober } from './estimate.ts'
import { commandOf } from './draft-command.ts'
import { expectedMix } from './expected-mix.ts'
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
let started: { id: string; params: unknown }[]
let free: { memory: number; disk: number }

function jobOf(id: string): Job {
  return {
    id,
    kind: 'select',
    title: id,
    state: 'finished',
    dataset: 'pool',
    run: id,
    phase: null,
    fraction01: 1,
    eta: null,
    queuePosition: null,
    createdAt: 0,
    startedAt: 0,
    finishedAt: 1,
    activeSeconds: 1,
    error: null,
    notes: [],
    device: null,
    canPause: true,
    canResume: true
  }
}

function depsFor(prober: Prober): SelectionDeps {
  return {
    store: fixture.store,
    items: fixture.items,
    methods: selectionMethods,
    prober,
    machine: {
      freeMemoryBytes: () => free.memory,
      freeDiskBytes: () => Promise.resolve(free.disk)
    },
    projectFolder: 'My data.winnow',
    threads: 2,
    deviceRequest: () => 'wasm',
    runsFolder: join(fixture.folder, 'runs'),
    now: () => 7,
    pool: fixture.pool,
    features: fixture.features,
    alike: alikeBy(fixture),
    engine: () => ({
      submit(request) {
        const id = request.id ?? ''
        started.push({ id, params: request.params })
        return jobOf(id)
      },
      get: jobOf,
      discard: () => Promise.resolve()
    })
  }
}

beforeEach(async () => {
  fixture = await createFixture()
  started = []
  free = { memory: 8e9, disk: 50e9 }
  area = createSelection(
    depsFor(createProber({ store: fixture.store, features: fixture.features, pool: fixture.pool }))
  )
})
afterEach(() => fixture.dispose())

const shape = { classes: 4, columns: 12, distance: 2 }

async function addData(): Promise<void> {
  await fixture.addDataset(
    'pool',
    [
      ...clouds({ ...shape, items: 400, seed: 1, split: 'train', wrongShare01: 0.3 }),
      ...clouds({ ...shape, items: 200, seed: 2, split: 'test' })
    ],
    { name: 'Fashion pictures' }
  )
  await fixture.addDataset('ex1', clouds({ ...shape, items: 40, seed: 3 }), {
    name: 'Shoes',
    purpose: 'examples'
  })
  await fixture.addDataset('ex2', clouds({ ...shape, items: 40, seed: 4 }), {
    name: 'Tops',
    purpose: 'examples'
  })
}

describe('recommended draft', () => {
  it('aims at the example data of the project and recommends votes for tasks that overlap', async () => {
    await addData()
    const draft = SelectDraft.parse(await area.defaults('pool'))
    expect(draft.tasks).toMatchObject({ kind: 'sets', sets: [{ name: 'Shoes' }, { name: 'Tops' }] })
    expect(draft).toMatchObject({
      method: { id: 'icons' },
      goal: 'train-table',
      check: { isOn: true, repeats: 5 }
    })
    // 10 % of 400 are 40; 20 for each of 4 classes are 80.
    expect(draft.budget).toEqual({ kind: 'count', count: 80 })
  })
  it('prefers the example sets the project stores', async () => {
    await addData()
    fixture.store.setFact('exampleSets', [
      { name: 'Warm', dataset: 'ex1', labels: ['c0', 'c1'] },
      { name: 'Gone', dataset: 'x' }
    ])
    expect((await area.defaults('pool')).tasks).toMatchObject({
      kind: 'sets',
      sets: [{ name: 'Warm', labels: ['c0', 'c1'] }]
    })
  })
  it('without examples recommends items that teach what all would, and lots where most is kept', async () => {
    await fixture.addDataset('pool', clouds({ ...shape, items: 3000, seed: 1 }))
    const draft = await area.defaults('pool')
    expect(draft).toMatchObject({
      tasks: { kind: 'labels' },
      method: { id: 'gtp' },
      budget: { kind: 'percent', percent: 10 }
    })
    const review = await area.review(draft)
    expect(review.recommended).toMatchObject({ method: 'gtp' })
    const most = await area.review({ ...draft, budget: { kind: 'percent', percent: 60 } })
    expect(most.recommended).toMatchObject({ method: 'stratified-random' })
    expect(review.messages.filter((message) => message.severity === 'error')).toEqual([])
  })
  it('without labels turns the check off and recommends variety', async () => {
    const items = clouds({ ...shape, items: 300, seed: 1 }).map((item) => ({
      ...item,
      label: -1,
      trueLabel: -1
    }))
    await fixture.addDataset('pool', items, { classNames: [] })
    const draft = await area.defaults('pool')
    expect(draft).toMatchObject({
      goal: 'label-first',
      method: { id: 'facility-location' },
      check: { isOn: false }
    })
    const on = await area.review({ ...draft, check: { ...draft.check, isOn: true } })
    expect(on.messages.map((message) => message.code)).toContain('V6')
    expect(on.goals.find((goal) => goal.goal === 'train-table')).toMatchObject({
      isPossible: false
    })
  })
})

describe('review', () => {
  it('is a valid answer with counts, cost, sentence, name and command', async () => {
    await addData()
    const review = DraftReview.parse(
      await area.review({
        ...(await area.defaults('pool')),
        budget: { kind: 'percent', percent: 10 }
      })
    )
    expect(review).toMatchObject({
      candidates: 400,
      scopeItems: 600,
      keep: 40,
      testItems: 200,
      keepBytes: 4000
    })
    expect(review.suggestedName).toBe('Best 10 % of Fashion pictures')
    expect(review.sentence).toMatch(
      /^Keep 40 of 400 items of Fashion pictures to train a table sorter, chosen by .+, aimed at 2 target tasks/
    )
    expect(review.command).toBe(
      "winnow select --project 'My data.winnow' --dataset 'Fashion pictures' --goal train-table --method icons --budget 10% --tasks tasks.json --seed 0 --check --repeats 5"
    )
    expect(review.classes.reduce((n, entry) => n + entry.willKeep, 0)).toBe(40)
    const { estimate } = review
    expect(estimate?.lowSeconds).toBeGreaterThan(0)
    expect(estimate?.highSeconds).toBeGreaterThan(estimate?.lowSeconds ?? Infinity)
    expect(estimate?.why).toContain('this data\u2019s fingerprints')
  })
  it('measures once per data and device, and asks the extractor while fingerprints are missing', async () => {
    await addData()
    let probes = 0
    const prober = createProber({
      store: fixture.store,
      features: {
        ...fixture.features,
        cached: () => Promise.resolve(undefined),
        probe() {
          probes++
          return Promise.resolve({ secondsPerItem: 0.5, columns: 12, items: 16 })
        }
      },
      pool: fixture.pool
    })
    const fresh = createSelection(depsFor(prober))
    const first = await fresh.review(await fresh.defaults('pool'))
    await fresh.review(await fresh.defaults('pool'))
    expect(probes).toBe(1)
    // 600 items at half a second each.
    expect(first.estimate?.lowSeconds).toBeGreaterThan(150)
    expect(first.estimate?.why).toContain('16 of your items')
  })
  it('has no estimate when the data cannot be read', async () => {
    await addData()
    const prober: Prober = { speed: () => Promise.resolve(undefined) }
    const review = await createSelection(depsFor(prober)).review(await area.defaults('pool'))
    expect(review.estimate).toBeNull()
  })
  it('warns about memory and disk from its own estimate', async () => {
    await addData()
    free = { memory: 1000, disk: 10 }
    const codes = (await area.review(await area.defaults('pool'))).messages.map(
      (message) => message.code
    )
    expect(codes).toContain('V8')
    expect(codes).toContain('V12')
  })
  it('greys out what the data cannot do, with the reason', async () => {
    await addData()
    const review = await area.review(await area.defaults('pool'))
    expect(review.goals.find((goal) => goal.goal === 'train-images')).toEqual({
      goal: 'train-images',
      isPossible: false,
      reason: 'This data has no pictures.',
      patch: {}
    })
    const impossible = review.methods.filter((method) => !method.isPossible)
    // A table without texts, sources or a list; everything else can be used.
    expect(impossible.map(({ reason }) => reason?.split(/[:;] /)[0])).toEqual(
      expect.arrayContaining(['Needs a list', 'Needs texts', 'Needs to know where items come from'])
    )
    expect(impossible.map(({ method }) => method)).not.toContain('icons')
    const none = await area.review({
      ...(await area.defaults('pool')),
      tasks: {
        kind: 'sets',
        sets: [
          { name: 'X', importance: 'normal', dataset: 'gone', labels: [], keys: [], parts: [] }
        ]
      }
    })
    expect(none.methods.find((method) => method.method === 'icons')?.reason).toContain(
      'example items'
    )
    expect(none.messages.map((message) => message.code)).toContain('M1')
  })
  it('shares the budget by the data within the class limits', () => {
    const draft = draftFor('pool', {
      rules: {
        perClass: [
          { label: 'a', min: 6, max: null },
          { label: 'c', min: null, max: 1 }
        ]
      }
    })
    expect(expectedMix([10, 80, 10], 20, draft, ['a', 'b', 'c'])).toEqual([6, 13, 1])
    expect(expectedMix([0, 0], 0, draft, ['a', 'b'])).toEqual([0, 0])
  })
  it('writes commands a shell reads back', () => {
    const draft = draftFor('pool', {
      budget: { kind: 'count', count: 5 },
      tasks: { kind: 'column', column: "it's" },
      check: { isOn: false }
    })
    expect(commandOf(draft, { name: 'my pool' }, 'P.winnow')).toEqual({
      command:
        "winnow select --project P.winnow --dataset 'my pool' --name 'Test run' --goal train-table --method icons --budget 5 --task-column 'it'\\''s' --per-task 20 --seed 0",
      files: []
    })
  })
})

describe('runs', () => {
  it('start with a name, show their result, and can be compared, renamed and removed', async () => {
    await addData()
    const first = await area.start({ ...(await area.defaults('pool')), name: '' })
    const second = await area.start(
      draftFor('pool', {
        name: 'By lot',
        method: { id: 'random' },
        budget: { kind: 'count', count: 80 }
      })
    )
    expect(started.map((job) => job.id)).toEqual([first, second])
    expect(area.get(first)).toMatchObject({
      name: 'Best 80 items of Fashion pictures',
      hasResult: false,
      asked: null
    })
    expect(() => area.result(first)).toThrow(/no result/)
    for (const job of started) await runJob(fixture, SelectDraft.parse(job.params), { id: job.id })
    const run = Run.parse(area.get(first))
    expect(run).toMatchObject({
      asked: 80,
      got: 80,
      hasResult: true,
      methodName: 'Like my examples (ICONS)'
    })
    expect(SelectionResult.parse(area.result(first)).check?.testItems).toBe(200)
    const comparison = RunComparison.parse(await area.compare(first, second))
    expect(comparison.both + comparison.onlyFirst).toBe(80)
    expect(comparison.sameData).toBe(true)
    expect(comparison.sentence).toMatch(/^The two sets share \d+ items/)
    const same = await area.compare(first, first)
    expect(same.jaccard01).toBe(1)
    const page = RunItemsPage.parse(
      await area.items({
        run: first,
        part: 'chosen',
        label: null,
        reasonCode: null,
        votes: null,
        window: { first: 0, limit: 10 }
      })
    )
    expect(page.items.map((entry) => entry.rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(page.total).toBe(80)
    expect(area.rename(first, 'Mine').name).toBe('Mine')
    expect(area.result(first).name).toBe('Mine')
    await area.remove(first)
    expect(existsSync(join(fixture.folder, 'runs', first))).toBe(false)
    expect(area.list().map((entry) => entry.job.id)).toEqual([second])
    expect(() => area.get(first)).toThrow(/not in the project/)
  })
  it('do not start while a message is an error', async () => {
    await addData()
    const key = fixture.store.items.get('pool', 0)?.key ?? ''
    const draft = draftFor('pool', { rules: { mustKeep: [key], mustDrop: [key] } })
    await expect(area.start(draft)).rejects.toMatchObject({
      code: 'budget-not-possible',
      hint: 'Show them'
    })
    expect(started).toEqual([])
  })
})

describe('goals', () => {
  it('just removing repeats keeps everything else, and coming back restores the usual share', async () => {
    await addData()
    const draft = await area.defaults('pool')
    const goalOf = async (of: SelectDraft, goal: string): Promise<SelectDraft> => {
      const found = (await area.review(of)).goals.find((entry) => entry.goal === goal)
      return SelectDraft.parse({ ...of, ...found?.patch, goal })
    }
    const repeats = await goalOf(draft, 'remove-repeats')
    expect(repeats).toMatchObject({
      budget: { kind: 'percent', percent: 100 },
      method: { id: 'random' },
      check: { isOn: false }
    })
    const review = await area.review(repeats)
    expect(review.keep).toBe(review.candidates)
    expect(review.recommended.method).toBe('random')
    expect(await goalOf(repeats, 'train-table')).toMatchObject({
      budget: { kind: 'percent', percent: 10 },
      check: { isOn: true }
    })
  })
})
