// The rows a search finds: by the full-text index where there is one and the query fits it, else by
// looking through names and texts in slices.
import type { Store } from '../../store/records.ts'
import { inSlices, type Breaks } from './breaks.ts'
import { holdsWords, type SearchQuery } from './words.ts'

// The index answers a million rows in a tenth of a second, but finds its way back in only slowly.
const indexedAtOnce = 200_000
const lookedThroughAtOnce = 2_000

/** One byte per row, 1 = found. `isIndexed` says that the index holds every item. */
export async function searchItems(
  store: Store,
  dataset: string,
  items: number,
  query: SearchQuery,
  isIndexed: boolean,
  breaks: Breaks
): Promise<Uint8Array> {
  const found = new Uint8Array(items)
  if (query.kind === 'none') return found.fill(1)
  if (query.kind === 'words' && isIndexed) {
    const done = await searchIndex(store, dataset, query.written, found, breaks)
    if (done) return found
  }
  await inSlices(items, lookedThroughAtOnce, breaks, (first, count) => {
    if (query.kind === 'words')
      store.items.texts(dataset, first, count).forEach(([name, text], i) => {
        if (holdsWords(query.words, name, text)) found[first + i] = 1
      })
    else markContaining(store, dataset, query.parts, first, count, found)
  })
  return found
}

/** False when the index cannot answer. */
async function searchIndex(
  store: Store,
  dataset: string,
  words: readonly string[],
  found: Uint8Array,
  breaks: Breaks
): Promise<boolean> {
  for (let first = 0; first < found.length;) {
    const rows = store.items.searchIndex(dataset, words, first, indexedAtOnce)
    if (rows === undefined) return false
    for (const row of rows) found[row] = 1
    if (rows.length < indexedAtOnce) return true
    first = rows[rows.length - 1] + 1
    if (breaks.isDue()) await breaks.take()
  }
  return true
}

function markContaining(
  store: Store,
  dataset: string,
  parts: readonly string[],
  first: number,
  count: number,
  found: Uint8Array
): void {
  const hits = new Uint8Array(count)
  for (const part of parts)
    for (const row of store.items.containing(dataset, part, first, count)) hits[row - first]++
  for (let i = 0; i < count; i++) if (hits[i] === parts.length) found[first + i] = 1
}
