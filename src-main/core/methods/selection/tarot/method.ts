// TAROT (Feng et al. 2025): nearest neighbours of the examples in whitened space, layer by layer, with
// optimal transport deciding in the last layer or, on request, how many layers there are.
import { checkInputs } from '../../check-inputs.ts'
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import type { Transport } from '../../../compute/kernels/sinkhorn.ts'
import type { Whitening } from '../../../compute/kernels/whitening.ts'
import type { FeatureSource } from '../../../features/feature-matrix.ts'
import { checkGradients, givenGradients } from '../../gradients/given-gradients.ts'
import {
  defineMethod,
  type MethodCheckpoint,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs
} from '../../method.ts'
import { automaticSize, type AutomaticSize, type AutomaticSizeInputs } from './automatic-size.ts'
import { tarotCard } from './card.ts'
import { chooseByLayers } from './choose.ts'
import { estimateTarot } from './estimate.ts'
import { explainTarot } from './explain.ts'
import { gatherExamples, type Examples } from './examples.ts'
import { gradientRows, sampleOf, spreadRows } from './gradient-rows.ts'
import { createCosines, deepest, findNeighbours, layersOf, type Neighbours } from './neighbours.ts'
import { tarotParams, type TarotParams } from './params.ts'
import { toSelection, type MadeElsewhere } from './result.ts'
import { transportFor } from './transport.ts'
import { createWhitener, measureSpread, type RowWhitener } from './whiten.ts'

/** Rounds that an automatic size may need. */
const automaticRounds = 200

/** The run; joined gradients take the place of the fingerprints. */
async function* runTarot(
  context: MethodContext,
  inputs: SelectionInputs,
  params: TarotParams
): AsyncGenerator<MethodProgress, Selection, void> {
  checkInputs(inputs)
  const given = givenGradients(inputs)
  if (given === undefined) return yield* runOn(context, inputs, params)
  checkGradients(inputs, given)
  yield { phase: 'Examples', done: 0, total: 1, unit: 'steps' }
  const { projection } = params
  const rows = await gradientRows(context, inputs, given, projection)
  try {
    const { joined, columns } = rows
    const measured = spreadRows(inputs.features.rows, columns)
    const names = given.map(({ name }) => name)
    return yield* runOn(context, rows.inputs, params, { names, joined, columns, measured })
  } finally {
    rows.dispose()
  }
}

async function* runOn(
  context: MethodContext,
  inputs: SelectionInputs,
  params: TarotParams,
  made?: MadeElsewhere
): AsyncGenerator<MethodProgress, Selection, void> {
  const examples = gatherExamples(context.random.fork('tarot'), inputs)
  const measured = made?.measured ?? inputs.features.rows
  const whitening = yield* spread(
    context,
    sampleOf(inputs.features, measured, context),
    examples,
    params
  )
  const whitener = createWhitener(context.device.tf, whitening)
  try {
    const units = await whitener.run(examples.features)
    const found = yield* neighbours(context, inputs, params, units, whitener, whitening)
    return yield* choose(context, inputs, params, examples, units, whitener, found, made)
  } finally {
    whitener.dispose()
  }
}

/** The whitening, from the checkpoint where there is one. */
async function* spread(
  { device, signal, resume }: MethodContext,
  features: FeatureSource,
  examples: Examples,
  { ridge }: TarotParams
): AsyncGenerator<MethodProgress, Whitening, void> {
  if (resume !== undefined) {
    const { mean, matrix } = resume.arrays
    // Written below as Float32Arrays.
    return { columns: mean.length, mean: mean as Float32Array, matrix: matrix as Float32Array }
  }
  const total = 2 * features.rows
  const phase = 'Evening out the numbers'
  const run = measureSpread(device.tf, features, examples.features, ridge, signal)
  let step = await run.next()
  while (step.done !== true) {
    yield { phase, done: step.value, total, unit: 'items' }
    step = await run.next()
  }
  const { mean, matrix } = step.value
  const checkpoint = { step: 'spread', arrays: { mean, matrix }, values: {} }
  yield { phase, done: total, total, unit: 'items', checkpoint }
  return step.value
}

/** Neighbours deep enough for the budget, where memory allows. */
async function* neighbours(
  { device, signal, resume }: MethodContext,
  { features, budget }: SelectionInputs,
  { size }: TarotParams,
  units: Float32Array,
  whitener: RowWhitener,
  { mean, matrix }: Whitening
): AsyncGenerator<MethodProgress, Neighbours, void> {
  if (resume?.step === 'neighbours') return unpack(resume)
  const { rows, columns } = features
  const count = units.length / columns
  const most = deepest(count, rows)
  // Lists overlap: three times what is needed without overlap is enough in most cases.
  const least = size === 'automatic' ? automaticRounds : 8
  let depth = Math.min(most, Math.max(least, Math.ceil((3 * budget) / count)))
  for (;;) {
    const run = findNeighbours(device.tf, features, whitener, units, depth, signal)
    let step = await run.next()
    while (step.done !== true) {
      yield { phase: 'Finding neighbours', done: step.value, total: rows, unit: 'items' }
      step = await run.next()
    }
    const found = step.value
    const covered = layersOf(found.lists, rows).reduce((sum, own) => sum + (own > 0 ? 1 : 0), 0)
    if (covered >= budget || depth >= most) {
      const checkpoint = pack(found, { mean, matrix })
      yield { phase: 'Finding neighbours', done: rows, total: rows, unit: 'items', checkpoint }
      return found
    }
    depth = Math.min(most, 4 * depth)
  }
}

function pack(
  { lists, closeness, nearest }: Neighbours,
  whitening: Pick<Whitening, 'mean' | 'matrix'>
): MethodCheckpoint {
  const depth = lists[0].rows.length
  const rows = new Uint32Array(lists.length * depth)
  const scores = new Float32Array(rows.length)
  lists.forEach((list, v) => {
    rows.set(list.rows, v * depth)
    scores.set(list.scores, v * depth)
  })
  const { mean, matrix } = whitening
  const arrays = { mean, matrix, rows, scores, closeness, nearest }
  return { step: 'neighbours', arrays, values: { examples: lists.length } }
}

function unpack({ arrays, values }: MethodCheckpoint): Neighbours {
  // As `pack` wrote them.
  const rows = arrays['rows'] as Uint32Array
  const scores = arrays['scores'] as Float32Array
  const count = Number(values['examples'])
  const depth = rows.length / count
  return {
    lists: Array.from({ length: count }, (_, v) => ({
      rows: rows.slice(v * depth, (v + 1) * depth),
      scores: scores.slice(v * depth, (v + 1) * depth)
    })),
    closeness: arrays['closeness'] as Float32Array,
    nearest: arrays['nearest'] as Uint32Array
  }
}

/** The size that the examples suggest; undefined where it was not asked for or cannot be told. */
async function* findSize(
  { folds, size }: TarotParams,
  { lists }: Neighbours,
  inputs: Omit<AutomaticSizeInputs, 'lists' | 'folds'>
): AsyncGenerator<MethodProgress, AutomaticSize | undefined, void> {
  if (size !== 'automatic' || lists.length < 2) return undefined
  const sizing = automaticSize({ ...inputs, lists, folds })
  const total = Math.min(folds, lists.length)
  let step = await sizing.next()
  while (step.done !== true) {
    yield { phase: 'Finding the size', done: step.value, total, unit: 'parts' }
    step = await sizing.next()
  }
  return step.value
}

/** Layers, automatic size where asked for, and the distances that are reported. */
async function* choose(
  context: MethodContext,
  inputs: SelectionInputs,
  params: TarotParams,
  examples: Examples,
  units: Float32Array,
  whitener: RowWhitener,
  found: Neighbours,
  made: MadeElsewhere | undefined
): AsyncGenerator<MethodProgress, Selection, void> {
  const { features, rowIds, budget } = inputs
  const { weights } = examples
  const product = createCosines(context.device.tf, units, features.columns)
  const random = context.random.fork('tarot')
  const transport = transportFor(params.temperature, context.signal)
  const cosinesOf = async (rows: readonly number[]): Promise<Float32Array> =>
    product.run(await whitener.run(await features.readRows(rows)))
  const plan = async (rows: readonly number[]): Promise<Transport> =>
    transport(await cosinesOf(rows), weights)
  try {
    const settings = { weights, random: random.fork('folds'), transport, cosinesOf }
    const automatic = yield* findSize(params, found, settings)
    yield { phase: 'Choosing', done: 0, total: 1, unit: 'steps' }
    const layer = layersOf(found.lists, features.rows)
    const isIn = automatic && new Set(automatic.rows)
    // With a size of their own, the rows outside it are beyond the last layer.
    const usable = isIn ? layer.map((own, row) => (isIn.has(row) ? own : 0)) : layer
    const places = automatic ? Math.max(1, Math.min(budget, automatic.rows.length)) : budget
    const ties = tieOrder(context.seed, rowIds)
    const { closeness } = found
    const decide = async (rows: readonly number[]): Promise<Float64Array> => (await plan(rows)).f
    const choice = await chooseByLayers(usable, closeness, ties, places, params.overflow, decide)
    const measure = async (rows: readonly number[]): Promise<number> => (await plan(rows)).cost
    const outcome = {
      choice,
      layer,
      places,
      automatic,
      measure,
      random: random.fork('measure'),
      made
    }
    return await toSelection(inputs, params, examples, found, outcome)
  } finally {
    product.dispose()
  }
}

export default defineMethod({
  id: 'tarot',
  family: 'selection',
  version: 1,
  card: tarotCard,
  params: tarotParams,
  inputs: { labels: false, tasks: true, gradients: true },
  estimate: estimateTarot,
  run: runTarot,
  explain: explainTarot
})
