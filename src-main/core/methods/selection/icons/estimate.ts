// What a run will take, from the shape of the data alone; constants measured on one thread.
import { exactLimit } from '../../../compute/kernels/facility-location.ts'
import { onePassCost } from '../../gradients/estimate.ts'
import type { MethodEstimate, MethodShape } from '../../method.ts'
import type { IconsParams } from './params.ts'
import { scoreBlockRows } from './score.ts'

/** Multiply-adds the wasm device does per second, and plain loops per second. */
const productRate = 13e9
const loopRate = 0.6e9

/** Rows the tie rule "variety" compares, as work and memory; nothing for other rules. */
function varietyCost(
  shape: MethodShape,
  params: IconsParams
): { pairs: number; gains: number; bytes: number } {
  if (params.combine !== 'vote' || params.tieRule !== 'variety')
    return { pairs: 0, gains: 0, bytes: 0 }
  const { candidates, classes, budget, tasks } = shape
  const isBalanced = params.balance === 'labels' && classes > 1
  const groups = isBalanced ? classes : 1
  // Within labels about the voted 65 % are tied; otherwise at most what all tasks vote for.
  const tied =
    (isBalanced ? 0.65 * candidates : 0.7 * Math.min(candidates, budget * tasks)) / groups
  const isExact = tied <= exactLimit
  const width = shape.columns + 1
  const partners = isExact ? tied : 2000
  return {
    pairs: groups * tied * partners,
    // About 60 rows are looked at again per pick; one look costs the row's partners.
    gains: 60 * budget * (isExact ? tied : 64),
    bytes: 4 * (isExact ? tied * tied : 400 * tied) + 8 * tied * width
  }
}

/** Mean directions that rows are compared with: tasks cover about half of the labels each. */
function partsOf({ tasks, classes }: MethodShape, params: IconsParams): number {
  const isSplit = params.subTasks === 'labels' && classes > tasks
  return isSplit ? tasks * Math.ceil(classes / 2) : tasks
}

/** Seconds and memory; within a factor of three on the wasm device. */
export function estimateIcons(shape: MethodShape, params: IconsParams): MethodEstimate {
  if (shape.gradients !== undefined) return onePassCost(shape)
  const { candidates, tasks } = shape
  const width = shape.columns + 1
  const classes = Math.max(2, shape.classes)
  const warmUpRows = Math.max((params.warmUpPercent / 100) * candidates, Math.min(candidates, 200))
  const warmUp = warmUpRows * params.warmUpEpochs * width * classes * 2
  const parts = partsOf(shape, params)
  const products = candidates * width * classes * (parts + 1)
  const loops = candidates * (width + classes * (parts + 8) + 40 * tasks)
  const variety = varietyCost(shape, params)
  const seconds =
    (warmUp * 8 + products + variety.pairs * width) / productRate +
    (loops + 4 * variety.pairs + variety.gains) / loopRate
  const block = 4 * scoreBlockRows * (width + classes * (parts + 1))
  const bytes = candidates * (tasks * 8 + 48) + block + variety.bytes
  return {
    seconds: 0.1 + seconds,
    megabytes: 120 + bytes / 1e6,
    why: `${candidates.toLocaleString('en-US')} items x ${tasks} tasks x ${classes} labels x ${shape.columns} numbers each`
  }
}
