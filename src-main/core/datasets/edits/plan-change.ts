// What a change would do: the rows that really change, what they become, and what they had.
import type { EditChange } from '../../../api/dto/edits.ts'
import { AppError } from '../../../api/errors.ts'
import { splitNumber } from '../../store/item-rows.ts'
import type { DatasetRecord, ItemColumns, Store } from '../../store/records.ts'
import type { Browse } from '../browse/browse.ts'
import type { ItemChange } from '../browse/loaded-dataset.ts'

/** A change worked out on the data as it is. */
export interface Planned {
  readonly change: ItemChange
  /** The change that takes it back. */
  readonly back: ItemChange
  /** Labels the dataset did not know. */
  readonly addedLabels: readonly string[]
}

interface PlanDeps {
  readonly store: Store
  readonly browse: Browse
}

/** Works out a change of `rows`. Throws AppError "invalid-input". */
export async function planChange(
  { store, browse }: PlanDeps,
  record: DatasetRecord,
  rows: Uint32Array,
  change: EditChange
): Promise<Planned> {
  switch (change.kind) {
    case 'aside': {
      const { aside } = await browse.columns(record.id)
      const to = change.aside ? 1 : 0
      const changed = unique(rows).filter((row) => aside[row] !== to)
      const filled = (value: number): Uint8Array => new Uint8Array(changed.length).fill(value)
      return {
        change: { kind: 'aside', rows: changed, aside: filled(to) },
        back: { kind: 'aside', rows: changed, aside: filled(1 - to) },
        addedLabels: []
      }
    }
    case 'label':
      return planLabels(await browse.columns(record.id), record, unique(rows), () => change.label)
    case 'labels': {
      if (change.labels.length !== rows.length)
        throw new AppError('invalid-input', 'There must be one label for each item.')
      const wanted = new Map(Array.from(rows, (row, i) => [row, change.labels[i]]))
      const columns = await browse.columns(record.id)
      return planLabels(columns, record, unique(rows), (row) => wanted.get(row) ?? null)
    }
    case 'split': {
      const { splits } = await browse.columns(record.id)
      const to = splitNumber(change.split)
      const changed = unique(rows).filter((row) => splits[row] !== to)
      return {
        change: { kind: 'splits', rows: changed, splits: new Uint8Array(changed.length).fill(to) },
        back: {
          kind: 'splits',
          rows: changed,
          splits: Uint8Array.from(changed, (row) => splits[row])
        },
        addedLabels: []
      }
    }
    case 'tag': {
      const has = await browse.tagged(record.id, change.tag)
      const to = change.on ? 1 : 0
      const changed = unique(rows).filter((row) => has[row] !== to)
      const filled = (value: number): Uint8Array => new Uint8Array(changed.length).fill(value)
      return {
        change: { kind: 'tag', tag: change.tag, rows: changed, on: filled(to) },
        back: { kind: 'tag', tag: change.tag, rows: changed, on: filled(1 - to) },
        addedLabels: []
      }
    }
    case 'note': {
      const own = unique(rows)
      const { noted } = await browse.columns(record.id)
      const now = store.items.notesOf(record.id, own, noted)
      const places = [...own.keys()].filter((i) => now[i] !== change.text)
      const changed = Uint32Array.from(places, (i) => own[i])
      return {
        change: { kind: 'notes', rows: changed, notes: places.map(() => change.text) },
        back: { kind: 'notes', rows: changed, notes: places.map((i) => now[i]) },
        addedLabels: []
      }
    }
  }
}

/** Rows ascending, each once. */
function unique(rows: Uint32Array): Uint32Array {
  const sorted = rows.slice().sort()
  return sorted.filter((row, i) => i === 0 || sorted[i - 1] !== row)
}

function planLabels(
  { labels }: ItemColumns,
  record: DatasetRecord,
  rows: Uint32Array,
  labelOf: (row: number) => string | null
): Planned {
  const known = new Map(record.classNames.map((name, index) => [name, index]))
  const addedLabels: string[] = []
  const indexOf = (given: string | null): number => {
    const name = given?.trim() ?? null
    if (name === null) return -1
    if (name === '') throw new AppError('invalid-input', 'A label needs at least one letter.')
    const index = known.get(name)
    if (index !== undefined) return index
    addedLabels.push(name)
    known.set(name, known.size)
    return known.size - 1
  }
  const to = Int32Array.from(rows, (row) => indexOf(labelOf(row)))
  const places = [...rows.keys()].filter((i) => labels[rows[i]] !== to[i])
  const changed = Uint32Array.from(places, (i) => rows[i])
  return {
    change: { kind: 'labels', rows: changed, labels: Int32Array.from(places, (i) => to[i]) },
    back: {
      kind: 'labels',
      rows: changed,
      labels: Int32Array.from(changed, (row) => labels[row])
    },
    addedLabels
  }
}
