// A quick improvement of a memory, for the way to where looking back through trainings pays: the last
// layer is solved in closed form on the items' features in a network of the pool, tested on real items,
// and only this is differentiated (FRePo, Zhou et al. 2022, section 3.2). It costs a tenth of the other.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { ridgeError, type Kernels } from '../../../compute/kernels/kernel-ridge.ts'
import type { Random } from '../../../compute/random.ts'
import { cutArrays } from '../../../networks/flat-arrays.ts'
import { inputSize } from '../../../networks/network.ts'
import { gather } from '../../../networks/train-student.ts'
import { drawClassBatch } from '../matching/class-rows.ts'
import { classLabels } from '../matching/made-set.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import {
  addRows,
  beginner,
  breathe,
  changed,
  grown,
  lessonTargets,
  parameterSizes,
  perLesson,
  resumeLearner,
  unchanged,
  withBatch,
  type Improvement,
  type MemoryCourse
} from './course.ts'
import type { Memory } from './memory.ts'
import type { Learner } from './pool.ts'
import { slotOrder } from './slots.ts'

/** Items, of all classes, that the last layer is solved on, at most. */
export const mostSolved = 300
/** Real items, of all classes, that it is tested on, at most. */
export const mostTested = 300
/** Ridge as a share of the mean of the kernel's diagonal: items are few and rough at first. */
const ridge = 0.1

/**
 * The improvement with one network, which then learns one step. `learner` undefined begins a new
 * network. All randomness comes from `random`. The loss is half the mean squared error.
 */
export async function improveInClosedForm(
  course: MemoryCourse,
  memory: Memory,
  learner: Learner | undefined,
  random: Random
): Promise<Improvement> {
  const { tf, code, network, change, features, inputs } = course
  const { classes, plan } = code
  const size = inputSize(code.shape)
  const start = learner ?? beginner(course, random)
  const each = Math.min(plan.slots, share(mostSolved, classes))
  const rows = slotOrder(random.fork('order'), classes, plan.slots, each).next()
  const real = drawClassBatch(
    random.fork('real'),
    course.byClass,
    Math.min(course.params.realPerClass, share(mostTested, classes))
  )
  const sizes = parameterSizes(network)
  const changes = change.draw(random.fork('changes'))
  const parameters = parameterTensors(tf, network, cutArrays(start.parameters, sizes))
  try {
    const items = changed(course, code.decode(memory), changes)
    const solved = gather(items, rows, size)
    const tested = changed(course, inputs.train.read(real.rows), changes)
    const { loss, slopes } = closedForm(
      tf,
      await features.forward(solved, parameters),
      await features.forward(tested, parameters),
      centredTargets(classLabels(classes, each), classes),
      centredTargets(real.classes, classes),
      classes
    )
    const total = new Float32Array(items.length)
    addRows(total, rows, await features.back(solved, slopes, parameters), size)
    const trained = learnOnce(course, start, items, random.fork('lesson'))
    await breathe(course)
    return { loss, slopes: code.back(memory, unchanged(course, total, changes)), learner: trained }
  } finally {
    tf.dispose([...parameters, ...changes])
  }
}

function share(most: number, classes: number): number {
  return Math.max(1, Math.floor(most / classes))
}

function learnOnce(
  course: MemoryCourse,
  learner: Learner,
  items: Float32Array,
  random: Random
): Learner {
  const { tf, code, params, unrolled } = course
  const rows = slotOrder(random, code.classes, code.plan.slots, perLesson(course)).next()
  const targets = lessonTargets(course)
  resumeLearner(course, learner)
  withBatch(course, items, rows, targets, (batch) => unrolled.step(batch, params.innerRate))
  tf.dispose(targets)
  return grown(course, learner, 1)
}

/** 1 - 1/C for the class and -1/C for the others, so that zeros are the best guess without features. */
function centredTargets(labels: Int32Array, classes: number): Float64Array {
  const targets = new Float64Array(labels.length * classes).fill(-1 / classes)
  labels.forEach((label, i) => (targets[i * classes + label] += 1))
  return targets
}

/**
 * Half the mean squared error, on the others, of ridge regression on features F (n x d), and its
 * slopes for F. With K = F F^T and A = G F^T they are 2 dK F + dA^T G. The products with features
 * are the device's (float32), the solving is done in float64. The loss is NaN and slopes are 0 where
 * features are not finite or all 0.
 */
export function closedForm(
  tf: TensorFlow,
  own: Float32Array,
  others: Float32Array,
  targets: Float64Array,
  wanted: Float64Array,
  columns: number
): { readonly loss: number; readonly slopes: Float32Array } {
  const count = targets.length / columns
  const tested = wanted.length / columns
  const width = own.length / count
  return tf.tidy(() => {
    const [f, g] = [tf.tensor2d(own, [count, width]), tf.tensor2d(others, [tested, width])]
    const kernels = {
      count,
      others: tested,
      own: inFloat64(tf.matMul(f, f, false, true)),
      across: inFloat64(tf.matMul(g, f, false, true))
    }
    if (!isUsable(kernels)) return { loss: NaN, slopes: new Float32Array(own.length) }
    const error = ridgeError(kernels, targets, wanted, columns, ridge)
    const byOwn = tf.tensor2d(Float32Array.from(error.own), [count, count])
    const byAcross = tf.tensor2d(Float32Array.from(error.across), [tested, count])
    const slopes = tf.add(tf.mul(tf.matMul(byOwn, f), 2), tf.matMul(byAcross, g, true, false))
    return { loss: error.loss, slopes: slopes.dataSync<'float32'>().slice() }
  })
}

/** False in a network that ran away or says nothing about any item: all its features are zero. */
function isUsable({ count, own, across }: Pick<Kernels, 'count' | 'own' | 'across'>): boolean {
  let trace = 0
  for (let i = 0; i < count; i++) trace += own[i * count + i]
  return trace > 0 && own.every(Number.isFinite) && across.every(Number.isFinite)
}

function inFloat64(matrix: Tensor): Float64Array {
  return Float64Array.from(matrix.dataSync<'float32'>())
}
