// Runs of methods that aim at examples, and plain float64 references to hold them to: whole
// gradients, a head solved to its optimum by Newton steps, rank correlation.
import type { Device } from '../../compute/devices/device.ts'
import { createRandom } from '../../compute/random.ts'
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs
} from '../method.ts'
import { unpackHeads } from './head-set.ts'
import { runTarget, type TargetSpec } from './target-run.ts'

export interface TargetRecord {
  readonly selection: Selection
  readonly steps: readonly MethodProgress[]
  readonly checkpoints: readonly MethodCheckpoint[]
}

export interface TargetRunOptions {
  readonly seed?: number
  readonly resume?: MethodCheckpoint
  readonly blockRows?: number
  readonly signal?: AbortSignal
}

export function contextFor(device: Device, options: TargetRunOptions = {}): MethodContext {
  const seed = options.seed ?? 0
  return {
    random: createRandom(seed),
    seed,
    signal: options.signal ?? new AbortController().signal,
    device,
    resume: options.resume
  }
}

/** Runs a method to its end. */
export async function runSpec(
  device: Device,
  inputs: SelectionInputs,
  spec: TargetSpec,
  options: TargetRunOptions = {}
): Promise<TargetRecord> {
  const run = runTarget(contextFor(device, options), inputs, spec, options.blockRows ?? 64)
  const steps: MethodProgress[] = []
  let step = await run.next()
  while (step.done !== true) {
    steps.push(step.value)
    step = await run.next()
  }
  const checkpoints = steps.flatMap(({ checkpoint }) =>
    checkpoint === undefined ? [] : [checkpoint]
  )
  return { selection: step.value, steps, checkpoints }
}

/** The checkpoint taken after a step. */
export function checkpointOf(record: TargetRecord, step: string): MethodCheckpoint {
  const found = record.checkpoints.find((checkpoint) => checkpoint.step === step)
  if (found === undefined) throw new Error(`there is no checkpoint ${step}`)
  return found
}

/** Scores as they were found, tasks x rows. */
export function scoresOf(record: TargetRecord): Float32Array {
  return checkpointOf(record, 'scores').arrays['scores'] as Float32Array
}

/** One row's h as the heads of a checkpoint see it. */
export function scaledRow(
  checkpoint: MethodCheckpoint,
  features: Float32Array,
  row: number
): number[] {
  const { columns, scaling } = unpackHeads(checkpoint)
  const own = Array.from(
    { length: columns },
    (_, j) => (features[row * columns + j] - scaling.center[j]) * scaling.inverseScale[j]
  )
  return [...own, 1]
}

/** Probabilities of one row, straight from the definition. */
export function softmaxOf(weights: ArrayLike<number>, h: readonly number[]): number[] {
  const classes = weights.length / h.length
  const logits = Array.from({ length: classes }, (_, c) =>
    h.reduce((sum, value, j) => sum + weights[c * h.length + j] * value, 0)
  )
  const top = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - top))
  const total = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / total)
}

/** Whole gradient of one row's loss, (p - y) (x) h written out. */
export function fullGradient(
  weights: ArrayLike<number>,
  h: readonly number[],
  label: number
): number[] {
  return softmaxOf(weights, h).flatMap((p, c) =>
    h.map((value) => (p - (c === label ? 1 : 0)) * value)
  )
}

export const dotOf = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0)

/** Solves A x = b by elimination with pivots; A is changed. */
export function solveDense(a: number[][], b: readonly number[]): number[] {
  const n = b.length
  const x = [...b]
  for (let k = 0; k < n; k++) {
    let best = k
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i][k]) > Math.abs(a[best][k])) best = i
    ;[a[k], a[best]] = [a[best], a[k]]
    ;[x[k], x[best]] = [x[best], x[k]]
    for (let i = k + 1; i < n; i++) {
      const share = a[i][k] / a[k][k]
      if (share === 0) continue
      for (let j = k; j < n; j++) a[i][j] -= share * a[k][j]
      x[i] -= share * x[k]
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) x[k] -= a[k][j] * x[j]
    x[k] /= a[k][k]
  }
  return x
}

/** Fisher matrix of the rows plus weight decay (bias free), written out. */
export function fullFisher(
  weights: ArrayLike<number>,
  h: readonly (readonly number[])[],
  classes: number,
  l2: number,
  use: readonly number[]
): number[][] {
  const width = h[0].length
  const n = classes * width
  const out = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_x, j) => (i === j && i % width !== width - 1 ? l2 : 0))
  )
  for (const row of use) {
    const p = softmaxOf(weights, h[row])
    for (let c = 0; c < classes; c++)
      for (let d = 0; d < classes; d++) {
        const share = (p[c] * ((c === d ? 1 : 0) - p[d])) / use.length
        for (let i = 0; i < width; i++)
          for (let j = 0; j < width; j++)
            out[c * width + i][d * width + j] += share * h[row][i] * h[row][j]
      }
  }
  return out
}

/**
 * The head that minimises mean loss + 0.5 l2 ||W||^2 (bias free) over the rows `use`, by Newton
 * steps in float64.
 */
export function optimalHead(
  h: readonly (readonly number[])[],
  labels: ArrayLike<number>,
  classes: number,
  l2: number,
  use: readonly number[],
  start: ArrayLike<number> = new Float64Array(classes * h[0].length)
): Float64Array {
  const width = h[0].length
  const weights = Float64Array.from(start)
  for (let step = 0; step < 30; step++) {
    const gradient = Array.from(weights, (value, i) => (i % width === width - 1 ? 0 : l2 * value))
    for (const row of use)
      fullGradient(weights, h[row], labels[row]).forEach((value, i) => {
        gradient[i] += value / use.length
      })
    if (Math.max(...gradient.map(Math.abs)) < 1e-12) break
    const hessian = fullFisher(weights, h, classes, l2, use)
    // The bias may be moved for all labels alike: a little damping picks one of the solutions.
    hessian.forEach((line, i) => {
      line[i] += 1e-9
    })
    solveDense(hessian, gradient).forEach((value, i) => {
      weights[i] -= value
    })
  }
  return weights
}

/** Spearman's rank correlation; no ties are expected. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const ranks = (values: ArrayLike<number>): number[] => {
    const order = Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j])
    const out = order.slice()
    order.forEach((at, rank) => {
      out[at] = rank
    })
    return out
  }
  return correlation(ranks(a), ranks(b))
}

export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  a.forEach((value, i) => {
    ab += (value - meanA) * (b[i] - meanB)
    aa += (value - meanA) ** 2
    bb += (b[i] - meanB) ** 2
  })
  return ab / Math.sqrt(aa * bb)
}
