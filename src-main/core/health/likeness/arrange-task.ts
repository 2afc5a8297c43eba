// Compute task: unit rows of the fingerprints, alike ones side by side, so that neighbours are looked
// for among few: an inverted file (specs B7, B8). Few rows stay in one cluster, compared all with
// all.
import { createRandom } from '../../compute/random.ts'
import { normaliseRows } from '../../compute/kernels/row-normalise.ts'
import { nearestCentroids } from '../../compute/kernels/spherical-k-means.ts'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { breathe } from '../../features/breathe.ts'
import { openNpy, openNpyWriter } from '../../features/npy.ts'
import type { FeatureSource } from '../../features/feature-matrix.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'

export interface ArrangeInput {
  /** Fingerprints, one row per item. */
  readonly features: string
  /** Rows that take part, ascending. */
  readonly rows: Uint32Array
  /**
   * Value of a column added to every row before it is brought to length 1; 0 = none. With it, rows
   * in the same direction but of different size are apart as well.
   */
  readonly lift: number
  /** Up to so many rows all are compared with all; {@link comparedAll} unless told. */
  readonly comparedAll?: number
  /** Where the arranged unit rows go. */
  readonly output: string
  readonly device: string
}

/** The arranged rows: place p of the file holds `order[p]`; cluster c is starts[c] .. starts[c+1]. */
export interface Arrangement {
  readonly columns: number
  /** Row of the dataset at each place. */
  readonly order: Uint32Array
  /** Length of the row at each place, before it was brought to 1. */
  readonly norms: Float32Array
  readonly starts: Uint32Array
  /** clusters x probes: the clusters to look into for each cluster's rows, itself first. */
  readonly probes: Uint32Array
}

/** Up to so many rows all are compared with all. */
export const comparedAll = 20_000
/** Clusters looked into for each cluster. */
export const probesEach = 12
const rounds = 6
const sampleMost = 40_000
const blockRows = 4096

/** Arranges unit rows by likeness; yields rows done of `rows.length`. */
export const arrangeTask: ComputeTask<ArrangeInput, { readonly done: number }, Arrangement> = {
  name: 'health.arrange',
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const opened = await openNpy(input.features)
    const source = input.lift > 0 ? lifted(opened, input.lift) : opened
    try {
      const { rows } = input
      const isFew = rows.length <= (input.comparedAll ?? comparedAll)
      const clusters = isFew ? 1 : Math.ceil(Math.sqrt(rows.length))
      const centroids = await findCentroids(tf, source, rows, clusters, context.signal)
      const cluster = new Uint32Array(rows.length)
      if (clusters > 1) {
        for (let from = 0; from < rows.length; from += blockRows) {
          await breathe(context.signal)
          const block = await unitRows(source, rows.subarray(from, from + blockRows))
          const found = await nearestCentroids(tf, block, centroids, source.columns, context.signal)
          cluster.set(found.cluster, from)
          yield { done: Math.floor((from + found.cluster.length) / 2) }
        }
      }
      const { order, starts, place } = sortByCluster(rows, cluster, clusters)
      const norms = yield* writeArranged(source, input, place, context.signal)
      const probes = await probesOf(tf, centroids, clusters, source.columns, context.signal)
      return { columns: source.columns, order, norms, starts, probes }
    } finally {
      await source.close()
    }
  }
}

/** The rows with one more column of a fixed value. */
function lifted(source: FeatureSource, lift: number): FeatureSource {
  const columns = source.columns + 1
  const widen = (values: Float32Array): Float32Array => {
    const out = new Float32Array((values.length / source.columns) * columns).fill(lift)
    for (let i = 0; i * source.columns < values.length; i++)
      out.set(values.subarray(i * source.columns, (i + 1) * source.columns), i * columns)
    return out
  }
  return {
    rows: source.rows,
    columns,
    readBlock: async (start, count) => widen(await source.readBlock(start, count)),
    readRows: async (rows) => widen(await source.readRows(rows)),
    close: () => source.close()
  }
}

async function finiteRows(source: FeatureSource, rows: Uint32Array): Promise<Float32Array> {
  const values = await source.readRows(rows)
  // A number that is not finite would spoil every product it meets.
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) values[i] = 0
  return values
}

async function unitRows(source: FeatureSource, rows: Uint32Array): Promise<Float32Array> {
  const values = await finiteRows(source, rows)
  normaliseRows(values, source.columns)
  return values
}

function normOf(values: Float32Array, row: number, columns: number): number {
  let squares = 0
  for (let j = row * columns; j < (row + 1) * columns; j++) squares += values[j] * values[j]
  return Math.sqrt(squares)
}

/** Spherical k-means on a sample. Starts at random rows: a careful start would take longer. */
async function findCentroids(
  tf: TensorFlow,
  source: FeatureSource,
  rows: Uint32Array,
  clusters: number,
  signal: AbortSignal
): Promise<Float32Array> {
  const { columns } = source
  if (clusters === 1) return new Float32Array(columns)
  const random = createRandom(0).fork('arrange')
  const size = Math.min(rows.length, sampleMost, 40 * clusters)
  const picked = random.sample(rows.length, size).sort()
  const sample = await unitRows(
    source,
    picked.map((i) => rows[i])
  )
  const starts = random.sample(size, clusters)
  const centroids = new Float32Array(clusters * columns)
  starts.forEach((row, c) =>
    centroids.set(sample.subarray(row * columns, (row + 1) * columns), c * columns)
  )
  for (let round = 0; round < rounds; round++) {
    await breathe(signal)
    const { cluster } = await nearestCentroids(tf, sample, centroids, columns, signal)
    const sums = new Float32Array(centroids.length)
    const sizes = new Uint32Array(clusters)
    cluster.forEach((c, i) => {
      sizes[c]++
      for (let j = 0; j < columns; j++) sums[c * columns + j] += sample[i * columns + j]
    })
    normaliseRows(sums, columns)
    // An empty cluster keeps its old centre: it may still catch rows outside the sample.
    for (let c = 0; c < clusters; c++)
      if (sizes[c] > 0) centroids.set(sums.subarray(c * columns, (c + 1) * columns), c * columns)
  }
  return centroids
}

function sortByCluster(
  rows: Uint32Array,
  cluster: Uint32Array,
  clusters: number
): { order: Uint32Array; starts: Uint32Array; place: Uint32Array } {
  const starts = new Uint32Array(clusters + 1)
  for (const c of cluster) starts[c + 1]++
  for (let c = 0; c < clusters; c++) starts[c + 1] += starts[c]
  const next = starts.slice()
  const order = new Uint32Array(rows.length)
  const place = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    place[i] = next[cluster[i]]++
    order[place[i]] = rows[i]
  }
  return { order, starts, place }
}

// Rows gathered in memory before they are written in the order of their places.
const gatheredRows = 32_768

async function* writeArranged(
  source: FeatureSource,
  input: ArrangeInput,
  place: Uint32Array,
  signal: AbortSignal
): AsyncGenerator<{ readonly done: number }, Float32Array, void> {
  const { rows } = input
  const { columns } = source
  const norms = new Float32Array(rows.length)
  const writer = await openNpyWriter(input.output, rows.length, columns)
  try {
    for (let from = 0; from < rows.length; from += gatheredRows) {
      await breathe(signal)
      const block = await finiteRows(source, rows.subarray(from, from + gatheredRows))
      const count = block.length / columns
      for (let i = 0; i < count; i++) norms[place[from + i]] = normOf(block, i, columns)
      normaliseRows(block, columns)
      const byPlace = Uint32Array.from({ length: count }, (_, i) => i).sort(
        (a, b) => place[from + a] - place[from + b]
      )
      for (let start = 0; start < count;) {
        let end = start + 1
        while (end < count && place[from + byPlace[end]] === place[from + byPlace[end - 1]] + 1)
          end++
        const run = new Float32Array((end - start) * columns)
        for (let i = start; i < end; i++) {
          const at = byPlace[i] * columns
          run.set(block.subarray(at, at + columns), (i - start) * columns)
        }
        await writer.writeRows(place[from + byPlace[start]], run)
        start = end
      }
      yield { done: Math.floor((rows.length + from + count) / 2) }
    }
  } finally {
    await writer.close()
  }
  return norms
}

/** For each cluster the clusters with the nearest centres. */
async function probesOf(
  tf: TensorFlow,
  centroids: Float32Array,
  clusters: number,
  columns: number,
  signal: AbortSignal
): Promise<Uint32Array> {
  await breathe(signal)
  const each = Math.min(probesEach, clusters)
  const probes = new Uint32Array(clusters * each)
  if (clusters === 1) return probes
  const left = tf.tensor2d(centroids, [clusters, columns])
  const product = tf.tidy(() => tf.matMul(left, tf.transpose(left)))
  // float32 tensors give Float32Arrays.
  const likeness = (await product.data()) as Float32Array
  tf.dispose([left, product])
  for (let c = 0; c < clusters; c++) {
    const row = likeness.subarray(c * clusters, (c + 1) * clusters)
    // A cluster looks into itself first, whatever rounding says.
    row[c] = 2
    const near = Array.from(row, (_, i) => i).sort((a, b) => row[b] - row[a] || a - b)
    probes.set(near.slice(0, each), c * each)
  }
  return probes
}
