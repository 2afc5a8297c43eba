// A runner and a brute-force reference for the tests of GTP. The reference shares no code with the
// product: whole trajectories in float64, straight from the definitions.
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs
} from '../../method.ts'
import { memorySource, type Case } from '../icons/icons.test-support.ts'
import { runGtp } from './method.ts'
import { defaultKnobs, type GtpKnobs } from './method-knobs.ts'
import { gtpParams, type GtpParams } from './params.ts'

export interface GtpRecord {
  readonly selection: Selection
  readonly steps: readonly MethodProgress[]
  readonly checkpoints: readonly MethodCheckpoint[]
}

export interface GtpOptions {
  readonly seed?: number
  readonly resume?: MethodCheckpoint
  readonly signal?: AbortSignal
  readonly knobs?: Partial<GtpKnobs>
  /** Called with every step, before the next one is asked for. */
  readonly onStep?: (step: MethodProgress) => void
}

/** Runs GTP to its end; unless told, labels that look wrong count like all others. */
export async function runGtpCase(
  device: Device,
  inputs: SelectionInputs,
  params: Partial<GtpParams> = {},
  options: GtpOptions = {}
): Promise<GtpRecord> {
  const seed = options.seed ?? 0
  const context: MethodContext = {
    random: createRandom(seed),
    seed,
    signal: options.signal ?? new AbortController().signal,
    device,
    resume: options.resume
  }
  const knobs = { ...defaultKnobs, blockRows: 64, ...options.knobs }
  const run = runGtp(context, inputs, gtpParams.parse({ wrongLabels: 'count', ...params }), knobs)
  const steps: MethodProgress[] = []
  let step = await run.next()
  while (step.done !== true) {
    steps.push(step.value)
    options.onStep?.(step.value)
    step = await run.next()
  }
  const checkpoints = steps.flatMap(({ checkpoint }) =>
    checkpoint === undefined ? [] : [checkpoint]
  )
  return { selection: step.value, steps, checkpoints }
}

/** Some of many, evenly spaced, with the last one. */
export function spread<T>(all: readonly T[], count: number): T[] {
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, i) => all[Math.floor(((i + 1) * all.length) / Math.min(count, all.length)) - 1]
  )
}

/** The chosen rows, ascending. */
export function chosenRows({ order, got }: Selection): number[] {
  return [...order.subarray(0, got)].sort((a, b) => a - b)
}

/** The same case with rows moved; ids follow their rows. `at[new] = old`. */
export function permutedCase(
  { inputs, values }: Case,
  seed: number
): { readonly inputs: SelectionInputs; readonly at: Uint32Array } {
  const { rows, columns } = inputs.features
  const at = createRandom(seed).shuffle(Uint32Array.from({ length: rows }, (_, i) => i))
  const moved = new Float32Array(values.length)
  at.forEach((from, to) =>
    moved.set(values.subarray(from * columns, (from + 1) * columns), to * columns)
  )
  return {
    at,
    inputs: {
      ...inputs,
      features: memorySource(moved, columns),
      labels: Int32Array.from(at, (from) => inputs.labels[from]),
      rowIds: Uint32Array.from(at, (from) => inputs.rowIds[from])
    }
  }
}

/** Every row of the case `times` times, one copy of all rows after the other. */
export function repeatedCase({ inputs, values }: Case, times: number): SelectionInputs {
  const { rows, columns } = inputs.features
  const all = new Float32Array(times * values.length)
  for (let t = 0; t < times; t++) all.set(values, t * values.length)
  return {
    ...inputs,
    features: memorySource(all, columns),
    labels: Int32Array.from({ length: times * rows }, (_, i) => inputs.labels[i % rows]),
    rowIds: Uint32Array.from({ length: times * rows }, (_, i) => i)
  }
}

/** N trajectories of T x classes x width numbers each, from a checkpoint's heads. */
export function referenceTrajectories(
  rows: Float32Array,
  labels: Int32Array,
  checkpoint: MethodCheckpoint
): number[][] {
  const { arrays, values } = checkpoint
  const classes = Number(values['classes'])
  const center = [...arrays['center']]
  const inverse = [...arrays['inverseScale']]
  const heads = [...arrays['heads']]
  const columns = center.length
  const width = columns + 1
  return [...labels].map((label, i) => {
    const h = center.map((middle, j) => (rows[i * columns + j] - middle) * inverse[j])
    h.push(1)
    return [...arrays['shares']].flatMap((share, t) => {
      const powers = Array.from({ length: classes }, (_, c) => {
        const at = (t * classes + c) * width
        return Math.exp(h.reduce((sum, value, j) => sum + value * heads[at + j], 0))
      })
      const total = powers.reduce((a, b) => a + b, 0)
      return powers.flatMap((power, c) =>
        h.map((value) => Math.sqrt(share) * (power / total - (c === label ? 1 : 0)) * value)
      )
    })
  })
}

/** Mean of equally long rows. */
export function meanOf(rows: readonly (readonly number[])[]): number[] {
  const sum = rows[0].map(() => 0)
  for (const row of rows) row.forEach((value, j) => (sum[j] += value / rows.length))
  return sum
}
