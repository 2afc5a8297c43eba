// What a difficulty lens will take, from the shape of the data alone; constants as for the other
// methods, measured on one thread.
import type { MethodEstimate, MethodShape } from '../method.ts'
import type { LensParams } from './lens.ts'
import { mostTrainingRows } from './train.ts'

/** Multiply-adds per second in products, plain loops per second, and seconds per training batch. */
const productRate = 13e9
const loopRate = 0.6e9
const batchSeconds = 3e-4

/** Seconds and memory; within a factor of three. */
export function estimateLens(
  { candidates, columns, classes, budget }: MethodShape,
  { runs, passes }: Pick<LensParams, 'runs' | 'passes'>,
  keeps: 'last' | 'every'
): MethodEstimate {
  const width = columns + 1
  const outputs = Math.max(2, classes) * (keeps === 'every' ? passes : 1)
  const trainingRows = Math.min(candidates, mostTrainingRows)
  const visits = runs * passes * trainingRows
  const training =
    (visits / 32) * batchSeconds +
    (visits * width * (2 * classes + 1)) / productRate +
    (visits * width) / loopRate
  const products = (candidates * width * outputs * runs) / productRate
  const loops = (candidates * runs * (width + 20 * outputs)) / loopRate
  const heads = 8 * runs * outputs * width
  const block = 4 * 1024 * (width + outputs * runs)
  return {
    seconds: 0.1 + training + products + loops + budget * 1e-7,
    megabytes: 120 + (candidates * 40 + heads + block + 8 * trainingRows * width) / 1e6,
    why: `${runs} helper models x ${passes} passes over ${trainingRows.toLocaleString('en-US')} items, then ${candidates.toLocaleString('en-US')} items are read once`
  }
}
