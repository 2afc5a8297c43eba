// The heads whose gradients are compared: several checkpoints of one warm-up, one warm-up for each
// of several samples, or one head trained to its end. All heads of a set see the same scaled rows,
// so one pass over the candidates serves them all.
import { AppError } from '../../../api/errors.ts'
import { fitScaling, type FeatureScaling } from '../../compute/kernels/scaling.ts'
import { checkRecipe, trainHead, warmUpRecipe } from '../../compute/softmax-head.ts'
import type { MethodCheckpoint, MethodContext, SelectionInputs } from '../method.ts'

/** First and second moments of Adam, classes x width each. */
export interface AdamMoments {
  readonly mean: Float32Array
  readonly square: Float32Array
}

export interface HeadSet {
  readonly classes: number
  readonly columns: number
  readonly scaling: FeatureScaling
  /** One matrix classes x (columns + 1) per head. */
  readonly weights: readonly Float32Array[]
  /** How much each head counts; they add up to 1. */
  readonly shares: readonly number[]
  /** One per head where the heads were trained with Adam; otherwise empty. */
  readonly moments: readonly AdamMoments[]
  /** Rows each head learned from. */
  readonly fittedRows: number
  /** Weight decay the heads were trained with. */
  readonly l2: number
  /** Training loss per epoch, for the charts; empty when read back. */
  readonly losses: readonly number[]
}

/** Rows a head learns from, scaled once and for all. */
export interface TrainingRows {
  /** count x columns, scaled. */
  readonly features: Float32Array
  /** -1 for rows with a number that is not finite. */
  readonly labels: Int32Array
}

/** Positions of candidates with a label, ascending. */
export function labelledRows(labels: Int32Array): Uint32Array {
  const rows: number[] = []
  labels.forEach((label, row) => {
    if (label >= 0) rows.push(row)
  })
  return Uint32Array.from(rows)
}

/** Reads and scales rows. Without `scaling` one is fitted on them. */
export async function readTraining(
  inputs: SelectionInputs,
  rows: Uint32Array,
  scaling?: FeatureScaling
): Promise<{ rows: TrainingRows; scaling: FeatureScaling }> {
  const { columns } = inputs.features
  const raw = await inputs.features.readRows(rows)
  const all = Uint32Array.from({ length: rows.length }, (_, i) => i)
  const used = scaling ?? fitScaling(raw, columns, all, 'centre')
  const labels = Int32Array.from(rows, (row) => inputs.labels[row])
  // The rows were read for this alone, so they are scaled where they lie.
  for (let i = 0; i < rows.length; i++) {
    let isFinite = true
    for (let j = 0; j < columns; j++) {
      const value = (raw[i * columns + j] - used.center[j]) * used.inverseScale[j]
      raw[i * columns + j] = value
      if (!Number.isFinite(value)) isFinite = false
    }
    if (isFinite) continue
    labels[i] = -1
    raw.fill(0, i * columns, (i + 1) * columns)
  }
  if (!labels.some((label) => label >= 0)) {
    throw new AppError(
      'method-not-possible',
      'None of the items the helper model would learn from can be read.'
    )
  }
  return { rows: { features: raw, labels }, scaling: used }
}

/** Numbers of the rows a warm-up may hold: 100 MB. */
const mostNumbers = 25.6e6

/**
 * A seeded share of the labelled rows, ascending; at least 200 and 20 per label where there are, and
 * not more than fit into 100 MB.
 */
export function warmUpRows(
  context: MethodContext,
  inputs: SelectionInputs,
  percent: number,
  member: number
): Uint32Array {
  const able = labelledRows(inputs.labels)
  const least = Math.max(200, 20 * inputs.classNames.length)
  const most = Math.max(1000, Math.floor(mostNumbers / inputs.features.columns))
  const wanted = Math.min(most, Math.ceil((percent / 100) * able.length))
  const size = Math.min(able.length, Math.max(wanted, least))
  return context.random
    .fork(`warm-up ${member}`)
    .sample(able.length, size)
    .map((at) => able[at])
    .sort()
}

export interface WarmHeadOptions {
  readonly percent: number
  readonly epochs: number
  /** Samples, each with a head of its own. */
  readonly members: number
  /** all: every epoch's weights by its learning rate. last: each member's last weights. */
  readonly keep: 'all' | 'last'
}

/** Trains one warm-up per member (specs B1); yields the members done. */
export async function* fitWarmHeads(
  context: MethodContext,
  inputs: SelectionInputs,
  options: WarmHeadOptions
): AsyncGenerator<number, HeadSet, void> {
  const weights: Float32Array[] = []
  const rates: number[] = []
  let losses: number[] = []
  let scaling: FeatureScaling | undefined
  let fittedRows = 0
  for (let member = 0; member < options.members; member++) {
    context.signal.throwIfAborted()
    const picked = warmUpRows(context, inputs, options.percent, member)
    const training = await readTraining(inputs, picked, scaling)
    scaling = training.scaling
    const seed = context.random.fork(`head ${member}`).uint32()
    const { columns } = inputs.features
    const data = { ...training.rows, columns, classes: inputs.classNames.length }
    const recipe = warmUpRecipe(seed, { epochs: options.epochs, scaling: 'none' })
    const head = await trainHead(context.device.tf, data, recipe, context.signal)
    const kept = options.keep === 'all' ? head.checkpoints : head.checkpoints.slice(-1)
    for (const checkpoint of kept) {
      weights.push(checkpoint.weights)
      rates.push(options.keep === 'all' ? checkpoint.meanLearningRate : 1)
    }
    losses = head.checkpoints.map(({ loss }) => loss)
    fittedRows = picked.length
    yield member + 1
  }
  if (scaling === undefined) throw new RangeError('a set needs at least one head')
  return makeSet(inputs, { scaling, weights, rates, moments: [], fittedRows, l2: 0, losses })
}

/** One head trained to near its optimum on these rows: mean loss + 0.5 * l2 * ||W||^2. */
export async function fitFinishedHead(
  context: MethodContext,
  inputs: SelectionInputs,
  rows: Uint32Array,
  l2: number
): Promise<HeadSet> {
  const training = await readTraining(inputs, rows)
  const { columns } = inputs.features
  const data = { ...training.rows, columns, classes: inputs.classNames.length }
  const recipe = checkRecipe(0, { l2, scaling: 'none', tolerance: 1e-5, maxIterations: 300 })
  const head = await trainHead(context.device.tf, data, recipe, context.signal)
  return makeSet(inputs, {
    scaling: training.scaling,
    weights: [head.weights],
    rates: [1],
    moments: [],
    fittedRows: rows.length,
    l2,
    losses: [head.loss]
  })
}

/** Puts a set together; rates are divided by their sum. */
export function makeSet(
  inputs: SelectionInputs,
  parts: Omit<HeadSet, 'classes' | 'columns' | 'shares'> & { readonly rates: readonly number[] }
): HeadSet {
  const { rates, ...rest } = parts
  const sum = rates.reduce((total, rate) => total + rate, 0)
  return {
    ...rest,
    classes: inputs.classNames.length,
    columns: inputs.features.columns,
    shares: rates.map((rate) => (sum > 0 ? rate / sum : 1 / rates.length))
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function cut(values: Float32Array, size: number): Float32Array[] {
  return Array.from({ length: values.length / size }, (_, i) =>
    values.slice(i * size, (i + 1) * size)
  )
}

/** The set as a checkpoint may hold it. */
export function packHeads(set: HeadSet): Omit<MethodCheckpoint, 'step'> {
  const { center, inverseScale, meanSquaredNorm } = set.scaling
  return {
    arrays: {
      center,
      inverseScale,
      headWeights: joined(set.weights),
      momentMeans: joined(set.moments.map(({ mean }) => mean)),
      momentSquares: joined(set.moments.map(({ square }) => square))
    },
    values: {
      classes: set.classes,
      meanSquaredNorm,
      // Numbers survive JSON to the last bit.
      shares: JSON.stringify(set.shares),
      fittedRows: set.fittedRows,
      l2: set.l2
    }
  }
}

/** The way back from {@link packHeads}. */
export function unpackHeads({ arrays, values }: MethodCheckpoint): HeadSet {
  const center = arrays['center'] as Float32Array
  const classes = Number(values['classes'])
  const size = classes * (center.length + 1)
  const means = cut(arrays['momentMeans'] as Float32Array, size)
  const squares = cut(arrays['momentSquares'] as Float32Array, size)
  return {
    classes,
    columns: center.length,
    scaling: {
      center,
      inverseScale: arrays['inverseScale'] as Float32Array,
      meanSquaredNorm: Number(values['meanSquaredNorm'])
    },
    weights: cut(arrays['headWeights'] as Float32Array, size),
    shares: JSON.parse(String(values['shares'])) as number[],
    moments: means.map((mean, i) => ({ mean, square: squares[i] })),
    fittedRows: Number(values['fittedRows']),
    l2: Number(values['l2']),
    losses: []
  }
}
