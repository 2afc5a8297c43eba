// Every method gives every item a sentence, also where rules moved the end of its list: kept items
// are told why they were kept, left-out ones why not, and no number is missing in it.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunItem } from '../../api/dto/runs.ts'
import { selectionMethods } from '../methods/registry.ts'
import { methodReason } from './result.ts'
import { loadRun, runItemsPage } from './run-items.ts'
import { clouds, createFixture, draftFor, runJob, type Fixture } from './selection-fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await createFixture()
  const shape = { classes: 3, columns: 6, distance: 2 }
  const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']
  const texts = (i: number): string => `${words[i % 6]} ${words[(i * 5) % 6]} ${words[i % 4]}`
  const items = clouds({ ...shape, items: 90, seed: 1, wrongShare01: 0.2 }).map((item, i) => ({
    ...item,
    values: { site: `s${i % 3}`, text: texts(i) }
  }))
  await fixture.addDataset('pool', items, {
    columns: [{ name: 'site', kind: 'text', role: 'value' }] as never
  })
  await fixture.addDataset('ex', clouds({ ...shape, items: 12, seed: 3 }), { purpose: 'examples' })
})
afterAll(() => fixture.dispose())

/** Lists, texts, gradients made elsewhere and shares of sources have tests of their own. */
const here = selectionMethods.filter(
  ({ inputs }) => inputs.given !== true && inputs.texts !== true && inputs.sources !== true
)

async function itemsOf(id: string, method: string): Promise<RunItem[]> {
  const draft = draftFor('pool', {
    method: { id: method },
    tasks: {
      kind: 'sets',
      sets: [
        { name: 'A', dataset: 'ex', labels: ['c0', 'c1'] },
        { name: 'B', dataset: 'ex', labels: ['c1', 'c2'] }
      ]
    },
    budget: { kind: 'count', count: 20 },
    rules: {
      perClass: [{ label: 'c0', min: null, max: 3 }],
      nearDuplicates: { isOn: false, similarity01: 1 }
    },
    check: { isOn: false }
  })
  const run = await runJob(fixture, draft, { id })
  expect(run.error).toBeUndefined()
  const dataset = fixture.store.datasets.get('pool')
  const found = here.find((one) => one.id === method)
  if (dataset === undefined || found === undefined) throw new Error('no data')
  const source = {
    store: fixture.store,
    dataset,
    draft,
    method: found,
    run: await loadRun(join(fixture.folder, 'runs', id))
  }
  const page = (part: 'chosen' | 'left-out'): RunItem[] =>
    runItemsPage(source, {
      run: id,
      part,
      label: null,
      reasonCode: null,
      votes: null,
      window: { first: 0, limit: 500 }
    }).items
  return [...page('chosen'), ...page('left-out')]
}

describe('the reasons of', () => {
  it.each(here.map(({ id }) => id))('%s', async (id) => {
    const items = await itemsOf(`run-${id}`, id)
    expect(items).toHaveLength(90)
    for (const { reason, rank, item } of items) {
      expect(reason, item.name).toMatch(/^[A-Z\u201c].*\.$/)
      expect(reason).not.toMatch(/undefined|NaN|Infinity|\bnull\b|\[object/)
      expect(reason).not.toMatch(/embedding|coreset|outlier|centroid|cosine|gradient/i)
      if (rank === null) expect(reason).not.toMatch(/^Kept(?! for testing)/)
      else expect(reason).toMatch(/^Kept/)
      // At most two reasons: the sentence, and the item shown beside it.
      expect(reason.length).toBeLessThan(320)
    }
  })
})

it('do not make a method speak for items that rules let in or kept out', () => {
  const method = here.find(({ id }) => id === 'k-center')
  if (method === undefined) throw new Error('no method')
  const selection = {
    order: Uint32Array.of(0, 1, 2, 3),
    got: 2,
    score: new Float32Array(4),
    summary: { value: 0, meaning: '' },
    tieShare: 0,
    columns: {},
    info: {},
    notes: []
  }
  const reason = (row: number, rank: number, isChosen: boolean): string =>
    methodReason(method, selection, row, rank, isChosen, 'c0').text
  expect(reason(2, 3, true)).toBe(
    'Kept because there was still room for it: the method put it in place 3 of 4.'
  )
  expect(reason(1, 2, false)).toBe(
    'Left out for want of room, although the method put it in place 2 of 4.'
  )
})
