// Scores from likeness alone: how typical a row is among its group, and how like the examples. Both
// are mean cosines with the nearest of some comparison rows.
import { createNearestRows, noRow } from '../../../compute/kernels/nearest-rows.ts'
import { rowsPerBlock } from '../../coverage/cells.ts'
import type { PickStep, PickTask } from '../../coverage/coverage-run.ts'
import type { PreparedRows } from '../../coverage/prepared-rows.ts'
import type { TargetTask } from '../../method.ts'
import { voteWeights } from '../icons/vote.ts'
import type { Lot } from './lot.ts'

/** Rows of a group that each row is compared with, at most, and the share of them that counts. */
const mostCompared = 4000
const nearestShare = 0.01
const leastNearest = 5

/** Examples of a task, at most, and how many nearest count. */
const mostExamples = 1000
const nearestExamples = 5

/** Numbers of one product, at most. */
const productNumbers = 4_194_304

/**
 * Mean cosine of every row of the group with its `k` nearest of the comparison rows (m x columns, unit
 * rows). Yields often enough to be stopped.
 * @param own place of a candidate row among the comparison rows, which is passed over
 */
async function* nearestMeans(
  { prepared, group, context }: PickTask,
  others: Float32Array,
  k: number,
  own: ReadonlyMap<number, number>
): AsyncGenerator<PickStep, Float32Array, void> {
  const { columns } = prepared
  const { tf } = context.device
  const count = others.length / columns
  const near = Math.max(1, Math.min(k, count - (own.size > 0 ? 1 : 0)))
  const out = new Float32Array(group.rows.length)
  const size = Math.max(16, Math.min(rowsPerBlock(columns), Math.floor(productNumbers / count)))
  const right = tf.tensor2d(others, [count, columns])
  try {
    for (let from = 0; from < out.length; from += size) {
      context.signal.throwIfAborted()
      const part = group.rows.subarray(from, from + size)
      const left = tf.tensor2d(await prepared.read(part), [part.length, columns])
      const product = tf.matMul(left, right, false, true)
      // float32 tensors give Float32Arrays.
      const cosines = (await product.data()) as Float32Array
      tf.dispose([left, product])
      // One more than needed: a row among the comparison rows is always its own nearest.
      const nearest = createNearestRows(part.length, near + 1)
      nearest.offer(cosines, count, 0, -1)
      part.forEach((row, i) => {
        const self = own.get(row)
        let sum = 0
        let taken = 0
        for (let at = i * (near + 1); taken < near && at < (i + 1) * (near + 1); at++) {
          if (nearest.rows[at] === self || nearest.rows[at] === noRow) continue
          sum += nearest.cosine[at]
          taken++
        }
        out[from + i] = taken === 0 ? 0 : sum / taken
      })
      yield { done: 0 }
    }
  } finally {
    right.dispose()
  }
  return out
}

/**
 * How typical every row of the group is: mean cosine with the nearest 1 % (at least 5) of the group,
 * or of 4,000 of its rows by lot.
 */
export async function* typicalScores(
  task: PickTask,
  lot: Lot
): AsyncGenerator<PickStep, Float32Array, void> {
  const { group, prepared } = task
  const compared = lot(group.rows, mostCompared, 'typical')
  const own = new Map(Array.from(compared, (row, at): [number, number] => [row, at]))
  const k = Math.max(leastNearest, Math.ceil(nearestShare * compared.length))
  return yield* nearestMeans(task, await prepared.read(compared), k, own)
}

/** The examples of a task in the form of the rows, without those that cannot be compared. */
export interface PreparedExamples {
  readonly name: string
  readonly importance: number
  /** V x columns, unit rows. */
  readonly rows: Float32Array
  /** V class indices; -1 = none. */
  readonly labels: Int32Array
}

/** Prepares the examples of all tasks; tasks without a usable example are left out. */
export function prepareExamples(
  tasks: readonly TargetTask[],
  prepared: PreparedRows,
  sample: (size: number, count: number) => Uint32Array
): PreparedExamples[] {
  if (tasks.length === 0) return []
  const { columns } = prepared
  const weights = voteWeights(tasks.map((task) => task.importance))
  return tasks.flatMap((task, at) => {
    const all = task.parts.flatMap((part) => {
      const values = prepared.prepare(part.features.slice())
      return Array.from(part.labels, (label, i) => ({
        row: values.subarray(i * columns, (i + 1) * columns),
        label
      }))
    })
    const usable = all.filter(({ row }) => row.some((value) => value !== 0))
    const kept =
      usable.length <= mostExamples
        ? usable
        : Array.from(sample(usable.length, mostExamples), (i) => usable[i])
    if (kept.length === 0) return []
    const rows = new Float32Array(kept.length * columns)
    kept.forEach(({ row }, i) => rows.set(row, i * columns))
    const labels = Int32Array.from(kept, ({ label }) => label)
    return [{ name: task.name, importance: weights[at], rows, labels }]
  })
}

/** The examples with a label, task by task; all of them where none has it. */
export function examplesFor(
  examples: readonly PreparedExamples[],
  label: number
): readonly PreparedExamples[] {
  const own = examples.flatMap((task) => {
    const columns = task.rows.length / task.labels.length
    const kept = [...task.labels.keys()].filter((i) => task.labels[i] === label)
    if (kept.length === 0) return []
    const rows = new Float32Array(kept.length * columns)
    kept.forEach((from, i) =>
      rows.set(task.rows.subarray(from * columns, (from + 1) * columns), i * columns)
    )
    return [{ ...task, rows, labels: Int32Array.from(kept, () => label) }]
  })
  return own.length === 0 ? examples : own
}

/**
 * How like the examples every row of the group is: mean cosine with the 5 nearest examples of a task.
 * With several tasks, what lies above the group's mean of each task, times its importance, summed:
 * an item need not be like all tasks at once.
 */
export async function* likeScores(
  task: PickTask,
  examples: readonly PreparedExamples[]
): AsyncGenerator<PickStep, Float32Array, void> {
  const total = new Float32Array(task.group.rows.length)
  for (const { rows, importance } of examples) {
    const own = yield* nearestMeans(task, rows, nearestExamples, new Map())
    if (examples.length === 1) return own
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length
    own.forEach((value, at) => (total[at] += importance * Math.max(0, value - mean)))
  }
  return total
}
