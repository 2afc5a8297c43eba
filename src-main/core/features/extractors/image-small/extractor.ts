// The built-in picture extractor: filters learnt from the dataset's own patches, pooled responses,
// and a projection onto their leading principal axes. See docs/methods/features.md.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { multiplyArrays } from '../../matrix-product.ts'
import { principalAxes } from '../../principal-axes.ts'
import { learnFilters } from './filters.ts'
import { pooledResponses } from './responses.ts'
import { patchWidth, responseWidth, type ImageShape } from './shape.ts'

/** Everything learnt from a dataset; enough to describe any picture. */
export interface ImageFit {
  readonly shape: ImageShape
  readonly columns: number
  /** patchWidth x filters. */
  readonly filters: Float32Array
  /** responseWidth numbers. */
  readonly mean: Float32Array
  /** responseWidth x columns, scaled. */
  readonly projection: Float32Array
}

/**
 * Columns are divided by their spread to this power: 0 keeps the axes' natural sizes, 1 makes all
 * equal. A quarter keeps likeness between pictures meaningful and still helps linear models.
 */
export const evening = 0.25

/** Pictures the filters are learnt from; the axes are fitted on all that are given. */
export const filterPictures = 2000

/**
 * Fits the extractor on pictures (0..255, n x size x size x channels). Uses no labels. Deterministic
 * for the same pictures, seed and device. Throws a RangeError when there is no picture.
 */
export async function fitImages(
  tf: TensorFlow,
  pixels: Uint8Array,
  shape: ImageShape,
  seed: number,
  signal: AbortSignal
): Promise<ImageFit> {
  const fitting = fitImagesStepwise(tf, pixels, shape, seed, signal)
  for (;;) {
    const step = await fitting.next()
    if (step.done === true) return step.value
  }
}

/** {@link fitImages} as a generator that yields the share of the work done, 0..1. */
export async function* fitImagesStepwise(
  tf: TensorFlow,
  pixels: Uint8Array,
  shape: ImageShape,
  seed: number,
  signal: AbortSignal
): AsyncGenerator<number, ImageFit, void> {
  const pictureLength = shape.size * shape.size * shape.channels
  if (pixels.length < pictureLength) throw new RangeError('a fit needs at least one picture')
  const first = pixels.subarray(0, filterPictures * pictureLength)
  const filters = await learnFilters(tf, first, shape, seed, signal)
  yield 1 / 3
  const responses = await pooledResponses(tf, pixels, filters, shape, signal)
  yield 2 / 3
  const width = responseWidth(shape)
  const { mean, axes, variances, columns } = await principalAxes(
    tf,
    responses,
    width,
    shape.columns,
    seed,
    signal
  )
  const scales = axisScales(variances)
  for (let i = 0; i < width; i++)
    for (let k = 0; k < columns; k++) axes[i * columns + k] *= scales[k]
  return { shape, columns, filters, mean, projection: axes }
}

/** Spread^-evening per axis, with one common factor that makes the mean square of all columns 1. */
function axisScales(variances: Float64Array): Float64Array {
  const scales = variances.map((variance) => (variance > 0 ? variance ** (-evening / 2) : 0))
  let squares = 0
  for (let k = 0; k < scales.length; k++) squares += scales[k] ** 2 * variances[k]
  const common = squares > 0 ? Math.sqrt(scales.length / squares) : 1
  return scales.map((scale) => scale * common)
}

/** Rows of numbers for n pictures: n x columns. A picture's row does not depend on the others. */
export async function describeImages(
  tf: TensorFlow,
  pixels: Uint8Array,
  fit: ImageFit,
  signal: AbortSignal
): Promise<Float32Array> {
  const responses = await pooledResponses(tf, pixels, fit.filters, fit.shape, signal)
  const width = responseWidth(fit.shape)
  for (let at = 0; at < responses.length; at += width) {
    for (let j = 0; j < width; j++) responses[at + j] -= fit.mean[j]
  }
  return multiplyArrays(tf, responses, width, fit.projection)
}

/** A fit with arbitrary numbers of the right sizes, for measuring speed before there is a real one. */
export function blankFit(shape: ImageShape): ImageFit {
  const width = responseWidth(shape)
  return {
    shape,
    columns: shape.columns,
    filters: new Float32Array(patchWidth(shape) * shape.filters).fill(0.01),
    mean: new Float32Array(width),
    projection: new Float32Array(width * shape.columns).fill(0.01)
  }
}
