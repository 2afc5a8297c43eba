// A step as the store keeps it: what it made of its rows and what they had before, both packed.
import { z } from 'zod'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { EditStep } from '../../../api/dto/edits.ts'
import type { EditRecord, Store } from '../../store/records.ts'
import type { ItemChange } from '../browse/loaded-dataset.ts'
import type { Planned } from './plan-change.ts'

/** Numbers of a step's rows: one for all of them, or all of them packed. */
const Packed = z.union([z.number(), z.strictObject({ packed: z.string() })])
type Packed = z.infer<typeof Packed>

/** One side of a step: what its rows become. */
const Side = z.union([
  z.strictObject({ kind: z.enum(['aside', 'labels', 'splits']), values: Packed }),
  z.strictObject({ kind: z.literal('tag'), tag: z.string(), values: Packed }),
  z.strictObject({ kind: z.literal('notes'), notes: z.union([z.string(), z.array(z.string())]) })
])
type Side = z.infer<typeof Side>

const Stored = z.strictObject({ to: Side, addedLabels: z.array(z.string()) })

function pack(values: Int32Array | Uint8Array): Packed {
  const [first] = values
  if (values.every((value) => value === first)) return first
  const wide = Int32Array.from(values)
  return { packed: Buffer.from(wide.buffer).toString('base64') }
}

function unpack(packed: Packed, length: number): Int32Array {
  if (typeof packed === 'number') return new Int32Array(length).fill(packed)
  const bytes = Buffer.from(packed.packed, 'base64')
  const values = new Int32Array(length)
  for (let i = 0; i < length; i++) values[i] = bytes.readInt32LE(4 * i)
  return values
}

function sideOf(change: ItemChange): Side {
  switch (change.kind) {
    case 'aside':
      return { kind: 'aside', values: pack(change.aside) }
    case 'labels':
      return { kind: 'labels', values: pack(change.labels) }
    case 'splits':
      return { kind: 'splits', values: pack(change.splits) }
    case 'tag':
      return { kind: 'tag', tag: change.tag, values: pack(change.on) }
    case 'notes': {
      const [first] = change.notes
      const isOne = change.notes.every((note) => note === first)
      return { kind: 'notes', notes: isOne ? first : [...change.notes] }
    }
  }
}

function changeOfSide(side: Side, rows: Uint32Array): ItemChange {
  if (side.kind === 'notes') {
    const { notes } = side
    return {
      kind: 'notes',
      rows,
      notes: typeof notes === 'string' ? Array.from(rows, () => notes) : notes
    }
  }
  const values = unpack(side.values, rows.length)
  switch (side.kind) {
    case 'aside':
      return { kind: 'aside', rows, aside: Uint8Array.from(values) }
    case 'labels':
      return { kind: 'labels', rows, labels: values }
    case 'splits':
      return { kind: 'splits', rows, splits: Uint8Array.from(values) }
    case 'tag':
      return { kind: 'tag', tag: side.tag, rows, on: Uint8Array.from(values) }
  }
}

/** The record of a step. */
export function packStep(step: EditStep, planned: Planned): EditRecord {
  const stored: z.infer<typeof Stored> = {
    to: sideOf(planned.change),
    addedLabels: [...planned.addedLabels]
  }
  return {
    ...step,
    // Plain objects of the schemas above.
    change: stored as unknown as JsonValue,
    rows: planned.change.rows,
    before: sideOf(planned.back) as unknown as JsonValue
  }
}

/** What making a stored step again does, or taking it back. */
export function changeOf(
  edit: EditRecord,
  isAgain: boolean
): { readonly change: ItemChange; readonly addedLabels: readonly string[] } {
  const { to, addedLabels } = Stored.parse(edit.change)
  const side = isAgain ? to : Side.parse(edit.before)
  return { change: changeOfSide(side, edit.rows), addedLabels }
}

/** Stores entries from .. to-1 of a change. */
export function storeRows(
  { items }: Pick<Store, 'items'>,
  dataset: string,
  change: ItemChange,
  from: number,
  to: number
): void {
  const rows = change.rows.subarray(from, to)
  switch (change.kind) {
    case 'aside':
      return items.setAside(dataset, rows, change.aside.subarray(from, to))
    case 'labels':
      return items.setLabels(dataset, rows, change.labels.subarray(from, to))
    case 'splits':
      return items.setSplitsOf(dataset, rows, change.splits.subarray(from, to))
    case 'tag':
      return items.setTag(dataset, change.tag, rows, change.on.subarray(from, to))
    case 'notes':
      return items.setNotes(dataset, rows, change.notes.slice(from, to))
  }
}
