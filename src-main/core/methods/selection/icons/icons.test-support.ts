// Seeded cases, a runner and a brute-force reference for the tests of ICONS. The reference shares
// no code with the product: full N x V gradients in float64, straight from the definitions.
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import type { FeatureSource } from '../../../features/feature-matrix.ts'
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs,
  TargetTask
} from '../../method.ts'
import { defaultTuning } from './factors.ts'
import { runIcons } from './method.ts'
import { iconsParams, type IconsParams } from './params.ts'

/** Rows in memory as a feature source. */
export function memorySource(values: Float32Array, columns: number): FeatureSource {
  const readRows = (rows: Uint32Array | readonly number[]): Promise<Float32Array> => {
    const out = new Float32Array(rows.length * columns)
    Array.from(rows).forEach((row, at) =>
      out.set(values.subarray(row * columns, (row + 1) * columns), at * columns)
    )
    return Promise.resolve(out)
  }
  return {
    rows: values.length / columns,
    columns,
    readBlock: (start, count) =>
      Promise.resolve(values.slice(start * columns, (start + count) * columns)),
    readRows,
    close: () => Promise.resolve()
  }
}

export interface Case {
  readonly inputs: SelectionInputs
  readonly values: Float32Array
}

export interface CaseShape {
  readonly rows: number
  readonly columns: number
  readonly classes: number
  readonly tasks: number
  readonly budget: number
  readonly examples?: number
  readonly parts?: number
}

/** Gaussian classes; task t asks for classes t and t + 1. */
export function makeCase(seed: number, shape: CaseShape): Case {
  const { rows, columns, classes, tasks, budget, examples = 8, parts = 1 } = shape
  const random = createRandom(seed)
  const means = Float64Array.from({ length: classes * columns }, () => random.normal())
  const draw = (label: number): number[] =>
    Array.from({ length: columns }, (_, j) => means[label * columns + j] + 0.8 * random.normal())
  const labels = Int32Array.from({ length: rows }, () => random.below(classes))
  const values = Float32Array.from([...labels].flatMap(draw))
  const taskList = Array.from({ length: tasks }, (_, t): TargetTask => ({
    name: `Task ${t + 1}`,
    importance: 'normal',
    parts: Array.from({ length: parts }, (_part, p) => {
      const own = Int32Array.from({ length: examples }, (_v, v) => (t + ((v + p) % 2)) % classes)
      return {
        name: `part ${p + 1}`,
        labels: own,
        features: Float32Array.from([...own].flatMap(draw))
      }
    })
  }))
  const inputs: SelectionInputs = {
    features: memorySource(values, columns),
    labels,
    classNames: Array.from({ length: classes }, (_, c) => `class ${c}`),
    tasks: taskList,
    budget,
    rowIds: Uint32Array.from({ length: rows }, (_, i) => 10 + 2 * i)
  }
  return { inputs, values }
}

export interface RunRecord {
  readonly selection: Selection
  readonly steps: readonly MethodProgress[]
  readonly checkpoints: readonly MethodCheckpoint[]
}

export interface RunOptions {
  readonly seed?: number
  readonly resume?: MethodCheckpoint
  readonly blockRows?: number
  readonly signal?: AbortSignal
}

/** Runs ICONS to its end, in the paper's form unless `params` say otherwise. */
export async function runCase(
  device: Device,
  inputs: SelectionInputs,
  params: Partial<IconsParams> = {},
  options: RunOptions = {}
): Promise<RunRecord> {
  const seed = options.seed ?? 0
  const context: MethodContext = {
    random: createRandom(seed),
    seed,
    signal: options.signal ?? new AbortController().signal,
    device,
    resume: options.resume
  }
  const knobs = { tuning: defaultTuning, blockRows: options.blockRows ?? 64 }
  // Near the paper's form; what a test is about it names itself.
  const base = { balance: 'none', subTasks: 'none', tieRule: 'variety' }
  const run = runIcons(context, inputs, iconsParams.parse({ ...base, ...params }), knobs)
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

/** Unit head gradient of one row: the full outer product, normalised. */
function gradient(x: readonly number[], label: number, weights: readonly number[][]): number[] {
  const h = [...x, 1]
  const logits = weights.map((row) => row.reduce((sum, w, j) => sum + w * h[j], 0))
  const top = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - top))
  const total = powers.reduce((a, b) => a + b, 0)
  const g = powers.flatMap((power, c) =>
    h.map((value) => (power / total - (c === label ? 1 : 0)) * value)
  )
  const norm = Math.hypot(...g)
  return g.map((value) => value / norm)
}

/** K x N scores as the paper's matrices give them: cosine with every example, mean, maximum of parts. */
export function referenceScores(
  { inputs, values }: Case,
  checkpoint: MethodCheckpoint
): number[][] {
  const { columns } = inputs.features
  const classes = inputs.classNames.length
  const flat = [...(checkpoint.arrays['weights'] as Float32Array)]
  const weights = Array.from({ length: classes }, (_, c) =>
    flat.slice(c * (columns + 1), (c + 1) * (columns + 1))
  )
  const center = checkpoint.arrays['center'] as Float32Array
  const inverse = checkpoint.arrays['inverseScale'] as Float32Array
  const row = (from: Float32Array, i: number): number[] =>
    Array.from({ length: columns }, (_, j) => (from[i * columns + j] - center[j]) * inverse[j])
  const pool = [...inputs.labels].map((label, i) => gradient(row(values, i), label, weights))
  return inputs.tasks.map((task) => {
    const parts = task.parts.map((part) => {
      const targets = [...part.labels].map((label, v) =>
        gradient(row(part.features, v), label, weights)
      )
      return pool.map((g) => {
        const influence = targets.map((t) => t.reduce((sum, value, j) => sum + value * g[j], 0))
        return influence.reduce((a, b) => a + b, 0) / influence.length
      })
    })
    return pool.map((_, i) => Math.max(...parts.map((part) => part[i])))
  })
}
