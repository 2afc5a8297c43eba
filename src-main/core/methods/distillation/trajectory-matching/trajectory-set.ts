// From what was learned to the tiny training set: items as they are stored, labels, and the student's
// rate, which is that of the lessons.
import { secondOrderOps } from '../../../compute/ops/second-order.ts'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { DistillationInputs, DistilledSet } from '../distillation-method.ts'
import { madeSet } from '../matching/made-set.ts'
import { augmentationOf } from '../matching/siamese-change.ts'
import type { MadeTrajectory } from './matcher.ts'
import type { TrajectoryParams } from './params.ts'

/** Rates that students still learn with: with momentum a larger one than that of the lessons throws them off. */
const studentRates = { least: 0.001, most: 0.05 }

/** The set after `done` steps. */
export function trajectorySet(
  tf: TensorFlow,
  inputs: DistillationInputs,
  made: MadeTrajectory,
  params: TrajectoryParams,
  done: { readonly steps: number; readonly distance: number }
): DistilledSet {
  const set = madeSet(inputs, made.items, {
    storage: params.storage,
    factor: 1,
    augment: augmentationOf(params.changes, inputs),
    info: {
      iterations: done.steps,
      distance: Number.isFinite(done.distance) ? done.distance : null,
      lessonRate: made.rate
    },
    notes: [
      `Check models begin with the step size learned with the items, ${made.rate.toPrecision(2)}, kept between ` +
        `${studentRates.least} and ${studentRates.most}.`
    ]
  })
  const rate = Math.min(studentRates.most, Math.max(studentRates.least, made.rate))
  const taught = { ...set, student: { ...set.student, rate } }
  return params.labels === 'learned' ? withLabels(taught, sharesOf(tf, made, inputs)) : taught
}

function sharesOf(
  tf: TensorFlow,
  { labels }: MadeTrajectory,
  { classNames }: DistillationInputs
): Float32Array {
  const columns = classNames.length
  return tf.tidy(() => {
    const logits = tf.tensor2d(labels, [labels.length / columns, columns])
    return secondOrderOps(tf).softmax(logits).dataSync<'float32'>().slice()
  })
}

function withLabels(set: DistilledSet, shares: Float32Array): DistilledSet {
  const columns = shares.length / set.count
  return {
    ...set,
    targets: { kind: 'soft', shares, from: 'learned together with the items' },
    stored: [
      ...set.stored,
      {
        name: 'label shares',
        part: 'labels',
        shape: [set.count, columns],
        values: shares,
        bytesEach: 4
      }
    ]
  }
}
