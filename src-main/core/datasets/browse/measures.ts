// Facts of items that act as number columns: length of the text, bytes, width and height.
import { ItemMeasure } from '../../../api/dto/browse.ts'
import type { DataKind } from '../../../api/dto/datasets.ts'
import type { ItemColumns } from '../../store/records.ts'

const measures: ReadonlySet<string> = new Set(ItemMeasure.options)

/** True for a name that stands for a fact of the item, not for a column of the data. */
export function isMeasure(name: string): name is ItemMeasure {
  return measures.has(name)
}

/** Measures that say something about this kind of data. */
export function measuresOf(kind: DataKind): readonly ItemMeasure[] {
  if (kind === 'images') return ['#width', '#height', '#bytes']
  return kind === 'text' ? ['#length', '#bytes'] : ['#bytes']
}

/** The measure of each row, NaN where it is unknown. */
export function measureOf(columns: ItemColumns, kind: DataKind, name: ItemMeasure): Float64Array {
  switch (name) {
    case '#bytes':
      return columns.sizes
    case '#length':
      return kind === 'images'
        ? new Float64Array(columns.sizes.length).fill(Number.NaN)
        : new Float64Array(columns.textLengths)
    case '#width':
      return known(columns.widths)
    case '#height':
      return known(columns.heights)
  }
}

function known(values: Uint32Array): Float64Array {
  const numbers = new Float64Array(values.length)
  for (let row = 0; row < numbers.length; row++)
    numbers[row] = values[row] === 0 ? Number.NaN : values[row]
  return numbers
}
