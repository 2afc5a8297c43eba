// One improvement of a memory: a network learns from it for some steps, is tested on real items, and
// the test's loss is differentiated for the memory through all steps that are looked back on.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Random } from '../../../compute/random.ts'
import { batchShape } from '../../../networks/create-network.ts'
import { inputSize } from '../../../networks/network.ts'
import { drawClassBatch } from '../matching/class-rows.ts'
import type { Snapshot } from '../unrolled/unrolled-training.ts'
import {
  addRows,
  beginner,
  breathe,
  changed,
  grown,
  lessonTargets,
  oneHotTensor,
  perLesson,
  resumeLearner,
  unchanged,
  withBatch,
  type Improvement,
  type MemoryCourse
} from './course.ts'
import type { Memory } from './memory.ts'
import type { MemoryParams } from './params.ts'
import type { Learner } from './pool.ts'
import { slotOrder } from './slots.ts'

/** A part of a training: steps before those looked back on, and these. */
interface Stretch {
  readonly before: number
  readonly looked: number
}

/**
 * Looks at one training. `learner` goes on where it is; undefined begins a new one. All randomness
 * comes from `random`, which has to be another one for each step. The loss is the mean cross-entropy.
 */
export async function improve(
  course: MemoryCourse,
  memory: Memory,
  learner: Learner | undefined,
  random: Random
): Promise<Improvement> {
  const { tf, params, code, unrolled, change } = course
  const { classes, plan } = code
  const { before, looked } = stretchOf(params, random.fork('stretch'))
  const start = learner ?? beginner(course, random)
  const changes = change.draw(random.fork('changes'))
  const slots = slotOrder(random.fork('order'), classes, plan.slots, perLesson(course))
  const targets = lessonTargets(course)
  const rate = params.innerRate
  try {
    const items = changed(course, code.decode(memory), changes)
    resumeLearner(course, start)
    const kept: { readonly rows: Uint32Array; readonly at: Snapshot }[] = []
    for (let t = 0; t < before + looked; t++) {
      const rows = slots.next()
      if (t >= before) kept.push({ rows, at: unrolled.snapshot() })
      withBatch(course, items, rows, targets, (batch) => unrolled.step(batch, rate))
      await breathe(course)
    }
    const trained = grown(course, start, before + looked)
    const loss = test(course, changes, random.fork('real'))
    await breathe(course)
    const slopes = new Float32Array(items.length)
    for (const { rows, at } of kept.reverse()) {
      const back = withBatch(course, items, rows, targets, (batch) =>
        unrolled.back(at, batch, rate)
      )
      addRows(slopes, rows, back.learned[0], inputSize(code.shape))
      await breathe(course)
    }
    return { loss, slopes: code.back(memory, unchanged(course, slopes, changes)), learner: trained }
  } finally {
    tf.dispose([targets, ...changes])
  }
}

/**
 * Kept networks go on by the window. A new one learns as long as is asked, or, with a window, ends at
 * a random place (RaT-BPTT, Feng et al. 2024).
 */
export function stretchOf(
  { length, window, networks }: Pick<MemoryParams, 'length' | 'window' | 'networks'>,
  random: Random
): Stretch {
  const looked = window === 0 ? length : Math.min(window, length)
  if (networks > 0 || window === 0) return { before: 0, looked }
  return { before: random.below(length - looked + 1), looked }
}

/** The loss on real items under the same changes, with its slopes set. */
function test(course: MemoryCourse, changes: readonly Tensor[], random: Random): number {
  const { tf, inputs, byClass, params, change, code, unrolled } = course
  const { rows, classes } = drawClassBatch(random, byClass, params.realPerClass)
  const given = tf.tidy(() => {
    const x = tf.tensor(inputs.train.read(rows), batchShape(code.shape, rows.length))
    return [tf.clone(change.apply(x, changes)), oneHotTensor(tf, classes, code.classes)]
  })
  const loss = unrolled.outer(given)
  tf.dispose(given)
  return loss
}
