// Steps against what they promise: after any sequence of changes, steps back and steps forward the
// data is exactly what making the steps in force on fresh data gives, in the store and in memory.
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noFilter, type ItemFilter } from '../../../api/dto/browse.ts'
import { EditRequest, type EditChange } from '../../../api/dto/edits.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/records.ts'
import { datasetRecord, newItem, temporaryFolder } from '../../store/store.test-support.ts'
import { createBrowse, type Browse } from '../browse/browse.ts'
import { requireDataset } from '../datasets.ts'
import { itemRows } from '../item-row.ts'
import { createEdits, type Edits } from './edits.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
let store: Store
let browse: Browse
let edits: Edits
let clock = 0
const classNames = ['cat', 'dog']
const items = 12

function open(): void {
  store = openStore(path)
  browse = createBrowse({ store, alike: () => Promise.resolve(undefined) })
  edits = createEdits({ store, browse, now: () => ++clock })
}
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'project.sqlite')
  clock = 0
  open()
})
afterEach(() => {
  browse.dispose()
  store.dispose()
  folder.remove()
})

function addDataset(id: string, count = items): string {
  store.datasets.insert(datasetRecord(id, { classNames, items: count, kind: 'text' }))
  store.items.append(
    id,
    Array.from({ length: count }, (_, row) =>
      newItem(row, `text ${row}`, {
        label: (row % 3) - 1,
        split: row % 2 === 0 ? 'train' : 'none'
      })
    )
  )
  return id
}

/** Everything a step can change, as the store has it. */
function stateOf(id: string): unknown {
  const record = requireDataset(store, id)
  const rows = Array.from({ length: record.items }, (_, row) => row)
  return {
    classNames: record.classNames,
    items: itemRows(store, record, rows).map((item) => ({ ...item, key: '' })),
    notes: rows.map((row) => store.items.get(id, row)?.note)
  }
}

/** What browsing sees must be what the store has. */
async function expectBrowseToFollow(id: string): Promise<void> {
  const fresh = createBrowse({ store, alike: () => Promise.resolve(undefined) })
  const filters: Partial<ItemFilter>[] = [
    { aside: 'only' },
    { labels: ['cat'] },
    { unlabelled: true },
    { splits: ['test'] },
    { tags: ['a'] },
    { tags: ['b'] },
    { marked: ['noted'] },
    { marked: ['relabelled'] }
  ]
  for (const change of filters) {
    const filter = { ...noFilter, aside: 'show' as const, ...change }
    expect(await browse.rows(id, filter)).toEqual(await fresh.rows(id, filter))
  }
  expect(await browse.facets(id, noFilter)).toEqual(await fresh.facets(id, noFilter))
  expect(await browse.counts(id)).toEqual(store.datasets.counts(id))
  fresh.dispose()
}

const arbitraryRows = fc.uniqueArray(fc.nat(items - 1), { maxLength: items })
const arbitraryChange: fc.Arbitrary<EditChange> = fc.oneof(
  fc.record({ kind: fc.constant('aside' as const), aside: fc.boolean() }),
  fc.record({
    kind: fc.constant('label' as const),
    label: fc.constantFrom('cat', 'dog', 'new', ' newer ', null)
  }),
  fc.record({
    kind: fc.constant('split' as const),
    split: fc.constantFrom('train', 'test', 'none')
  }),
  fc.record({
    kind: fc.constant('tag' as const),
    tag: fc.constantFrom('b', 'a'),
    on: fc.boolean()
  }),
  fc.record({ kind: fc.constant('note' as const), text: fc.constantFrom('', 'look', 'twice') })
)
const arbitraryRequest = fc.oneof(
  fc.record({ rows: arbitraryRows, change: arbitraryChange }).map(({ rows, change }) => ({
    scope: { kind: 'rows', rows },
    change
  })),
  fc.record({ except: arbitraryRows, change: arbitraryChange }).map(({ except, change }) => ({
    scope: { kind: 'filter', filter: { splits: ['train'] }, except },
    change
  })),
  fc
    .array(fc.tuple(fc.nat(items - 1), fc.constantFrom('dog', 'third', null)), { maxLength: 5 })
    .map((pairs) => ({
      scope: { kind: 'rows', rows: pairs.map(([row]) => row) },
      change: { kind: 'labels', labels: pairs.map(([, label]) => label) }
    }))
)
const arbitraryMove = fc.oneof(
  { weight: 3, arbitrary: arbitraryRequest.map((request) => ({ request, to: undefined })) },
  { weight: 1, arbitrary: fc.nat(8).map((to) => ({ request: undefined, to })) }
)

describe('any sequence of changes', () => {
  it('is the steps in force, exactly', async () => {
    let datasets = 0
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryMove, { maxLength: 12, size: 'max' }), async (moves) => {
        const id = addDataset(`d${++datasets}`)
        // State after each step, and the requests that made them.
        const states = [stateOf(id)]
        const requests: unknown[] = []
        for (const { request, to } of moves) {
          const steps = edits.list(id)
          if (request === undefined) {
            const number = Math.min(to, steps.length)
            const moved = await edits.stepTo(id, number)
            expect(moved.steps.map((step) => step.isUndone)).toEqual(
              steps.map((step) => step.number > number)
            )
            expect(stateOf(id)).toEqual(states[number])
            continue
          }
          const before = stateOf(id)
          const inForce = steps.filter((step) => !step.isUndone).length
          const { changed, step } = await edits.apply(
            EditRequest.parse({ dataset: id, ...request })
          )
          expect(step === null).toBe(changed === 0)
          if (step === null) {
            expect(stateOf(id)).toEqual(before)
            expect(edits.list(id)).toEqual(steps)
            continue
          }
          expect(edits.list(id)).toHaveLength(inForce + 1)
          states.splice(inForce + 1, Infinity, stateOf(id))
          requests.splice(inForce, Infinity, request)
        }
        await expectBrowseToFollow(id)
        const end = edits.list(id).filter((step) => !step.isUndone).length
        const replayed = addDataset(`r${datasets}`)
        for (const request of requests.slice(0, end))
          await edits.apply(EditRequest.parse({ dataset: replayed, ...(request as object) }))
        expect(stateOf(replayed)).toEqual(stateOf(id))
        browse.forget(id)
        browse.forget(replayed)
        store.datasets.remove(id)
        store.datasets.remove(replayed)
      }),
      { numRuns: 60 }
    )
  })
})

describe('a change', () => {
  const apply = (change: EditChange, rows: number[], because: string | null = null) =>
    edits.apply({ dataset: 'd', scope: { kind: 'rows', rows }, change, because })
  beforeEach(() => void addDataset('d'))

  it('says what it did, in plain words', async () => {
    await apply({ kind: 'aside', aside: true }, [0, 1], 'Near-duplicates')
    await apply({ kind: 'aside', aside: false }, [0])
    await apply({ kind: 'label', label: 'bird' }, [3])
    await apply({ kind: 'label', label: null }, [3, 4])
    await apply({ kind: 'labels', labels: ['cat', 'dog'] }, [5, 6], 'PII')
    await apply({ kind: 'split', split: 'test' }, [5])
    await apply({ kind: 'split', split: 'none' }, [5])
    await apply({ kind: 'tag', tag: 'odd', on: true }, [5])
    await apply({ kind: 'tag', tag: 'odd', on: false }, [5])
    await apply({ kind: 'note', text: 'look' }, [5])
    await apply({ kind: 'note', text: '' }, [5])
    expect(edits.list('d').map((step) => step.sentence)).toEqual([
      'Set 2 items aside: near-duplicates',
      'Took 1 item back in',
      'Labelled 1 item “bird”',
      'Took the label off 2 items',
      'Changed the labels of 2 items: PII',
      'Moved 1 item to the test part',
      'Moved 1 item out of the training and test parts',
      'Tagged 1 item “odd”',
      'Took the tag “odd” off 1 item',
      'Wrote a note on 1 item',
      'Removed the note of 1 item'
    ])
  })

  it('keeps the label an item came with, until it has it again', async () => {
    await apply({ kind: 'label', label: 'dog' }, [1])
    await apply({ kind: 'label', label: 'bird' }, [1])
    expect(store.items.get('d', 1)?.givenLabel).toBe(0)
    await apply({ kind: 'label', label: 'cat' }, [1])
    expect(store.items.get('d', 1)?.givenLabel).toBeUndefined()
  })

  it('is refused whole when an item or its dataset does not exist', async () => {
    const before = stateOf('d')
    await expect(apply({ kind: 'aside', aside: true }, [0, items])).rejects.toMatchObject({
      code: 'item-not-found'
    })
    await expect(apply({ kind: 'labels', labels: ['cat'] }, [0, 1])).rejects.toMatchObject({
      code: 'invalid-input'
    })
    await expect(apply({ kind: 'label', label: '  ' }, [0])).rejects.toMatchObject({
      code: 'invalid-input'
    })
    await expect(
      edits.apply({
        dataset: 'gone',
        scope: { kind: 'rows', rows: [] },
        change: { kind: 'aside', aside: true },
        because: null
      })
    ).rejects.toMatchObject({ code: 'dataset-not-found' })
    await expect(edits.stepTo('d', 3)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(stateOf('d')).toEqual(before)
    expect(edits.list('d')).toEqual([])
  })

  it('waits for the one before it', async () => {
    const all = Array.from({ length: items }, (_, row) => row)
    const done = await Promise.all([
      apply({ kind: 'aside', aside: true }, all),
      apply({ kind: 'aside', aside: false }, [0]),
      apply({ kind: 'aside', aside: true }, [0])
    ])
    expect(done.map((one) => one.step?.number)).toEqual([1, 2, 3])
    expect(stateOf('d')).toMatchObject({ items: all.map(() => ({ isAside: true })) })
  })
})

describe('a large change', () => {
  const count = 2500

  it('is written in parts, and one that was cut short is taken back when the project opens', async () => {
    addDataset('big', count)
    const before = stateOf('big')
    const request = EditRequest.parse({
      dataset: 'big',
      scope: { kind: 'filter', filter: {} },
      change: { kind: 'label', label: 'new' }
    })
    await edits.apply(request)
    const after = stateOf('big')
    await edits.stepTo('big', 0)
    expect(stateOf('big')).toEqual(before)
    await edits.stepTo('big', 1)
    expect(stateOf('big')).toEqual(after)

    // As if the app had ended between two parts of taking it back.
    store.items.setLabels('big', [0, 1, 2], Int32Array.of(-1, 0, 1))
    store.edits.setUnfinished('big', 1)
    browse.dispose()
    store.dispose()
    open()
    await edits.settled()
    expect(edits.list('big')).toMatchObject([{ number: 1, isUndone: true }])
    expect(stateOf('big')).toEqual(before)
    await edits.stepTo('big', 1)
    expect(stateOf('big')).toEqual(after)
    await expectBrowseToFollow('big')
  })
})
