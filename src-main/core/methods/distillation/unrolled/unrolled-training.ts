// Differentiates a whole training for what it was trained on. SGD with momentum runs forwards while
// the weights before each step are kept outside the device; the exact reverse recursion (Maclaurin et
// al. 2015; Deng and Russakovsky 2022, "Remember the Past") then visits the steps backwards, so the
// memory is that of one step and T sets of weights.
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { NetworkOps } from '../../../compute/ops/network-ops.ts'
import { secondOrderOps } from '../../../compute/ops/second-order.ts'
import { repeatedStep, type RepeatedStep } from '../../../compute/repeated-step.ts'
import { concatArrays, cutArrays } from '../../../networks/flat-arrays.ts'

/**
 * A loss of parameters on one batch. `learned` is differentiated for, `given` is not (targets, ...).
 * What it computes may depend on its arguments alone; random draws come in as `given`.
 */
export type BatchLoss = (
  ops: NetworkOps,
  parameters: readonly Tensor[],
  learned: readonly Tensor[],
  given: readonly Tensor[]
) => Scalar

/** The inner training. */
export interface InnerTraining {
  /** Shapes of the trained parameters. */
  readonly shapes: readonly (readonly number[])[]
  /** mu of v = mu v + g; theta = theta - rate v. */
  readonly momentum: number
  readonly loss: BatchLoss
  /** Operations for steps that are not differentiated; those of {@link secondOrderOps} if absent. */
  readonly forwardOps?: NetworkOps
}

/**
 * "exact": all ways from the batch to the outer loss. "direct": the way through later steps is left
 * out (TESLA, Cui et al. 2023); right for the last step, close for small rates.
 */
export type BackKind = 'exact' | 'direct'

/** One batch of the inner training. */
export interface Batch {
  readonly learned: readonly Tensor[]
  readonly given: readonly Tensor[]
}

/** What one step backwards gives. */
export interface StepSlopes {
  /** Of the outer loss for each tensor of the batch's `learned`. */
  readonly learned: readonly Float32Array[]
  /** This step's part of the slope for the common rate. */
  readonly rate: number
}

/** Weights of all parameters one after the other. */
export type Snapshot = Float32Array

export interface UnrolledTraining {
  /** Starts at these parameters, with velocity 0 if none is given. */
  begin(parameters: readonly Float32Array[], velocity?: readonly Float32Array[]): void
  /** One step of SGD; returns the loss before it. */
  step(batch: Batch, rate: number): number
  /** The parameters as they are, copied. */
  snapshot(): Snapshot
  /** The velocity as it is, copied. */
  velocity(): Snapshot
  /** The parameters as tensors, for measuring; they change with the next step. */
  readonly parameters: readonly Tensor[]
  /** Sets the slopes of the outer loss for the parameters as they are; returns that loss. */
  outer(given: readonly Tensor[]): number
  /** Sets the slopes of the outer loss for the last parameters, one after the other. */
  outerSlopes(slopes: Float32Array): void
  /**
   * One step backwards: `before` are the parameters before the forward step on `batch`. All steps of
   * one training have the same rate, and are visited from the last to the first.
   */
  back(before: Snapshot, batch: Batch, rate: number, kind?: BackKind): StepSlopes
  dispose(): void
}

/**
 * Prepares the compiled steps, one forwards, one backwards and one for the outer loss.
 * `enableGradients` comes first; the device must be right at second order (requireSecondOrder).
 */
export function unrollTraining(
  tf: TensorFlow,
  inner: InnerTraining,
  outerLoss?: (ops: NetworkOps, parameters: readonly Tensor[], given: readonly Tensor[]) => Scalar
): UnrolledTraining {
  const ops = secondOrderOps(tf)
  const forwardOps = inner.forwardOps ?? ops
  const { shapes, momentum } = inner
  const count = shapes.length
  const sizes = shapes.map((shape) => shape.reduce((product, side) => product * side, 1))
  const zeros = (): Variable[] =>
    shapes.map((shape) => tf.tidy(() => tf.variable(tf.zeros([...shape]))))
  const theta = zeros()
  const velocity = zeros()
  // Of the outer loss: dw for the parameters, u = dv / rate for what the velocity becomes.
  const dw = zeros()
  const u = zeros()

  // Compiled steps take all tensors in one list; how many are learned is settled by the first batch.
  let learnedCount = 1

  const forward = repeatedStep(tf, ([rate, ...batch]) => {
    const [learned, given] = [batch.slice(0, learnedCount), batch.slice(learnedCount)]
    const lossOf = (): Scalar => inner.loss(forwardOps, theta, learned, given)
    const { value, grads } = tf.variableGrads(lossOf, [...theta])
    theta.forEach((weights, i) => {
      const v = tf.add(tf.mul(velocity[i], momentum), grads[weights.name])
      velocity[i].assign(v)
      weights.assign(tf.sub(weights, tf.mul(v, rate)))
    })
    return tf.reshape(value, [1])
  })

  const outwards = repeatedStep(tf, (given) => {
    if (outerLoss === undefined) throw new Error('no outer loss was given')
    const { value, grads } = tf.variableGrads(() => outerLoss(forwardOps, theta, given), theta)
    dw.forEach((slope, i) => slope.assign(grads[theta[i].name]))
    u.forEach((slope) => slope.assign(tf.zerosLike(slope)))
    return tf.reshape(value, [1])
  })

  type At = readonly Tensor[]
  /** <gradient of the loss for the parameters, along>. */
  const product = (at: At, along: At, learned: At, given: At): Scalar => {
    const slopes = tf.grads((...now: Tensor[]) => inner.loss(ops, now, learned, given))([...at])
    return slopes
      .map((slope, i): Scalar => tf.sum(tf.mul(slope, along[i])))
      .reduce((sum, part) => tf.add(sum, part))
  }
  /** The product's value, then its slopes for `learned` and, unless `isDirect`, for the parameters. */
  const derive = (learned: At, at: At, along: At, given: At, isDirect: boolean): Tensor[] => {
    const by = tf.valueAndGrads((...now: Tensor[]) =>
      product(isDirect ? at : now.slice(learned.length), along, now.slice(0, learned.length), given)
    )
    const { value, grads } = by(isDirect ? [...learned] : [...learned, ...at])
    return [value, ...grads]
  }

  const backward = (kind: BackKind) =>
    repeatedStep(tf, ([rate, ...rest]) => {
      const learned = rest.slice(0, learnedCount)
      const before = rest.slice(learnedCount, learnedCount + count)
      const given = rest.slice(learnedCount + count)
      const isDirect = kind === 'direct'
      const along = dw.map((slope, i) => (isDirect ? tf.neg(slope) : tf.sub(u[i], slope)))
      const [value, ...slopes] = derive(learned, before, along, given, isDirect)
      if (!isDirect) {
        const ofWeights = slopes.slice(learnedCount)
        dw.forEach((slope, i) => slope.assign(tf.add(slope, tf.mul(ofWeights[i], rate))))
        u.forEach((slope, i) => slope.assign(tf.mul(along[i], momentum)))
      }
      const results = slopes
        .slice(0, learnedCount)
        .map((slope) => tf.reshape(tf.mul(slope, rate), [-1]))
      return tf.concat([tf.reshape(value, [1]), ...results])
    })
  const steps: Readonly<Record<BackKind, RepeatedStep>> = {
    exact: backward('exact'),
    direct: backward('direct')
  }

  const assign = (variables: readonly Variable[], values: readonly Float32Array[]): void => {
    tf.tidy(() => {
      variables.forEach((variable, i) => variable.assign(tf.tensor(values[i], [...shapes[i]])))
    })
  }
  const clear = (variables: readonly Variable[]): void => {
    tf.tidy(() => variables.forEach((variable) => variable.assign(tf.zerosLike(variable))))
  }
  const withScalar = <T>(rate: number, work: (rate: Tensor) => T): T => {
    const scalar = tf.scalar(rate)
    try {
      return work(scalar)
    } finally {
      scalar.dispose()
    }
  }
  return {
    parameters: theta,
    begin(parameters, moving) {
      assign(theta, parameters)
      if (moving === undefined) clear(velocity)
      else assign(velocity, moving)
    },
    step({ learned, given }, rate) {
      learnedCount = learned.length
      return withScalar(rate, (scalar) => forward.run([scalar, ...learned, ...given])[0])
    },
    snapshot: () => concatArrays(theta.map((weights) => weights.dataSync<'float32'>())),
    velocity: () => concatArrays(velocity.map((part) => part.dataSync<'float32'>())),
    outer: (given) => outwards.run(given)[0],
    outerSlopes(slopes) {
      assign(dw, cutArrays(slopes, sizes))
      clear(u)
    },
    back(before, { learned, given }, rate, kind = 'exact') {
      learnedCount = learned.length
      const at = cutArrays(before, sizes).map((part, i) => tf.tensor(part, [...shapes[i]]))
      const run = (scalar: Tensor): Float32Array =>
        steps[kind].run([scalar, ...learned, ...at, ...given])
      const result = withScalar(rate, run)
      tf.dispose(at)
      const parts = learned.map(({ size }) => size)
      return { rate: result[0], learned: cutArrays(result.subarray(1), parts) }
    },
    dispose() {
      for (const step of [forward, outwards, ...Object.values(steps)]) step.dispose()
      tf.dispose([...theta, ...velocity, ...dw, ...u])
    }
  }
}
