// Factored head gradients (specs 0): a row's gradient is error (x) feature, so a task's score needs
// only one classes x width matrix per part, the mean of its examples' unit gradients. This file
// fits the head and builds those matrices; score.ts streams the candidates past them.
import { trainHead, warmUpRecipe, type HeadCheckpoint } from '../../../compute/softmax-head.ts'
import { fitScaling, scaleRowInto, type FeatureScaling } from '../../../compute/kernels/scaling.ts'
import { normaliseRows, normFloor } from '../../../compute/kernels/row-normalise.ts'
import { probabilitiesToErrors, softmaxInPlace } from '../../../compute/kernels/softmax.ts'
import { nearestCentroids, sphericalKMeans } from '../../../compute/kernels/spherical-k-means.ts'
import type { MethodContext, SelectionInputs, TaskPart } from '../../method.ts'

/** The warmed-up head and where labels come from. All widths are columns + 1 (trailing 1). */
export interface Factors {
  readonly classes: number
  readonly scaling: FeatureScaling
  /** classes x width, row-major. */
  readonly weights: Float32Array
  /** classes x width unit rows standing in for labels; empty when the data's labels are used. */
  readonly centroids: Float32Array
}

export interface FittedFactors extends Factors {
  readonly warmUpRows: number
  readonly checkpoints: readonly HeadCheckpoint[]
}

/** What the fit may be tuned with; the product uses {@link defaultTuning}. */
export interface Tuning {
  readonly scaling: 'none' | 'centre' | 'standardise'
  /** See WarmUpRecipe.learningRate. */
  readonly learningRate: number
  readonly batchRows: number
}

/** Measured on Fashion-MNIST, see docs/methods/icons.md. */
export const defaultTuning: Tuning = { scaling: 'centre', learningRate: 1, batchRows: 32 }

/** True when the data's own labels cannot give directions: fewer than two of them occur. */
export function needsGroups(inputs: SelectionInputs): boolean {
  const seen = new Set<number>()
  for (const label of inputs.labels) {
    if (label >= 0) seen.add(label)
    if (seen.size > 1) return false
  }
  return true
}

/** Warm-up rows: a share, but at least 200 and 20 per class, and never more than there are. */
export function warmUpSize(available: number, classes: number, percent: number): number {
  return Math.min(available, Math.max(Math.ceil((percent / 100) * available), 200, 20 * classes))
}

/** Trains the head on a seeded sample (specs B1); without labels, on groups found by k-means (B8). */
export async function fitFactors(
  context: MethodContext,
  inputs: SelectionInputs,
  options: { readonly warmUpPercent: number; readonly epochs: number; readonly tuning: Tuning }
): Promise<FittedFactors> {
  const random = context.random.fork('icons')
  const byGroups = needsGroups(inputs)
  const able: number[] = []
  inputs.labels.forEach((label, row) => {
    if (byGroups || label >= 0) able.push(row)
  })
  const groups = Math.max(1, Math.min(20, Math.floor(able.length / 10)))
  const wanted = byGroups ? groups : inputs.classNames.length
  const size = warmUpSize(able.length, wanted, options.warmUpPercent)
  const rows = random
    .fork('warm-up')
    .sample(able.length, size)
    .map((at) => able[at])
    .sort()
  const features = await inputs.features.readRows(rows)
  const recipe = warmUpRecipe(random.fork('head').uint32(), {
    epochs: options.epochs,
    ...options.tuning
  })
  const columns = inputs.features.columns
  const { centroids, labels } = byGroups
    ? await findGroups(context, features, columns, groups, recipe.scaling)
    : { centroids: new Float32Array(0), labels: Int32Array.from(rows, (row) => inputs.labels[row]) }
  const classes = byGroups ? centroids.length / (columns + 1) : inputs.classNames.length
  const data = { features, columns, classes, labels: withoutBadRows(features, columns, labels) }
  const head = await trainHead(context.device.tf, data, recipe, context.signal)
  return {
    classes,
    scaling: head.scaling,
    weights: head.weights,
    centroids,
    warmUpRows: size,
    checkpoints: head.checkpoints
  }
}

/** Takes rows with numbers that are not finite out of the training. */
function withoutBadRows(features: Float32Array, columns: number, labels: Int32Array): Int32Array {
  return labels.map((label, i) =>
    features.subarray(i * columns, (i + 1) * columns).every((value) => Number.isFinite(value))
      ? label
      : -1
  )
}

async function findGroups(
  context: MethodContext,
  features: Float32Array,
  columns: number,
  groups: number,
  kind: Tuning['scaling']
): Promise<{ centroids: Float32Array; labels: Int32Array }> {
  const count = features.length / columns
  const scaling = fitScaling(
    features,
    columns,
    Uint32Array.from({ length: count }, (_, i) => i),
    kind
  )
  const units = unitRows(features, columns, scaling)
  const random = context.random.fork('icons').fork('groups')
  const tf = context.device.tf
  const centroids = await sphericalKMeans(
    tf,
    units,
    columns + 1,
    Math.min(groups, count),
    random,
    context.signal
  )
  const { cluster } = await nearestCentroids(tf, units, centroids, columns + 1, context.signal)
  return { centroids, labels: Int32Array.from(cluster) }
}

/** Scaled rows with their trailing 1, each of length 1 (n x columns + 1); bad rows stay zero. */
export function unitRows(
  features: Float32Array,
  columns: number,
  scaling: FeatureScaling
): Float32Array {
  const width = columns + 1
  const count = features.length / columns
  const out = new Float32Array(count * width)
  for (let i = 0; i < count; i++) scaleRowInto(features, i * columns, scaling, out, i * width)
  normaliseRows(out, width)
  return out
}

/** Index of the largest of `size` numbers from `at`. */
function argMax(values: ArrayLike<number>, at: number, size: number): number {
  let best = 0
  for (let c = 1; c < size; c++) if (values[at + c] > values[at + best]) best = c
  return best
}

/**
 * Unit error of one row: softmax of its logits minus its label, divided by max(norm, floor).
 * A label of -1 is filled in: by the group the row falls in, else by the head's own best guess.
 * @param products the row's line: logits first, group cosines (not normalised) at `groupsAt`
 */
export function unitError(
  products: ArrayLike<number>,
  at: number,
  groupsAt: number,
  factors: Factors,
  label: number,
  out: Float64Array
): void {
  const { classes } = factors
  for (let c = 0; c < classes; c++) out[c] = products[at + c]
  const own =
    factors.centroids.length > 0
      ? argMax(products, at + groupsAt, classes)
      : label >= 0
        ? label
        : argMax(products, at, classes)
  softmaxInPlace(out)
  probabilitiesToErrors(out, own)
  let squares = 0
  for (let c = 0; c < classes; c++) squares += out[c] * out[c]
  const norm = Math.max(Math.sqrt(squares), normFloor)
  for (let c = 0; c < classes; c++) out[c] /= norm
}

/**
 * Mean unit gradient of a part's examples, M = 1/V sum u (x) x, as classes x width (ICONS section
 * 3.2 with the order of mean and product exchanged, which is exact). Undefined without examples.
 */
export function meanDirection(
  factors: Factors,
  part: TaskPart,
  columns: number
): Float32Array | undefined {
  const { classes, scaling, weights, centroids } = factors
  const width = columns + 1
  const h = new Float32Array(width)
  const products = new Float64Array(2 * classes)
  const u = new Float64Array(classes)
  const sum = new Float64Array(classes * width)
  let used = 0
  for (let v = 0; v < part.labels.length; v++) {
    const squares = scaleRowInto(part.features, v * columns, scaling, h, 0)
    if (Number.isNaN(squares)) continue
    used++
    for (let c = 0; c < classes; c++) {
      let logit = 0
      let group = 0
      for (let j = 0; j < width; j++) logit += weights[c * width + j] * h[j]
      if (centroids.length > 0)
        for (let j = 0; j < width; j++) group += centroids[c * width + j] * h[j]
      products[c] = logit
      products[classes + c] = group
    }
    unitError(products, 0, classes, factors, part.labels[v], u)
    const norm = Math.sqrt(squares)
    for (let c = 0; c < classes; c++) {
      const share = u[c] / norm
      for (let j = 0; j < width; j++) sum[c * width + j] += share * h[j]
    }
  }
  return used === 0 ? undefined : Float32Array.from(sum, (value) => value / used)
}
