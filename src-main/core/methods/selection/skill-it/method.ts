// Skill-It: a graph of which source helps which is learned from helper models, then a helper model is
// trained while the mixture follows the losses through that graph; its mean mixture gives the shares.
import { z } from 'zod'
import {
  defineMethod,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs
} from '../../method.ts'
import { assumedSources, probeEstimate } from '../../mixtures/estimate.ts'
import { finishLearned, toldMeasures } from '../../mixtures/finish.ts'
import { checkRounds, noCheck, type FreshCheck, type Trial } from '../../mixtures/fresh-check.ts'
import { batchRows, carryOn, drawMix, emptyHead, joined } from '../../mixtures/helper-models.ts'
import { aimAtParam, stepsParam } from '../../mixtures/params.ts'
import type { ProbeData } from '../../mixtures/probe-data.ts'
import { keep, kept, meanShares, measureFactors, stepProgress } from '../../mixtures/probe-run.ts'
import { explainBySource } from '../../mixtures/result.ts'
import { withTrial } from '../../mixtures/trial.ts'
import { skillItCard } from './card.ts'
import {
  edgeRules,
  graphOfSources,
  graphOfTasks,
  skillWeights,
  type Drops,
  type SkillGraph
} from './graph.ts'

/** Step of the helper models in units of 1 / mean squared row length. */
const rate = 0.5

const params = z.object({
  aimAt: aimAtParam,
  edges: z
    .enum(edgeRules)
    .default('half')
    .meta({
      title: 'Strength of an edge',
      description:
        'half: every edge counts 0.5, as published. learned: as much as the loss falls further, as a share. ' +
        'With example tasks edges are always learned.'
    }),
  repeats: z.int().min(1).max(10).default(3).meta({
    title: 'Repeats of the graph',
    description: 'Every pair of sources is tried so often; an edge must show beyond the spread.'
  }),
  graphSteps: stepsParam(
    'Steps per pair',
    'Each helper model of the graph learns for so many steps of 32 items.',
    40
  ),
  rounds: z.int().min(1).max(50).default(6).meta({
    title: 'Rounds',
    description: 'The mixture is changed so often while the helper model learns.'
  }),
  roundSteps: stepsParam('Steps per round', 'Steps of 32 items between two changes.', 40),
  eta: z.number().gt(0).max(5).default(0.5).meta({
    title: 'Strength',
    description:
      'How strongly the mixture follows the losses. The paper used 0.5 and 0.2 for different data.'
  }),
  window: z.int().min(1).max(10).default(3).meta({
    title: 'Evaluations looked back on',
    description: 'The losses of so many last evaluations count.'
  })
})
type SkillItParams = z.output<typeof params>

interface State {
  /** Losses of the helper models of the graph, in the order of {@link probesOf}. */
  readonly graph: number[][]
  /** Losses after every round. */
  readonly losses: number[][]
  readonly check: FreshCheck
}

/** A helper model of the graph: sources it learns from in equal parts. */
interface Probe {
  readonly repeat: number
  readonly from: readonly number[]
}

function probesOf(sources: number, repeats: number, hasPairs: boolean): Probe[] {
  const all = Array.from({ length: sources }, (_, i) => i)
  const alone = all.map((i) => [i])
  const pairs = hasPairs ? all.flatMap((i) => all.slice(i + 1).map((j) => [i, j])) : []
  return Array.from({ length: repeats }, (_, repeat) =>
    [...alone, ...pairs].map((from) => ({ repeat, from }))
  ).flat()
}

/** Falls of the losses from those of a head that has learned nothing. */
function dropsOf(probes: readonly Probe[], losses: readonly number[][], start: number[]): Drops {
  const alone: number[][][] = []
  const pairs: number[][][][] = []
  probes.forEach(({ repeat, from }, at) => {
    const fall = losses[at].map((loss, m) => start[m] - loss)
    const [i, j] = from
    if (j === undefined) (alone[repeat] ??= [])[i] = fall
    else ((pairs[repeat] ??= [])[i] ??= [])[j] = fall
  })
  return { alone, pairs }
}

/** Trains the helper models of the graph; fills the state. */
async function* tryPairs(
  { device, signal, random }: MethodContext,
  rows: number,
  { graphSteps }: SkillItParams,
  { data, meter }: Trial,
  probes: readonly Probe[],
  total: number,
  state: State
): AsyncGenerator<MethodProgress, void, void> {
  const start = emptyHead(data)
  for (let at = state.graph.length; at < probes.length; at++) {
    const { repeat, from } = probes[at]
    const lot = random.fork(`graph ${repeat} ${from.join(' ')}`)
    const shares = data.sources.map((_, i) => (from.includes(i) ? 1 / from.length : 0))
    const drawn = drawMix(data, shares, graphSteps * batchRows, lot)
    state.graph.push(await meter.losses(await carryOn(device.tf, data, start, drawn, rate, signal)))
    yield stepProgress(rows, at + 1, total, joined(data, state.graph[at]), keep('graph', state))
  }
}

/** Steps of progress before the rounds, and in all. */
interface Progress {
  readonly before: number
  readonly total: number
}

/** Trains in rounds on the mixtures of `mixAt`; fills the state and hands back the head. */
async function* learnRounds(
  { device, signal, random, resume }: MethodContext,
  rows: number,
  { rounds, roundSteps }: SkillItParams,
  { data, meter }: Trial,
  mixAt: (round: number) => number[],
  { before, total }: Progress,
  state: State
): AsyncGenerator<MethodProgress, Float32Array, void> {
  // A checkpoint of this method holds the head under this name.
  let head = (resume?.arrays['head'] as Float32Array | undefined) ?? emptyHead(data)
  for (let round = state.losses.length; round < rounds; round++) {
    const lot = random.fork(`round ${round}`)
    const drawn = drawMix(data, mixAt(round), roundSteps * batchRows, lot)
    head = await carryOn(device.tf, data, head, drawn, rate, signal)
    const now = await meter.losses(head)
    state.losses.push(now)
    const checkpoint = keep('rounds', state, { head })
    yield stepProgress(rows, before + round + 1, total, joined(data, now), checkpoint)
  }
  return head
}

async function* runSkillIt(
  context: MethodContext,
  inputs: SelectionInputs,
  chosen: SkillItParams,
  trial: Trial
): AsyncGenerator<MethodProgress, Selection, void> {
  const { data, meter } = trial
  const { resume } = context
  const { rows } = inputs.features
  const state: State =
    resume === undefined ? { graph: [], losses: [], check: noCheck } : kept<State>(resume)
  const isTask = data.measures[0].kind === 'task'
  const probes = probesOf(data.sources.length, chosen.repeats, !isTask)
  const steps = probes.length + chosen.rounds
  const total = steps + checkRounds
  yield* tryPairs(context, rows, chosen, trial, probes, total, state)
  const drops = dropsOf(probes, state.graph, await meter.losses(emptyHead(data)))
  const graph = isTask
    ? graphOfTasks(drops, data.measures.length)
    : graphOfSources(drops, chosen.edges)
  const mixAt = mixing(graph, data, chosen, isTask, state.losses)
  const progress: Progress = { before: probes.length, total }
  const head = yield* learnRounds(context, rows, chosen, trial, mixAt, progress, state)
  const { losses } = state
  const history = losses.map((_, round) => mixAt(round))
  return yield* finishLearned(context, inputs, trial, {
    shares: meanShares(history),
    summary: {
      value: joined(data, losses[losses.length - 1]),
      meaning: 'Loss of the helper model at the end; lower is better'
    },
    details: { measures: toldMeasures(trial), graph, history, losses },
    notes: graphNotes(graph, isTask),
    state,
    arrays: { head },
    steps
  })
}

/** The mixture of every round, from the losses after the rounds before it. */
function mixing(
  graph: SkillGraph,
  data: ProbeData,
  { eta, window, aimAt }: SkillItParams,
  isTask: boolean,
  losses: readonly (readonly number[])[]
): (round: number) => number[] {
  const factors = measureFactors(data)
  // The published code starts from losses of 1, and averages the window where there are targets.
  const isMean = isTask || aimAt.trim() !== ''
  return (round) => {
    const seen =
      round === 0 ? [factors.map(() => 1)] : losses.slice(Math.max(0, round - window), round)
    return skillWeights(graph, seen, factors, eta, isMean)
  }
}

/** The paper's own warning: a graph without edges, or with all of them, tells sources apart no more. */
function graphNotes(graph: readonly (readonly number[])[], isTask: boolean): string[] {
  if (isTask) return []
  const edges = graph.flatMap((row, i) => row.filter((edge, j) => i !== j && edge > 0)).length
  const most = graph.length * (graph.length - 1)
  if (edges === 0)
    return ['No source was found to help another, so the shares follow the losses alone.']
  if (edges === most)
    return ['Every source was found to help every other, so the graph does not tell them apart.']
  return [`${edges} of ${most} possible edges were found: learning from one source helps another.`]
}

export default defineMethod({
  id: 'skill-it',
  family: 'selection',
  version: 1,
  card: skillItCard,
  params,
  inputs: { labels: true, tasks: 'if-given', sources: true },
  estimate(shape, { repeats, graphSteps, rounds, roundSteps }) {
    const pairs = shape.tasks > 0 ? 0 : (assumedSources * (assumedSources - 1)) / 2
    const probes = repeats * (assumedSources + pairs)
    const steps = probes * graphSteps + rounds * roundSteps + 3 * checkRounds * 100
    const why = `About ${probes} helper models if there are ${assumedSources} sources; the number grows with the square of the sources.`
    return probeEstimate(shape, steps, probes + rounds, why)
  },
  run: (context, inputs, chosen) =>
    withTrial(context, inputs, chosen.aimAt, (trial) => runSkillIt(context, inputs, chosen, trial)),
  explain: explainBySource
})
