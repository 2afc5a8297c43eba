// Resampling of pictures (rotate, scale, shift, enlarge) and choice of rows as constant linear maps,
// right at every order and on every device: tfjs-core's image.transform has no gradient, the one of
// its resize has none, and the one of gather has no WebAssembly kernel.
import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'

/**
 * A constant linear map of rows: row o of the result is the sum over t < taps of `weights` times
 * the row of the input named in `rows`, both at o * taps + t. Unused taps have weight 0.
 */
export interface RowMap {
  readonly inputs: number
  readonly outputs: number
  readonly taps: number
  readonly rows: Int32Array
  readonly weights: Float32Array
}

/** A {@link RowMap} from the pixels of one picture, row by row, to those of another. */
export interface PixelMap extends RowMap {
  /** Of the result. */
  readonly height: number
  readonly width: number
}

/** [a, b, c, d]: the result at (u, v) is the input at (a u + b v, c u + d v). */
export type AffineMatrix = readonly [a: number, b: number, c: number, d: number]

/**
 * Rotates, scales or shears a picture about its centre, bilinear, zeros outside. u runs right and v
 * down, both from -1 to 1 between the outer edges, so pixel i of n lies at (2i + 1) / n - 1.
 */
export function affineMap(height: number, width: number, matrix: AffineMatrix): PixelMap {
  const [a, b, c, d] = matrix
  return bilinearMap(height, width, height, width, 'zeros', (row, column) => {
    const u = (2 * column + 1) / width - 1
    const v = (2 * row + 1) / height - 1
    return [((c * u + d * v + 1) * height - 1) / 2, ((a * u + b * v + 1) * width - 1) / 2]
  })
}

/** Enlarges or shrinks pictures, bilinear between pixel centres; the edge continues outside. */
export function resizeMap(
  fromHeight: number,
  fromWidth: number,
  height: number,
  width: number
): PixelMap {
  return bilinearMap(fromHeight, fromWidth, height, width, 'edge', (row, column) => [
    ((row + 0.5) * fromHeight) / height - 0.5,
    ((column + 0.5) * fromWidth) / width - 0.5
  ])
}

/**
 * Applies one map to all pictures of N x H x W x C, or one to each. Throws a RangeError when the
 * number or size of the maps does not fit.
 */
export function movePixels(tf: TensorFlow, x: Tensor4D, maps: readonly PixelMap[]): Tensor4D {
  const [count, fromHeight, fromWidth, channels] = x.shape
  if (maps.length !== 1 && maps.length !== count)
    throw new RangeError(`${maps.length} maps for ${count} pictures`)
  const [{ height, width }] = maps
  const pixels = fromHeight * fromWidth
  const isFitting = (map: PixelMap): boolean =>
    map.inputs === pixels && map.height === height && map.width === width
  if (!maps.every(isFitting)) throw new RangeError('a map is for another size of picture')
  const map = maps.length === 1 ? maps[0] : sideBySide(maps)
  const batch = maps.length === 1 ? count : 1
  const rows: Tensor3D = tf.reshape(x, [batch, map.inputs, channels])
  return tf.reshape(mapRows(tf, rows, map), [count, height, width, channels])
}

/**
 * The named rows (entries along the first axis) of a tensor, in that order; a row may be named more
 * than once. Throws a RangeError for a row that is not there.
 */
export function takeRows(tf: TensorFlow, x: Tensor, rows: ArrayLike<number>): Tensor {
  const [inputs, ...rest] = x.shape
  const taken = Int32Array.from(rows)
  const missing = taken.find((row) => row < 0 || row >= inputs)
  if (missing !== undefined) throw new RangeError(`row ${missing} of ${inputs}`)
  const weights = new Float32Array(taken.length).fill(1)
  const map = { inputs, outputs: taken.length, taps: 1, rows: taken, weights }
  const flat: Tensor3D = tf.reshape(x, [1, inputs, x.size / inputs])
  return tf.reshape(mapRows(tf, flat, map), [taken.length, ...rest])
}

/** B x inputs x C to B x outputs x C. */
export function mapRows(tf: TensorFlow, x: Tensor3D, map: RowMap): Tensor3D {
  let back: RowMap | undefined
  const apply = (x: Tensor3D, isForward: boolean): Tensor3D =>
    tf.customGrad<Tensor3D>((...args) => {
      const [x] = args as [Tensor3D] // customGrad also passes a function
      return {
        value: plainMap(tf, x, isForward ? map : (back ??= transposed(map))),
        // The gradient of a linear map is its transpose, whose gradient is the map.
        gradFunc: (dy) => apply(dy, !isForward)
      }
    })(x)
  return apply(x, true)
}

function plainMap(tf: TensorFlow, x: Tensor3D, map: RowMap): Tensor3D {
  const { outputs, taps } = map
  const [batch, , channels] = x.shape
  const gathered = tf.gather(x, tf.tensor1d(map.rows, 'int32'), 1)
  const weighted = tf.mul(gathered, tf.tensor3d(map.weights, [1, outputs * taps, 1]))
  if (taps === 1) return weighted as Tensor3D // broadcasting keeps its shape
  return tf.sum(tf.reshape(weighted, [batch, outputs, taps, channels]), 2)
}

/**
 * The transposed map. Its taps are rounded up to a power of two times `fewest`: devices that compile
 * for exact shapes would otherwise compile anew for nearly every random draw.
 */
export function transposed(map: RowMap, fewest = 1): RowMap {
  const { inputs, outputs } = map
  const uses = new Int32Array(inputs)
  map.rows.forEach((row, at) => {
    if (map.weights[at] !== 0) uses[row]++
  })
  let taps = fewest
  for (const count of uses) while (taps < count) taps *= 2
  const rows = new Int32Array(inputs * taps)
  const weights = new Float32Array(inputs * taps)
  uses.fill(0)
  map.rows.forEach((row, at) => {
    if (map.weights[at] === 0) return
    const to = row * taps + uses[row]++
    rows[to] = Math.floor(at / map.taps)
    weights[to] = map.weights[at]
  })
  return { inputs: outputs, outputs: inputs, taps, rows, weights }
}

/** One map over pictures laid end to end. */
function sideBySide(maps: readonly RowMap[]): RowMap {
  const [{ inputs, outputs, taps }] = maps
  const rows = new Int32Array(maps.length * outputs * taps)
  const weights = new Float32Array(rows.length)
  maps.forEach((map, picture) => {
    const from = picture * outputs * taps
    weights.set(map.weights, from)
    map.rows.forEach((row, at) => (rows[from + at] = picture * inputs + row))
  })
  return { inputs: maps.length * inputs, outputs: maps.length * outputs, taps, rows, weights }
}

/** `place` gives row and column in the input, in pixels from the centre of the first. */
function bilinearMap(
  fromHeight: number,
  fromWidth: number,
  height: number,
  width: number,
  outside: 'zeros' | 'edge',
  place: (row: number, column: number) => readonly [number, number]
): PixelMap {
  const taps = 4
  const outputs = height * width
  const rows = new Int32Array(outputs * taps)
  const weights = new Float32Array(outputs * taps)
  const within = (at: number, size: number): number => Math.min(size - 1, Math.max(0, at))
  for (let o = 0; o < outputs; o++) {
    const [y, x] = place(Math.floor(o / width), o % width)
    const [top, left] = [Math.floor(y), Math.floor(x)]
    for (let t = 0; t < taps; t++) {
      const row = top + (t >> 1)
      const column = left + (t & 1)
      const inside = [within(row, fromHeight), within(column, fromWidth)]
      if (outside === 'zeros' && (inside[0] !== row || inside[1] !== column)) continue
      rows[o * taps + t] = inside[0] * fromWidth + inside[1]
      weights[o * taps + t] = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column))
    }
  }
  return { inputs: fromHeight * fromWidth, outputs, taps, rows, weights, height, width }
}
