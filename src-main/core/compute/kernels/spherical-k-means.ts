// Spherical k-means (specs B8): rows and centroids are unit vectors, closeness is the cosine.
// Seeded k-means++ start; an empty cluster restarts at the row that fits its own cluster worst.
import type { TensorFlow } from '../devices/device.ts'
import type { Random } from '../random.ts'
import { normaliseRows } from './row-normalise.ts'

const blockRows = 4096

/**
 * Index of the nearest centroid and its cosine for every unit row.
 * @param rows n x width, unit rows @param centroids k x width, unit rows
 */
export async function nearestCentroids(
  tf: TensorFlow,
  rows: Float32Array,
  centroids: Float32Array,
  width: number,
  signal: AbortSignal
): Promise<{ cluster: Uint32Array; cosine: Float32Array }> {
  const count = rows.length / width
  const k = centroids.length / width
  const cluster = new Uint32Array(count)
  const cosine = new Float32Array(count)
  const right = tf.tidy(() => tf.transpose(tf.tensor2d(centroids, [k, width])))
  try {
    for (let start = 0; start < count; start += blockRows) {
      signal.throwIfAborted()
      const size = Math.min(blockRows, count - start)
      const block = rows.subarray(start * width, (start + size) * width)
      const product = tf.tidy(() => tf.matMul(tf.tensor2d(block, [size, width]), right))
      const values = (await product.data()) as Float32Array
      product.dispose()
      for (let i = 0; i < size; i++) {
        let best = 0
        for (let c = 1; c < k; c++) if (values[i * k + c] > values[i * k + best]) best = c
        cluster[start + i] = best
        cosine[start + i] = values[i * k + best]
      }
    }
  } finally {
    right.dispose()
  }
  return { cluster, cosine }
}

/**
 * Centroids (k x width, unit rows) of unit rows (n x width). Throws a RangeError unless 1 <= k <= n.
 */
export async function sphericalKMeans(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  k: number,
  random: Random,
  signal: AbortSignal,
  iterations = 20
): Promise<Float32Array> {
  const count = rows.length / width
  if (!(k >= 1 && k <= count)) throw new RangeError(`cannot make ${k} groups of ${count} rows`)
  let centroids = plusPlusStart(rows, width, k, random)
  let before: Uint32Array | undefined
  for (let iteration = 0; iteration < iterations; iteration++) {
    const { cluster, cosine } = await nearestCentroids(tf, rows, centroids, width, signal)
    if (before !== undefined && cluster.every((c, i) => c === before?.[i])) break
    before = cluster
    centroids = meansOf(rows, width, k, cluster, cosine)
  }
  return centroids
}

/** k-means++: each next centre is drawn with probability proportional to 1 - cosine to the nearest. */
function plusPlusStart(rows: Float32Array, width: number, k: number, random: Random): Float32Array {
  const count = rows.length / width
  const centroids = new Float32Array(k * width)
  const distance = new Float64Array(count).fill(Infinity)
  let chosen = random.below(count)
  for (let c = 0; c < k; c++) {
    const centre = rows.subarray(chosen * width, (chosen + 1) * width)
    centroids.set(centre, c * width)
    let total = 0
    for (let i = 0; i < count; i++) {
      let dot = 0
      for (let j = 0; j < width; j++) dot += rows[i * width + j] * centre[j]
      distance[i] = Math.min(distance[i], Math.max(0, 1 - dot))
      total += distance[i]
    }
    let target = random.uniform() * total
    chosen = 0
    while (chosen < count - 1 && (target -= distance[chosen]) > 0) chosen++
  }
  return centroids
}

function meansOf(
  rows: Float32Array,
  width: number,
  k: number,
  cluster: Uint32Array,
  cosine: Float32Array
): Float32Array {
  const sums = new Float32Array(k * width)
  const sizes = new Uint32Array(k)
  for (let i = 0; i < cluster.length; i++) {
    const at = cluster[i] * width
    sizes[cluster[i]]++
    for (let j = 0; j < width; j++) sums[at + j] += rows[i * width + j]
  }
  const taken = new Set<number>()
  for (let c = 0; c < k; c++) {
    if (sizes[c] > 0) continue
    let worst = -1
    for (let i = 0; i < cluster.length; i++) {
      if (!taken.has(i) && (worst < 0 || cosine[i] < cosine[worst])) worst = i
    }
    taken.add(worst)
    sums.set(rows.subarray(worst * width, (worst + 1) * width), c * width)
  }
  normaliseRows(sums, width)
  return sums
}
