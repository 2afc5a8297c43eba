// How bright pixels are: densities of a set and of real pictures on one scale. Numbers below 0 or
// above 1 are no brightness of any picture; made items often have some.
import type { RecognitionResult } from '../../../api/dto/analysis.ts'
import type { Normalisation } from '../../methods/distillation/distillation-method.ts'

type Densities = NonNullable<RecognitionResult['brightness']>

const bins = 48
/** Rounding must not count as outside. */
const tolerance = 1e-4

/** Normalised numbers back to brightness: 0 = black, 1 = white. */
export function brightnessOf(
  values: Float32Array,
  { mean, sd }: Normalisation,
  channels: number
): Float32Array {
  return values.map((value, at) => value * sd[at % channels] + mean[at % channels])
}

/** Densities over bins that hold all numbers of both, and at least 0..1. */
export function densities(real: Float32Array, set: Float32Array): Densities {
  const [low, high] = rangeOf([real, set])
  const width = (high - low) / bins
  const density = (values: Float32Array): number[] => {
    const counts = new Array<number>(bins).fill(0)
    for (const value of values) counts[Math.min(bins - 1, Math.floor((value - low) / width))]++
    return counts.map((count) => count / Math.max(1, values.length) / width)
  }
  const outside = (values: Float32Array): number =>
    values.reduce((sum, v) => sum + (v < -tolerance || v > 1 + tolerance ? 1 : 0), 0) /
    Math.max(1, values.length)
  return {
    low,
    width,
    real: density(real),
    set: density(set),
    outside01: { real: outside(real), set: outside(set) }
  }
}

function rangeOf(lists: readonly Float32Array[]): readonly [number, number] {
  let [low, high] = [0, 1]
  for (const list of lists)
    for (const value of list) {
      if (value < low) low = value
      if (value > high) high = value
    }
  return [low, high]
}
