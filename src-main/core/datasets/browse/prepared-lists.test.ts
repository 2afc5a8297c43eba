// Lists of a large dataset answered from prepared files give exactly what the project file gives:
// after every opening, after changes, and when files are damaged, foreign or of an earlier state.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noFilter, ownOrder, type ItemSort } from '../../../api/dto/browse.ts'
import { createRandom } from '../../compute/random.ts'
import { openStore } from '../../store/open-store.ts'
import type { ItemColumns, Store } from '../../store/records.ts'
import {
  datasetRecord,
  itemFilter,
  newItem,
  temporaryFolder
} from '../../store/store.test-support.ts'
import { createBrowse, type Browse } from './browse.ts'
import { createPreparedLists, type PreparedLists } from './prepared-lists.ts'

const items = 300
const dataset = 'd'
const classNames = ['rose', 'tulip']
const column = (name: string, type: 'category' | 'number', role: 'keep' | 'number') => ({
  ...{ name, type, role, confidence01: 1, distinct: null, missing: 0, examples: [] }
})

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let reads: string[]
beforeEach(() => {
  folder = temporaryFolder()
  reads = []
  store = openStore(join(folder.path, 'project.sqlite'))
  const columns = [column('colour', 'category', 'keep'), column('score', 'number', 'number')]
  store.datasets.insert(datasetRecord(dataset, { kind: 'text', classNames, columns, items }))
  const random = createRandom(1)
  store.items.append(
    dataset,
    Array.from({ length: items }, (_, row) =>
      newItem(row, `text ${random.below(250)}`, {
        name: `item ${random.below(items)}`,
        label: random.below(3) - 1,
        values: { colour: ['red', 'blue', ''][random.below(3)] ?? '', score: random.below(50) - 20 }
      })
    )
  )
})
afterEach(() => {
  vi.useRealTimers()
  store.dispose()
  folder.remove()
})

const place = (): string => join(folder.path, 'lists')
const files = (): string[] =>
  readdirSync(place(), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name.endsWith('.list') && !each.name.startsWith('.'))
    .map((each) => join(each.parentPath, each.name))
    .sort()

/** Lists that tell which files were found. */
function watched(lists: PreparedLists): PreparedLists {
  return {
    ...lists,
    async read(...asked) {
      const found = await lists.read(...asked)
      if (found !== undefined) reads.push(asked[2])
      return found
    }
  }
}

function open(isReadOnly = false): { browse: Browse; lists: PreparedLists } {
  const lists = createPreparedLists(place(), isReadOnly, 100)
  const browse = createBrowse({
    store,
    alike: () => Promise.resolve(undefined),
    lists: watched(lists)
  })
  return { browse, lists }
}

const sorts: readonly ItemSort['by'][] = [
  { kind: 'name' },
  { kind: 'label' },
  { kind: 'column', column: 'score' },
  { kind: 'column', column: 'colour' },
  { kind: 'column', column: '#length' }
]

/** Everything that is answered from memory. */
async function answers(browse: Browse): Promise<unknown> {
  const window = { first: 0, limit: items }
  const list = async (by: ItemSort['by'], filter = noFilter): Promise<number[]> => {
    const { rows } = await browse.window(dataset, filter, { by, descending: false }, window)
    return [...rows]
  }
  const filters = [
    itemFilter({ labels: ['rose'] }),
    itemFilter({ values: [{ column: 'colour', values: ['red'] }] }),
    itemFilter({ ranges: [{ column: 'score', min: 0, max: 9 }], duplicates: 'only' }),
    itemFilter({ marked: ['noted', 'relabelled'] })
  ]
  return {
    own: await list(ownOrder.by),
    sorted: await Promise.all(sorts.map((by) => list(by))),
    filtered: await Promise.all(filters.map((filter) => list({ kind: 'name' }, filter))),
    facets: await browse.facets(dataset, noFilter),
    counts: await browse.counts(dataset),
    columns: Object.entries(await browse.columns(dataset)).map(
      ([name, values]: [string, ItemColumns[keyof ItemColumns]]) => [name, ...values]
    )
  }
}
const plainAnswers = (): Promise<unknown> =>
  answers(createBrowse({ store, alike: () => Promise.resolve(undefined) }))

/** Asks as a window does, until all is written. */
async function use(): Promise<unknown> {
  const { browse, lists } = open()
  const said = await answers(browse)
  await vi.waitFor(async () => {
    await lists.settled()
    expect(files().length).toBe(fileCount)
  })
  browse.dispose()
  return said
}
/** Facts, marks, two columns, and orders by name, score, colour, length and bytes. */
const fileCount = 9

it('says the same from files as from the project', async () => {
  const plain = await plainAnswers()
  expect(await use()).toEqual(plain)
  expect(reads).toEqual([])
  expect(await use()).toEqual(plain)
  expect(new Set(reads)).toEqual(
    new Set([
      ...['facts', 'marks', 'column colour', 'column score', 'ranks name'],
      ...['ranks column score', 'ranks column colour', 'ranks column #length']
    ])
  )
})

it('follows changes, whether or not they were kept before the next opening', async () => {
  await use()
  for (const when of ['never', 'later', 'at the end']) {
    const isKept = when !== 'never'
    reads = []
    const { browse, lists } = open()
    await browse.counts(dataset)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const rows = Uint32Array.from([3, 5, 7 + when.length])
    const labels = Int32Array.from([1, 0, -1])
    store.items.setLabels(dataset, rows, labels)
    browse.changed(dataset, { kind: 'labels', rows, labels })
    store.items.setAside(dataset, rows, Uint8Array.of(1, 1, 1))
    browse.changed(dataset, { kind: 'aside', rows, aside: Uint8Array.of(1, 1, 1) })
    expect(store.datasets.listState(dataset)).toBeUndefined()
    if (when === 'later') vi.runAllTimers()
    if (when === 'at the end') browse.dispose()
    vi.useRealTimers()
    await lists.settled()
    expect(store.datasets.listState(dataset) !== undefined).toBe(isKept)
    // Never: the app was killed.
    if (when === 'later') browse.dispose()

    reads = []
    const plain = await plainAnswers()
    expect(await use()).toEqual(plain)
    expect(reads.includes('marks')).toBe(isKept)
    expect(reads).toContain('facts')
  }
})

it('makes damaged and foreign files again', async () => {
  const plain = await plainAnswers()
  await use()
  const whole = files().map((path) => readFileSync(path))
  const random = createRandom(7)
  for (let round = 0; round < 20; round++) {
    files().forEach((path, at) => {
      const bytes = Buffer.from(whole[at] ?? [])
      const kind = random.below(4)
      if (kind === 0) bytes[random.below(bytes.length)] ^= 1 + random.below(255)
      // Another file in its place, with a check of its own that holds.
      const other = whole[(at + 1 + random.below(whole.length - 1)) % whole.length] ?? bytes
      const cut = bytes.subarray(0, random.below(bytes.length))
      writeFileSync(path, kind === 1 ? other : kind === 2 ? cut : bytes)
    })
    expect(await use()).toEqual(plain)
  }
})

it('shows the list as the data comes before anything is loaded, unless something is set aside', async () => {
  const window = { first: 290, limit: 100 }
  const page = async (browse: Browse): Promise<unknown> => {
    const { rows, total } = await browse.window(dataset, noFilter, ownOrder, window)
    return { rows: [...rows], total }
  }
  const first = open()
  await first.browse.counts(dataset)
  await vi.waitFor(() => expect(store.datasets.listState(dataset)).toBeDefined())
  const loads = vi.spyOn(store.items, 'fillColumns')
  const whole = { rows: Array.from({ length: 10 }, (_, at) => 290 + at), total: items }
  const plain = createBrowse({ store, alike: () => Promise.resolve(undefined) })
  const answered = page(plain)
  expect(await answered).toEqual(whole)
  expect(await page(plain)).toEqual(whole)
  expect(loads).toHaveBeenCalled()
  plain.dispose()

  store.items.setAside(dataset, Uint32Array.of(0, 291), Uint8Array.of(1, 1))
  const after = createBrowse({ store, alike: () => Promise.resolve(undefined) })
  const seen = { rows: [292, 293, 294, 295, 296, 297, 298, 299], total: items - 2 }
  expect(await page(after)).toEqual(seen)
  after.dispose()
  first.browse.dispose()
})

it('goes without where nothing can be written', async () => {
  const plain = await plainAnswers()
  const { browse } = open()
  vi.spyOn(store.datasets, 'saveCounts').mockImplementation(() => {
    throw new Error('database or disk is full')
  })
  expect(await answers(browse)).toEqual(plain)
  browse.dispose()
  vi.restoreAllMocks()
})

it('writes nothing into a project that is only read, and forgets a dataset that is gone', async () => {
  const readOnly = open(true)
  await answers(readOnly.browse)
  await readOnly.lists.settled()
  expect(() => files()).toThrow()
  await use()
  const { browse } = open()
  await browse.remove(dataset)
  expect(files()).toEqual([])
})

it('leaves small datasets to the project file', async () => {
  const lists = createPreparedLists(place(), false, items + 1)
  const browse = createBrowse({ store, alike: () => Promise.resolve(undefined), lists })
  await answers(browse)
  await lists.settled()
  expect(() => files()).toThrow()
})
