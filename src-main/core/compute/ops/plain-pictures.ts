// Convolution, pooling and normalisation of one picture as plain float64 loops: what devices are
// compared with. Pictures are H x W x C, row by row.

/** Of a picture. */
export interface PictureSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/**
 * With a h x w x C x O filter, stride 1 and zeros around it so that the size stays; the odd row and
 * column of an even filter lie at the bottom and right. H x W x O.
 */
export function plainConvolution(
  picture: Float64Array,
  size: PictureSize,
  filter: Float64Array,
  [rows, columns, channels, outputs]: readonly [number, number, number, number]
): Float64Array {
  const { height, width } = size
  const top = Math.floor((rows - 1) / 2)
  const left = Math.floor((columns - 1) / 2)
  const result = new Float64Array(height * width * outputs)
  const add = (y: number, x: number, i: number, j: number): void => {
    const [from, at] = [y + i - top, x + j - left]
    if (from < 0 || from >= height || at < 0 || at >= width) return
    for (let c = 0; c < channels; c++) {
      const value = picture[(from * width + at) * channels + c]
      const tap = ((i * columns + j) * channels + c) * outputs
      for (let o = 0; o < outputs; o++)
        result[(y * width + x) * outputs + o] += value * filter[tap + o]
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) add(y, x, i, j)
    }
  }
  return result
}

/** Means of side x side squares, a rest at the right or bottom dropped. */
export function plainPool(picture: Float64Array, size: PictureSize, side: number): Float64Array {
  const { height, width, channels } = size
  const [rows, columns] = [Math.floor(height / side), Math.floor(width / side)]
  const result = new Float64Array(rows * columns * channels)
  for (let y = 0; y < rows * side; y++) {
    for (let x = 0; x < columns * side; x++) {
      const to = (Math.floor(y / side) * columns + Math.floor(x / side)) * channels
      for (let c = 0; c < channels; c++)
        result[to + c] += picture[(y * width + x) * channels + c] / (side * side)
    }
  }
  return result
}

/** Each channel to mean 0 and variance 1 (epsilon 1e-5), times the channel's scale. */
export function plainInstanceNorm(
  picture: Float64Array,
  { height, width, channels }: PictureSize,
  scale: Float64Array
): Float64Array {
  const pixels = height * width
  const mean = new Float64Array(channels)
  const variance = new Float64Array(channels)
  picture.forEach((value, i) => (mean[i % channels] += value / pixels))
  picture.forEach(
    (value, i) => (variance[i % channels] += (value - mean[i % channels]) ** 2 / pixels)
  )
  return picture.map((value, i) => {
    const c = i % channels
    return ((value - mean[c]) / Math.sqrt(variance[c] + 1e-5)) * scale[c]
  })
}
