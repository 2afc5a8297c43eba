// Augmentation of plain numbers, for training students and experts: their pictures are not
// differentiated, and copying pixels on the way into a step costs less than operations in it.
import type { InputShape } from './network.ts'
import { inputSize } from './network.ts'
import { moveMap } from './pixel-moves.ts'
import type { AugmentationDraw, ColourChange, Hole, Move } from './siamese-augmentation.ts'

/**
 * Changes `count` pictures (count x height x width x channels) as drawn, in place. Throws a
 * RangeError when the draw is for another number of pictures.
 */
export function augmentValues(values: Float32Array, draw: AugmentationDraw): void {
  const { shape, stages } = draw
  const size = inputSize(shape)
  const count = values.length / size
  if (draw.count !== 'one' && draw.count !== count)
    throw new RangeError(`changes for ${draw.count} pictures, but there are ${count}`)
  const before = new Float32Array(size)
  for (const stage of stages) {
    for (let picture = 0; picture < count; picture++) {
      const x = values.subarray(picture * size, (picture + 1) * size)
      const at = stage.changes.length === 1 ? 0 : picture
      if (stage.kind === 'colour') recolour(x, stage.changes[at], shape.channels)
      else if (stage.kind === 'mask') cut(x, stage.changes[at], shape)
      else move(x, before, stage.changes[at], shape)
    }
  }
}

function recolour(x: Float32Array, change: ColourChange, channels: number): void {
  const { brightness, saturation, contrast } = change
  for (let i = 0; i < x.length; i++) x[i] += brightness
  if (channels > 1) {
    for (let from = 0; from < x.length; from += channels)
      towardsMean(x.subarray(from, from + channels), saturation)
  }
  towardsMean(x, contrast)
}

function towardsMean(x: Float32Array, factor: number): void {
  let sum = 0
  for (const value of x) sum += value
  const rest = (sum / x.length) * (1 - factor)
  for (let i = 0; i < x.length; i++) x[i] = x[i] * factor + rest
}

function cut(x: Float32Array, { top, bottom, left, right }: Hole, shape: InputShape): void {
  const { width, channels } = shape
  for (let row = top; row < bottom; row++)
    x.fill(0, (row * width + left) * channels, (row * width + right) * channels)
}

/** @param before room for the picture as it was */
function move(x: Float32Array, before: Float32Array, change: Move, shape: InputShape): void {
  if (change.kind === 'flip' && !change.isMirrored) return
  const { taps, rows, weights, outputs } = moveMap(change, shape)
  const { channels } = shape
  before.set(x)
  for (let pixel = 0; pixel < outputs; pixel++) {
    for (let c = 0; c < channels; c++) {
      let sum = 0
      for (let tap = pixel * taps; tap < (pixel + 1) * taps; tap++)
        sum += weights[tap] * before[rows[tap] * channels + c]
      x[pixel * channels + c] = sum
    }
  }
}
