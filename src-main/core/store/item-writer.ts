// Writes to the `items` table. Rows are appended in order; keys and duplicates are found by one
// index lookup per item, however many items are alike.
import type { Database } from 'better-sqlite3'
import { splitNumber } from './item-filter.ts'
import { headOf } from './item-key.ts'
import { rowsPerDataset } from './item-rows.ts'
import type { ItemRepository, NewItem } from './records.ts'

interface LastAlike {
  readonly id: number
  readonly repeat: number
  readonly fingerprint: Buffer
  readonly duplicate_of: number | null
}

/** The writing half of the item repository. `numberOf` throws for an unknown dataset. */
export function createItemWriter(
  db: Database,
  numberOf: (dataset: string) => number
): Pick<ItemRepository, 'append' | 'truncate' | 'setAside' | 'setSplits'> {
  const insert = db.prepare(
    `INSERT INTO items (id, dataset, head, repeat, label, split, duplicate_of, size_bytes,
       text_length, width, height, fingerprint, name, locator, text, extra)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const lastAlike = db.prepare<[number, bigint], LastAlike>(
    `SELECT id, repeat, fingerprint, duplicate_of FROM items
     WHERE dataset = ? AND head = ? ORDER BY repeat DESC LIMIT 1`
  )
  const firstSame = db
    .prepare<[number, bigint, Buffer], number>(
      `SELECT id FROM items WHERE dataset = ? AND head = ? AND fingerprint = ?
       ORDER BY repeat LIMIT 1`
    )
    .pluck()
  const truncate = db.prepare('DELETE FROM items WHERE id >= ? AND id < ?')
  const setAside = db.prepare('UPDATE items SET aside = ? WHERE id = ? AND aside <> ?')
  const setSplit = db.prepare('UPDATE items SET split = ? WHERE id = ? AND split <> ?')

  /** Row of the first item with this content, given the last one with the same head. */
  function duplicateOf(
    number: number,
    head: bigint,
    fingerprint: Buffer,
    alike: LastAlike | undefined
  ): number | undefined {
    if (!alike) return undefined
    if (alike.fingerprint.equals(fingerprint))
      return alike.duplicate_of ?? alike.id % rowsPerDataset
    // Two contents with one head: they share the counter, so that keys stay unique.
    const id = firstSame.get(number, head, fingerprint)
    return id === undefined ? undefined : id % rowsPerDataset
  }

  function appendOne(number: number, item: NewItem): void {
    const { buffer, byteOffset, byteLength } = item.fingerprint
    const fingerprint = Buffer.from(buffer, byteOffset, byteLength)
    const head = headOf(fingerprint)
    const alike = lastAlike.get(number, head)
    insert.run(
      number * rowsPerDataset + item.row,
      number,
      head,
      (alike?.repeat ?? 0) + 1,
      item.label,
      splitNumber(item.split),
      duplicateOf(number, head, fingerprint, alike) ?? null,
      item.sizeBytes,
      item.text?.length ?? 0,
      item.width ?? null,
      item.height ?? null,
      fingerprint,
      item.name,
      item.locator,
      item.text ?? null,
      isEmpty(item.values) ? null : JSON.stringify(item.values)
    )
  }

  const writeAll = db.transaction((dataset: string, items: readonly NewItem[]) => {
    const number = numberOf(dataset)
    for (const item of items) appendOne(number, item)
  })
  const asideAll = db.transaction((dataset: string, rows: readonly number[], value: number) => {
    const first = numberOf(dataset) * rowsPerDataset
    return rows.reduce((sum, row) => sum + setAside.run(value, first + row, value).changes, 0)
  })
  const splitAll = db.transaction((dataset: string, splits: Uint8Array) => {
    const first = numberOf(dataset) * rowsPerDataset
    splits.forEach((split, row) => setSplit.run(split, first + row, split))
  })

  return {
    append: (dataset, items) => writeAll.immediate(dataset, items),
    truncate(dataset, row) {
      const first = numberOf(dataset) * rowsPerDataset
      truncate.run(first + row, first + rowsPerDataset)
    },
    setAside: (dataset, rows, aside) => asideAll.immediate(dataset, rows, aside ? 1 : 0),
    setSplits: (dataset, splits) => splitAll.immediate(dataset, splits)
  }
}

function isEmpty(values: object): boolean {
  for (const _ in values) return false
  return true
}
