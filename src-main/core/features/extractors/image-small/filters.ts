// Filters learnt from a dataset's own patches: contrast normalisation, whitening, then spherical
// k-means (Coates, Lee & Ng 2011; Coates & Ng 2012). Nothing is downloaded, no label is used.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { breathe } from '../../breathe.ts'
import { meanOuterProduct, multiply, multiplyArrays, transpose } from '../../matrix-product.ts'
import { symmetricEigen } from '../../symmetric-eigen.ts'
import { contrastFloor } from './patches.ts'
import { patchWidth, positionsOf, type ImageShape } from './shape.ts'

const patchesWanted = 60_000
const rounds = 8
/** Added to the variance of each patch direction before whitening. */
const whitenFloor = 0.1
/** Patches flatter than this (variance of values 0..1) teach nothing. */
const flatVariance = 1e-3

/**
 * Filters as a patchWidth x filters matrix (row-major) that acts on raw patches (values 0..1): each
 * column sums to zero, so the patch's mean falls out by itself. `pixels` holds whole pictures of
 * `shape`. Deterministic for a seed and device.
 */
export async function learnFilters(
  tf: TensorFlow,
  pixels: Uint8Array,
  shape: ImageShape,
  seed: number,
  signal: AbortSignal
): Promise<Float32Array> {
  const width = patchWidth(shape)
  const patches = samplePatches(pixels, shape, seed)
  await breathe(signal)
  const whiten = whitening(tf, patches, width)
  const white = multiplyArrays(tf, patches, width, whiten)
  const centres = await clusterDirections(tf, white, width, shape.filters, seed, signal)
  const filters = new Float64Array(width * shape.filters)
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < shape.filters; k++) {
      let sum = 0
      for (let j = 0; j < width; j++) sum += whiten[i * width + j] * centres[k * width + j]
      filters[i * shape.filters + k] = sum
    }
  }
  for (let k = 0; k < shape.filters; k++) {
    let mean = 0
    for (let i = 0; i < width; i++) mean += filters[i * shape.filters + k] / width
    for (let i = 0; i < width; i++) filters[i * shape.filters + k] -= mean
  }
  return Float32Array.from(filters)
}

/** Random patches, minus their mean, divided by their spread; flat ones are passed over. */
function samplePatches(pixels: Uint8Array, shape: ImageShape, seed: number): Float32Array {
  const { size, channels, patch } = shape
  const width = patchWidth(shape)
  const positions = positionsOf(shape)
  const pictureLength = size * size * channels
  const pictures = pixels.length / pictureLength
  const random = createRandom(seed).fork('patches')
  const out = new Float32Array(patchesWanted * width)
  let kept = 0
  for (let draw = 0; draw < patchesWanted; draw++) {
    const picture = random.below(pictures) * pictureLength
    const y = random.below(positions)
    const x = random.below(positions)
    const row = out.subarray(kept * width, (kept + 1) * width)
    let at = 0
    let sum = 0
    for (let dy = 0; dy < patch; dy++) {
      const from = picture + ((y + dy) * size + x) * channels
      for (let i = 0; i < patch * channels; i++) {
        row[at] = pixels[from + i] / 255
        sum += row[at++]
      }
    }
    const mean = sum / width
    let variance = 0
    for (let i = 0; i < width; i++) variance += (row[i] - mean) ** 2 / width
    if (variance < flatVariance) continue
    const scale = 1 / Math.sqrt(variance + contrastFloor)
    for (let i = 0; i < width; i++) row[i] = (row[i] - mean) * scale
    kept++
  }
  // Pictures without any contrast: one zero patch, so that the fit stays defined.
  return kept === 0 ? new Float32Array(width) : out.subarray(0, kept * width)
}

/** ZCA whitening matrix V diag(1 / sqrt(variance + floor)) V^T, width x width. */
function whitening(tf: TensorFlow, patches: Float32Array, width: number): Float32Array {
  const covariance = meanOuterProduct(tf, patches, width)
  const { values, vectors } = symmetricEigen(covariance, width)
  const out = new Float32Array(width * width)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      let sum = 0
      for (let k = 0; k < width; k++) {
        const scale = 1 / Math.sqrt(Math.max(0, values[k]) + whitenFloor)
        sum += vectors[k * width + i] * scale * vectors[k * width + j]
      }
      out[i * width + j] = sum
    }
  }
  return out
}

/**
 * Spherical k-means that ignores the sign: each patch moves the direction it is most (anti-)parallel
 * to. Returns filters x width unit rows; a direction without patches keeps its place.
 */
async function clusterDirections(
  tf: TensorFlow,
  white: Float32Array,
  width: number,
  filters: number,
  seed: number,
  signal: AbortSignal
): Promise<Float32Array> {
  const count = white.length / width
  const centres = firstCentres(white, width, filters, seed)
  for (let round = 0; round < rounds; round++) {
    await breathe(signal)
    const directions = tf.tensor2d(transpose(centres, width), [width, filters])
    const sums = new Float64Array(filters * width)
    for (let from = 0; from < count; from += likenessRows) {
      const part = white.subarray(from * width, Math.min(count, from + likenessRows) * width)
      addToNearest(part, multiply(tf, part, width, directions), width, filters, sums)
    }
    directions.dispose()
    for (let k = 0; k < filters; k++) setUnit(centres, sums, k, width)
  }
  return centres
}

const likenessRows = 4096

/** Adds every patch to the sum of the direction it is most parallel to, with its sign. */
function addToNearest(
  patches: Float32Array,
  likeness: Float32Array,
  width: number,
  filters: number,
  sums: Float64Array
): void {
  for (let i = 0; i * width < patches.length; i++) {
    let best = 0
    for (let k = 1; k < filters; k++) {
      if (Math.abs(likeness[i * filters + k]) > Math.abs(likeness[i * filters + best])) best = k
    }
    const sign = likeness[i * filters + best] < 0 ? -1 : 1
    for (let j = 0; j < width; j++) sums[best * width + j] += sign * patches[i * width + j]
  }
}

function firstCentres(
  white: Float32Array,
  width: number,
  filters: number,
  seed: number
): Float32Array {
  const count = white.length / width
  const random = createRandom(seed).fork('filters')
  const centres = new Float32Array(filters * width)
  const start = new Float64Array(filters * width)
  for (let k = 0; k < filters; k++) {
    // Noise stands in where there are too few patches to start from.
    const from = k < count ? random.below(count) * width : -1
    for (let j = 0; j < width; j++)
      start[k * width + j] = from < 0 ? random.normal() : white[from + j]
    setUnit(centres, start, k, width)
  }
  return centres
}

/** Row k of `centres` becomes the direction of row k of `sums`, unless that is zero. */
function setUnit(centres: Float32Array, sums: Float64Array, k: number, width: number): void {
  let squares = 0
  for (let j = 0; j < width; j++) squares += sums[k * width + j] ** 2
  if (squares < 1e-12) return
  const scale = 1 / Math.sqrt(squares)
  for (let j = 0; j < width; j++) centres[k * width + j] = sums[k * width + j] * scale
}
