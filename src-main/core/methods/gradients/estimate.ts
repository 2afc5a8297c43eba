// What a run on gradients made elsewhere will take: passes over files, products, votes. Constants
// measured on two busy cores.
import type { MethodEstimate, MethodShape } from '../method.ts'

/** Bytes of 16-bit floats scored a second, multiply-adds beside that, and plain loops. */
const rates = { bytes: 1.2e9, products: 30e9, loops: 0.1e9 }

export interface MatrixWork {
  /** Passes over every file. */
  readonly passes: number
  /** Directions that rows are compared with in a pass. */
  readonly directions: number
  /** Multiply-adds and plain steps beside the passes. */
  readonly products?: number
  readonly loops?: number
  /** Bytes held beside the scores and two blocks of rows. */
  readonly bytes?: number
}

/** Numbers of all checkpoints of a row together. */
export const gradientNumbers = ({ gradients }: Pick<MethodShape, 'gradients'>): number =>
  (gradients ?? []).reduce((sum, columns) => sum + columns, 0)

/** Seconds (within a factor of three) and megabytes. */
export function matrixCost(shape: MethodShape, work: MatrixWork): MethodEstimate {
  const { candidates, tasks, gradients = [] } = shape
  const numbers = candidates * gradientNumbers(shape)
  const { passes, directions, products = 0, loops = 0, bytes = 0 } = work
  const seconds =
    (2 * passes * numbers) / rates.bytes +
    (passes * numbers * directions + products) / rates.products +
    (candidates * (20 * tasks + 40) + loops) / rates.loops
  const held = candidates * (8 * tasks + 4 * directions + 60) + 64e6 + bytes
  const files = gradients.length === 1 ? '1 file' : `${gradients.length} files`
  return {
    seconds: 0.5 + seconds,
    megabytes: 200 + held / 1e6,
    why: `${candidates.toLocaleString('en-US')} items x ${gradientNumbers(shape).toLocaleString('en-US')} numbers in ${files}, read ${passes < 1.5 ? 'once' : `about ${Math.round(passes)} times`}`
  }
}

/** One pass, with about two parts a task (ICONS, LESS, TracIn). */
export const onePassCost = (shape: MethodShape): MethodEstimate =>
  matrixCost(shape, { passes: 1, directions: 2 * shape.tasks })
