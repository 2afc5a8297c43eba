// Gradients "made elsewhere" for tests of methods that read them: planted directions stored as 16-bit
// floats, and plain float64 references to hold scores to.
import type { Device } from '../../compute/devices/device.ts'
import { testRows, type TestRows } from '../../compute/blocks/blocks.test-support.ts'
import { createRandom } from '../../compute/random.ts'
import type { FeatureSource } from '../../features/feature-matrix.ts'
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs,
  TargetTask
} from '../method.ts'

/** Numbers n / 1024 below 2 in size as 16-bit floats, without rounding; also 0, NaN and infinity. */
export function halfOf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00
  const sign = value < 0 ? 0x8000 : 0
  const size = Math.abs(value)
  if (size === 0) return 0
  if (size === Infinity) return sign | 0x7c00
  // 31 - clz32 is the place of the first bit; a half or quarter of n / 1024 counts too.
  const n = 16_384 * size
  const first = 31 - Math.clz32(n)
  return sign | ((first + 1) << 10) | (n * 2 ** (10 - first) - 1024)
}

/** The nearest n / 1024 below 2 in size. */
export const exactly = (value: number): number =>
  Math.max(-2047, Math.min(2047, Math.round(1024 * value))) / 1024

/** One row of numbers. */
export type Row = readonly number[]

function halvesOf(rows: readonly Row[], columns: number): Uint16Array {
  const out = new Uint16Array(rows.length * columns)
  rows.forEach((row, i) => row.forEach((value, j) => (out[i * columns + j] = halfOf(value))))
  return out
}

/** Rows as a matrix on disk would be read; `reads` counts what was asked for. */
export function matrixOf(rows: readonly Row[], columns: number): FeatureSource & TestRows {
  const stored = testRows(halvesOf(rows, columns), columns)
  const readRows: FeatureSource['readRows'] = async (wanted) => {
    const out = new Float32Array(wanted.length * columns)
    for (const [at, row] of Array.from(wanted).entries())
      out.set(await stored.readBlock(row, 1), at * columns)
    return out
  }
  const { raw } = stored
  if (raw === undefined) throw new Error('test rows have a stored form')
  return { ...stored, raw, readRows, close: () => Promise.resolve() }
}

export interface GivenShape {
  readonly rows: number
  /** Numbers of a gradient at every checkpoint. */
  readonly widths: readonly number[]
  readonly tasks: number
  readonly budget: number
  /** Sub-tasks of each task and examples of each of them. */
  readonly parts?: number
  readonly examples?: number
}

/** A case with its rows at hand. */
export interface GivenCase {
  readonly inputs: SelectionInputs
  /** candidates[checkpoint][row] */
  readonly candidates: readonly (readonly Row[])[]
  /** examples[checkpoint][task][part][example] */
  readonly examples: readonly (readonly (readonly (readonly Row[])[])[])[]
}

/** Inputs over given rows; fingerprints are the first checkpoint's first eight numbers. No labels. */
export function inputsOf(
  candidates: GivenCase['candidates'],
  examples: GivenCase['examples'],
  budget: number,
  change: Partial<SelectionInputs> = {}
): SelectionInputs {
  const count = candidates[0].length
  const taskCount = examples[0]?.length ?? 0
  const fingerprint = (row: Row): number[] => Array.from({ length: 8 }, (_, j) => row[j] ?? 0)
  const tasks = Array.from({ length: taskCount }, (_, t): TargetTask => ({
    name: `Task ${t + 1}`,
    importance: 'normal',
    parts: examples[0][t].map((rows, p) => ({
      name: `part ${p + 1}`,
      features: Float32Array.from(rows.flatMap(fingerprint)),
      labels: new Int32Array(rows.length).fill(-1),
      gradients: examples.map((checkpoint) => Float32Array.from(checkpoint[t][p].flat()))
    }))
  }))
  return {
    features: matrixOf(
      candidates[0].map((row) =>
        fingerprint(row).map((value) => (Number.isFinite(value) ? value : 0))
      ),
      8
    ),
    labels: new Int32Array(count).fill(-1),
    classNames: [],
    tasks,
    budget,
    rowIds: Uint32Array.from({ length: count }, (_, i) => 10 + 2 * i),
    gradients: candidates.map((rows, c) => ({
      name: `step ${100 * (c + 1)}`,
      rows: matrixOf(rows, rows[0].length)
    })),
    ...change
  }
}

/** Seeded rows: every task and part has a direction, every candidate leans to one of them. */
export function givenCase(seed: number, shape: GivenShape): GivenCase {
  const { rows, widths, tasks, budget, parts = 1, examples = 5 } = shape
  const random = createRandom(seed)
  const draw = (columns: number, toward: Row, lean: number): number[] =>
    Array.from({ length: columns }, (_, j) => exactly(0.4 * random.normal() + lean * toward[j]))
  const leans = Array.from({ length: rows }, () => random.below(tasks * parts))
  const drawn = widths.map((columns) => {
    const toward = Array.from({ length: tasks * parts }, () =>
      Array.from({ length: columns }, () => 0.5 * random.normal())
    )
    return {
      candidates: leans.map((part) => draw(columns, toward[part], random.uniform())),
      examples: Array.from({ length: tasks }, (_, t) =>
        Array.from({ length: parts }, (_part, p) =>
          Array.from({ length: examples }, () => draw(columns, toward[t * parts + p], 1))
        )
      )
    }
  })
  const candidates = drawn.map((one) => one.candidates)
  const exampleRows = drawn.map((one) => one.examples)
  return { candidates, examples: exampleRows, inputs: inputsOf(candidates, exampleRows, budget) }
}

/** A dot product in float64. */
export const dot = (a: Row, b: Row): number => a.reduce((sum, value, j) => sum + value * b[j], 0)

/**
 * The definition: per task the largest over its parts of the mean over examples of the weighted sum
 * over checkpoints, from the whole candidates x examples matrix. scores[task][row].
 */
export function referenceScores(
  { candidates, examples }: Pick<GivenCase, 'candidates' | 'examples'>,
  shares: readonly number[],
  as: 'cosine' | 'dot'
): number[][] {
  const product = (a: Row, b: Row): number => {
    const lengths = as === 'dot' ? 1 : Math.sqrt(dot(a, a) * dot(b, b))
    return dot(a, b) / Math.max(lengths, 1e-12)
  }
  return examples[0].map((task, t) =>
    candidates[0].map((_, row) =>
      Math.max(
        ...task.map((part, p) => {
          let sum = 0
          shares.forEach((share, c) => {
            for (const example of examples[c][t][p])
              sum += share * product(candidates[c][row], example)
          })
          return sum / part.length
        })
      )
    )
  )
}

/** What a run did. */
export interface GivenRecord {
  readonly selection: Selection
  readonly steps: readonly MethodProgress[]
  readonly checkpoints: readonly MethodCheckpoint[]
}

export interface GivenRunOptions {
  readonly seed?: number
  readonly resume?: MethodCheckpoint
  readonly signal?: AbortSignal
}

/** What a method is run with. */
export function contextOf(device: Device, options: GivenRunOptions = {}): MethodContext {
  const seed = options.seed ?? 0
  return {
    random: createRandom(seed),
    seed,
    signal: options.signal ?? new AbortController().signal,
    device,
    cores: 1,
    resume: options.resume
  }
}

/** Runs a method to its end. */
export async function record(
  run: AsyncGenerator<MethodProgress, Selection, void>
): Promise<GivenRecord> {
  const steps: MethodProgress[] = []
  let step = await run.next()
  while (step.done !== true) {
    // As it would come out of a compute thread: later changes of its arrays are not seen.
    steps.push(structuredClone(step.value))
    step = await run.next()
  }
  const checkpoints = steps.flatMap(({ checkpoint }) =>
    checkpoint === undefined ? [] : [checkpoint]
  )
  return { selection: step.value, steps, checkpoints }
}

/** The chosen rows, ascending. */
export const chosenOf = ({ order, got }: Selection): number[] =>
  [...order.subarray(0, got)].sort((a, b) => a - b)

/** The same case with rows moved; ids follow their rows. `at[new] = old`. */
export function movedCase(
  { candidates, examples, inputs }: GivenCase,
  seed: number
): { readonly inputs: SelectionInputs; readonly at: Uint32Array } {
  const { rows } = inputs.features
  const at = createRandom(seed).shuffle(Uint32Array.from({ length: rows }, (_, i) => i))
  const moved = candidates.map((all) => Array.from(at, (from) => all[from]))
  const rowIds = Uint32Array.from(at, (from) => inputs.rowIds[from])
  const labels = Int32Array.from(at, (from) => inputs.labels[from])
  return { inputs: inputsOf(moved, examples, inputs.budget, { rowIds, labels }), at }
}
