// The labels of array datasets: one value per item, and the names those values stand for.
import { AppError } from '../../../../api/errors.ts'
import { compareNaturally } from '../reader.ts'
import type { ArraySet } from './array-set.ts'
import type { ArrayStore } from './array-store.ts'

/** Labels of a set. */
export interface ArrayLabels {
  /** All names, in natural order. */
  readonly classNames: readonly string[]
  /** Index of an item's label into the names, -1 for none. */
  indexOf(part: number, item: number): number
}

/** More different labels than this are no labels. */
const mostClasses = 100_000

// Values read at once.
const blockRows = 1 << 20

/** Reads all labels. Throws AppError "file-not-recognised" for fractions, "too-large". */
export async function loadLabels(store: ArrayStore, set: ArraySet): Promise<ArrayLabels> {
  const named = set.classNames === undefined ? undefined : await store.texts(set.classNames)
  const names = new Map<string, number>()
  const perPart: (Int32Array | undefined)[] = []
  for (const { labels, count } of set.parts)
    perPart.push(
      labels === undefined ? undefined : await readLabels(store, labels, count, named, names)
    )
  const classNames = [...names.keys()].sort(compareNaturally)
  const place = new Map(classNames.map((name, i) => [name, i]))
  const order = Int32Array.from([...names.keys()], (name) => place.get(name) ?? -1)
  return {
    classNames,
    indexOf(part, item) {
      const given = perPart[part]?.[item] ?? -1
      return given < 0 ? -1 : order[given]
    }
  }
}

/** Places of the labels in `names`, in the order in which names are first met. */
async function readLabels(
  store: ArrayStore,
  array: string,
  count: number,
  named: readonly string[] | undefined,
  names: Map<string, number>
): Promise<Int32Array> {
  const out = new Int32Array(count)
  const add = (name: string): number => {
    let place = names.get(name)
    if (place === undefined) {
      place = names.size
      names.set(name, place)
      if (names.size > mostClasses)
        throw new AppError(
          'too-large',
          `“${array}” has more than ${mostClasses} different values, so it cannot be the label.`
        )
    }
    return place
  }
  if (store.arrays.find(({ name }) => name === array)?.dtype === 'text') {
    const texts = await store.texts(array)
    for (let i = 0; i < count; i++) out[i] = texts[i].trim() === '' ? -1 : add(texts[i].trim())
    return out
  }
  const rows = await store.rows(array)
  const known = new Map<number, number>()
  for (let start = 0; start < count; start += blockRows) {
    const values = await rows.readDoubles(start, Math.min(blockRows, count - start))
    for (let i = 0; i < values.length; i++) {
      const value = values[i]
      let place = known.get(value)
      if (place === undefined) {
        place = add(labelName(value, array, named))
        known.set(value, place)
      }
      out[start + i] = place
    }
  }
  return out
}

function labelName(value: number, array: string, named: readonly string[] | undefined): string {
  if (!Number.isInteger(value))
    throw new AppError(
      'file-not-recognised',
      `“${array}” holds fractions, so it cannot be labels.`,
      {
        hint: 'Choose another array for the labels, or none.'
      }
    )
  const name = named?.[value]?.trim()
  return name === undefined || name === '' ? String(value) : name
}
