// Compute task: rows of a table that are equal up to rounding. Rows are sorted along one direction;
// equal ones are at most a small step apart there, so only neighbours in that order are compared.
import { createRandom } from '../../compute/random.ts'
import { breathe } from '../../features/breathe.ts'
import { openNpy } from '../../features/npy.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { groupAlike, type AlikeGroups } from '../likeness/groups.ts'

export interface NearRowsInput {
  /** Standardised numbers, one row per item. */
  readonly features: string
  readonly rows: Uint32Array
  readonly ranks: Uint32Array
}

/** Two values are equal up to rounding when they differ by less than this share of the spread. */
export const roundingShare01 = 0.002
/** Columns with fewer different values are no measurements and tell nothing about copies. */
const differentLeast = 30
const columnsLeast = 3
const sampledRows = 5000
/** Comparisons along the order for one row, at most. */
const windowMost = 2000
const blockRows = 4096

export interface NearRowsOutput extends AlikeGroups {
  /** Columns that measure something; below three nothing was compared. */
  readonly columns: number
}

/** Finds rows equal up to rounding; yields rows done. */
export const nearRowsTask: ComputeTask<NearRowsInput, { readonly done: number }, NearRowsOutput> = {
  name: 'health.near-rows',
  async *run(input, context) {
    const source = await openNpy(input.features)
    const { rows } = input
    try {
      const used = measuring(await source.readRows(sampleOf(rows)), source.columns)
      const width = used.length
      if (width < columnsLeast) {
        const none = new Uint32Array(0)
        return { rows: none, groups: none, likeness: new Float32Array(0), columns: width }
      }
      const values = new Float32Array(rows.length * width)
      for (let from = 0; from < rows.length; from += blockRows) {
        await breathe(context.signal)
        const block = await source.readRows(rows.subarray(from, from + blockRows))
        for (let i = 0; i * source.columns < block.length; i++)
          for (let j = 0; j < width; j++)
            values[(from + i) * width + j] = block[i * source.columns + used[j]]
        yield { done: Math.floor(from / 2) }
      }
      const found = await equalPairs(values, width, context.signal)
      const place = new Map(Array.from(rows, (row, i) => [row, i]))
      const compare = (a: number, b: number): number =>
        likenessOf(values, width, place.get(a) ?? 0, place.get(b) ?? 0)
      const groups = await groupAlike(
        { rows: found.pairs.map((i) => rows[i]), likeness: found.likeness },
        (row) => input.ranks[row],
        0.5,
        (row, others) => Promise.resolve(Float32Array.from(others, (other) => compare(row, other)))
      )
      return { ...groups, columns: width }
    } finally {
      await source.close()
    }
  }
}

function sampleOf(rows: Uint32Array): Uint32Array {
  if (rows.length <= sampledRows) return rows
  const picked = createRandom(0).fork('rounding').sample(rows.length, sampledRows)
  return picked.map((i) => rows[i])
}

/** Columns with many different values. */
function measuring(sample: Float32Array, columns: number): readonly number[] {
  const used: number[] = []
  const count = sample.length / columns
  for (let j = 0; j < columns; j++) {
    const seen = new Set<number>()
    for (let i = 0; i < count && seen.size < differentLeast; i++) seen.add(sample[i * columns + j])
    if (seen.size >= Math.min(differentLeast, Math.ceil(count / 2))) used.push(j)
  }
  return used
}

/** Sorted neighbourhood along a random direction: no equal pair can be farther apart than `step`. */
async function equalPairs(
  values: Float32Array,
  width: number,
  signal: AbortSignal
): Promise<{ pairs: Uint32Array; likeness: Float32Array }> {
  const count = values.length / width
  const random = createRandom(0).fork('direction')
  const direction = Float64Array.from({ length: width }, () => random.normal())
  const step = roundingShare01 * direction.reduce((sum, weight) => sum + Math.abs(weight), 0)
  const along = new Float64Array(count)
  for (let i = 0; i < count; i++)
    for (let j = 0; j < width; j++) along[i] += direction[j] * values[i * width + j]
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => along[a] - along[b] || a - b
  )
  const pairs: number[] = []
  const likeness: number[] = []
  for (let at = 0; at < count; at++) {
    if ((at & 1023) === 0) await breathe(signal)
    const a = order[at]
    const end = Math.min(count, at + 1 + windowMost)
    for (let next = at + 1; next < end; next++) {
      const b = order[next]
      if (along[b] - along[a] > step) break
      const like = likenessOf(values, width, a, b)
      if (like > 0) {
        pairs.push(a, b)
        likeness.push(like)
      }
    }
  }
  return { pairs: Uint32Array.from(pairs), likeness: Float32Array.from(likeness) }
}

/** 1 for equal rows, 0.5 at the edge of rounding, 0 beyond. */
function likenessOf(values: Float32Array, width: number, a: number, b: number): number {
  let largest = 0
  for (let j = 0; j < width; j++) {
    const difference = Math.abs(values[a * width + j] - values[b * width + j])
    if (!(difference <= roundingShare01)) return 0
    largest = Math.max(largest, difference)
  }
  return 1 - 0.5 * (largest / roundingShare01)
}
