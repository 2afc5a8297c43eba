// Some texts of a dataset, spread evenly over its rows: what the words of the map are found in.
import type { DatasetRecord, ItemRepository } from '../store/records.ts'
import { readCharacters } from './typical-words.ts'

export interface TextSample {
  readonly rows: Uint32Array
  readonly texts: readonly string[]
}

const sampled = 12_000
const atOnce = 200

/** Null when the data holds no texts. `breathe` is called between reads. */
export async function sampleTexts(
  items: Pick<ItemRepository, 'rows'>,
  dataset: Pick<DatasetRecord, 'id' | 'kind' | 'items'>,
  breathe: () => Promise<void>
): Promise<TextSample | null> {
  if (dataset.kind !== 'text') return null
  const count = Math.min(sampled, dataset.items)
  const rows = Uint32Array.from({ length: count }, (_, i) =>
    Math.floor((i * dataset.items) / count)
  )
  const texts: string[] = []
  for (let from = 0; from < count; from += atOnce) {
    await breathe()
    const wanted = Array.from(rows.subarray(from, from + atOnce))
    const byRow = new Map(items.rows(dataset.id, wanted).map((item) => [item.row, item.text ?? '']))
    for (const row of wanted) texts.push((byRow.get(row) ?? '').slice(0, readCharacters))
    // The store is read in the backend's own thread: others get their turn in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { rows, texts }
}
