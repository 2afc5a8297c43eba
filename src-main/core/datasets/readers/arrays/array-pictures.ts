// Pictures held in arrays: which shapes are pictures, how their values become 8-bit pixels, and the
// locator that says where the pixels of an item are.
import { AppError } from '../../../../api/errors.ts'
import { isFloatType, type ArrayType } from './array-types.ts'
import type { TensorRows } from './tensor-rows.ts'

/** How one row of an array lies as a picture. */
export interface PictureLayout {
  readonly height: number
  readonly width: number
  /** As stored; 4 is colour with transparency, which is laid on white. */
  readonly channels: 1 | 3 | 4
  /** True for channels first (N x C x H x W). */
  readonly isPlanar: boolean
}

/** Values shown as black and as white. */
export interface ValueRange {
  readonly low: number
  readonly high: number
}

/** Pixels as they are. */
export const plainRange: ValueRange = { low: 0, high: 255 }

const leastSide = 4
const mostSide = 4096
// A table of rows by time steps is no picture.
const longestShape = 16

/** The layout of the pictures in an array of this shape, undefined when it holds none. */
export function pictureLayout(shape: readonly number[]): PictureLayout | undefined {
  const [, a, b, c] = shape
  if (shape.length === 3) return layout(a, b, 1, false)
  if (shape.length !== 4) return undefined
  const last = channelsOf(c)
  if (last !== undefined) return layout(a, b, last, false)
  const first = channelsOf(a)
  return first === undefined ? undefined : layout(b, c, first, true)
}

function channelsOf(size: number): 1 | 3 | 4 | undefined {
  return size === 1 || size === 3 || size === 4 ? size : undefined
}

function layout(
  height: number,
  width: number,
  channels: 1 | 3 | 4,
  isPlanar: boolean
): PictureLayout | undefined {
  const [short, long] = height < width ? [height, width] : [width, height]
  const isPicture = short >= leastSide && long <= mostSide && long <= longestShape * short
  return isPicture ? { height, width, channels, isPlanar } : undefined
}

/** Channels of the pixels that come out. */
export function shownChannels(layout: PictureLayout): 1 | 3 {
  return layout.channels === 1 ? 1 : 3
}

/** Smallest and largest value so far; NaN and infinite ones do not count. */
export interface SeenRange {
  low: number
  high: number
}

/** Widens a range by these values. */
export function widenRange(seen: SeenRange, values: Float32Array): void {
  for (const value of values) {
    if (value < seen.low && value !== -Infinity) seen.low = value
    if (value > seen.high && value !== Infinity) seen.high = value
  }
}

/** True when the values of an array have to be looked through before they can be pixels. */
export function needsRange(type: ArrayType): boolean {
  return type !== 'uint8' && type !== 'bool'
}

/** The range to show values by, and a sentence when values had to be stretched. */
export function rangeFor(
  type: ArrayType,
  seen: SeenRange
): { readonly range: ValueRange; readonly note: string | undefined } {
  if (type === 'uint8') return { range: plainRange, note: undefined }
  if (type === 'bool') return { range: { low: 0, high: 1 }, note: undefined }
  // Nothing but missing values, or one value everywhere below.
  if (!(seen.low <= seen.high)) return { range: plainRange, note: undefined }
  const { low, high } = seen
  if (low >= 0 && high <= 1) return { range: { low: 0, high: 1 }, note: undefined }
  if (low >= 0 && high <= 255) return { range: plainRange, note: undefined }
  const kind = isFloatType(type) ? 'numbers' : 'whole numbers'
  return {
    range: { low, high: high > low ? high : low + 1 },
    note: `The pictures hold ${kind} from ${short(low)} to ${short(high)}; they are shown from black to white over that range.`
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}

/** Row `index` of an array as pixels: height x width x (1 or 3), row-major, channels last. */
export async function readPixels(
  rows: TensorRows,
  layout: PictureLayout,
  range: ValueRange,
  start: number,
  count: number
): Promise<Uint8Array> {
  const each = layout.height * layout.width * shownChannels(layout)
  const out = new Uint8Array(count * each)
  const values =
    rows.type === 'uint8' ? await rows.readRaw(start, count) : await rows.readFloats(start, count)
  for (let i = 0; i < count; i++) {
    const row = values.subarray(i * rows.columns, (i + 1) * rows.columns)
    const bytes = row instanceof Uint8Array ? row : scaled(row, range)
    out.set(interleaved(bytes, layout), i * each)
  }
  return out
}

function scaled(values: Float32Array, { low, high }: ValueRange): Uint8Array {
  const out = new Uint8ClampedArray(values.length)
  const factor = 255 / (high - low)
  // NaN becomes 0; the clamped array rounds to the nearest.
  for (let i = 0; i < out.length; i++) out[i] = (values[i] - low) * factor
  return new Uint8Array(out.buffer)
}

function interleaved(bytes: Uint8Array, layout: PictureLayout): Uint8Array {
  const { channels, isPlanar } = layout
  const pixels = layout.height * layout.width
  if (channels === 1 || (channels === 3 && !isPlanar)) return bytes
  const at = (pixel: number, channel: number): number =>
    bytes[isPlanar ? channel * pixels + pixel : pixel * channels + channel]
  const out = new Uint8Array(pixels * 3)
  for (let p = 0; p < pixels; p++) {
    const opacity = channels === 4 ? at(p, 3) / 255 : 1
    for (let c = 0; c < 3; c++)
      out[3 * p + c] = Math.round(at(p, c) * opacity + 255 * (1 - opacity))
  }
  return out
}

/** Where the pixels of an item are: "array#index", and the range when values are stretched. */
export function arrayLocator(array: string, index: number, range: ValueRange): string {
  const stretch = range === plainRange ? '' : `@${range.low}~${range.high}`
  return `${array}#${index}${stretch}`
}

/** Takes a locator apart. Throws AppError "invalid-input" when it is none. */
export function parseArrayLocator(locator: string): {
  readonly array: string
  readonly index: number
  readonly range: ValueRange
} {
  const match = /^(.*)#(\d{1,10})(?:@(-?[\d.e+-]{1,30})~(-?[\d.e+-]{1,30}))?$/s.exec(locator)
  const range =
    match?.[3] === undefined ? plainRange : { low: Number(match[3]), high: Number(match[4]) }
  if (match === null || !(range.low < range.high) || !Number.isFinite(range.high - range.low))
    throw new AppError('invalid-input', 'This item does not say where its picture is.')
  return { array: match[1], index: Number(match[2]), range }
}
