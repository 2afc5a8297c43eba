// The check before any method that differentiates a training: a device or a version of tfjs-core
// that gets second derivatives wrong gives plausible pictures and no error, so it is refused.
import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { AppError } from '../../../api/errors.ts'
import type { TensorFlow } from '../devices/device.ts'
import { DeviceFailed } from '../devices/driver.ts'
import { enableGradients } from '../devices/gradients.ts'
import { plainConvolution, plainInstanceNorm, plainPool } from './plain-pictures.ts'
import { secondOrderOps, type SecondOrderOps } from './second-order.ts'

/** Largest allowed relative error; right devices stay below 1e-5. */
const tolerance = 1e-3

interface Check {
  /** For people: "the network's ... is wrong". */
  readonly name: string
  /** On the device. */
  claimed(): number
  readonly expected: number
}

/**
 * Takes second derivatives with known values on the device active in `tf`. Returns the name of the
 * first operation that is wrong or cannot be differentiated, undefined when all are right.
 * `enableGradients` comes first. Takes some milliseconds.
 */
export function checkSecondOrder(
  tf: TensorFlow,
  ops: SecondOrderOps = secondOrderOps(tf)
): string | undefined {
  const wrong = [...functionChecks(tf, ops), ...pictureChecks(tf, ops)].find((check) => {
    const claimed = tf.tidy(() => attempt(() => check.claimed()))
    // Written so that NaN counts as wrong.
    return !(Math.abs(claimed - check.expected) <= tolerance * Math.abs(check.expected))
  })
  return wrong?.name
}

/**
 * Refuses to go on where second derivatives are wrong: throws AppError "method-not-possible" with a
 * sentence for people. Call it before a method that differentiates a training.
 */
export async function requireSecondOrder(tf: TensorFlow): Promise<void> {
  await enableGradients()
  const wrong = checkSecondOrder(tf)
  if (wrong === undefined) return
  throw new AppError(
    'method-not-possible',
    `The computing device gets a calculation wrong that this method rests on (${wrong}), so the method is not run on it.`,
    { hint: 'Choose another device on the Computer page.' }
  )
}

// tfjs-core throws where an operation has no second derivative at all. A device that broke down is
// another matter: the app replaces it.
function attempt(work: () => number): number {
  try {
    return work()
  } catch (error) {
    if (error instanceof DeviceFailed) throw error
    return NaN
  }
}

/** Second derivatives at x = 0.7, where tfjs-core's own exp gives 3.265 instead of 6.464. */
function functionChecks(tf: TensorFlow, ops: SecondOrderOps): readonly Check[] {
  const x = 0.7
  const second = (f: (x: Tensor) => Tensor) => (): number => {
    const total = (at: Tensor): Scalar => tf.sum(f(at))
    const first = tf.grad(total)
    return tf
      .grad((at) => tf.sum(first(at)))(tf.tensor1d([x]))
      .dataSync()[0]
  }
  const s = 1 / (1 + Math.exp(-x * x))
  const sech = 1 / Math.cosh(x)
  return [
    {
      name: 'exp',
      claimed: second((at) => ops.exp(tf.square(at))),
      expected: (2 + 4 * x * x) * Math.exp(x * x)
    },
    {
      name: 'sigmoid',
      claimed: second((at) => ops.sigmoid(tf.square(at))),
      expected: s * (1 - s) * (2 + 4 * x * x * (1 - 2 * s))
    },
    {
      // log(exp(x) + exp(-x)) is x less the first log share of (x, -x).
      name: 'log-softmax',
      claimed: second((at) => {
        const shares = ops.logSoftmax(tf.stack([at, tf.neg(at)], 1))
        return tf.sub(at, tf.slice(shares, [0, 0], [1, 1]))
      }),
      expected: sech * sech
    }
  ]
}

const [height, width, channels] = [5, 6, 2]
const filterShape: [number, number, number, number] = [3, 2, channels, 2]

/**
 * One step of gradient descent on sum(y^4) / 4 with y = f(x, w), then how the weighted sum of the
 * new parameters changes with x along one direction: for a rate of -1 that is d2/ds dt of the inner
 * loss at (x + s a, w + t b), here against differences of a float64 version in plain loops.
 */
function pictureChecks(tf: TensorFlow, ops: SecondOrderOps): readonly Check[] {
  const picture = { shape: [1, height, width, channels], phase: 0.3 }
  const filter = { shape: filterShape, phase: 1.1 }
  const perChannel = { shape: [channels], phase: 0.5 }
  const shape = { height, width, channels }
  return [
    unrolled(tf, 'convolution', picture, filter, {
      device: (x, w) => ops.convolve(x as Tensor4D, w as Tensor4D, 'same'),
      plain: (x, w) => plainConvolution(x, shape, w, filterShape)
    }),
    unrolled(tf, 'average pooling', picture, picture, {
      device: (x, w) => ops.averagePool(tf.mul(x, w) as Tensor4D, 2),
      plain: (x, w) =>
        plainPool(
          x.map((value, i) => value * w[i]),
          shape,
          2
        )
    }),
    unrolled(tf, 'instance normalisation', picture, perChannel, {
      device: (x, w) =>
        ops.instanceNorm(x as Tensor4D, tf.reshape(w, [channels]), tf.zeros([channels])),
      plain: (x, w) => plainInstanceNorm(x, shape, w)
    })
  ]
}

interface Input {
  readonly shape: readonly number[]
  readonly phase: number
}

interface Response {
  device(x: Tensor, w: Tensor): Tensor
  plain(x: Float64Array, w: Float64Array): Float64Array
}

function unrolled(tf: TensorFlow, name: string, x: Input, w: Input, f: Response): Check {
  const [at, along] = [waves(x, 0), waves(x, 2)]
  const [from, towards] = [waves(w, 1), waves(w, 3)]
  const plainLoss = (s: number, t: number): number => {
    const y = f.plain(
      at.map((value, i) => value + s * along[i]),
      from.map((value, i) => value + t * towards[i])
    )
    return y.reduce((sum, value) => sum + value ** 4 / 4, 0)
  }
  const h = 1e-3
  const rise = plainLoss(h, h) - plainLoss(h, -h) - plainLoss(-h, h) + plainLoss(-h, -h)
  return {
    name,
    expected: rise / (4 * h * h),
    claimed() {
      const tensor = (values: Float64Array, { shape }: Input): Tensor =>
        tf.tensor(Float32Array.from(values), [...shape])
      const after = (x_: Tensor): Scalar => {
        const inner = (w_: Tensor): Scalar => {
          const y = f.device(x_, w_)
          return tf.div(tf.sum(tf.square(tf.square(y))), 4)
        }
        const start = tensor(from, w)
        return tf.sum(tf.mul(tf.add(start, tf.grad(inner)(start)), tensor(towards, w)))
      }
      const slope = tf.grad(after)(tensor(at, x)).dataSync()
      return along.reduce((sum, value, i) => sum + value * slope[i], 0)
    }
  }
}

/** Fixed uneven values between -1 and 1. */
function waves({ shape, phase }: Input, shift: number): Float64Array {
  const size = shape.reduce((product, length) => product * length, 1)
  return Float64Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + phase + shift))
}
