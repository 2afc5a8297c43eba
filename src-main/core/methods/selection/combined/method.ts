// Several aims at once: variety, typical items, hard items, items like the examples, by weight. This
// file is the run: hardness first where it counts, then one greedy choice per label.
import { AppError } from '../../../../api/errors.ts'
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import { checkInputs } from '../../check-inputs.ts'
import { runCoverage } from '../../coverage/coverage-run.ts'
import { estimateLens } from '../../difficulty/estimate.ts'
import {
  defineMethod,
  type MethodCheckpoint,
  type MethodContext,
  type MethodEstimate,
  type MethodProgress,
  type MethodShape,
  type Selection,
  type SelectionInputs
} from '../../method.ts'
import facilityLocation from '../facility-location/method.ts'
import { combinedCard } from './card.ts'
import { explainCombined } from './explain.ts'
import { hasTwoLabels, headsStep, measureHardness } from './hard.ts'
import { createLot } from './lot.ts'
import { aims, combinedParams, type Aim, type CombinedParams } from './params.ts'
import { createPicker, noAim, type Weights } from './pick.ts'
import { toSelection } from './result.ts'

/** Array of a checkpoint that carries the hardness through the choice. */
const hardArray = 'combined.hard'

async function* runCombined(
  context: MethodContext,
  inputs: SelectionInputs,
  params: CombinedParams
): AsyncGenerator<MethodProgress, Selection, void> {
  checkInputs(inputs)
  const { weights, notes } = weightsFor(inputs, params)
  const hard = weights.hard > 0 ? yield* hardnessOf(context, inputs) : undefined
  const picker = createPicker({
    weights,
    tasks: inputs.tasks,
    hard,
    dropHardest: params.dropHardest,
    pairMemory: params.pairMemory,
    ties: tieOrder(context.seed, inputs.rowIds),
    lot: createLot(context.seed, inputs.rowIds),
    isByLabel: params.mix === 'keep' && hasTwoLabels(inputs.labels)
  })
  const choosing = runCoverage({ ...context, resume: choosingState(context.resume) }, inputs, {
    form: 'direction',
    mix: params.mix,
    columns: {
      nearest: { type: 'whole', fill: 0xffffffff },
      alike: { type: 'real', fill: -2 },
      standsFor: { type: 'whole', fill: 0 },
      added: { type: 'real', fill: 0 },
      typical: { type: 'real', fill: 0 },
      hard: { type: 'real', fill: 0 },
      like: { type: 'real', fill: 0 },
      aim: { type: 'whole', fill: noAim }
    },
    pick: picker
  })
  let step = await choosing.next()
  while (step.done !== true) {
    const { checkpoint, ...progress } = step.value
    yield checkpoint === undefined
      ? progress
      : { ...progress, checkpoint: withHardness(checkpoint, hard) }
    step = await choosing.next()
  }
  return toSelection(inputs, weights, step.value, notes)
}

/** The weights that can be followed as shares, with notes on the others. Throws AppError when none is left. */
function weightsFor(
  { tasks, labels }: SelectionInputs,
  params: CombinedParams
): { readonly weights: Weights; readonly notes: readonly string[] } {
  if (aims.every((aim) => params[aim] === 0))
    throw new AppError('method-not-possible', 'All weights are 0, so there is nothing to aim at.', {
      hint: 'Give at least one aim a weight.'
    })
  const notes: string[] = []
  const examples = tasks.reduce(
    (sum, task) => sum + task.parts.reduce((s, part) => s + part.labels.length, 0),
    0
  )
  const isPossible: Readonly<Record<Aim, boolean>> = {
    variety: true,
    typical: true,
    hard: hasTwoLabels(labels),
    like: examples > 0
  }
  if (params.like > 0 && !isPossible.like)
    notes.push('There are no example items, so the weight of items like them was not used.')
  if (params.hard > 0 && !isPossible.hard)
    notes.push('There are not two different labels, so the weight of hard items was not used.')
  const weightOf = (aim: Aim): number => (isPossible[aim] ? params[aim] / 100 : 0)
  const weights: Weights = {
    variety: weightOf('variety'),
    typical: weightOf('typical'),
    hard: weightOf('hard'),
    like: weightOf('like')
  }
  if (aims.every((aim) => weights[aim] === 0))
    throw new AppError('method-not-possible', notes.join(' '), {
      hint: 'Give variety or typical items a weight, or add what is missing.'
    })
  return { weights, notes }
}

async function* hardnessOf(
  context: MethodContext,
  inputs: SelectionInputs
): AsyncGenerator<MethodProgress, Float32Array, void> {
  const saved = context.resume?.arrays[hardArray]
  if (saved !== undefined) return saved as Float32Array
  const hard = yield* measureHardness(context, inputs)
  const checkpoint = { step: 'hard', arrays: { [hardArray]: hard.slice() }, values: {} }
  const { rows } = inputs.features
  yield { phase: 'Asking helper models', done: rows, total: rows, unit: 'items', checkpoint }
  return hard
}

/** What the choice itself goes on from; undefined where it had not begun. */
function choosingState(resume: MethodCheckpoint | undefined): MethodCheckpoint | undefined {
  return resume === undefined || resume.step === headsStep || resume.step === 'hard'
    ? undefined
    : resume
}

function withHardness(
  checkpoint: MethodCheckpoint,
  hard: Float32Array | undefined
): MethodCheckpoint {
  if (hard === undefined) return checkpoint
  return { ...checkpoint, arrays: { ...checkpoint.arrays, [hardArray]: hard } }
}

/** Sum of what the parts take: variety as facility location, hardness as a lens, the rest as products. */
function estimateCombined(shape: MethodShape, params: CombinedParams): MethodEstimate {
  const { candidates, columns, examples } = shape
  const { mix, pairMemory } = params
  const variety = facilityLocation.estimate(shape, { mix, pairMemory })
  const hard = estimateLens(shape, { runs: 10, passes: 4 }, 'last')
  const compared =
    (params.typical > 0 ? 4000 : 0) + (params.like > 0 ? Math.min(5000, examples) : 0)
  const likeness = (candidates * compared * columns) / 13e9 + (candidates * compared) / 0.5e9
  const parts = [
    ...(params.variety > 0 ? [variety] : []),
    ...(params.hard > 0 && shape.classes > 1 ? [hard] : [])
  ]
  return {
    seconds: 0.5 + parts.reduce((sum, part) => sum + part.seconds, likeness),
    megabytes: parts.reduce((most, part) => Math.max(most, part.megabytes), 300),
    why:
      params.variety > 0
        ? variety.why
        : 'Items are compared with some others and with the examples.'
  }
}

export default defineMethod({
  id: 'combined',
  family: 'selection',
  version: 1,
  card: combinedCard,
  params: combinedParams,
  inputs: { labels: false, tasks: 'if-given' },
  estimate: estimateCombined,
  run: runCombined,
  explain: explainCombined
})
