// From pixels to pooled filter responses: patches times filters on the device, then contrast
// normalisation, a two-sided threshold and averaging over a grid of cells in one pass.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { breathe } from '../../breathe.ts'
import { multiply } from '../../matrix-product.ts'
import { patchesInto } from './patches.ts'
import { patchWidth, positionsOf, responseWidth, type ImageShape } from './shape.ts'

// Pictures per matrix product: large enough for the device, small enough for its memory.
const picturesAtOnce = 16

/**
 * Pooled responses of n pictures (pixels 0..255, n x size x size x channels): n x responseWidth,
 * square roots of the cell means, positive and negative parts side by side. A picture's numbers do
 * not depend on the others.
 */
export async function pooledResponses(
  tf: TensorFlow,
  pixels: Uint8Array,
  filters: Float32Array,
  shape: ImageShape,
  signal: AbortSignal
): Promise<Float32Array> {
  const pictureLength = shape.size * shape.size * shape.channels
  const pictures = pixels.length / pictureLength
  const positions = positionsOf(shape) ** 2
  const width = patchWidth(shape)
  const outWidth = responseWidth(shape)
  const out = new Float32Array(pictures * outWidth)
  const patches = new Float32Array(picturesAtOnce * positions * width)
  const inverseSpread = new Float32Array(picturesAtOnce * positions)
  const cells = cellOfPosition(shape)
  const filterTensor = tf.tensor2d(filters, [width, shape.filters])
  try {
    for (let from = 0; from < pictures; from += picturesAtOnce) {
      await breathe(signal)
      const count = Math.min(picturesAtOnce, pictures - from)
      for (let i = 0; i < count; i++) {
        const source = (from + i) * pictureLength
        patchesInto(
          pixels,
          source,
          shape,
          patches,
          i * positions * width,
          inverseSpread,
          i * positions
        )
      }
      const used = patches.subarray(0, count * positions * width)
      const products = multiply(tf, used, width, filterTensor)
      for (let i = 0; i < count; i++) {
        poolInto(products, inverseSpread, i * positions, cells, shape, out, (from + i) * outWidth)
      }
    }
  } finally {
    filterTensor.dispose()
  }
  return out
}

/** The cell each patch position falls into. */
function cellOfPosition(shape: ImageShape): Uint32Array {
  const positions = positionsOf(shape)
  const cell = (at: number): number => Math.floor((at * shape.grid) / positions)
  return Uint32Array.from({ length: positions * positions }, (_, i) => {
    return cell(Math.floor(i / positions)) * shape.grid + cell(i % positions)
  })
}

function poolInto(
  products: Float32Array,
  inverseSpread: Float32Array,
  firstPosition: number,
  cells: Uint32Array,
  shape: ImageShape,
  out: Float32Array,
  outOffset: number
): void {
  const { filters, threshold } = shape
  const sums = new Float64Array(responseWidth(shape))
  const counts = new Uint32Array(shape.grid * shape.grid)
  for (let p = 0; p < cells.length; p++) {
    const scale = inverseSpread[firstPosition + p]
    const base = cells[p] * 2 * filters
    let at = (firstPosition + p) * filters
    counts[cells[p]]++
    for (let k = 0; k < filters; k++) {
      const value = products[at++] * scale
      const above = value - threshold
      const below = -value - threshold
      // The positive parts, exactly: branches on such numbers are guessed wrong too often (5 times
      // slower, measured; so is Math.max).
      sums[base + k] += (above + Math.abs(above)) / 2
      sums[base + filters + k] += (below + Math.abs(below)) / 2
    }
  }
  // The square root evens out strong and weak cells (as for histograms of gradients).
  for (let i = 0; i < sums.length; i++) {
    out[outOffset + i] = Math.sqrt(sums[i] / Math.max(1, counts[Math.floor(i / (2 * filters))]))
  }
}
