// The example tasks as DSIR sees them: their texts, the counts of their words, and their weight.
import { AppError } from '../../../../api/errors.ts'
import type { SelectionInputs, TargetTask } from '../../method.ts'
import { voteWeights } from '../icons/vote.ts'
import { buckets, type BucketReader } from './buckets.ts'
import type { DsirParams } from './params.ts'
import { addCounts } from './passes.ts'

/** One example task. */
export interface Target {
  readonly name: string
  readonly texts: readonly string[]
  readonly words: number
  /** Counts of the buckets. */
  readonly counts: Uint32Array
  /** Its part of the places; 0 for a task without any word. */
  readonly weight: number
}

/** Most example tasks: the column that names them has one byte, and one value means none. */
const mostTargets = 255

/** Reads the examples of all tasks. Throws AppError when none holds a word. */
export function readTargets(
  read: BucketReader,
  { tasks }: SelectionInputs,
  params: DsirParams
): Target[] {
  if (tasks.length > mostTargets)
    throw new AppError('method-not-possible', `At most ${mostTargets} example tasks are possible.`)
  const importance = tasks.length === 0 ? [] : voteWeights(tasks.map((task) => task.importance))
  const targets = tasks.map((task, index): Target => {
    const texts = textsOf(task)
    const counts = new Uint32Array(buckets)
    let words = 0
    for (const text of texts) {
      const own = read(text)
      words += own.words.length
      addCounts(counts, own)
    }
    const size = params.share === 'size' ? words : 1
    return {
      name: task.name,
      texts,
      words,
      counts,
      weight: words === 0 ? 0 : importance[index] * size
    }
  })
  if (targets.every(({ weight }) => weight === 0))
    throw new AppError('method-not-possible', 'No example item holds any words.', {
      hint: 'Add example items with texts, or use a method that compares similarity fingerprints.'
    })
  return targets
}

function textsOf({ parts }: TargetTask): string[] {
  return parts.flatMap((part) => [...(part.texts ?? [])])
}
