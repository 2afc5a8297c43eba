// Writes to the `items` table. Rows are appended in order; keys and duplicates are found by one
// index lookup per item, however many items are alike. Every change forgets the dataset's counts.
import type { Database } from 'better-sqlite3'
import { headOf } from './item-key.ts'
import { rowsPerDataset, splitNumber } from './item-rows.ts'
import type { ItemRepository, NewItem } from './records.ts'
import { dropTextIndex, hasTextIndex, textIndexName } from './text-index.ts'

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
): Pick<
  ItemRepository,
  | 'append'
  | 'truncate'
  | 'dropIndex'
  | 'setAside'
  | 'setLabels'
  | 'notesOf'
  | 'setNotes'
  | 'setSplitsOf'
  | 'setSplits'
> {
  const forget = db.prepare('UPDATE datasets SET counts = NULL WHERE number = ?')
  const clear = [
    'DELETE FROM item_tags WHERE item >= ? AND item < ?',
    'DELETE FROM items WHERE id >= ? AND id < ?'
  ].map((sql) => db.prepare(sql))
  const setAside = db.prepare('UPDATE items SET aside = ? WHERE id = ?')
  const setLabel = db.prepare(
    `UPDATE items SET given_label = NULLIF(COALESCE(given_label, label), $label), label = $label
     WHERE id = $id`
  )
  const setNote = db.prepare("UPDATE items SET note = NULLIF(?, '') WHERE id = ?")
  const note = db.prepare<[number], string | null>('SELECT note FROM items WHERE id = ?').pluck()
  const setSplit = db.prepare('UPDATE items SET split = ? WHERE id = ?')
  const appendOne = createAppender(db)

  /** One transaction around `write`, called with the id of row 0. */
  function change(dataset: string, write: (zero: number) => void): void {
    db.transaction(() => {
      const number = numberOf(dataset)
      forget.run(number)
      write(number * rowsPerDataset)
    }).immediate()
  }
  function each(rows: ArrayLike<number>, write: (row: number, i: number) => void): void {
    for (let i = 0; i < rows.length; i++) write(rows[i], i)
  }

  return {
    append: (dataset, items) =>
      change(dataset, (zero) => {
        for (const item of items) appendOne(zero / rowsPerDataset, item)
      }),
    truncate: (dataset, row) =>
      change(dataset, (zero) => {
        const number = zero / rowsPerDataset
        if (row === 0) dropTextIndex(db, number)
        else if (hasTextIndex(db, number))
          db.prepare(`DELETE FROM ${textIndexName(number)} WHERE rowid >= ?`).run(row)
        for (const statement of clear) statement.run(zero + row, zero + rowsPerDataset)
      }),
    dropIndex: (dataset) => change(dataset, (zero) => dropTextIndex(db, zero / rowsPerDataset)),
    setAside: (dataset, rows, aside) =>
      change(dataset, (zero) => each(rows, (row, i) => setAside.run(aside[i], zero + row))),
    setLabels: (dataset, rows, labels) =>
      change(dataset, (zero) =>
        each(rows, (row, i) => setLabel.run({ id: zero + row, label: labels[i] }))
      ),
    notesOf(dataset, rows, noted) {
      const zero = numberOf(dataset) * rowsPerDataset
      return Array.from(rows, (row) => (noted[row] === 1 ? (note.get(zero + row) ?? '') : ''))
    },
    setNotes: (dataset, rows, notes) =>
      change(dataset, (zero) => each(rows, (row, i) => setNote.run(notes[i], zero + row))),
    setSplitsOf: (dataset, rows, splits) =>
      change(dataset, (zero) => each(rows, (row, i) => setSplit.run(splits[i], zero + row))),
    setSplits: (dataset, splits, first = 0) =>
      change(dataset, (zero) => each(splits, (split, i) => setSplit.run(split, zero + first + i)))
  }
}

function createAppender(db: Database): (number: number, item: NewItem) => void {
  const insert = db.prepare(
    `INSERT INTO items (id, dataset, head, repeat, label, split, duplicate_of, size_bytes,
       text_length, width, height, fingerprint, name, locator, text, extra, pictures, boxes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
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

  return (number, item) => {
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
      isEmpty(item.values) ? null : JSON.stringify(item.values),
      listText(item.pictures),
      listText(item.boxes)
    )
  }
}

function listText(list: readonly unknown[] | undefined): string | null {
  return list === undefined || list.length === 0 ? null : JSON.stringify(list)
}

function isEmpty(values: object): boolean {
  for (const _ in values) return false
  return true
}
