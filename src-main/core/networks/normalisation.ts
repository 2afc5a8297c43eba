// Pictures and tables as networks take them: bytes to numbers of mean 0 and spread 1.
import type { LabelledRows, Normalisation } from '../methods/distillation/distillation-method.ts'
import { inputSize, type InputShape } from './network.ts'

/** Constants of published results, for data sets that are known by name; of pixels / 255. */
export const publishedNormalisation = {
  mnist: { mean: [0.1307], sd: [0.3081] },
  fashionMnist: { mean: [0.2861], sd: [0.353] },
  svhn: { mean: [0.4377, 0.4438, 0.4728], sd: [0.198, 0.201, 0.197] },
  cifar10: { mean: [0.4914, 0.4822, 0.4465], sd: [0.2023, 0.1994, 0.201] },
  cifar100: { mean: [0.5071, 0.4867, 0.4408], sd: [0.2675, 0.2565, 0.2761] }
} as const satisfies Record<string, Normalisation>

/** Mean and spread of each channel over training pictures (0..255, channels last). */
export function pictureNormalisation(pixels: Uint8Array, channels: number): Normalisation {
  const sum = new Float64Array(channels)
  const squares = new Float64Array(channels)
  for (let at = 0; at < pixels.length; at++) {
    const value = pixels[at] / 255
    sum[at % channels] += value
    squares[at % channels] += value * value
  }
  return fromSums(sum, squares, pixels.length / channels)
}

/** Mean and spread of each column over training rows (row-major). */
export function columnNormalisation(values: Float32Array, columns: number): Normalisation {
  const sum = new Float64Array(columns)
  const squares = new Float64Array(columns)
  const rows = values.length / columns
  for (let at = 0; at < values.length; at++) sum[at % columns] += values[at]
  // Around the mean: columns of large numbers and little spread would lose all digits otherwise.
  for (let at = 0; at < values.length; at++)
    squares[at % columns] += (values[at] - sum[at % columns] / rows) ** 2
  const mean = Array.from(sum, (total) => total / Math.max(1, rows))
  return { mean, sd: Array.from(squares, (total) => spread(total / Math.max(1, rows))) }
}

function fromSums(sum: Float64Array, squares: Float64Array, count: number): Normalisation {
  const mean = Array.from(sum, (total) => total / Math.max(1, count))
  const variance = Array.from(squares, (total, c) => total / Math.max(1, count) - mean[c] ** 2)
  return { mean, sd: variance.map(spread) }
}

/** Channels of one value only have nothing to be divided by. */
function spread(variance: number): number {
  return variance > 1e-10 ? Math.sqrt(variance) : 1
}

/** Pictures with their classes as networks take them; pixels stay bytes until they are read. */
export function labelledPictures(
  pixels: Uint8Array,
  labels: Int32Array,
  shape: InputShape,
  { mean, sd }: Normalisation
): LabelledRows {
  const { channels } = shape
  const size = inputSize(shape)
  // All 256 values of each channel, scaled once.
  const scaled = Float32Array.from({ length: 256 * channels }, (_, at) => {
    const c = at % channels
    return (Math.floor(at / channels) / 255 - mean[c]) / sd[c]
  })
  return {
    count: labels.length,
    labels,
    read(rows) {
      const out = new Float32Array(rows.length * size)
      let to = 0
      for (const row of rows) {
        const from = row * size
        for (let i = 0; i < size; i++)
          out[to++] = scaled[pixels[from + i] * channels + (i % channels)]
      }
      return out
    }
  }
}

/** Numbers that are normalised already, with their classes: count x size, row-major. */
export function labelledValues(values: Float32Array, labels: Int32Array): LabelledRows {
  const size = labels.length === 0 ? 0 : values.length / labels.length
  return {
    count: labels.length,
    labels,
    read(rows) {
      const out = new Float32Array(rows.length * size)
      rows.forEach((row, i) => out.set(values.subarray(row * size, (row + 1) * size), i * size))
      return out
    }
  }
}

/** Rows of numbers scaled by column. */
export function labelledColumns(
  values: Float32Array,
  labels: Int32Array,
  { mean, sd }: Normalisation
): LabelledRows {
  const columns = mean.length
  const scaled = values.map((value, at) => (value - mean[at % columns]) / sd[at % columns])
  return labelledValues(scaled, labels)
}

/** count x classes: 1 at each item's label. */
export function oneHotShares(labels: Int32Array, classes: number): Float32Array {
  const shares = new Float32Array(labels.length * classes)
  labels.forEach((label, i) => (shares[i * classes + label] = 1))
  return shares
}

/** Normalised pictures back as bytes, for showing them; what lies outside is cut off. */
export function toPixels(
  values: Float32Array,
  channels: number,
  { mean, sd }: Normalisation
): Uint8Array {
  return Uint8Array.from(values, (value, at) => {
    const c = at % channels
    return Math.min(255, Math.max(0, Math.round(255 * (value * sd[c] + mean[c]))))
  })
}
