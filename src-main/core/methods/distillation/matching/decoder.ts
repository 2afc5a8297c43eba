// From stored items to those that networks see: tiles of a picture enlarged to its size (IDC's
// multi-formation, Kim et al. 2022, section 4.1) and mirrored copies (FYI, Son et al. 2024). Both are
// constant linear maps of pixels, so a gradient goes back through their transposes.
import { resizeMap, transposed, type RowMap } from '../../../compute/ops/pixel-map.ts'
import type { InputShape } from '../../../networks/network.ts'

/** What becomes of a stored item. */
export interface Formation {
  /** Tiles along each side: 1 leaves the item whole, 2 makes four items of it. */
  readonly factor: number
  /** Adds the left-right mirror of every tile. */
  readonly isMirrored: boolean
}

/** A formation for one shape of items. */
export interface Decoder {
  /** Items made of one stored item; they follow one another. */
  readonly copies: number
  /** Any number of stored items, channels last, to `copies` times as many. */
  decode(stored: Float32Array): Float32Array
  /** The transpose of {@link decode}: slopes for decoded items to slopes for stored ones. */
  back(slopes: Float32Array): Float32Array
}

/** Throws a RangeError unless every tile has at least two pixels along each side (factor 1: any). */
export function createDecoder(shape: InputShape, { factor, isMirrored }: Formation): Decoder {
  const copies = factor * factor * (isMirrored ? 2 : 1)
  if (copies === 1) return { copies, decode: (stored) => stored, back: (slopes) => slopes }
  const map = formationMap(shape, factor, isMirrored)
  const back = transposed(map)
  return {
    copies,
    decode: (stored) => applyMap(map, stored, shape.channels),
    back: (slopes) => applyMap(back, slopes, shape.channels)
  }
}

/** Height and width of one tile; the last row and column of tiles may hang over, filled with zeros. */
export function tileSides(
  { height, width }: InputShape,
  factor: number
): readonly [number, number] {
  return [Math.ceil(height / factor), Math.ceil(width / factor)]
}

function formationMap(shape: InputShape, factor: number, isMirrored: boolean): RowMap {
  const { height, width } = shape
  const [tileHeight, tileWidth] = tileSides(shape, factor)
  if (factor > 1 && Math.min(tileHeight, tileWidth) < 2)
    throw new RangeError(`${height} x ${width} is too small for ${factor} x ${factor} tiles`)
  const enlarge = resizeMap(tileHeight, tileWidth, height, width)
  const { taps } = enlarge
  const pixels = height * width
  const copies = factor * factor * (isMirrored ? 2 : 1)
  const rows = new Int32Array(copies * pixels * taps)
  const weights = new Float32Array(rows.length)
  for (let copy = 0; copy < copies; copy++) {
    const tile = copy % (factor * factor)
    const isFlipped = copy >= factor * factor
    const top = Math.floor(tile / factor) * tileHeight
    const left = (tile % factor) * tileWidth
    for (let o = 0; o < pixels; o++) {
      const from = isFlipped ? o - (o % width) + (width - 1 - (o % width)) : o
      for (let t = 0; t < taps; t++) {
        const inTile = enlarge.rows[from * taps + t]
        const y = top + Math.floor(inTile / tileWidth)
        const x = left + (inTile % tileWidth)
        if (y >= height || x >= width) continue
        const to = (copy * pixels + o) * taps + t
        rows[to] = y * width + x
        weights[to] = enlarge.weights[from * taps + t]
      }
    }
  }
  return { inputs: pixels, outputs: copies * pixels, taps, rows, weights }
}

/** A map of pixels on items of `inputs` pixels with channels, one item after the other. */
export function applyMap(map: RowMap, values: Float32Array, channels: number): Float32Array {
  const { inputs, outputs, taps } = map
  const count = values.length / (inputs * channels)
  const out = new Float32Array(count * outputs * channels)
  for (let item = 0; item < count; item++) {
    const from = item * inputs * channels
    const to = item * outputs * channels
    for (let o = 0; o < outputs; o++)
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let t = o * taps; t < (o + 1) * taps; t++)
          sum += map.weights[t] * values[from + map.rows[t] * channels + c]
        out[to + o * channels + c] = sum
      }
  }
  return out
}
