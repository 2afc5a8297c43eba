// Whether two pictures show the same thing up to re-encoding, a shift, a crop or another brightness.
// The small copies are laid on each other at every shift and crop; the fit is the correlation of
// brightness (which gain and offset do not change) and of its fine detail, since two different
// seascapes agree in sky and sea but never in detail.
import { colourSide, smallBytes, smallSide } from './look.ts'

const side = smallSide
const pixels = side * side
const half = side / 2
/** Largest shift tried, in pixels of the half-size copy. */
const reach = 2
/** Pairs whose brightness agrees less than this are settled at half size. */
const coarseFit = 0.6
/** Crops that fit less at half size are not tried at full size. */
const cropFit = 0.8
/** Least correlation of the brightness at the best place. */
const leastFit = 0.85
/** Added to the energy of detail: noise of re-encoding alone must not decide. */
const detailFloor = 900
/** Mean difference of colour allowed, in half steps of 0..255. */
const colourRoom = 9
const mostGain = 1.4
/** Sides of the crops tried, as shares. */
const cropShares = [0.95, 0.9, 0.85]

/** A small copy made ready for comparisons; what is rarely needed is made when first asked for. */
export interface ReadyPicture {
  readonly light: Float32Array
  readonly coarse: Float32Array
  /** Colour differences, 2 x 4 x 4. */
  readonly colour: Uint8Array
  detail: Float32Array | undefined
  /** Crops of `coarse`. */
  crops: readonly Float32Array[] | undefined
}

/** Makes a small copy (smallBytes) ready. */
export function readyPicture(small: Uint8Array): ReadyPicture {
  const light = Float32Array.from(small.subarray(0, pixels))
  const coarse = new Float32Array(half * half)
  for (let y = 0; y < half; y++)
    for (let x = 0; x < half; x++) {
      const at = 2 * y * side + 2 * x
      coarse[y * half + x] =
        (light[at] + light[at + 1] + light[at + side] + light[at + side + 1]) / 4
    }
  const colour = small.subarray(pixels, smallBytes)
  return { light, coarse, colour, detail: undefined, crops: undefined }
}

/** Brightness between a fine and a wide blur: neither noise nor broad areas of light. */
function detailOf(picture: ReadyPicture): Float32Array {
  if (picture.detail !== undefined) return picture.detail
  const detail = blur(picture.light, [1, 2, 1])
  const wide = blur(blur(picture.light, [1, 2, 3, 4, 3, 2, 1]), [1, 2, 3, 2, 1])
  for (let i = 0; i < pixels; i++) detail[i] -= wide[i]
  picture.detail = detail
  return detail
}

/** The small copy of a picture seen in a mirror. */
export function mirrored(small: Uint8Array): Uint8Array {
  const out = new Uint8Array(smallBytes)
  const flip = (from: number, width: number): void => {
    for (let y = 0; y < width; y++)
      for (let x = 0; x < width; x++)
        out[from + y * width + x] = small[from + y * width + width - 1 - x]
  }
  flip(0, side)
  flip(pixels, colourSide)
  flip(pixels + colourSide * colourSide, colourSide)
  return out
}

/** Separable blur with the edge repeated. `kernel` is symmetric, of odd length. */
function blur(values: Float32Array, kernel: readonly number[]): Float32Array {
  const total = kernel.reduce((sum, weight) => sum + weight, 0)
  const radius = (kernel.length - 1) / 2
  const across = new Float32Array(pixels)
  const out = new Float32Array(pixels)
  const inside = (at: number): number => Math.max(0, Math.min(side - 1, at))
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let sum = 0
      for (let k = -radius; k <= radius; k++)
        sum += kernel[k + radius] * values[y * side + inside(x + k)]
      across[y * side + x] = sum / total
    }
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let sum = 0
      for (let k = -radius; k <= radius; k++)
        sum += kernel[k + radius] * across[inside(y + k) * side + x]
      out[y * side + x] = sum / total
    }
  return out
}

/**
 * Likeness 0..1: correlation of fine detail where the pictures fit best; 0 when brightness or colour
 * do not fit. 1 for copies.
 */
export function pictureLikeness(a: ReadyPicture, b: ReadyPicture): number {
  if (!colourFits(a.colour, b.colour)) return 0
  const near = bestShift(a.coarse, b.coarse)
  if (near.fit < coarseFit) return 0
  let fit = leastFit
  let likeness = 0
  let place = { dx: 0, dy: 0 }
  // The best place at half size is right to a pixel.
  for (let dy = 2 * near.dy - 1; dy <= 2 * near.dy + 1; dy++)
    for (let dx = 2 * near.dx - 1; dx <= 2 * near.dx + 1; dx++) {
      const found = shiftedFit(a.light, b.light, side, dx, dy)
      if (found < fit) continue
      fit = found
      place = { dx, dy }
      likeness = shiftedDetail(detailOf(a), detailOf(b), dx, dy)
    }
  // A shift of a large picture is a fraction of a pixel here.
  if (fit > leastFit && fit < 0.985)
    for (const step of halfSteps) {
      const found = shiftedFit(cropped(a.light, side, step), b.light, side, place.dx, place.dy)
      if (found < fit) continue
      fit = found
      const detail = cropped(detailOf(a), side, step)
      likeness = shiftedDetail(detail, detailOf(b), place.dx, place.dy)
    }
  // A very good fit without a crop cannot be bettered by one.
  if (fit > 0.985) return clamp01(likeness)
  for (const [whole, part] of [
    [a, b],
    [b, a]
  ])
    for (const place of bestCrops(whole, part)) {
      const found = shiftedFit(cropped(whole.light, side, place), part.light, side, 0, 0)
      if (found < fit) continue
      fit = found
      likeness = shiftedDetail(cropped(detailOf(whole), side, place), detailOf(part), 0, 0)
    }
  return clamp01(likeness)
}

/** Crops of `whole` that fit `part` best at half size. */
function bestCrops(whole: ReadyPicture, part: ReadyPicture): readonly CropPlace[] {
  whole.crops ??= cropPlaces.map((place) => cropped(whole.coarse, half, place))
  const fits = whole.crops.map((crop, i) => ({
    place: cropPlaces[i],
    fit: shiftedFit(crop, part.coarse, half, 0, 0)
  }))
  return fits
    .filter(({ fit }) => fit >= cropFit)
    .sort((p, q) => q.fit - p.fit)
    .slice(0, 3)
    .map(({ place }) => place)
}

function clamp01(value: number): number {
  return Math.max(0, Math.min(1, value))
}

function bestShift(
  a: Float32Array,
  b: Float32Array
): { readonly fit: number; readonly dx: number; readonly dy: number } {
  let best = { fit: -2, dx: 0, dy: 0 }
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const fit = shiftedFit(a, b, half, dx, dy)
      if (fit > best.fit) best = { fit, dx, dy }
    }
  return best
}

/** Correlation of a at (x + dx, y + dy) with b at (x, y) over the common part; 0 for flat parts. */
function shiftedFit(
  a: Float32Array,
  b: Float32Array,
  width: number,
  dx: number,
  dy: number
): number {
  const left = Math.max(0, -dx)
  const right = width - Math.max(0, dx)
  let sumA = 0
  let sumB = 0
  let squaresA = 0
  let squaresB = 0
  let product = 0
  for (let y = Math.max(0, -dy); y < width - Math.max(0, dy); y++) {
    const offset = dy * width + dx
    for (let at = y * width + left; at < y * width + right; at++) {
      const p = a[at + offset]
      const q = b[at]
      sumA += p
      sumB += q
      squaresA += p * p
      squaresB += q * q
      product += p * q
    }
  }
  const count = (width - Math.abs(dx)) * (width - Math.abs(dy))
  const varianceA = squaresA - (sumA * sumA) / count
  const varianceB = squaresB - (sumB * sumB) / count
  // Below a grey level of spread there is nothing that could agree.
  if (varianceA < count || varianceB < count) return flatFit(varianceA, varianceB, count)
  return (product - (sumA * sumB) / count) / Math.sqrt(varianceA * varianceB)
}

/** Two empty pictures are alike; an empty one is like no other. */
function flatFit(varianceA: number, varianceB: number, count: number): number {
  return varianceA < count && varianceB < count ? 1 : 0
}

function shiftedDetail(a: Float32Array, b: Float32Array, dx: number, dy: number): number {
  const left = Math.max(0, -dx)
  const right = side - Math.max(0, dx)
  let squaresA = 0
  let squaresB = 0
  let product = 0
  for (let y = Math.max(0, -dy); y < side - Math.max(0, dy); y++) {
    const offset = dy * side + dx
    for (let at = y * side + left; at < y * side + right; at++) {
      product += a[at + offset] * b[at]
      squaresA += a[at + offset] * a[at + offset]
      squaresB += b[at] * b[at]
    }
  }
  return product / Math.sqrt((squaresA + detailFloor) * (squaresB + detailFloor))
}

function colourFits(a: Uint8Array, b: Uint8Array): boolean {
  // A brighter copy has stronger colours: one gain is fitted, shared evenly by both.
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < a.length; i++) {
    squaresA += (a[i] - 128) ** 2
    squaresB += (b[i] - 128) ** 2
  }
  const ratio = squaresA > 0 && squaresB > 0 ? Math.sqrt(squaresB / squaresA) : 1
  const gain = Math.sqrt(Math.max(1 / mostGain, Math.min(mostGain, ratio)))
  let difference = 0
  for (let i = 0; i < a.length; i++)
    difference += Math.abs(gain * (a[i] - 128) - (b[i] - 128) / gain)
  return difference / (2 * colourSide * colourSide) <= colourRoom
}

/** A window of a picture, as shares of its side. */
interface CropPlace {
  readonly share: number
  readonly left: number
  readonly top: number
}

const cropPlaces: readonly CropPlace[] = cropShares.flatMap((share) => {
  const free = 1 - share
  const steps = share > 0.92 ? [0, 0.5, 1] : [0, 1 / 3, 2 / 3, 1]
  return steps.flatMap((v) => steps.map((u) => ({ share, left: u * free, top: v * free })))
})

/** Half a pixel to any side. */
const halfSteps: readonly CropPlace[] = [-0.5, 0, 0.5].flatMap((v) =>
  [-0.5, 0, 0.5].flatMap((u) =>
    u === 0 && v === 0 ? [] : [{ share: 1, left: u / side, top: v / side }]
  )
)

/** A part of a picture brought back to full size, bilinear. */
function cropped(
  values: Float32Array,
  width: number,
  { share, left, top }: CropPlace
): Float32Array {
  const out = new Float32Array(width * width)
  const inside = (at: number): number => Math.max(0, Math.min(width - 1, at))
  for (let y = 0; y < width; y++) {
    const v = inside(top * width + (y + 0.5) * share - 0.5)
    const upperRow = Math.floor(v) * width
    const lowerRow = inside(Math.floor(v) + 1) * width
    const wy = v - Math.floor(v)
    for (let x = 0; x < width; x++) {
      const u = inside(left * width + (x + 0.5) * share - 0.5)
      const x0 = Math.floor(u)
      const x1 = inside(x0 + 1)
      const wx = u - x0
      const upper = values[upperRow + x0] * (1 - wx) + values[upperRow + x1] * wx
      const lower = values[lowerRow + x0] * (1 - wx) + values[lowerRow + x1] * wx
      out[y * width + x] = upper * (1 - wy) + lower * wy
    }
  }
  return out
}
