// The end of a run, once every row has its scores: votes, choice, read-out. The same for the app's own
// head and for gradients made elsewhere.
import { facilityLocation } from '../../../compute/kernels/facility-location.ts'
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import { fitScaling, type FeatureScaling } from '../../../compute/kernels/scaling.ts'
import { canKeepMix } from '../../gradients/given-gradients.ts'
import type { MethodContext, Selection, SelectionInputs, TargetTask } from '../../method.ts'
import { compareRules } from './aggregations.ts'
import { choose, type PickVariety } from './choose.ts'
import type { IconsInfo } from './explain.ts'
import { unitRows, type Factors } from './factors.ts'
import type { IconsParams } from './params.ts'
import { columnsOf, comparable, notesFor, readOut, scoresFrom } from './result.ts'
import type { TaskScores } from './score.ts'
import { countVotes, groupRows, overlapOf, voteWeights } from './vote.ts'

/** Where the gradients came from. */
export type Origin =
  | { readonly kind: 'head'; readonly factors: Factors; readonly warmUpRows: number }
  | {
      readonly kind: 'given'
      /** Names of the checkpoints. */
      readonly checkpoints: readonly string[]
      /** Examples that could not be read. */
      readonly skipped: number
    }

/** Scores of all rows with the task of every part that took part. */
export interface FinishedScores extends TaskScores {
  readonly taskOf: readonly number[]
}

/** Votes and chooses. Throws the signal's reason. */
export async function finishIcons(
  context: MethodContext,
  inputs: SelectionInputs,
  params: IconsParams,
  scored: FinishedScores,
  origin: Origin
): Promise<Selection> {
  const { features, budget, tasks } = inputs
  const { rows } = features
  const weights = voteWeights(tasks.map((task) => task.importance))
  const active = tasks.map((_, task) => scored.taskOf.includes(task))
  const ties = tieOrder(context.seed, inputs.rowIds)
  const keepTop = params.combine === 'round-robin' ? rows : 0
  const isBalanced = keepsMix(inputs, params, origin)
  const votePercent = voteShare(params, (100 * budget) / rows, isBalanced)
  const groups = groupRows(inputs.labels, isBalanced ? inputs.tasks.map(labelsOf) : undefined)
  const votes = countVotes(scored.scores, rows, active, weights, votePercent, ties, keepTop, groups)
  const able = comparable(scored.scores, rows, active)
  const material = {
    rows,
    budget,
    weights,
    active,
    scores: scored.scores,
    votes,
    ties,
    able,
    groups
  }
  const pick = varietyIn(context, inputs, origin)
  const choice = await choose(params.combine, params.tieRule, material, pick)
  const overlap = overlapOf(votes, rows)
  const rules = await compareRules(params, material, choice)
  const read = readOut(inputs, params, votes, choice, overlap, weights, active, isBalanced)
  const info: IconsInfo = {
    votes: rules === undefined ? read : { ...read, rules },
    combine: params.combine,
    tieRule: params.tieRule,
    weights,
    votePercent,
    balance: isBalanced ? 'labels' : 'none',
    cuts: choice.cuts,
    labelSource: sourceOf(origin),
    warmUpRows: origin.kind === 'head' ? origin.warmUpRows : 0,
    ...(origin.kind === 'given' ? { checkpoints: origin.checkpoints } : {}),
    notFinite: scored.notFinite,
    zero: scored.zero
  }
  return {
    order: choice.order,
    got: budget,
    score: scoresFrom(choice.order),
    summary: {
      value: overlap.mean,
      meaning: 'Share of their choices that two example tasks have in common, on average'
    },
    tieShare: choice.tieShare,
    columns: {
      ...columnsOf(inputs, votes, choice, scored.scores, able),
      ...(isBalanced ? { group: groups.of } : {})
    },
    info,
    notes: notesFor(inputs, info, active, origin, choice.order, params)
  }
}

function sourceOf(origin: Origin): IconsInfo['labelSource'] {
  if (origin.kind === 'given') return 'gradients'
  return origin.factors.centroids.length > 0 ? 'groups' : 'labels'
}

/**
 * Whether votes are cast within labels. By itself only with the app's own head, whose gradients are
 * made from these labels (ADR 0008); gradients made elsewhere are voted on as the paper does, as
 * labels may then be missing or mean something else.
 */
function keepsMix(
  inputs: SelectionInputs,
  { combine, balance }: IconsParams,
  origin: Origin
): boolean {
  if (combine !== 'vote' || balance === 'none') return false
  if (origin.kind === 'head') return origin.factors.centroids.length === 0
  return balance === 'labels' && canKeepMix(inputs)
}

/** Facility location among tied rows, by their similarity fingerprints. */
function varietyIn(context: MethodContext, inputs: SelectionInputs, origin: Origin): PickVariety {
  const { features } = inputs
  return async (tied, need) => {
    const raw = await features.readRows(tied)
    const units = unitRows(raw, features.columns, scalingOf(origin, raw, features.columns))
    const random = context.random.fork('icons').fork('variety')
    const options = { signal: context.signal, random }
    const picks = await facilityLocation(
      context.device.tf,
      units,
      features.columns + 1,
      need,
      options
    )
    return picks.map((at) => tied[at])
  }
}

function scalingOf(origin: Origin, raw: Float32Array, columns: number): FeatureScaling {
  if (origin.kind === 'head') return origin.factors.scaling
  const all = Uint32Array.from({ length: raw.length / columns }, (_, i) => i)
  return fitScaling(raw, columns, all, 'centre')
}

/**
 * Share of the rows a task votes for. Within labels votes sort out what does not belong, so they
 * must leave room: 65 % was best or close to it on polluted pools (docs/methods/icons.md).
 */
function voteShare(params: IconsParams, budgetPercent: number, isBalanced: boolean): number {
  if (params.votePercent > 0) return params.votePercent
  return isBalanced ? Math.max(65, budgetPercent) : budgetPercent
}

function labelsOf(task: TargetTask): ReadonlySet<number> {
  return new Set(task.parts.flatMap((part) => [...part.labels]))
}
