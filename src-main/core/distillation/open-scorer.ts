// The scorer of a measure over the opened items of a run; undefined for accuracy, which needs none.
import type { DistilMeasure } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import { explainedScorer } from '../evaluation/distilled/explained.ts'
import type { Scorer } from '../evaluation/distilled/judge.ts'
import { pairScorer, type PairFacts } from '../evaluation/pairs/judge-pairs.ts'
import type { TargetRows } from '../methods/distillation/distillation-method.ts'

/**
 * The scorer for all rows of a part of the data, or for some of them in this order. Throws AppError
 * "method-not-possible" where the data has nothing of that kind.
 */
export async function openScorer(
  measure: DistilMeasure,
  data: { readonly targets?: TargetRows; readonly heads?: PairFacts | undefined },
  on: 'validation' | 'test',
  some?: Uint32Array
): Promise<Scorer | undefined> {
  if (measure === 'accuracy') return undefined
  const { targets, heads } = data
  if (measure === 'recall' && heads !== undefined) return pairScorer(heads)
  if (targets === undefined || measure === 'recall')
    throw new AppError(
      'method-not-possible',
      'Students of this set cannot be tested with this data.'
    )
  const all = await targets.part(on)
  return explainedScorer(some === undefined ? all : pick(all, some, targets.columns))
}

function pick(all: Float32Array, rows: Uint32Array, columns: number): Float32Array {
  const out = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => out.set(all.subarray(row * columns, (row + 1) * columns), i * columns))
  return out
}
