// Patches of pictures: every position of a square window as one row of numbers, with the spread of
// its values for contrast normalisation.
import { patchWidth, positionsOf, type ImageShape } from './shape.ts'

/** Added to a patch's variance (pixels 0..1), so that flat patches do not become noise. */
export const contrastFloor = 0.01

/**
 * Writes all patches of one picture into `out` (positions^2 x patchWidth, row-major; values 0..1)
 * and 1 / sqrt(variance + floor) of each into `inverseSpread`.
 */
export function patchesInto(
  pixels: Uint8Array,
  offset: number,
  shape: ImageShape,
  out: Float32Array,
  outOffset: number,
  inverseSpread: Float32Array,
  spreadOffset: number
): void {
  const { size, channels, patch } = shape
  const positions = positionsOf(shape)
  const width = patchWidth(shape)
  const rowLength = patch * channels
  let at = outOffset
  let spreadAt = spreadOffset
  for (let y = 0; y < positions; y++) {
    for (let x = 0; x < positions; x++) {
      // Sums of whole numbers: exact, so a patch has the same spread wherever it lies.
      let sum = 0
      let squares = 0
      for (let dy = 0; dy < patch; dy++) {
        let from = offset + ((y + dy) * size + x) * channels
        for (let i = 0; i < rowLength; i++) {
          const value = pixels[from++]
          sum += value
          squares += value * value
          out[at++] = value / 255
        }
      }
      const variance = (squares - (sum * sum) / width) / width / (255 * 255)
      inverseSpread[spreadAt++] = 1 / Math.sqrt(Math.max(0, variance) + contrastFloor)
    }
  }
}
