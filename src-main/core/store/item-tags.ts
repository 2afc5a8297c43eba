// Tags of items: a name per dataset, and the items it is on.
import type { Database } from 'better-sqlite3'
import { rowsPerDataset } from './item-rows.ts'
import type { ItemRepository } from './records.ts'

/** The part of the item repository that is about tags. `numberOf` throws for an unknown dataset. */
export function createItemTags(
  db: Database,
  numberOf: (dataset: string) => number
): Pick<ItemRepository, 'tagsOf' | 'tagNames' | 'tagRows' | 'setTag'> {
  const ofItem = db
    .prepare<[number], string>(
      `SELECT name FROM item_tags JOIN tags ON tags.id = item_tags.tag
       WHERE item = ? ORDER BY name`
    )
    .pluck()
  const names = db
    .prepare<[number], string>('SELECT name FROM tags WHERE dataset = ? ORDER BY name')
    .pluck()
  const any = db.prepare<[number], number>('SELECT 1 FROM tags WHERE dataset = ? LIMIT 1').pluck()
  const items = db
    .prepare<[number, number, number], number>(
      'SELECT item FROM item_tags WHERE tag = ? AND item >= ? ORDER BY item LIMIT ?'
    )
    .pluck()
  const find = db
    .prepare<[number, string], number>('SELECT id FROM tags WHERE dataset = ? AND name = ?')
    .pluck()
  const make = db.prepare('INSERT INTO tags (dataset, name) VALUES (?, ?)')
  const add = db.prepare('INSERT OR IGNORE INTO item_tags (tag, item) VALUES (?, ?)')
  const take = db.prepare('DELETE FROM item_tags WHERE tag = ? AND item = ?')
  const dropUnused = db.prepare(
    'DELETE FROM tags WHERE id = ? AND NOT EXISTS (SELECT 1 FROM item_tags WHERE tag = id)'
  )

  const set = db.transaction(
    (dataset: string, name: string, rows: ArrayLike<number>, on: Uint8Array) => {
      const number = numberOf(dataset)
      const known = find.get(number, name)
      const tag = known ?? Number(make.run(number, name).lastInsertRowid)
      for (let i = 0; i < rows.length; i++) {
        const item = number * rowsPerDataset + rows[i]
        if (on[i] === 1) add.run(tag, item)
        else take.run(tag, item)
      }
      dropUnused.run(tag)
    }
  )

  return {
    tagsOf(dataset, rows) {
      const number = numberOf(dataset)
      // Most datasets have no tags; their lists need not ask row by row.
      if (any.get(number) === undefined) return rows.map(() => [])
      return rows.map((row) => ofItem.all(number * rowsPerDataset + row))
    },
    tagNames: (dataset) => names.all(numberOf(dataset)),
    tagRows(dataset, tag, first, limit) {
      const number = numberOf(dataset)
      const id = find.get(number, tag)
      const zero = number * rowsPerDataset
      return Uint32Array.from(
        id === undefined ? [] : items.all(id, zero + first, limit),
        (item) => item - zero
      )
    },
    setTag: (dataset, tag, rows, on) => set.immediate(dataset, tag, rows, on)
  }
}
