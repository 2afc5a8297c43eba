// Copies items of one version of a dataset into the next, by SQL and in steps.
import type { Database } from 'better-sqlite3'
import { rowsPerDataset } from './item-rows.ts'
import type { ItemRepository } from './records.ts'

const copied = `head, repeat, split, aside, duplicate_of, size_bytes, text_length, width, height,
  fingerprint, name, locator, text, extra, pictures, boxes, note`

/** The copying part of the item repository. `numberOf` throws for an unknown dataset. */
export function createItemCopier(
  db: Database,
  numberOf: (dataset: string) => number
): Pick<ItemRepository, 'copyRows'> {
  const mapped = (column: string): string =>
    `CASE WHEN ${column} < 0 THEN -1 ELSE json_extract($labels, '$[' || ${column} || ']') END`
  const items = db.prepare(
    `INSERT INTO items (id, dataset, label, given_label, ${copied})
     SELECT id + $shift, $number, ${mapped('label')},
       CASE WHEN given_label IS NULL THEN NULL ELSE ${mapped('given_label')} END, ${copied}
     FROM items WHERE id >= $from AND id < $to ORDER BY id`
  )
  const tagNames = db.prepare(
    'INSERT OR IGNORE INTO tags (dataset, name) SELECT ?, name FROM tags WHERE dataset = ?'
  )
  const tags = db.prepare(
    `INSERT INTO item_tags (tag, item)
     SELECT new.id, item + $shift FROM item_tags
       JOIN tags AS old ON old.id = tag
       JOIN tags AS new ON new.dataset = $number AND new.name = old.name
     WHERE item >= $from AND item < $to`
  )
  const copy = db.transaction(
    (source: number, target: number, labels: Int32Array, first: number, count: number) => {
      const from = source * rowsPerDataset + first
      const range = {
        from,
        to: from + count,
        shift: (target - source) * rowsPerDataset,
        number: target
      }
      items.run({ ...range, labels: JSON.stringify([...labels]) })
      tagNames.run(target, source)
      tags.run(range)
    }
  )
  return {
    copyRows: (from, to, labels, first, count) =>
      copy.immediate(numberOf(from), numberOf(to), labels, first, count)
  }
}
