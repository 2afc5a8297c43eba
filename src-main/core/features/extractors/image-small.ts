// 'image-small': fingerprints of small pictures without any download. Patches of the dataset's
// own pictures are whitened and clustered; each picture is described by how strongly its patches
// answer to the cluster centres, pooled over a 3 x 3 grid, then reduced by principal components.
// Source: Coates, Lee & Ng, "An Analysis of Single-Layer Networks in Unsupervised Feature
// Learning", AISTATS 2011 (sections 3.1-3.3); soft threshold: Coates & Ng, ICML 2011.
import type { Device } from '../../compute/devices/device.ts'
import { createRandom, type Random } from '../../compute/random.ts'
import { principalDirections, symmetricEigen } from './linear-algebra.ts'

export const imageExtractor = 'image-small'
export const imageExtractorVersion = 1

const patch = 6
const centres = 256
const grid = 3
/** Answers below this share of a unit are noise (soft threshold). */
const threshold = 0.25
const patchesFitted = 40_000
const rounds = 10
/** Columns of the finished fingerprint. */
export const imageColumns = 320
/** Pictures looked at when fitting. */
export const imagesFitted = 2_000

/** Everything learnt from a dataset's pictures. */
export interface ImageFit {
  readonly size: number
  readonly channels: 1 | 3
  readonly patchMean: Float32Array
  /** patch values x centres: whitening and centres in one matrix. */
  readonly filters: Float32Array
  readonly pooledMean: Float32Array
  /** pooled values x columns. */
  readonly axes: Float32Array
  readonly columns: number
  readonly scale: number
}

const positions = (size: number): number => size - patch + 1

/** Contrast-normalised patches of n pictures: n * positions^2 rows of patch^2 * channels values. */
function patchesOf(pixels: Uint8Array, n: number, size: number, channels: number): Float32Array {
  const across = positions(size)
  const width = patch * patch * channels
  const rowValues = patch * channels
  const out = new Float32Array(n * across * across * width)
  const stride = size * channels
  let at = 0
  for (let image = 0; image < n; image++) {
    const base = image * size * stride
    for (let y = 0; y < across; y++) {
      for (let x = 0; x < across; x++) {
        let sum = 0
        let squares = 0
        for (let dy = 0; dy < patch; dy++) {
          const from = base + (y + dy) * stride + x * channels
          for (let k = 0; k < rowValues; k++) {
            const value = pixels[from + k]
            out[at + dy * rowValues + k] = value
            sum += value
            squares += value * value
          }
        }
        const mean = sum / width
        // 10 on a scale of 0..255: flat patches stay quiet (Coates et al., section 3.1.1).
        const scale = 1 / Math.sqrt(Math.max(0, squares / width - mean * mean) + 10)
        for (let k = 0; k < width; k++) out[at + k] = (out[at + k] - mean) * scale
        at += width
      }
    }
  }
  return out
}

/** Learns filters and components from `n` pictures (0..255, n x size x size x channels). */
export async function fitImages(
  device: Device,
  pixels: Uint8Array,
  n: number,
  size: number,
  channels: 1 | 3,
  seed: number,
  signal: AbortSignal
): Promise<ImageFit> {
  const random = createRandom(seed)
  const width = patch * patch * channels
  const sampled = samplePatches(pixels, n, size, channels, random.fork('patches'))
  const patchMean = columnMeans(sampled, width)
  const whitening = whiten(sampled, patchMean, width)
  const filters = await learnFilters(device, sampled, patchMean, whitening, width, random.fork('centres'), signal)
  const partial = { size, channels, patchMean, filters }
  const pooledWidth = centres * grid * grid
  const pooled = new Float32Array(n * pooledWidth)
  for (let start = 0; start < n; start += 64) {
    signal.throwIfAborted()
    const count = Math.min(64, n - start)
    const values = size * size * channels
    const block = pixels.subarray(start * values, (start + count) * values)
    pooled.set(await pool(device, partial, block, count), start * pooledWidth)
  }
  const pooledMean = columnMeans(pooled, pooledWidth)
  subtractMean(pooled, pooledMean)
  const columns = Math.min(imageColumns, n, pooledWidth)
  const axes = await principalDirections(device.tf, pooled, n, pooledWidth, columns, random.fork('axes'))
  let energy = 0
  for (const value of pooled) energy += value * value
  // Rows get a mean square of about one per column, whatever the picture's contrast.
  const scale = energy > 0 ? Math.sqrt((n * columns) / energy) : 1
  return { ...partial, pooledMean, axes, columns, scale }
}

/** Fingerprints of n pictures, n x columns. */
export async function extractImages(
  device: Device,
  fit: ImageFit,
  pixels: Uint8Array,
  n: number
): Promise<Float32Array> {
  const { tf } = device
  const width = fit.pooledMean.length
  const pooled = await pool(device, fit, pixels, n)
  subtractMean(pooled, fit.pooledMean)
  const projected = tf.tidy(() =>
    tf.matMul(tf.tensor2d(pooled, [n, width]), tf.tensor2d(fit.axes, [width, fit.columns]))
  )
  const values = Float32Array.from(await projected.data(), (value) => value * fit.scale)
  projected.dispose()
  return values
}

type PoolFit = Pick<ImageFit, 'size' | 'channels' | 'patchMean' | 'filters'>

/** Soft-thresholded answers summed over the cells of the grid: n x (centres * grid^2). */
async function pool(device: Device, fit: PoolFit, pixels: Uint8Array, n: number): Promise<Float32Array> {
  const { tf } = device
  const across = positions(fit.size)
  const width = fit.patchMean.length
  const patches = patchesOf(pixels, n, fit.size, fit.channels)
  subtractMean(patches, fit.patchMean)
  const product = tf.tidy(() =>
    tf.matMul(tf.tensor2d(patches, [n * across * across, width]), tf.tensor2d(fit.filters, [width, centres]))
  )
  const answers = await product.data()
  product.dispose()
  const out = new Float32Array(n * centres * grid * grid)
  const cellOf = Uint8Array.from({ length: across }, (_, i) => Math.floor((i * grid) / across))
  for (let image = 0; image < n; image++) {
    const base = image * centres * grid * grid
    for (let y = 0; y < across; y++) {
      for (let x = 0; x < across; x++) {
        const from = ((image * across + y) * across + x) * centres
        const to = base + (cellOf[y] * grid + cellOf[x]) * centres
        for (let k = 0; k < centres; k++) {
          const value = answers[from + k] - threshold
          if (value > 0) out[to + k] += value
        }
      }
    }
  }
  // Sums grow with the picture; the square root evens out many weak and few strong answers.
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i])
  return out
}

function samplePatches(
  pixels: Uint8Array,
  n: number,
  size: number,
  channels: number,
  random: Random
): Float32Array {
  const width = patch * patch * channels
  const out = new Float32Array(patchesFitted * width)
  const values = size * size * channels
  const single = new Uint8Array(patch * patch * channels)
  for (let i = 0; i < patchesFitted; i++) {
    const image = random.below(n) * values
    const y = random.below(positions(size))
    const x = random.below(positions(size))
    for (let dy = 0; dy < patch; dy++) {
      const from = image + ((y + dy) * size + x) * channels
      single.set(pixels.subarray(from, from + patch * channels), dy * patch * channels)
    }
    out.set(patchesOf(single, 1, patch, channels), i * width)
  }
  return out
}

function columnMeans(values: Float32Array, width: number): Float32Array {
  const sums = new Float64Array(width)
  for (let from = 0; from < values.length; from += width) {
    for (let k = 0; k < width; k++) sums[k] += values[from + k]
  }
  const rows = Math.max(1, values.length / width)
  return Float32Array.from(sums, (sum) => sum / rows)
}

/** Takes `mean` from every row in place. */
function subtractMean(values: Float32Array, mean: Float32Array): void {
  const width = mean.length
  for (let from = 0; from < values.length; from += width) {
    for (let k = 0; k < width; k++) values[from + k] -= mean[k]
  }
}

/** ZCA whitening matrix (width x width) of the patches, with 0.1 added to every variance. */
function whiten(patches: Float32Array, mean: Float32Array, width: number): Float64Array {
  const covariance = new Float64Array(width * width)
  const rows = patches.length / width
  const row = new Float64Array(width)
  for (let r = 0; r < rows; r += 3) {
    for (let k = 0; k < width; k++) row[k] = patches[r * width + k] - mean[k]
    for (let i = 0; i < width; i++) {
      const value = row[i]
      for (let j = i; j < width; j++) covariance[i * width + j] += value * row[j]
    }
  }
  const used = Math.ceil(rows / 3)
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      covariance[i * width + j] /= used
      covariance[j * width + i] = covariance[i * width + j]
    }
  }
  const { values, vectors } = symmetricEigen(covariance, width)
  const out = new Float64Array(width * width)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      let sum = 0
      for (let k = 0; k < width; k++) {
        sum += (vectors[i * width + k] * vectors[j * width + k]) / Math.sqrt(Math.max(0, values[k]) + 0.1)
      }
      out[i * width + j] = sum
    }
  }
  return out
}

/** Spherical k-means on whitened patches; returns whitening times centres, width x centres. */
async function learnFilters(
  device: Device,
  patches: Float32Array,
  mean: Float32Array,
  whitening: Float64Array,
  width: number,
  random: Random,
  signal: AbortSignal
): Promise<Float32Array> {
  const { tf } = device
  const rows = patches.length / width
  const centred = patches.slice()
  subtractMean(centred, mean)
  const zca = Float32Array.from(whitening)
  const whiteTensor = tf.tidy(() =>
    tf.matMul(tf.tensor2d(centred, [rows, width]), tf.tensor2d(zca, [width, width]))
  )
  const white = Float32Array.from(await whiteTensor.data())
  let found = unitColumns(Float32Array.from({ length: width * centres }, () => random.normal()), width)
  for (let round = 0; round < rounds; round++) {
    signal.throwIfAborted()
    const scores = tf.tidy(() => tf.matMul(whiteTensor, tf.tensor2d(found, [width, centres])))
    const answers = await scores.data()
    scores.dispose()
    const next = new Float32Array(width * centres)
    for (let r = 0; r < rows; r++) {
      let best = 0
      let strength = -1
      for (let c = 0; c < centres; c++) {
        const value = Math.abs(answers[r * centres + c])
        if (value > strength) {
          strength = value
          best = c
        }
      }
      // Damped assignment: a patch adds to its centre by how strongly it answers (Coates & Ng 2012).
      const weight = answers[r * centres + best]
      for (let k = 0; k < width; k++) next[k * centres + best] += weight * white[r * width + k]
    }
    for (let i = 0; i < next.length; i++) next[i] += found[i]
    found = unitColumns(next, width)
  }
  whiteTensor.dispose()
  const filters = tf.tidy(() =>
    tf.matMul(tf.tensor2d(zca, [width, width]), tf.tensor2d(found, [width, centres]))
  )
  const values = Float32Array.from(await filters.data())
  filters.dispose()
  return values
}

function unitColumns(values: Float32Array, width: number): Float32Array {
  const columns = values.length / width
  for (let c = 0; c < columns; c++) {
    let norm = 0
    for (let k = 0; k < width; k++) norm += values[k * columns + c] ** 2
    const scale = norm > 1e-20 ? 1 / Math.sqrt(norm) : 0
    for (let k = 0; k < width; k++) values[k * columns + c] *= scale
  }
  return values
}
