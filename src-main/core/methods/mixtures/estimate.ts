// What methods over sources will take, from the shape of the data alone.
import type { MethodEstimate, MethodShape } from '../method.ts'
import { batchRows } from './helper-models.ts'
import { heldOutPerSource, mostNumbers, poolPerSource } from './probe-data.ts'

/** The shape of the data does not say how many sources there are; a middling number stands for it. */
export const assumedSources = 8

/** Multiply-adds per second, numbers moved per second, and the fixed cost of one step of a head. */
const productRate = 4e9
const moveRate = 60e6
const stepSeconds = 0.00025

/** A draw by lot. */
export function drawEstimate({ candidates }: MethodShape): MethodEstimate {
  return {
    seconds: 0.05 + candidates * 6e-7,
    megabytes: 1 + (candidates * 32) / 1e6,
    why: 'One draw by lot and one count per source.'
  }
}

/** Work of helper models: `steps` batches of 32 items, and `looks` at all held-out items. */
export function probeEstimate(
  shape: MethodShape,
  steps: number,
  looks: number,
  why: string
): MethodEstimate {
  const width = shape.columns + 1
  const classes = Math.max(2, shape.classes)
  const held = shape.tasks > 0 ? shape.examples : assumedSources * heldOutPerSource
  const rows = Math.min(shape.candidates, assumedSources * (poolPerSource + heldOutPerSource))
  const numbers = Math.min(mostNumbers, rows * width)
  const products = (4 * batchRows * steps + looks * held) * width * classes
  const moved = steps * width * (batchRows + 3 * classes) + numbers
  return {
    seconds:
      0.2 +
      products / productRate +
      moved / moveRate +
      steps * stepSeconds +
      shape.candidates * 6e-7,
    megabytes: 60 + (8 * numbers + 32 * shape.candidates) / 1e6,
    why
  }
}
