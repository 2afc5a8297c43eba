// The model that kernel sets are made for: kernel ridge regression on their items and labels, with a
// radial kernel. It has no training: its weights are the answer of one linear system.
import type { TensorFlow } from '../compute/devices/device.ts'
import {
  createRowProducts,
  kernelAcross,
  kernelOwn,
  type RowProducts
} from '../compute/kernels/item-kernel.ts'
import { factorRidge, predictRidge, solveRidge } from '../compute/kernels/kernel-ridge.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { DistilledSet, LabelledRows } from '../methods/distillation/distillation-method.ts'
import { fitWeights } from './kernel-labels.ts'
import { labelledValues } from './normalisation.ts'
import { shareRight, type Rows } from './predict.ts'

/** Kernel exp(-|a - b|^2 / spread) on normalised numbers, and lambda of lambda tr(K) / n. */
export interface KernelFacts {
  readonly spread: number
  readonly ridge: number
}

/** What a kernel model learns from: {@link StudentItems} without fresh ones. */
export interface KernelItems {
  /** count x size, normalised. */
  readonly values: Float32Array
  readonly count: number
  /** count x classes: one-hot, shares or free numbers. */
  readonly targets: Float32Array
}

/** Items that are all taken as they are: the linear system grows with their cube. */
export const mostKernelItems = 1000
/** Of more, this many (evenly spaced) stand for the others, whose labels all count. */
const mostAnchors = 500
/** Rows in one product. */
const mostAtOnce = 512

/** The facts of a kernel set's `info`; undefined when it is not one. */
export function kernelFactsOf(info: Readonly<Record<string, unknown>>): KernelFacts | undefined {
  const { kernel } = info
  if (typeof kernel !== 'object' || kernel === null) return undefined
  const { spread, ridge } = kernel as Partial<Record<keyof KernelFacts, unknown>>
  if (typeof spread !== 'number' || typeof ridge !== 'number') return undefined
  return spread > 0 && ridge >= 0 ? { spread, ridge } : undefined
}

/** The kernel model that a set is judged by; undefined for sets that networks learn from. */
export function kernelOf(set: Pick<DistilledSet, 'consumer' | 'info'>): KernelFacts | undefined {
  return set.consumer === 'kernel' ? kernelFactsOf(set.info) : undefined
}

/** What the kernel model of these items says about rows: count x classes. Throws the signal's reason. */
export async function kernelPredict(
  tf: TensorFlow,
  items: KernelItems,
  facts: KernelFacts,
  rows: Rows,
  signal: AbortSignal
): Promise<Float32Array> {
  const size = items.values.length / items.count
  const classes = items.targets.length / items.count
  const products = createRowProducts(tf)
  try {
    const model = await fit(products, items, facts, signal)
    const out = new Float32Array(rows.count * classes)
    for (let from = 0; from < rows.count; from += mostAtOnce) {
      await letMessagesIn()
      signal.throwIfAborted()
      const count = Math.min(mostAtOnce, rows.count - from)
      const asked = rows.read(Uint32Array.from({ length: count }, (_, i) => from + i))
      const across = kernelAcross(products, asked, model.anchors, size, {
        kind: 'radial',
        spread: facts.spread
      })
      out.set(predictRidge(across, model.weights, count, classes), from * classes)
    }
    return out
  } finally {
    products.dispose()
  }
}

/** Share of rows that the kernel model of these items names rightly, 0..1. */
export async function kernelAccuracy(
  tf: TensorFlow,
  items: KernelItems,
  facts: KernelFacts,
  rows: LabelledRows,
  signal: AbortSignal
): Promise<number> {
  const logits = await kernelPredict(tf, items, facts, rows, signal)
  return shareRight(logits, rows.labels, items.targets.length / items.count)
}

async function fit(
  products: RowProducts,
  items: KernelItems,
  { spread, ridge }: KernelFacts,
  signal: AbortSignal
): Promise<{ readonly anchors: Float32Array; readonly weights: Float64Array }> {
  const size = items.values.length / items.count
  const classes = items.targets.length / items.count
  const kernel = { kind: 'radial', spread } as const
  if (items.count <= mostKernelItems) {
    const own = kernelOwn(products, items.values, size, kernel)
    await letMessagesIn()
    signal.throwIfAborted()
    const factor = factorRidge(own, items.count, ridge)
    return { anchors: items.values, weights: solveRidge(factor, items.targets, classes) }
  }
  const all = labelledValues(items.values, new Int32Array(items.count))
  const taken = Uint32Array.from({ length: mostAnchors }, (_, i) =>
    Math.floor((i * items.count) / mostAnchors)
  )
  const anchors = all.read(taken)
  const targetsOf = (rows: Uint32Array): Float32Array =>
    labelledValues(items.targets, new Int32Array(items.count)).read(rows)
  const inputs = { products, anchors, size, classes, kernel, rows: all, targetsOf, signal }
  return { anchors, weights: await fitWeights({ ...inputs, penalty: ridge / items.count }) }
}
