// Helper models kept with a set: their weights in half precision, asked for the shares of items as
// these are changed (an online teacher; RDED, Sun et al. 2024; "Distilling the Knowledge in Data
// Pruning", Ben-Baruch et al. 2024).
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { repeatedStep, type RepeatedStep } from '../../../compute/repeated-step.ts'
import { batchShape, createNetwork } from '../../../networks/create-network.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import { concatArrays, cutArrays } from '../../../networks/flat-arrays.ts'
import { inputSize, type InputShape, type NetworkSpec } from '../../../networks/network.ts'
import { asBatchStatistics } from '../../../networks/running-statistics.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import type { StoredArray } from '../distillation-method.ts'
import { averagedMoments } from '../soft-labels/expert-labels.ts'
import { roundToHalf } from '../../../compute/half-precision.ts'
import { mixedShares, sharesOf } from './shares.ts'

/** One helper model at one moment. */
export interface TeacherModel {
  /** All parameters laid end to end, numbers that half precision can hold. */
  readonly parameters: Float32Array
  /** Running mean and variance before each batch normalisation, laid end to end; empty without. */
  readonly statistics: Float32Array
}

/** Helper models and how they are asked. Plain data. */
export interface TeacherLabels {
  readonly kind: 'teacher'
  readonly network: NetworkSpec
  /** Their logits are averaged. */
  readonly models: readonly TeacherModel[]
  /** Inverse temperature: logits are multiplied by it. */
  readonly tau: number
  /** Weight of their shares beside the plain label, 0..1. */
  readonly teacherShare: number
}

/** The helper models of one moment (and those averaged with it), as they are stored. */
export async function readTeacher(
  experts: ExpertSource,
  moment: number,
  averaged: number,
  { tau, teacherShare }: Pick<TeacherLabels, 'tau' | 'teacherShare'>
): Promise<TeacherLabels> {
  const models: TeacherModel[] = []
  for (const at of averagedMoments(experts.moments[0], moment, averaged))
    for (let expert = 0; expert < experts.count; expert++)
      models.push({
        parameters: concatArrays(await experts.read(expert, at)).map(roundToHalf),
        statistics: concatArrays(await experts.readStatistics(expert, at))
      })
  return { kind: 'teacher', network: experts.network, models, tau, teacherShare }
}

/** An array as it was read back; some lie nowhere. */
type ReadArray = Omit<StoredArray, 'values'> & {
  readonly values: StoredArray['values'] | undefined
}

const statisticsName = / statistics$/

/** The helper models among the stored arrays of a set, as {@link storedTeacher} wrote them. */
export function teacherModels(stored: readonly ReadArray[]): TeacherModel[] {
  const own = stored.filter(({ part }) => part === 'teacher')
  const numbersOf = ({ values }: ReadArray): Float32Array =>
    values instanceof Float32Array ? values : new Float32Array(0)
  return own
    .filter(({ name }) => !statisticsName.test(name))
    .map((array) => {
      const statistics = own.find(({ name }) => name === `${array.name} statistics`)
      return {
        parameters: numbersOf(array),
        statistics: statistics === undefined ? new Float32Array(0) : numbersOf(statistics)
      }
    })
}

/** What has to be on disk: weights in half precision, running statistics as they are. */
export function storedTeacher({ models }: TeacherLabels): StoredArray[] {
  return models.flatMap(({ parameters, statistics }, at) => {
    const name = models.length === 1 ? 'helper model' : `helper model ${at + 1}`
    const part = 'teacher'
    return [
      { name, part, shape: [parameters.length], values: parameters, bytesEach: 2 } as const,
      ...(statistics.length === 0
        ? []
        : [
            {
              name: `${name} statistics`,
              part,
              shape: [statistics.length],
              values: statistics,
              bytesEach: 4
            } as const
          ])
    ]
  })
}

/** Helper models ready to be asked. */
export interface Teacher {
  /** Shares of normalised items, count x classes. @param labels class of each */
  shares(values: Float32Array, labels: Int32Array): Float32Array
  dispose(): void
}

/** Items asked about at once; more are asked in parts. */
const mostAtOnce = 256

/** Puts the helper models onto the device. Throws a RangeError when weights do not fit the network. */
export function createTeacher(
  tf: TensorFlow,
  { network: spec, models, tau, teacherShare }: TeacherLabels,
  shape: InputShape,
  classes: number
): Teacher {
  const network = createNetwork(spec, shape, classes)
  const ops = trainingOps(tf)
  const sizes = network.parameters.map((one) => one.shape.reduce((n, side) => n * side, 1))
  const widths = network.normalised.flatMap((width) => [width, width])
  const each = sizes.length + widths.length
  const weights = models.flatMap(({ parameters, statistics }) => [
    ...cutArrays(parameters, sizes).map((values, at) =>
      tf.tensor(values, [...network.parameters[at].shape])
    ),
    ...cutArrays(statistics, widths).map((values) => tf.tensor1d(values))
  ])
  const ask = (count: number): RepeatedStep =>
    repeatedStep(tf, ([x, ...given]) => {
      const logits = models.map((_, model) => {
        const own = given.slice(model * each, (model + 1) * each)
        const running = asBatchStatistics(own.slice(sizes.length))
        const options = running.length > 0 ? { running } : {}
        return network.forward(tf, ops, own.slice(0, sizes.length), x, options).logits
      })
      return tf.reshape(tf.div(tf.addN(logits), models.length), [count, classes])
    })
  // Each size of batch has its own compiled step.
  const steps = new Map<number, RepeatedStep>()
  const size = inputSize(shape)
  const logitsOf = (values: Float32Array): Float32Array => {
    const count = values.length / size
    const step = steps.get(count) ?? ask(count)
    steps.set(count, step)
    const x = tf.tensor(values, batchShape(shape, count))
    const logits = step.run([x, ...weights])
    x.dispose()
    return logits
  }
  return {
    shares(values, labels) {
      const logits = new Float32Array(labels.length * classes)
      for (let from = 0; from < labels.length; from += mostAtOnce) {
        const to = Math.min(labels.length, from + mostAtOnce)
        logits.set(logitsOf(values.slice(from * size, to * size)), from * classes)
      }
      const soft = sharesOf(logits, classes, tau)
      return teacherShare === 1 ? soft : mixedShares(soft, labels, classes, teacherShare)
    },
    dispose() {
      for (const step of steps.values()) step.dispose()
      tf.dispose(weights)
    }
  }
}
