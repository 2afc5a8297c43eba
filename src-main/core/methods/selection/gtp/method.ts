// Gradient Trajectory Pursuit (arXiv 2410.16710), reconstructed, on the factored gradients of a
// linear head or on gradients made elsewhere. This file is the run: warm-up, lengths, pursuits,
// result, with a checkpoint after the warm-up and after every round of a pursuit, from which a later
// run gives the same bits.
import { AppError } from '../../../../api/errors.ts'
import { checkInputs } from '../../check-inputs.ts'
import { canKeepMix, givenGradients } from '../../gradients/given-gradients.ts'
import {
  defineMethod,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs
} from '../../method.ts'
import { needsGroups } from '../icons/factors.ts'
import { gtpCard } from './card.ts'
import { packRun, unpackState } from './checkpoint.ts'
import { firstCopies } from './copies.ts'
import { findDoubtful, withoutRows } from './doubt.ts'
import { estimateGtp } from './estimate.ts'
import { explainGtp } from './explain.ts'
import { finishRun } from './finish.ts'
import type { GradientDictionary, GradientOptions } from './gradients.ts'
import { headKind, type GradientKind, type Origin } from './kind.ts'
import { matrixKind } from './matrix-kind.ts'
import { defaultKnobs, type GtpKnobs } from './method-knobs.ts'
import { gtpParams, type GtpParams } from './params.ts'
import {
  freshState,
  inIdOrder,
  runPieces,
  type Doubts,
  type PiecesState,
  type PiecesWork
} from './pieces.ts'
import { groupRows, meanTargets, type Targets } from './target.ts'
import { fitTrajectory, unpackTrajectory, type Trajectory } from './trajectory.ts'

/** The run with its inner knobs open; `default` below is the product's form. */
export async function* runGtp(
  context: MethodContext,
  inputs: SelectionInputs,
  params: GtpParams,
  knobs: GtpKnobs = defaultKnobs
): AsyncGenerator<MethodProgress, Selection, void> {
  checkRun(inputs, params)
  const kind = yield* openKind(context, inputs, params, knobs)
  const doubts = yield* doubtsOf(context, inputs, params, kind)
  const { rows } = inputs.features
  const all = inIdOrder(inputs, [...Array(rows).keys()])
  const opening = kind.open(all)
  let opened = await opening.next()
  for (; opened.done !== true; opened = await opening.next())
    yield { phase: 'Measuring', done: opened.value, total: rows, unit: 'items' }
  const whole = opened.value
  const open = withoutRows(whole, all, doubts.rows)
  const wantsExamples =
    params.target === 'examples' || (params.target === 'auto' && inputs.tasks.length > 0)
  const targets = wantsExamples ? await kind.exampleTargets() : meanTargets(inputs, open, all)
  const copyOf = firstCopies(all, whole.keys)
  const work = workFor(context, inputs, params, knobs, {
    kind,
    all,
    whole,
    open,
    doubts,
    copyOf,
    targets
  })
  const state = yield* choose(
    work,
    context.resume === undefined ? freshState : unpackState(context.resume)
  )
  return yield* finishRun(context, work, state)
}

function checkRun(inputs: SelectionInputs, params: GtpParams): void {
  checkInputs(inputs)
  if (params.target === 'examples' && inputs.tasks.length === 0) {
    throw new AppError(
      'method-not-possible',
      'There are no example items to stand in for. Add example items, or choose "all-items".'
    )
  }
}

/** Joined matrices where there are some, otherwise the gradients of a head that is warmed up. */
async function* openKind(
  context: MethodContext,
  inputs: SelectionInputs,
  params: GtpParams,
  knobs: GtpKnobs
): AsyncGenerator<MethodProgress, GradientKind, void> {
  const given = givenGradients(inputs)
  if (given !== undefined) return matrixKind(context, inputs, given, params, knobs.keepBytes)
  const options: GradientOptions = {
    device: context.device,
    signal: context.signal,
    blockRows: knobs.blockRows,
    keepBytes: knobs.keepBytes,
    isUnit: params.lengths === 'equal'
  }
  const kindOf = (trajectory: Trajectory): GradientKind => headKind(inputs, trajectory, options)
  return kindOf(yield* warmUp(context, inputs, params, kindOf))
}

/** Whether items can be chosen label by label. */
function hasLabels(inputs: SelectionInputs, origin: Origin): boolean {
  return origin.kind === 'head' ? origin.trajectory.centroids.length === 0 : canKeepMix(inputs)
}

async function* warmUp(
  context: MethodContext,
  inputs: SelectionInputs,
  params: GtpParams,
  kindOf: (trajectory: Trajectory) => GradientKind
): AsyncGenerator<MethodProgress, Trajectory, void> {
  if (context.resume !== undefined) return unpackTrajectory(context.resume)
  const phase = { phase: 'Warm-up', total: params.warmUpEpochs, unit: 'passes' }
  yield { ...phase, done: 0 }
  const { trajectory, passes } = await fitTrajectory(context, inputs, {
    warmUpPercent: params.warmUpPercent,
    epochs: params.warmUpEpochs
  })
  for (const { epoch, loss } of passes)
    yield { ...phase, done: epoch, live: { series: 'Warm-up loss', x: epoch, y: loss } }
  yield { ...phase, done: params.warmUpEpochs, checkpoint: packRun(kindOf(trajectory), undefined) }
  return trajectory
}

/** Items whose label looks wrong, where they are not to be copied and the app's own head is used. */
async function* doubtsOf(
  context: MethodContext,
  inputs: SelectionInputs,
  { wrongLabels }: GtpParams,
  kind: GradientKind
): AsyncGenerator<MethodProgress, Doubts, void> {
  const none = new Uint32Array(0)
  const hasHead = kind.origin.kind === 'head' && !needsGroups(inputs)
  if (wrongLabels === 'count' || !hasHead) return { rows: none, rule: 'count' }
  const known = context.resume
  if (known?.arrays['doubts'] !== undefined) {
    const rule = known.values['labelsUnknown'] === 1 ? 'unknown' : wrongLabels
    return { rows: Uint32Array.from(known.arrays['doubts']), rule }
  }
  const phase = { phase: 'Looking at labels', total: inputs.features.rows, unit: 'items' }
  const finding = findDoubtful(context, inputs)
  let step = await finding.next()
  for (; step.done !== true; step = await finding.next()) yield { ...phase, done: step.value }
  const doubts: Doubts =
    step.value === undefined
      ? { rows: none, rule: 'unknown' }
      : { rows: step.value, rule: wrongLabels }
  yield { ...phase, done: phase.total, checkpoint: packRun(kind, undefined, doubts) }
  return doubts
}

interface Prepared {
  readonly kind: GradientKind
  readonly all: Uint32Array
  readonly whole: GradientDictionary
  readonly open: GradientDictionary
  readonly doubts: Doubts
  readonly copyOf: Uint32Array
  readonly targets: Targets
}

/** Decides how the rows are split, and gathers all that the pursuits need. */
function workFor(
  context: MethodContext,
  inputs: SelectionInputs,
  params: GtpParams,
  knobs: GtpKnobs,
  prepared: Prepared
): PiecesWork {
  const { kind, all, open, targets } = prepared
  const usable = all.filter((_, column) => open.squares[column] > 0)
  const isByLabel = hasLabels(inputs, kind.origin)
    ? params.split === 'labels' || suitsLabels(inputs, params, targets, kind.origin)
    : false
  const squares = open.squares.reduce((sum: number, value: number) => sum + value, 0)
  return {
    ...prepared,
    inputs,
    groups: groupRows(inputs, usable, targets, isByLabel),
    plan: {
      rank: kind.rank,
      atOnce: knobs.atOnce,
      parts: params.parts,
      reserve: params.reserve,
      random: context.random.fork('gtp')
    },
    rounds: params.rounds,
    isSplitLost: params.split === 'labels' && !isByLabel,
    ridge: params.spread * (squares / Math.max(1, usable.length))
  }
}

/**
 * Label by label was better from about five places per label on (docs/methods/gtp.md); examples are
 * matched as a whole, as their mix of labels is what they ask for.
 */
function suitsLabels(
  inputs: SelectionInputs,
  params: GtpParams,
  targets: Targets,
  origin: Origin
): boolean {
  if (params.split !== 'auto' || targets.isExamples || origin.kind === 'given') return false
  return inputs.budget >= 5 * targets.labelShares.size
}

async function* choose(
  work: PiecesWork,
  from: PiecesState
): AsyncGenerator<MethodProgress, PiecesState, void> {
  const phase = { phase: 'Choosing', total: work.inputs.budget, unit: 'items' }
  yield { ...phase, done: from.chosen.length }
  const steps = runPieces(work, from)
  let step = await steps.next()
  for (; step.done !== true; step = await steps.next()) {
    const { done, live, state } = step.value
    yield {
      ...phase,
      done,
      ...(live === undefined ? {} : { live: { series: 'Not yet stood in for', ...live } }),
      ...(state === undefined ? {} : { checkpoint: packRun(work.kind, state, work.doubts) })
    }
  }
  return step.value
}

export default defineMethod({
  id: 'gtp',
  family: 'selection',
  version: 4,
  card: gtpCard,
  params: gtpParams,
  // Without labels the head learns groups of similar items, so they are never asked for.
  inputs: { labels: false, tasks: 'if-given', gradients: true },
  estimate: estimateGtp,
  run: (context, inputs, params) => runGtp(context, inputs, params),
  explain: explainGtp
})
