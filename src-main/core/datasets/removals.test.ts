// Removing datasets: gone from every list at once, wholly gone afterwards with everything that
// belonged to them, and finished at the next start when the app ended in between.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { noFilter } from '../../api/dto/browse.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/records.ts'
import { datasetRecord, newItem, temporaryFolder } from '../store/store.test-support.ts'
import { createBrowse, type Browse } from './browse/browse.ts'
import { requireDataset } from './datasets.ts'
import { createEdits } from './edits/edits.ts'
import { createRemovals, type Removals } from './removals.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let browse: Browse
let removals: Removals
const media = (): string => join(folder.path, 'media')

function open(): void {
  store = openStore(join(folder.path, 'project.sqlite'))
  browse = createBrowse({ store, alike: () => Promise.resolve(undefined) })
  removals = createRemovals({ store, mediaFolder: media(), browse })
}
async function close(): Promise<void> {
  removals.dispose()
  await removals.settled()
  browse.dispose()
  store.dispose()
}
beforeEach(() => {
  folder = temporaryFolder()
  open()
})
afterEach(async () => {
  await close()
  folder.remove()
})

const large = 20_500

async function addDataset(id: string, items: number): Promise<void> {
  store.datasets.insert(datasetRecord(id, { items, kind: 'text', isSearchable: true }))
  for (let first = 0; first < items; first += 5000)
    store.items.append(
      id,
      Array.from({ length: Math.min(5000, items - first) }, (_, i) =>
        newItem(first + i, `text ${first + i}`)
      )
    )
  store.items.index(id, 0, items)
  const edits = createEdits({ store, browse, now: () => 1 })
  await edits.apply({
    dataset: id,
    scope: { kind: 'rows', rows: [0, items - 1] },
    change: { kind: 'tag', tag: 'odd', on: true },
    because: null
  })
  await mkdir(join(media(), id), { recursive: true })
  await writeFile(join(media(), id, 'a.png'), 'x')
}

it('leaves nothing of a dataset, and everything of the others', async () => {
  await addDataset('gone', 50)
  await addDataset('kept', 50)
  await removals.remove(requireDataset(store, 'gone'))
  expect(store.datasets.get('gone')).toBeUndefined()
  expect(store.items.count('gone')).toBe(0)
  expect(await readdir(media())).toEqual(['kept'])
  expect(await browse.rows('kept', { ...noFilter, search: 'text 49' })).toEqual(Uint32Array.of(49))
  expect(await browse.rows('kept', { ...noFilter, tags: ['odd'] })).toEqual(Uint32Array.of(0, 49))
  expect(store.check()).toEqual([])
  // A dataset that gets the number of the removed one starts with nothing of it.
  await addDataset('next', 5)
  expect(store.items.tagNames('next')).toEqual(['odd'])
  expect(await browse.rows('next', { ...noFilter, search: 'text' })).toHaveLength(5)
})

it('frees the name of a large dataset at once, and finishes at the next start', async () => {
  await addDataset('large', large)
  await removals.remove(requireDataset(store, 'large'))
  expect(store.datasets.list()).toEqual([])
  expect(store.datasets.byName('Data large')).toBeUndefined()
  await expect(browse.rows('large', noFilter)).rejects.toMatchObject({ code: 'dataset-not-found' })
  // The app ends before the rows are gone.
  await close()
  open()
  await removals.settled()
  expect(store.datasets.inState('removing')).toEqual([])
  expect(store.items.count('large')).toBe(0)
  expect(await readdir(media())).toEqual([])
  expect(store.check()).toEqual([])
})
