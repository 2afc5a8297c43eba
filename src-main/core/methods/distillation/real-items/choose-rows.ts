// Which real items stand for a class: by lot, the most typical, those whose average is the class's,
// the farthest from each other, one of each group, a share of every layer. The rules are those of
// the selection methods, applied within each class to the items' own numbers.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { farthestFirst, type ReadableRows } from '../../../compute/kernels/farthest-first.ts'
import { graphCutBins } from '../../../compute/kernels/graph-cut-bins.ts'
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import { rankDescending } from '../../../compute/kernels/ranking.ts'
import { normaliseRows } from '../../../compute/kernels/row-normalise.ts'
import { nearestCentroids, sphericalKMeans } from '../../../compute/kernels/spherical-k-means.ts'
import type { Random } from '../../../compute/random.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import { gather } from '../../../networks/train-student.ts'
import type { LabelledRows } from '../distillation-method.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { rowsByLot } from './real-rows.ts'

/** How real items of a class are chosen. */
export const realChoices = [
  'random',
  'typical',
  'herding',
  'k-center',
  'k-means',
  'layers'
] as const
export type RealChoice = (typeof realChoices)[number]

/** Rows of one class with their numbers. */
export interface ClassRows {
  /** Rows of the training items, ascending. */
  readonly rows: Uint32Array
  /** rows x width. */
  readonly values: Float32Array
  readonly width: number
}

export interface ChoosingContext {
  readonly tf: TensorFlow
  readonly random: Random
  readonly signal: AbortSignal
  /** What rows are compared by, rows x width; the items' own numbers where absent. */
  readonly describe?: ((rows: Uint32Array) => Promise<Float32Array>) | undefined
  /** Most rows of a class that are looked at, drawn by lot; all where absent. */
  readonly most?: number
}

/** Layers of Dataset Quantization, as in the paper. */
const layers = 10
/** Most rows of a class that are compared all with all: 16 MB of products. */
const mostCompared = 2000

/**
 * Rows chosen for every class, best first; a class with fewer items gives all. Yields classes done.
 * The choice of "random" for a smaller number is the beginning of that for a larger one. Throws
 * AppError "method-not-possible" when a class has no items.
 */
export async function* chooseRows(
  context: ChoosingContext,
  train: LabelledRows,
  classNames: readonly string[],
  perClass: number,
  choice: RealChoice
): AsyncGenerator<number, Uint32Array[], void> {
  const chosen: Uint32Array[] = []
  for (const [label, all] of rowsByClass(train, classNames).entries()) {
    context.signal.throwIfAborted()
    const random = context.random.fork(`class ${label}`)
    const need = Math.min(perClass, all.length)
    if (need === 0 || choice === 'random') {
      chosen.push(random.shuffle(all.slice()).slice(0, need))
    } else {
      const most = Math.max(need, context.most ?? all.length)
      const rows = rowsByLot(all, choice === 'layers' ? Math.min(most, mostCompared) : most, random)
      const values = await (context.describe?.(rows) ?? train.read(rows))
      const picks = await pickWithin(
        { ...context, random },
        { rows, values, width: values.length / rows.length },
        need,
        choice
      )
      chosen.push(picks.map((at) => rows[at]))
    }
    await letMessagesIn()
    yield label + 1
  }
  return chosen
}

/** Places in `given.rows` of the `need` chosen ones, best first. */
async function pickWithin(
  context: ChoosingContext,
  given: ClassRows,
  need: number,
  choice: Exclude<RealChoice, 'random'>
): Promise<Uint32Array> {
  switch (choice) {
    case 'typical':
      return pickTypical(given, need)
    case 'herding':
      return pickHerding(context, given, need)
    case 'k-center':
      return pickFarthest(context, given, need)
    case 'k-means':
      return pickCentres(context, given, need)
    case 'layers':
      return pickLayers(context, given, need)
  }
}

function meanOf({ rows, values, width }: ClassRows): Float64Array {
  const mean = new Float64Array(width)
  values.forEach((value, i) => (mean[i % width] += value / rows.length))
  return mean
}

/** Squared distance of every row to a point. */
function distancesTo({ rows, values, width }: ClassRows, point: Float64Array): Float32Array {
  return Float32Array.from({ length: rows.length }, (_, i) => {
    let sum = 0
    for (let j = 0; j < width; j++) sum += (values[i * width + j] - point[j]) ** 2
    return sum
  })
}

/** Nearest to the class's average first; equal ones by row. */
export function pickTypical(given: ClassRows, need: number): Uint32Array {
  const distances = distancesTo(given, meanOf(given))
  const places = Uint32Array.from(given.rows.keys())
  return rankDescending(
    distances.map((value) => -value),
    places
  ).slice(0, need)
}

/**
 * Herding (Welling 2009; Rebuffi et al. 2017): each pick is the row nearest to what the average
 * still lacks, (t + 1) mean - sum of picks. One look at all rows per pick: for few picks that is far
 * cheaper than all products, which the selection method keeps.
 */
export async function pickHerding(
  { signal }: Pick<ChoosingContext, 'signal'>,
  given: ClassRows,
  need: number
): Promise<Uint32Array> {
  const { rows, values, width } = given
  const mean = meanOf(given)
  const sum = new Float64Array(width)
  const isPicked = new Uint8Array(rows.length)
  const picks = new Uint32Array(need)
  for (let t = 0; t < need; t++) {
    const far = distancesTo(
      given,
      mean.map((value, j) => (t + 1) * value - sum[j])
    )
    let best = -1
    far.forEach((value, i) => {
      if (isPicked[i] === 0 && (best < 0 || value < far[best])) best = i
    })
    picks[t] = best
    isPicked[best] = 1
    for (let j = 0; j < width; j++) sum[j] += values[best * width + j]
    await letMessagesIn()
    signal.throwIfAborted()
  }
  return picks
}

/** k-center greedy from the row nearest to the average (Sener and Savarese 2018). */
async function pickFarthest(
  { tf, signal }: ChoosingContext,
  given: ClassRows,
  need: number
): Promise<Uint32Array> {
  const { rows, values, width } = given
  const source: ReadableRows = {
    rows: rows.length,
    columns: width,
    readBlock: (start, count) =>
      Promise.resolve(values.slice(start * width, (start + count) * width)),
    readRows: (list) => Promise.resolve(gather(values, list, width))
  }
  const run = farthestFirst(tf, source, need, pickTypical(given, 1)[0], { signal })
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value.picks
    await letMessagesIn()
  }
}

/** Rows as directions from their average: what the cosine kernels compare. */
function directions(given: ClassRows): Float32Array {
  const mean = meanOf(given)
  const rows = given.values.map((value, i) => value - mean[i % given.width])
  normaliseRows(rows, given.width)
  return rows
}

/**
 * The row nearest to each of `need` k-means centres, larger groups first; centres that share their
 * nearest row take the next one that is free.
 */
async function pickCentres(
  { tf, random, signal }: ChoosingContext,
  given: ClassRows,
  need: number
): Promise<Uint32Array> {
  const { width } = given
  const rows = directions(given)
  const centres = await sphericalKMeans(tf, rows, width, need, random, signal)
  const { cluster } = await nearestCentroids(tf, rows, centres, width, signal)
  const sizes = new Uint32Array(need)
  for (const c of cluster) sizes[c]++
  const bySize = Uint32Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a] || a - b)
  const isPicked = new Uint8Array(given.rows.length)
  return bySize.map((c) => {
    let best = -1
    let most = -Infinity
    for (let i = 0; i < isPicked.length; i++) {
      if (isPicked[i] === 1) continue
      let cosine = 0
      for (let j = 0; j < width; j++) cosine += rows[i * width + j] * centres[c * width + j]
      if (cosine > most) [best, most] = [i, cosine]
    }
    isPicked[best] = 1
    return best
  })
}

/** The same share, drawn by lot, of every layer of Dataset Quantization (Zhou et al. 2023). */
async function pickLayers(
  { tf, random, signal }: ChoosingContext,
  given: ClassRows,
  need: number
): Promise<Uint32Array> {
  const layer = await layersOf(tf, given, layers, signal)
  const members = Array.from({ length: Math.max(...layer) + 1 }, (_, l) =>
    Uint32Array.from(layer.keys()).filter((at) => layer[at] === l)
  )
  // Fewer picks than layers: which layers give one is a matter of lot, too.
  const order = random.shuffle(Uint32Array.from(members.keys()))
  const sizes = Array.from(order, (l) => members[l].length)
  const shares = shareOut(
    need,
    sizes.map(() => 1),
    sizes
  )
  return Uint32Array.from(
    Array.from(order).flatMap((l, at) => [...random.shuffle(members[l]).subarray(0, shares[at])])
  )
}

/** The layer of every row: disjoint, together all rows, of equal size but for the rest. */
export async function layersOf(
  tf: TensorFlow,
  given: ClassRows,
  count: number,
  signal: AbortSignal
): Promise<Uint32Array> {
  const rows = given.rows.length
  const even = Array.from({ length: Math.min(count, rows) }, () => 1)
  const sizes = shareOut(
    rows,
    even,
    even.map(() => rows)
  )
  const run = graphCutBins(tf, directions(given), given.width, sizes, 1, signal)
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value
    await letMessagesIn()
  }
}
