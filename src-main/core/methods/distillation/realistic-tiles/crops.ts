// Random parts of pictures, and pictures put together from such parts.
import type { Random } from '../../../compute/random.ts'
import type { InputShape } from '../../../networks/network.ts'

/** A part of a picture, in pixels; sides and places need not be whole. */
export interface CropBox {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

/** Sides of a crop differ by up to this factor each way, as in torchvision's RandomResizedCrop. */
const mostStretch = 4 / 3
const tries = 10

/**
 * A random part with a share of the picture's area between `least` and 1; the whole picture when
 * ten draws do not fit.
 */
export function drawCrop(random: Random, shape: InputShape, least: number): CropBox {
  const { height, width } = shape
  for (let attempt = 0; attempt < tries; attempt++) {
    const area = height * width * (least + (1 - least) * random.uniform())
    const stretch = mostStretch ** (2 * random.uniform() - 1)
    const box = { height: Math.sqrt(area / stretch), width: Math.sqrt(area * stretch) }
    if (box.height > height || box.width > width) continue
    return {
      ...box,
      top: random.uniform() * (height - box.height),
      left: random.uniform() * (width - box.width)
    }
  }
  return { top: 0, left: 0, height, width }
}

/**
 * A part of a picture brought to another size: bilinear, pixel centres at half, the picture's edge
 * repeated outside. @param picture height x width x channels
 */
export function resizeCrop(
  picture: Float32Array,
  { height, width, channels }: InputShape,
  box: CropBox,
  to: { readonly height: number; readonly width: number }
): Float32Array {
  const out = new Float32Array(to.height * to.width * channels)
  const rows = samples(box.top, box.height, to.height, height)
  const columns = samples(box.left, box.width, to.width, width)
  let at = 0
  for (const y of rows)
    for (const x of columns)
      for (let c = 0; c < channels; c++) {
        const value = (row: number, column: number): number =>
          picture[(row * width + column) * channels + c]
        const above = value(y.low, x.low) * (1 - x.part) + value(y.low, x.high) * x.part
        const below = value(y.high, x.low) * (1 - x.part) + value(y.high, x.high) * x.part
        out[at++] = above * (1 - y.part) + below * y.part
      }
  return out
}

/** For each place of the new side: the two old places it lies between, and how far along. */
function samples(
  start: number,
  length: number,
  count: number,
  size: number
): { readonly low: number; readonly high: number; readonly part: number }[] {
  return Array.from({ length: count }, (_, i) => {
    const place = start + ((i + 0.5) * length) / count - 0.5
    const inside = Math.min(size - 1, Math.max(0, place))
    const low = Math.floor(inside)
    return { low, high: Math.min(size - 1, low + 1), part: inside - low }
  })
}

/** Where the tiles of a picture lie: factor x factor of them, which fill it without gaps. */
export function tileBoxes({ height, width }: InputShape, factor: number): CropBox[] {
  const edge = (side: number, i: number): number => Math.round((i * side) / factor)
  return Array.from({ length: factor * factor }, (_, tile) => {
    const [row, column] = [Math.floor(tile / factor), tile % factor]
    const [top, left] = [edge(height, row), edge(width, column)]
    return {
      top,
      left,
      height: edge(height, row + 1) - top,
      width: edge(width, column + 1) - left
    }
  })
}

/** Writes a tile (box.height x box.width x channels) into a picture. */
export function placeTile(
  picture: Float32Array,
  { width, channels }: InputShape,
  box: CropBox,
  tile: Float32Array
): void {
  const line = box.width * channels
  for (let row = 0; row < box.height; row++)
    picture.set(
      tile.subarray(row * line, (row + 1) * line),
      ((box.top + row) * width + box.left) * channels
    )
}
