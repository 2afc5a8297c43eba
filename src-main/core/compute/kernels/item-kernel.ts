// Kernels that are functions of inner products, made from the products and led back to them: the
// radial one exp(-|a - b|^2 / s) and the plain one a.b + 1.
import type { TensorFlow } from '../devices/device.ts'
import { repeatedStep, type RepeatedStep } from '../repeated-step.ts'
import type { Kernels } from './kernel-ridge.ts'

/** "radial": exp(-|a - b|^2 / spread); "plain": a.b + 1, the 1 standing for a bias. */
export type KernelKind =
  { readonly kind: 'radial'; readonly spread: number } | { readonly kind: 'plain' }

/** Multiplies rows on the device: the part of kernel methods that is worth one. */
export interface RowProducts {
  /** a b^T for rows of `size` numbers: rows of a x rows of b. */
  times(a: Float32Array, b: Float32Array, size: number): Float32Array
  /** w^T b for w rows x count and b rows x size: count x size. */
  combine(w: Float32Array, b: Float32Array, count: number, size: number): Float32Array
  dispose(): void
}

/** Products on this device, each prepared once for its shapes. */
export function createRowProducts(tf: TensorFlow): RowProducts {
  const steps = new Map<string, RepeatedStep>()
  const run = (
    isLeftTurned: boolean,
    a: Float32Array,
    columns: number,
    b: Float32Array,
    size: number
  ): Float32Array => {
    const shapes = [
      [a.length / columns, columns],
      [b.length / size, size]
    ] as const
    const key = `${isLeftTurned} ${shapes.join(' ')}`
    const step =
      steps.get(key) ??
      repeatedStep(tf, ([left, right]) => tf.matMul(left, right, isLeftTurned, !isLeftTurned))
    steps.set(key, step)
    const left = tf.tensor2d(a, [...shapes[0]])
    const right = tf.tensor2d(b, [...shapes[1]])
    try {
      return step.run([left, right])
    } finally {
      tf.dispose([left, right])
    }
  }
  return {
    times: (a, b, size) => run(false, a, size, b, size),
    combine: (w, b, count, size) => run(true, w, count, b, size),
    dispose() {
      for (const step of steps.values()) step.dispose()
    }
  }
}

/** |row|^2 of each row, in float64. */
export function squaredLengths(rows: Float32Array, size: number): Float64Array {
  const out = new Float64Array(rows.length / size)
  for (let i = 0; i < out.length; i++) {
    let sum = 0
    for (let j = i * size; j < (i + 1) * size; j++) sum += rows[j] * rows[j]
    out[i] = sum
  }
  return out
}

/** The kernel of `others` with `items` alone: others x items. */
export function kernelAcross(
  products: RowProducts,
  others: Float32Array,
  items: Float32Array,
  size: number,
  kernel: KernelKind
): Float32Array {
  const out = products.times(others, items, size)
  const of = [squaredLengths(others, size), squaredLengths(items, size)] as const
  const count = of[1].length
  for (let i = 0; i < out.length; i++)
    out[i] = kernelOf(kernel, out[i], of[0][Math.floor(i / count)], of[1][i % count])
  return out
}

/** The kernel of items among themselves, items x items: symmetric, 1 on a radial diagonal. */
export function kernelOwn(
  products: RowProducts,
  items: Float32Array,
  size: number,
  kernel: KernelKind
): Float64Array {
  return kernelsOf(products, items, new Float32Array(0), size, kernel).own
}

/** Both kernels with what leads slopes back. */
export interface ItemKernels extends Kernels {
  /** Slopes by the items (items x size) from slopes by the entries of both kernels. */
  back(slopes: Pick<Kernels, 'own' | 'across'>): Float32Array
}

/** Kernels of `items` and of `others` with them; both are rows of `size` numbers. */
export function kernelsOf(
  products: RowProducts,
  items: Float32Array,
  others: Float32Array,
  size: number,
  kernel: KernelKind
): ItemKernels {
  const all = new Float32Array(others.length + items.length)
  all.set(others)
  all.set(items, others.length)
  const lengths = squaredLengths(all, size)
  const count = items.length / size
  const outside = others.length / size
  const raw = products.times(all, items, size)
  const across = new Float64Array(outside * count)
  const own = new Float64Array(count * count)
  for (let row = 0; row < outside; row++)
    for (let j = 0; j < count; j++)
      across[row * count + j] = kernelOf(
        kernel,
        raw[row * count + j],
        lengths[row],
        lengths[outside + j]
      )
  for (let i = 0; i < count; i++) {
    const length = lengths[outside + i]
    own[i * count + i] = kernelOf(kernel, length, length, length)
    for (let j = 0; j < i; j++) {
      const product = raw[(outside + i) * count + j]
      const value = kernelOf(kernel, product, length, lengths[outside + j])
      own[i * count + j] = value
      own[j * count + i] = value
    }
  }
  const back = (slopes: Pick<Kernels, 'own' | 'across'>): Float32Array => {
    const by = byProducts({ count, others: outside, own, across }, slopes, kernel)
    return products.combine(by, all, count, size)
  }
  return { count, others: outside, own, across, back }
}

function kernelOf(kernel: KernelKind, product: number, a: number, b: number): number {
  if (kernel.kind === 'plain') return product + 1
  return Math.exp(-Math.max(0, a + b - 2 * product) / kernel.spread)
}

/**
 * Slopes by every product, (others + items) x items. A radial kernel k of a and b changes with their
 * product by 2 k / s and with each of their squared lengths by -k / s; an item's own squared length
 * is its product with itself.
 */
function byProducts(
  { count, others, own, across }: Kernels,
  slopes: Pick<Kernels, 'own' | 'across'>,
  kernel: KernelKind
): Float32Array {
  const out = new Float32Array((others + count) * count)
  const isRadial = kernel.kind === 'radial'
  const lengths = new Float64Array(count)
  const add = (at: number, j: number, slope: number, k: number): void => {
    if (!isRadial) return void (out[at] = slope)
    const step = (slope * k) / kernel.spread
    out[at] = 2 * step
    lengths[j] += 2 * step
  }
  for (let row = 0; row < others; row++)
    for (let j = 0; j < count; j++) {
      const at = row * count + j
      add(at, j, slopes.across[at], across[at])
    }
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      // Item j meets item i twice in a symmetric matrix.
      if (isRadial && i === j) continue
      const at = i * count + j
      add(others * count + at, j, 2 * slopes.own[at], own[at])
    }
  // d|b|^2 = 2 b.db, and its slope is -k / s: minus what has been collected, as a multiple of b.
  if (isRadial) for (let j = 0; j < count; j++) out[(others + j) * count + j] = -lengths[j]
  return out
}
