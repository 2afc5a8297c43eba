// How crowded each place of the map is, as a soft shade drawn under the points: a grid of counts,
// smoothed, its square root as opacity.
import { hiddenBit } from './map-categories.ts'

/** Cells along each side. */
export const crowdSide = 160
const reach = 3

/** Opacity 0..1 per cell, row by row from the top; of the items that the filter shows. */
export function crowdShade(x: Float32Array, y: Float32Array, styles: Uint8Array): Float32Array {
  const counts = new Float32Array(crowdSide * crowdSide)
  for (let row = 0; row < x.length; row++) {
    if ((styles[row] ?? 0) >= hiddenBit) continue
    const cx = cellOf(x[row] ?? 0)
    const cy = crowdSide - 1 - cellOf(y[row] ?? 0)
    const cell = cy * crowdSide + cx
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  const smooth = blurred(blurred(counts, 1, crowdSide), crowdSide, 1)
  let most = 0
  for (const value of smooth) most = Math.max(most, value)
  return most === 0 ? smooth : smooth.map((value) => Math.sqrt(value / most))
}

function cellOf(value: number): number {
  return Math.min(crowdSide - 1, Math.max(0, Math.floor(((value + 1) / 2) * crowdSide)))
}

function blurred(from: Float32Array, step: number, across: number): Float32Array {
  const out = new Float32Array(from.length)
  for (let line = 0; line < crowdSide; line++) {
    for (let i = 0; i < crowdSide; i++) {
      let sum = 0
      for (let k = Math.max(-reach, -i); k <= Math.min(reach, crowdSide - 1 - i); k++)
        sum += Math.exp((-k * k) / 3) * (from[line * across + (i + k) * step] ?? 0)
      out[line * across + i * step] = sum
    }
  }
  return out
}
