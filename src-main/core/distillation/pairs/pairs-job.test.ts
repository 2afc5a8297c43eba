// Sets of pairs through the ordinary job: made, tested by what is found, stopped and gone on with, and
// shown with the real pairs most like each.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DistilResult, type DistilDraft } from '../../../api/dto/distil.ts'
import { distillationMethods } from '../../methods/distillation/registry.ts'
import {
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from '../distil.test-support.ts'
import { reviewDraft } from '../review.ts'
import { loadSet } from '../set-files.ts'
import { setItems } from '../set-items.ts'
import { addPairs } from './pairs.test-support.ts'

let empty: DistilFixture
beforeEach(async () => {
  empty = await createDistilFixture()
})
afterEach(() => empty.dispose())

const small = { space: 4, temperature: 0.2, steps: 3, lessons: 2, helpers: 1, helperEpochs: 2 }

function pairDraft(change: Record<string, unknown> = {}): DistilDraft {
  return draftFor('pairs', {
    pairs: true,
    kind: 'made',
    method: { id: 'pair-matching', params: small },
    perClass: 6,
    check: { repeats: 1, equalBytes: false },
    ...change
  })
}

function resultOf(id: string): DistilResult {
  return DistilResult.parse(empty.store.runs.get(id)?.result)
}

describe('a set of pairs', () => {
  it('is made, tested by what students find, and written', async () => {
    const { fixture } = await addPairs(empty, 160)
    const run = await runDistilJob(fixture, pairDraft(), { id: 'one' })
    expect(run.error).toBeUndefined()
    const result = resultOf('one')
    expect(result).toMatchObject({
      items: 6,
      decodedItems: 6,
      classNames: ['Pairs'],
      picture: null
    })
    expect(result.check?.measure).toBe('recall')
    const arms = result.check?.arms ?? []
    expect(new Set(arms.map(({ arm }) => arm))).toEqual(
      new Set(['distilled-soft', 'random-hard', 'all'])
    )
    expect(new Set(arms.map(({ network }) => network))).toEqual(
      new Set(['matching heads, 4 numbers', 'matching heads with 4 hidden units, 4 numbers'])
    )
    const all = arms.find(({ arm }) => arm === 'all')
    const own = arms.find(({ arm }) => arm === 'distilled-soft')
    expect(all?.accuracy.mean).toBeGreaterThan(own?.accuracy.mean ?? 1)
    expect(result.check?.verdict).toContain('6 pairs find')
    expect(result.provenance['sentence']).toContain('tiny training set of 6 pairs')
    expect(result.ledger).toEqual([{ name: 'Items', numbers: 66, bytes: 264 }])
    expect(result.curve.length).toBeGreaterThan(1)
    expect(result.network).toBe('matching heads, 4 numbers')
    expect(result.tables.map(({ title }) => title)).toContain('How alike everything has become')
    const folder = join(fixture.folder, 'runs', 'one')
    const { items } = await setItems(
      { store: fixture.store, pool: fixture.pool, mediaFolder: join(fixture.folder, 'media') },
      folder,
      result,
      { run: 'one', label: null, first: 0, limit: 10 }
    )
    expect(items).toHaveLength(6)
    expect(items[0]).toMatchObject({ label: 'Pairs', item: null })
    expect(items[0].nearest).toHaveLength(3)
  }, 60_000)

  it('of real ones keeps rows, and comes out the same after stops', async () => {
    const { fixture } = await addPairs(empty, 160)
    const draft = pairDraft({
      method: { id: 'pair-matching', params: { ...small, similarity: 'learned', rank: 2 } },
      check: { repeats: 1, equalBytes: false, otherNetwork: false, all: false }
    })
    expect((await runDistilJob(fixture, draft, { id: 'calm' })).error).toBeUndefined()
    for (let start = 0; start < 30; start++) {
      const run = await runDistilJob(fixture, draft, { id: 'cut', stopAfter: 3 })
      if (run.error === undefined) break
      expect(String(run.error)).toMatch(/Stopped|aborted/)
    }
    expect(resultOf('cut').provenance['setHash']).toBe(resultOf('calm').provenance['setHash'])
    expect(resultOf('cut').check).toEqual(resultOf('calm').check)
    const real = pairDraft({
      kind: 'real',
      method: { id: 'real-pairs', params: { space: 4, choice: 'herding' } },
      check: { isOn: false }
    })
    expect((await runDistilJob(fixture, real, { id: 'real' })).error).toBeUndefined()
    const set = await loadSet(join(fixture.folder, 'runs', 'real', 'set'))
    expect(set.values).toBeUndefined()
    expect(set.sourceRows).toHaveLength(6)
  }, 60_000)
})

describe('rows that lack a half', () => {
  it('take no part and are counted; what fingerprints say of them is not repeated', async () => {
    const pictures = [3, 40, 41, 90]
    const texts = [7, 41]
    const { fixture } = await addPairs(empty, 160, { pictures, texts })
    const draft = pairDraft({ check: { isOn: false } })
    const run = await runDistilJob(fixture, draft, { id: 'gaps' })
    expect(run.error).toBeUndefined()
    expect(run.notes.join(' ')).toContain(
      '4 rows have no picture that can be read and take no part.'
    )
    expect(run.notes.join(' ')).toContain('2 rows have no text with words and take no part.')
    expect(run.notes.join(' ')).not.toContain('fingerprints of')
    const { trainItems, testItems, provenance } = resultOf('gaps')
    expect(trainItems + testItems + Number(provenance['validationItems'])).toBe(155)
  }, 60_000)

  it('when they are nearly all, nothing is made and it is said', async () => {
    const { fixture } = await addPairs(empty, 160, {
      texts: Array.from({ length: 150 }, (_, row) => row)
    })
    const run = await runDistilJob(fixture, pairDraft(), { id: 'few' })
    expect(run.error).toMatchObject({ code: 'method-not-possible' })
    expect(String(run.error)).toContain('too few to learn from')
    expect(empty.store.runs.get('few')?.result).toBeUndefined()
  })
})

describe('a review', () => {
  const review = (fixture: DistilFixture, draft: DistilDraft) =>
    reviewDraft(
      {
        store: fixture.store,
        items: fixture.items,
        methods: distillationMethods,
        features: fixture.features,
        prober: {
          speed: () =>
            Promise.resolve({
              ...{ trained: 1e-5, forward: 1e-6, second: 1e-4, perPicture: 0 },
              ...{ deviceId: 'native', device: 'processor', slowdown: 1 }
            })
        },
        expertsFolder: join(fixture.folder, 'experts'),
        machine: { freeMemoryBytes: () => 8e9, freeDiskBytes: () => Promise.resolve(1e11) },
        projectFolder: '/projects/My data.winnow',
        threads: 2,
        deviceRequest: () => 'auto',
        isGraphics: () => false
      },
      draft
    )

  it('offers pairs where items have both halves, and takes the offer', async () => {
    const { fixture } = await addPairs(empty, 160, { pictures: [1, 2] })
    const plain = await review(fixture, draftFor('pairs'))
    expect(plain.pairs).toBe(158)
    const offer = plain.messages.find(({ code }) => code === 'D13')
    expect(offer?.text).toContain('158 items have a picture and a text')
    const [action] = offer?.actions ?? []
    const patched = { ...draftFor('pairs'), ...action?.patch }
    const found = await review(fixture, draftFor('pairs', patched))
    expect(found.messages.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(found.messages.map(({ code }) => code)).toEqual(expect.arrayContaining(['D15', 'D17']))
    expect(
      found.methods.filter(({ isPossible }) => isPossible).map(({ method }) => method)
    ).toEqual(['real-pairs', 'pair-matching'])
    expect(found.recommended).toMatchObject({ kind: 'made', method: 'pair-matching' })
    expect(found.estimate).not.toBeNull()
    expect(found.suggestedName).toContain('pairs')
  }, 30_000)

  it('says when there is nothing to pair', async () => {
    const { fixture } = await addPairs(empty, 60, {
      pictures: Array.from({ length: 60 }, (_, row) => row)
    })
    const found = await review(fixture, pairDraft())
    expect(found.messages.find(({ severity }) => severity === 'error')).toMatchObject({
      code: 'D14'
    })
    const other = await review(fixture, draftFor('pairs'))
    expect(other.pairs).toBeUndefined()
    expect(other.messages.some(({ code }) => code === 'D13')).toBe(false)
  }, 30_000)
})
