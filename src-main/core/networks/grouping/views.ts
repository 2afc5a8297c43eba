// Two views of a picture, as self-distillation compares them (Caron et al. 2021, "DINO", section 3.1):
// a part of it brought to full size, perhaps mirrored, with other light.
import type { Random } from '../../compute/random.ts'
import { inputSize, type InputShape } from '../network.ts'

/** How views are drawn. Plain data. */
export interface ViewRules {
  /** Smallest share of the picture that a view shows, 0..1. */
  readonly leastArea: number
  /** Mirrored every second time; not for digits, letters and signs. */
  readonly flip: boolean
  /** Largest change of brightness (in spreads of the pixels) and of contrast (as a share). */
  readonly light: number
}

/** For small pictures, of which little is left in a small part. */
export const usualViews: ViewRules = { leastArea: 0.5, flip: true, light: 0.4 }

/** Longest side of a part over its shortest, at most, in the shape of the picture. */
const mostAspect = 4 / 3
/** Share of views whose light is changed. */
const litShare = 0.8

/** Writes one view of `picture` (height x width x channels, normalised) into `out`. */
function drawView(
  picture: Float32Array,
  shape: InputShape,
  rules: ViewRules,
  random: Random,
  out: Float32Array
): void {
  const { height, width } = shape
  const area = rules.leastArea + (1 - rules.leastArea) * random.uniform()
  const aspect = mostAspect ** (2 * random.uniform() - 1)
  const rows = Math.min(height, height * Math.sqrt(area * aspect))
  const columns = Math.min(width, width * Math.sqrt(area / aspect))
  const top = random.uniform() * (height - rows)
  const left = random.uniform() * (width - columns)
  const isMirrored = rules.flip && random.below(2) === 1
  const isLit = random.uniform() < litShare
  const [brightness, contrast] = [
    isLit ? rules.light * (2 * random.uniform() - 1) : 0,
    isLit ? 1 + rules.light * (2 * random.uniform() - 1) : 1
  ]
  resample(picture, shape, { top, left, rows, columns, isMirrored }, out)
  let sum = 0
  for (const value of out) sum += value
  const mean = sum / out.length
  for (let at = 0; at < out.length; at++) out[at] = (out[at] - mean) * contrast + mean + brightness
}

interface Part {
  readonly top: number
  readonly left: number
  readonly rows: number
  readonly columns: number
  readonly isMirrored: boolean
}

/** A part of a picture at full size, between the four nearest pixels. */
function resample(
  picture: Float32Array,
  { height, width, channels }: InputShape,
  { top, left, rows, columns, isMirrored }: Part,
  out: Float32Array
): void {
  for (let row = 0; row < height; row++) {
    const [above, below, down] = neighbours(top + ((row + 0.5) * rows) / height - 0.5, height)
    for (let column = 0; column < width; column++) {
      const [before, after, right] = neighbours(
        left + ((column + 0.5) * columns) / width - 0.5,
        width
      )
      const to = (row * width + (isMirrored ? width - 1 - column : column)) * channels
      for (let c = 0; c < channels; c++) {
        const at = (y: number, x: number): number => picture[(y * width + x) * channels + c]
        const upper = at(above, before) * (1 - right) + at(above, after) * right
        const lower = at(below, before) * (1 - right) + at(below, after) * right
        out[to + c] = upper * (1 - down) + lower * down
      }
    }
  }
}

/** The pixels on both sides of a place, and how near the second one is; the border goes on. */
function neighbours(place: number, length: number): readonly [number, number, number] {
  const inside = Math.min(length - 1, Math.max(0, place))
  const first = Math.floor(inside)
  return [first, Math.min(length - 1, first + 1), inside - first]
}

/**
 * So many views of each picture: first all first views, then all second ones.
 * @param pictures count x height x width x channels
 */
export function drawViews(
  pictures: Float32Array,
  shape: InputShape,
  rules: ViewRules,
  random: Random,
  views: number
): Float32Array {
  const size = inputSize(shape)
  const out = new Float32Array(views * pictures.length)
  for (let to = 0; to < out.length; to += size) {
    const from = to % pictures.length
    const picture = pictures.subarray(from, from + size)
    drawView(picture, shape, rules, random, out.subarray(to, to + size))
  }
  return out
}
