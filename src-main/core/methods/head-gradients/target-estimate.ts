// What a run of a method that aims at example tasks will take; constants measured on one thread.
import type { MethodShape } from '../method.ts'

/** Multiply-adds the WebAssembly device does per second, and plain loops per second. */
const rates = { products: 13e9, loops: 0.6e9 }

export interface TargetWork {
  readonly heads: number
  readonly isSplit: boolean
  /** Rows all warm-ups pass over, passes included. */
  readonly fittedRows: number
  /** Multiply-adds on the device and in plain loops beside warm-up and scoring. */
  readonly products?: number
  readonly loops?: number
  /** Bytes held beside one block and the scores. */
  readonly bytes?: number
}

/** Seconds (within a factor of three) and megabytes. */
export function targetCost(
  { candidates, columns, classes, tasks, examples }: MethodShape,
  { heads, isSplit, fittedRows, products = 0, loops = 0, bytes = 0 }: TargetWork
): { seconds: number; megabytes: number; parts: number } {
  const width = columns + 1
  const labels = Math.max(2, classes)
  // Tasks usually cover about half of the labels each.
  const parts = tasks * (isSplit && labels > tasks ? Math.ceil(labels / 2) : 1)
  const outputs = heads * labels * (parts + 1)
  const scoring = candidates * width * outputs
  const training = 8 * 2 * fittedRows * width * labels
  const plain = candidates * (width + outputs + 20) + 2 * heads * examples * width * labels + loops
  const block = 4 * Math.min(1024, 4e6 / outputs) * (width + outputs)
  return {
    seconds: 0.1 + (scoring + training + products) / rates.products + plain / rates.loops,
    megabytes: 120 + (candidates * (tasks * 4 + 40) + block + 8 * width * outputs + bytes) / 1e6,
    parts
  }
}

/** "10,000 items x 4 tasks x 10 labels x 256 numbers each" */
export function targetWhy({ candidates, tasks, classes, columns }: MethodShape): string {
  return `${candidates.toLocaleString('en-US')} items x ${tasks} tasks x ${classes} labels x ${columns} numbers each`
}

/** Rows one warm-up learns from. */
export function warmUpSize(candidates: number, classes: number, percent: number): number {
  return Math.min(candidates, Math.max((percent / 100) * candidates, 200, 20 * classes))
}
