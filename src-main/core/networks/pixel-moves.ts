// Flips, shifts and affine moves of pictures as maps from pixels to pixels.
import { affineMap, type PixelMap } from '../compute/ops/pixel-map.ts'
import type { InputShape } from './network.ts'
import type { Move } from './siamese-augmentation.ts'

/** The map of a move: one tap for flips and shifts, which copy pixels exactly, else four. */
export function moveMap(move: Move, { height, width }: InputShape): PixelMap {
  if (move.kind === 'affine') return affineMap(height, width, move.matrix)
  if (move.kind === 'flip' && move.isMirrored)
    return copyMap(height, width, (row, column) => row * width + (width - 1 - column))
  if (move.kind === 'flip') return copyMap(height, width, (row, column) => row * width + column)
  return copyMap(height, width, (row, column) => {
    const [fromRow, fromColumn] = [row - move.down, column - move.right]
    const isInside = fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width
    return isInside ? fromRow * width + fromColumn : -1
  })
}

/** The move that changes nothing. */
export const stay: Move = { kind: 'flip', isMirrored: false }

/** `from` gives the pixel that is copied, -1 for none. */
function copyMap(
  height: number,
  width: number,
  from: (row: number, column: number) => number
): PixelMap {
  const pixels = height * width
  const rows = new Int32Array(pixels)
  const weights = new Float32Array(pixels)
  for (let at = 0; at < pixels; at++) {
    const source = from(Math.floor(at / width), at % width)
    if (source < 0) continue
    rows[at] = source
    weights[at] = 1
  }
  return { inputs: pixels, outputs: pixels, taps: 1, rows, weights, height, width }
}
