// Real items of a tiny set: rows picked out of all of them, and how they are stored.
import type { Random } from '../../../compute/random.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import { inputSize } from '../../../networks/network.ts'
import { toPixels } from '../../../networks/normalisation.ts'
import type { DistillationInputs, LabelledRows, StoredArray } from '../distillation-method.ts'

/** Some of the rows, in the given order, as rows of their own. */
export function someRows(all: LabelledRows, picked: Uint32Array): LabelledRows {
  return {
    count: picked.length,
    labels: Int32Array.from(picked, (row) => all.labels[row]),
    read: (rows) => all.read(rows.map((row) => picked[row]))
  }
}

/** At most `most` of the rows by lot, ascending. */
export function rowsByLot(rows: Uint32Array, most: number, random: Random): Uint32Array {
  if (rows.length <= most) return rows
  return random
    .sample(rows.length, most)
    .map((at) => rows[at])
    .sort()
}

/**
 * Real items as they are stored: pictures as bytes of their pixels, rows of numbers as they are.
 * @param values count x size, normalised
 */
export function storedItems(
  { data, shape, normalisation }: Pick<DistillationInputs, 'data' | 'shape' | 'normalisation'>,
  values: Float32Array
): StoredArray {
  const { height, width, channels } = shape
  const count = values.length / inputSize(shape)
  if (data === 'vectors')
    return { name: 'rows', part: 'items', shape: [count, channels], values, bytesEach: 4 }
  return {
    name: 'pictures',
    part: 'items',
    shape: [count, height, width, channels],
    values: toPixels(values, channels, normalisation),
    bytesEach: 1
  }
}

/** One class index per item, in as few bytes as the number of classes needs. */
export function storedLabels(labels: Int32Array, classes: number): StoredArray {
  const isSmall = classes <= 256
  return {
    name: 'labels',
    part: 'labels',
    shape: [labels.length],
    values: isSmall ? Uint8Array.from(labels) : Uint32Array.from(labels),
    bytesEach: isSmall ? 1 : 2
  }
}

/** A note for classes with fewer items than asked; empty when all have enough. */
export function shortClassesNote(
  rows: readonly Uint32Array[],
  perClass: number,
  names: readonly string[]
): string[] {
  const short = rows.flatMap((list, label) =>
    list.length < perClass ? [`${names[label]} (${list.length})`] : []
  )
  if (short.length === 0) return []
  const shown = short.slice(0, 5).join(', ')
  const more = short.length > 5 ? ` and ${short.length - 5} more` : ''
  return [
    `Some labels have fewer than ${perClass} items, so all of theirs were taken: ${shown}${more}.`
  ]
}

/** A note where a helper model was to be kept, but is a file that only gives answers. */
export function ownHelperNote({ answer }: Pick<ExpertSource, 'answer'>): string[] {
  return answer === undefined
    ? []
    : ['A helper model of your own cannot be kept with the set: its labels were stored once.']
}
