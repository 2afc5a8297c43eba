// The students of picture-text pairs: two small heads that bring both fingerprints into a common space,
// where a picture and its own text shall be near each other. What made the fingerprints stays as it is.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import type { Random } from '../../compute/random.ts'
import type { ParameterShape } from '../../networks/network.ts'

/** Which heads. Plain data: it travels to other threads and into manifests. */
export interface HeadsSpec {
  /** Columns of a row that are the picture's; the others are the text's. */
  readonly pictureColumns: number
  readonly textColumns: number
  /** Columns of the common space. */
  readonly space: number
  /** Units of a hidden layer; 0 for heads that are linear. */
  readonly hidden: number
}

/** Two heads. Holds no tensors. */
export interface PairHeads {
  readonly spec: HeadsSpec
  /** Those of the picture head, then as many of the text head. */
  readonly parameters: readonly ParameterShape[]
  /** First values in the order of `parameters`; uniform within 1 / sqrt(inputs), as PyTorch's. */
  start(random: Random): Float32Array[]
  /**
   * Directions (length 1) of both halves in the common space, rows x space each.
   * @param x rows x (picture columns + text columns)
   */
  project(
    tf: TensorFlow,
    parameters: readonly Tensor[],
    x: Tensor2D
  ): { readonly pictures: Tensor2D; readonly texts: Tensor2D }
}

/** Keeps the length away from zero. */
const leastSquare = 1e-12

/** The heads of a spec. */
export function pairHeads(spec: HeadsSpec): PairHeads {
  const parameters = [
    ...layersOf('picture', spec.pictureColumns, spec),
    ...layersOf('text', spec.textColumns, spec)
  ]
  const each = parameters.length / 2
  return {
    spec,
    parameters,
    start(random) {
      let inputs = 1
      return parameters.map(({ name, shape, role }) => {
        if (role === 'weight') [inputs] = shape
        const bound = 1 / Math.sqrt(inputs)
        const stream = random.fork(name)
        const size = shape.reduce((product, side) => product * side, 1)
        return Float32Array.from({ length: size }, () => bound * (2 * stream.uniform() - 1))
      })
    },
    project(tf, all, x) {
      const rows = x.shape[0]
      const { pictureColumns, textColumns } = spec
      const pictures = tf.slice(x, [0, 0], [rows, pictureColumns])
      const texts = tf.slice(x, [0, pictureColumns], [rows, textColumns])
      return {
        pictures: direction(tf, head(tf, all.slice(0, each), pictures)),
        texts: direction(tf, head(tf, all.slice(each), texts))
      }
    }
  }
}

function layersOf(
  half: string,
  columns: number,
  { space, hidden }: HeadsSpec
): readonly ParameterShape[] {
  const sides = hidden === 0 ? [columns, space] : [columns, hidden, space]
  return sides.slice(1).flatMap((outputs, layer): ParameterShape[] => [
    { name: `${half} ${layer} weight`, shape: [sides[layer], outputs], role: 'weight' },
    { name: `${half} ${layer} bias`, shape: [outputs], role: 'bias' }
  ])
}

function head(tf: TensorFlow, parameters: readonly Tensor[], x: Tensor2D): Tensor2D {
  let out = x
  for (let layer = 0; 2 * layer < parameters.length; layer++) {
    const input = layer === 0 ? out : tf.relu(out)
    // A head's parameters alternate: a matrix, then a bias.
    const weight = parameters[2 * layer] as Tensor2D
    out = tf.add(tf.matMul(input, weight), parameters[2 * layer + 1])
  }
  return out
}

/** Rows of length 1; right at every order of derivatives. */
function direction(tf: TensorFlow, rows: Tensor2D): Tensor2D {
  const squares = tf.sum(tf.square(rows), 1, true)
  return tf.mul(rows, tf.rsqrt(tf.add(squares, leastSquare)))
}
