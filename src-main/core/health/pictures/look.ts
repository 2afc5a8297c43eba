// What one decoded picture tells: how bright, how contrasty and how sharp it is, and a small copy of
// it that near-duplicates are compared by. Pure: pixels in, numbers out.

/** Side of the small copy. */
export const smallSide = 32
/** Side of its colour part. */
export const colourSide = 4
/** Bytes of a small copy: 32 x 32 brightness, then two colour differences of 4 x 4 around 128. */
export const smallBytes = smallSide * smallSide + 2 * colourSide * colourSide

/** Numbers kept per picture, in this order. */
export const lookColumns = 7
export const look = {
  /** 1 when it could not be decoded; the other numbers mean nothing then. */
  failed: 0,
  /** Mean brightness, 0..255. */
  brightness: 1,
  /** Share of pixels darker than 24. */
  darkShare01: 2,
  /** Share of pixels brighter than 231. */
  brightShare01: 3,
  /** Standard deviation of the brightness. */
  contrast: 4,
  /** Variance of the Laplacian of the brightness. */
  sharpness: 5,
  /** Side at which it was looked at: sharpness only compares within one. */
  side: 6
} as const

const darkBelow = 24
const brightAbove = 231

/**
 * Looks at one square RGB picture.
 * @param rgb side x side x 3, 0..255
 * @param numbers place for {@link lookColumns} numbers @param small place for {@link smallBytes}
 */
export function lookAt(
  rgb: Uint8Array,
  side: number,
  numbers: Float32Array,
  small: Uint8Array
): void {
  const light = new Float32Array(side * side)
  let sum = 0
  let dark = 0
  let bright = 0
  for (let i = 0; i < light.length; i++) {
    // Rec. 601, as JPEG stores brightness.
    const value = 0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2]
    light[i] = value
    sum += value
    if (value < darkBelow) dark++
    else if (value > brightAbove) bright++
  }
  const mean = sum / light.length
  let squares = 0
  for (const value of light) squares += (value - mean) ** 2
  numbers[look.failed] = 0
  numbers[look.brightness] = mean
  numbers[look.darkShare01] = dark / light.length
  numbers[look.brightShare01] = bright / light.length
  numbers[look.contrast] = Math.sqrt(squares / light.length)
  numbers[look.sharpness] = laplacianVariance(light, side)
  numbers[look.side] = side
  shrink(rgb, light, side, small)
}

/** Variance of the 4-neighbour Laplacian (Pech-Pacheco et al. 2000); 0 for pictures below 3 x 3. */
export function laplacianVariance(light: Float32Array, side: number): number {
  let sum = 0
  let squares = 0
  const count = (side - 2) * (side - 2)
  if (side < 3) return 0
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const at = y * side + x
      const value =
        light[at - 1] + light[at + 1] + light[at - side] + light[at + side] - 4 * light[at]
      sum += value
      squares += value * value
    }
  }
  return Math.max(0, squares / count - (sum / count) ** 2)
}

/** Fills the small copy: area means, or the picture itself in the middle where it is smaller. */
function shrink(rgb: Uint8Array, light: Float32Array, side: number, small: Uint8Array): void {
  if (side < smallSide) enlarge(light, side, small)
  else
    cells(side, smallSide, (cell, pixels) => {
      let sum = 0
      for (const at of pixels) sum += light[at]
      small[cell] = Math.round(sum / pixels.length)
    })
  const blue = smallSide * smallSide
  const red = blue + colourSide * colourSide
  cells(side, colourSide, (cell, pixels) => {
    let cb = 0
    let cr = 0
    for (const at of pixels) {
      cb += rgb[3 * at + 2] - light[at]
      cr += rgb[3 * at] - light[at]
    }
    // Half the difference, so that -255..255 fits a byte.
    small[blue + cell] = clamp(128 + cb / pixels.length / 2)
    small[red + cell] = clamp(128 + cr / pixels.length / 2)
  })
}

/**
 * A picture smaller than the small copy, each pixel a whole number of times and its edge repeated
 * around: a shift by a pixel stays a shift by whole pixels.
 */
function enlarge(light: Float32Array, side: number, small: Uint8Array): void {
  const times = Math.floor(smallSide / side)
  const margin = Math.floor((smallSide - times * side) / 2)
  const inside = (at: number): number =>
    Math.max(0, Math.min(side - 1, Math.floor((at - margin) / times)))
  for (let y = 0; y < smallSide; y++)
    for (let x = 0; x < smallSide; x++)
      small[y * smallSide + x] = Math.round(light[inside(y) * side + inside(x)])
}

function cells(
  side: number,
  wanted: number,
  fill: (cell: number, pixels: readonly number[]) => void
): void {
  const edge = (i: number): number => Math.floor((i * side) / wanted)
  for (let y = 0; y < wanted; y++) {
    for (let x = 0; x < wanted; x++) {
      const pixels: number[] = []
      for (let v = edge(y); v < edge(y + 1); v++)
        for (let u = edge(x); u < edge(x + 1); u++) pixels.push(v * side + u)
      fill(y * wanted + x, pixels)
    }
  }
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)))
}

/**
 * Side at which a picture of this size is looked at: its own when small, else 64, 128 or 256, so
 * that nothing is blown up and sharpness compares within each side. Unknown sizes count as large.
 */
export function lookSide(width: number, height: number): number {
  const least = Math.min(width, height)
  if (least <= 0) return 256
  if (least <= 32) return Math.max(8, least)
  if (least < 64) return 32
  if (least < 128) return 64
  return least < 256 ? 128 : 256
}
