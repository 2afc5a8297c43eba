// The examples of all tasks as one list, with a weight each.
import { AppError } from '../../../../api/errors.ts'
import { isReadable } from '../../../compute/kernels/readable-row.ts'
import type { Random } from '../../../compute/random.ts'
import type { SelectionInputs } from '../../method.ts'

export interface Examples {
  /** V x columns, row-major, finite. */
  readonly features: Float32Array
  /** Task of each example. */
  readonly taskOf: Uint32Array
  /** One per example by the importance of its task; they sum to 1. */
  readonly weights: Float64Array
  /** Examples there were, before any were left out by lot. */
  readonly available: number
}

/** More examples are drawn from by lot: the matching grows with their number. */
export const mostExamples = 2000

const importances = { low: 1, normal: 2, high: 4 } as const

/** Throws AppError when no example has numbers that can be read. */
export function gatherExamples(random: Random, { tasks, features }: SelectionInputs): Examples {
  const { columns } = features
  const all = tasks.flatMap(({ parts, importance }, task) =>
    parts.flatMap((part) =>
      Array.from({ length: part.labels.length }, (_, v) => ({
        task,
        weight: importances[importance],
        values: part.features.subarray(v * columns, (v + 1) * columns)
      })).filter(({ values }) => isReadable(values, 0, columns))
    )
  )
  if (all.length === 0) {
    throw new AppError(
      'method-not-possible',
      'No example task has any example item that can be read. Add example items first.'
    )
  }
  const used =
    all.length <= mostExamples
      ? all
      : [...random.fork('examples').sample(all.length, mostExamples).sort()].map((at) => all[at])
  const values = new Float32Array(used.length * columns)
  used.forEach((example, v) => values.set(example.values, v * columns))
  const total = used.reduce((sum, { weight }) => sum + weight, 0)
  return {
    features: values,
    taskOf: Uint32Array.from(used, ({ task }) => task),
    weights: Float64Array.from(used, ({ weight }) => weight / total),
    available: all.length
  }
}
