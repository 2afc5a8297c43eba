// Brings the points of a map into the square -1..1: middle of the crowd in the middle, one scale for
// both directions, a few far points held at the edge so that they do not squeeze all others.
import { mix32 } from '../compute/random.ts'

/** Share of the points, measured along each axis, that decides the scale. */
const decisiveShare = 0.999
/** Where the decisive points lie; what is further out is held at the edge. */
const reach = 0.9
/** Most points looked at to find the scale. */
const sampled = 200_000

/**
 * Scales the points in place. Rows marked in `blank` (items like nothing) are put side by side in
 * the lower left corner instead.
 */
export function fitSquare(x: Float32Array, y: Float32Array, blank: Uint8Array): void {
  const byX = extent(x, blank)
  const byY = extent(y, blank)
  const half = Math.max(byX.half, byY.half)
  const scale = half > 0 ? reach / half : 0
  for (let i = 0; i < x.length; i++) {
    if (blank[i] === 1) {
      x[i] = -0.97 + 0.04 * share(i, 1)
      y[i] = -0.97 + 0.04 * share(i, 2)
    } else {
      x[i] = clamp((x[i] - byX.middle) * scale)
      y[i] = clamp((y[i] - byY.middle) * scale)
    }
  }
}

function extent(values: Float32Array, blank: Uint8Array): { middle: number; half: number } {
  const step = Math.max(1, Math.floor(values.length / sampled))
  const kept: number[] = []
  for (let i = 0; i < values.length; i += step) if (blank[i] !== 1) kept.push(values[i])
  if (kept.length === 0) return { middle: 0, half: 0 }
  const sorted = Float32Array.from(kept).sort()
  const at = (q: number): number => sorted[Math.round(q * (sorted.length - 1))]
  const low = at(1 - decisiveShare)
  const high = at(decisiveShare)
  return { middle: (low + high) / 2, half: (high - low) / 2 }
}

function clamp(value: number): number {
  return value > 1 ? 1 : value < -1 ? -1 : value
}

/** A fixed number in 0..1 for a row; `kind` tells two of them apart. */
export function share(row: number, kind: number): number {
  return mix32(Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(kind, 0x85ebca77)) / 0x100000000
}
