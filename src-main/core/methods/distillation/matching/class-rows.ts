// Training rows by class, and the random batches of them that matching methods compare with.
import { AppError } from '../../../../api/errors.ts'
import type { Random } from '../../../compute/random.ts'
import type { LabelledRows } from '../distillation-method.ts'

/** Rows of some classes, one class after the other. */
export interface ClassBatch {
  readonly rows: Uint32Array
  /** Class of each row, ascending. */
  readonly classes: Int32Array
  /** Rows of each class. */
  readonly counts: Int32Array
}

/**
 * Rows of each class, ascending. Throws AppError "method-not-possible" naming a class without any: nothing can
 * be made for it.
 */
export function rowsByClass(
  data: Pick<LabelledRows, 'count' | 'labels'>,
  classNames: readonly string[]
): readonly Uint32Array[] {
  const found = classNames.map((): number[] => [])
  for (let row = 0; row < data.count; row++) found[data.labels[row]].push(row)
  const empty = found.findIndex((rows) => rows.length === 0)
  if (empty >= 0)
    throw new AppError(
      'method-not-possible',
      `There are no training items of "${classNames[empty]}", so none can be made of it.`,
      { hint: 'Add items of it, or leave this class out.' }
    )
  return found.map((rows) => Uint32Array.from(rows))
}

/** `count` different rows of a class by lot; all of them, shuffled, where it has fewer. */
export function drawRows(random: Random, rows: Uint32Array, count: number): Uint32Array {
  return random.sample(rows.length, Math.min(count, rows.length)).map((at) => rows[at])
}

/** {@link drawRows} for every class. */
export function drawClassBatch(
  random: Random,
  byClass: readonly Uint32Array[],
  perClass: number
): ClassBatch {
  const parts = byClass.map((rows, c) => drawRows(random.fork(`class ${c}`), rows, perClass))
  const total = parts.reduce((sum, { length }) => sum + length, 0)
  const rows = new Uint32Array(total)
  const classes = new Int32Array(total)
  let at = 0
  parts.forEach((part, c) => {
    rows.set(part, at)
    classes.fill(c, at, at + part.length)
    at += part.length
  })
  return { rows, classes, counts: Int32Array.from(parts, ({ length }) => length) }
}
