// Helper models for the difficulty lenses: several small linear heads, each trained briefly on its own
// draw of the items (with repeats, every label with its share). A linear head has one optimum, so
// the draw is what differs between runs, where the papers draw other starting weights.
import { AppError } from '../../../api/errors.ts'
import { shareOut } from '../../compute/kernels/largest-remainder.ts'
import { isReadable } from '../../compute/kernels/readable-row.ts'
import { fitScaling, type FeatureScaling } from '../../compute/kernels/scaling.ts'
import type { LogitHead } from '../../compute/head-logits.ts'
import type { Random } from '../../compute/random.ts'
import { trainHead, warmUpRecipe, type HeadCheckpoint } from '../../compute/softmax-head.ts'
import type { MethodCheckpoint, MethodContext, SelectionInputs } from '../method.ts'
import { trainEarlyLearning } from './early-learning-head.ts'

/** How the helper models of a lens are trained. */
export interface RunRecipe {
  readonly runs: number
  readonly passes: number
  /** last: only the finished head is kept. every: the head after every pass. */
  readonly keeps: 'last' | 'every'
  /** Given for early-learning regularisation, otherwise plain cross-entropy. */
  readonly earlyLearning?: { readonly beta: number; readonly lambda: number }
}

/** Rows a run learns from, at most: more make a linear head no better, and memory stays bounded. */
export const mostTrainingRows = 20_000
const trainingBytes = 128 << 20
const leastPerClass = 20

/** Rows that can be learned from: they have a label. Throws AppError when there is none. */
function rowsByLabel({ labels, classNames }: SelectionInputs): number[][] {
  const members: number[][] = classNames.map(() => [])
  labels.forEach((label, row) => {
    if (label >= 0) members[label].push(row)
  })
  if (members.every((rows) => rows.length === 0)) {
    throw new AppError('method-not-possible', 'No item has a label, so nothing is hard or easy.', {
      hint: 'Choose a label column first, or use a method that needs no labels.'
    })
  }
  return members
}

/** Entries drawn with repeats per label: shares as in the data, small labels with at least 20. */
function drawRows(random: Random, members: readonly number[][], columns: number): Uint32Array {
  const counts = members.map((rows) => rows.length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const fitting = Math.max(1000, Math.floor(trainingBytes / (4 * Math.max(1, columns))))
  const size = Math.min(total, mostTrainingRows, fitting)
  const shares = size === total ? counts : shareOut(size, counts, counts)
  const drawn: number[] = []
  members.forEach((rows, label) => {
    const wanted = Math.max(shares[label], Math.min(rows.length, leastPerClass))
    for (let i = 0; i < wanted; i++) drawn.push(rows[random.below(rows.length)])
  })
  return Uint32Array.from(drawn).sort()
}

/** Trained heads of all runs so far, as they are kept in a checkpoint. */
export interface HeadRuns {
  readonly runs: readonly LogitHead[]
  /** Heads kept per run (passes or 1). */
  readonly kept: number
  readonly trainingRows: number
}

/** Packs heads so that a later run goes on from them with the same bits. */
export function packRuns({ runs, trainingRows }: HeadRuns): MethodCheckpoint {
  const join = (parts: readonly Float32Array[]): Float32Array => {
    const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      out.set(part, at)
      at += part.length
    }
    return out
  }
  return {
    step: 'heads',
    arrays: {
      weights: join(runs.map((run) => run.weights)),
      center: join(runs.map((run) => run.scaling.center)),
      inverseScale: join(runs.map((run) => run.scaling.inverseScale)),
      norms: Float32Array.from(runs, (run) => run.scaling.meanSquaredNorm)
    },
    values: { runs: runs.length, trainingRows }
  }
}

/** Heads of a checkpoint, as {@link packRuns} wrote them. */
export function unpackRuns(
  { arrays, values }: MethodCheckpoint,
  classes: number,
  columns: number,
  kept: number
): LogitHead[] {
  const outputs = kept * classes
  const size = outputs * (columns + 1)
  const part = (name: string, run: number, length: number): Float32Array =>
    (arrays[name] as Float32Array).slice(run * length, (run + 1) * length)
  return Array.from({ length: Number(values['runs']) }, (_, run) => ({
    outputs,
    weights: part('weights', run, size),
    scaling: {
      center: part('center', run, columns),
      inverseScale: part('inverseScale', run, columns),
      meanSquaredNorm: arrays['norms'][run]
    }
  }))
}

/** Yields the runs that are done (with their loss) and a checkpoint after each; returns all heads. */
export async function* trainRuns(
  context: MethodContext,
  inputs: SelectionInputs,
  recipe: RunRecipe
): AsyncGenerator<{ done: number; loss: number; checkpoint: MethodCheckpoint }, HeadRuns, void> {
  const members = rowsByLabel(inputs)
  const classes = inputs.classNames.length
  const { columns } = inputs.features
  const kept = recipe.keeps === 'every' ? recipe.passes : 1
  const resume = context.resume
  const runs = resume === undefined ? [] : unpackRuns(resume, classes, columns, kept)
  let trainingRows = Number(resume?.values['trainingRows'] ?? 0)
  for (let run = runs.length; run < recipe.runs; run++) {
    const random = context.random.fork('difficulty').fork(`run ${run}`)
    const entries = drawRows(random.fork('draw'), members, columns)
    trainingRows = entries.length
    const { scaling, checkpoints } = await trainOne(context, inputs, recipe, entries, random)
    const used = checkpoints.slice(-kept)
    const weights = new Float32Array(kept * classes * (columns + 1))
    used.forEach((checkpoint, at) =>
      weights.set(checkpoint.weights, at * checkpoint.weights.length)
    )
    runs.push({ outputs: kept * classes, weights, scaling })
    const checkpoint = packRuns({ runs, kept, trainingRows })
    yield { done: runs.length, loss: used[used.length - 1].loss, checkpoint }
  }
  return { runs, kept, trainingRows }
}

/** Trains one head on the entries (rows named twice count twice); one checkpoint per pass. */
async function trainOne(
  context: MethodContext,
  inputs: SelectionInputs,
  recipe: RunRecipe,
  entries: Uint32Array,
  random: Random
): Promise<{ scaling: FeatureScaling; checkpoints: readonly HeadCheckpoint[] }> {
  const { columns } = inputs.features
  const classes = inputs.classNames.length
  // Every row is read once; entries then point into what was read. Ascending, as entries are.
  const own = entries.filter((row, i) => i === 0 || row !== entries[i - 1])
  const features = await inputs.features.readRows(own)
  const isFine = own.map((_, i) => (isReadable(features, i * columns, columns) ? 1 : 0))
  const labels = Int32Array.from(own, (row) => inputs.labels[row])
  let at = 0
  const places = entries.map((row) => {
    if (own[at] !== row) at++
    return at
  })
  const rows = places.filter((place) => isFine[place] === 1)
  if (rows.length === 0) {
    throw new AppError('method-not-possible', 'The numbers of the items could not be read.')
  }
  const data = { features, columns, labels, classes, rows }
  const seed = random.fork('head').uint32()
  const { tf } = context.device
  const base = warmUpRecipe(seed, { epochs: recipe.passes })
  if (recipe.earlyLearning === undefined) {
    const head = await trainHead(tf, data, base, context.signal)
    return { scaling: head.scaling, checkpoints: head.checkpoints }
  }
  const scaling = fitScaling(features, columns, rows, base.scaling)
  const { epochs, batchRows, learningRate } = base
  const options = { ...recipe.earlyLearning, seed, epochs, batchRows, learningRate }
  const checkpoints = await trainEarlyLearning(tf, data, scaling, options, context.signal)
  return { scaling, checkpoints }
}
