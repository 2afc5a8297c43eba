// Teaches a planner by imitation on its own walks: it walks by its policy ("student forcing"), the
// teacher says at every decision what would have been right, and a leash keeps it near the expert.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { createRandom, type Random } from '../../../compute/random.ts'
import { actionOf, EvolvingGraph, type PlanAction } from './evolving-graph.ts'
import type { PlanTask, TaughtTask } from './plan-task.ts'
import {
  createPlanner,
  type Planner,
  type PlanExample,
  type PlannerState,
  type PlanScores
} from './planner.ts'
import { plannerStart, usualSize, type PlannerSize } from './planner-parameters.ts'
import { teacherNode, type TeacherRule } from './teachers.ts'

/** How a planner is taught. */
export interface PlannerTraining {
  readonly size: PlannerSize
  readonly rule: TeacherRule
  /** Hops off the expert's way at which the teacher's choice is taken instead of the planner's. */
  readonly leash: number
  /** Decisions of one walk at most. */
  readonly decisions: number
  /** Walks that are made before what they taught is learned. */
  readonly walks: number
  /** How often walks are made. */
  readonly rounds: number
  /** Decisions of one step of Adam. */
  readonly batch: number
  readonly rate: number
  readonly seed: number
}

export const usualTraining: PlannerTraining = {
  size: usualSize,
  rule: 'furthest',
  leash: 2,
  decisions: 20,
  walks: 32,
  rounds: 30,
  batch: 16,
  rate: 1e-3,
  seed: 1
}

/** Tells how training goes, after each round. */
export interface TrainingNews {
  readonly round: number
  /** Mean loss of the round's decisions, in nats. */
  readonly loss: number
  /** Share of decisions at which the planner's likeliest choice was the teacher's. */
  readonly agreement01: number
}

/** Where training stands between two rounds. */
export interface TrainingState extends PlannerState {
  /** Rounds that are done. */
  readonly rounds: number
}

/** News of a round, and what training goes on from after it. */
export interface TrainedRound extends TrainingNews {
  state(): TrainingState
}

/**
 * Trains a planner on tasks drawn by `draw(random)`, round by round; `from` goes on after the rounds of
 * an earlier start and gives the same bits on the same device. `enableGradients` comes first. A caller
 * that ends early leaves nothing on the device.
 */
export function* trainRounds(
  tf: TensorFlow,
  training: PlannerTraining,
  draw: (random: Random) => TaughtTask,
  from?: TrainingState
): Generator<TrainedRound, Planner, void> {
  const random = createRandom(training.seed)
  const probe = draw(random.fork('columns'))
  const columns = { columns: probe.look(probe.start).stay.length + 1, goal: probe.goal.length + 1 }
  const start = from ?? {
    parameters: plannerStart(training.size, columns, random.fork('weights'))
  }
  const planner = createPlanner(tf, training.size, columns, start)
  let isKept = false
  try {
    for (let round = from?.rounds ?? 0; round < training.rounds; round++) {
      const stream = random.fork(`round ${round}`)
      const tasks = Array.from({ length: training.walks }, () => draw(stream))
      const { examples, agreed } = collect(planner, tasks, training, stream)
      // Down to a tenth of the rate, along a half cosine.
      const share = 0.55 + 0.45 * Math.cos((Math.PI * round) / training.rounds)
      const losses = batchesOf(examples, training.batch, stream).map((batch) =>
        planner.learn(batch, training.rate * share)
      )
      const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length
      const agreement01 = agreed / examples.length
      const state = (): TrainingState => ({ ...planner.state(), rounds: round + 1 })
      yield { round, loss, agreement01, state }
    }
    isKept = true
    return planner
  } finally {
    if (!isKept) planner.dispose()
  }
}

/**
 * Trains a planner in one go. Stops between rounds when the signal is aborted. The same seed gives the
 * same planner on the same device.
 */
export function trainPlanner(
  tf: TensorFlow,
  training: PlannerTraining,
  draw: (random: Random) => TaughtTask,
  signal: AbortSignal,
  onRound?: (news: TrainingNews) => void
): Planner {
  const rounds = trainRounds(tf, training, draw)
  for (;;) {
    if (signal.aborted) {
      rounds.return(undefined as never) // it has nothing to return yet
      signal.throwIfAborted()
    }
    const next = rounds.next()
    if (next.done === true) return next.value
    const { round, loss, agreement01 } = next.value
    onRound?.({ round, loss, agreement01 })
  }
}

/** Walks all tasks beside each other and notes what the teacher says at each decision. */
function collect(
  planner: Planner,
  tasks: readonly TaughtTask[],
  training: PlannerTraining,
  random: Random
): { examples: PlanExample[]; agreed: number } {
  const examples: PlanExample[] = []
  let agreed = 0
  let open = tasks.map((task) => ({
    task,
    graph: new EvolvingGraph(task, training.decisions),
    forced: new Set(task.expert)
  }))
  for (let made = 0; made < training.decisions && open.length > 0; made++) {
    const states = open.map(({ graph, forced }) => graph.state(forced))
    const scores = planner.score(states)
    open = open.filter(({ task, graph }, at) => {
      const state = states[at]
      freezeScores(graph, state.nodes, scores[at])
      const target = teacherNode(training.rule, graph, state, task)
      examples.push({ state, target })
      const { logits } = scores[at]
      if (likeliest(logits) === target) agreed++
      const isOnLeash = task.hopsOff(graph.current) >= training.leash
      const drawn = isOnLeash ? target : sampleNode(logits, random)
      // Stopping where the teacher would not teaches nothing more: its choice is taken instead.
      const chosen = state.nodes[drawn].kind === 'stop' ? target : drawn
      const action = actionAt(state.nodes, chosen)
      graph.take(action)
      return action.kind === 'go'
    })
  }
  return { examples, agreed }
}

/** Decisions of like size together, so that little is filled up; batches in random order. */
function batchesOf(
  examples: readonly PlanExample[],
  size: number,
  random: Random
): PlanExample[][] {
  const mixed = Array.from(random.sample(examples.length, examples.length), (at) => examples[at])
  const bySize = mixed.sort((a, b) => a.state.edges.length - b.state.edges.length)
  const batches: PlanExample[][] = []
  // The last batch is as large as the others: it shares decisions with the one before.
  for (let from = 0; from < bySize.length; from += size)
    batches.push(bySize.slice(Math.max(0, Math.min(from, bySize.length - size)), from + size))
  return Array.from(random.sample(batches.length, batches.length), (at) => batches[at])
}

/** How a walk of a trained planner went. */
export interface PlannedWalk {
  readonly walk: readonly number[]
  readonly decisions: number
  /** False when the limit of decisions ended it. */
  readonly hasStopped: boolean
}

/** Walks tasks by the likeliest choice each time; the teacher has no say here. */
export function walkTasks(
  planner: Planner,
  tasks: readonly PlanTask[],
  limit: number
): PlannedWalk[] {
  const graphs = tasks.map((task) => ({
    graph: new EvolvingGraph(task, limit),
    hasStopped: false
  }))
  for (let made = 0; made < limit; made++) {
    const open = graphs.filter(({ hasStopped }) => !hasStopped)
    const states = open.map(({ graph }) => graph.state())
    const scores = planner.score(states)
    open.forEach((entry, at) => {
      const { nodes } = states[at]
      freezeScores(entry.graph, nodes, scores[at])
      const action = actionAt(nodes, likeliest(scores[at].logits))
      entry.graph.take(action)
      entry.hasStopped = action.kind === 'stop'
    })
  }
  return graphs.map(({ graph, hasStopped }) => ({
    walk: graph.walk,
    decisions: graph.decisions,
    hasStopped
  }))
}

function freezeScores(
  graph: EvolvingGraph,
  nodes: readonly { readonly kind: string; readonly place: number }[],
  { local }: PlanScores
): void {
  if (!graph.isNew) return
  const scores = new Map<number, number>()
  nodes.forEach(({ kind, place }, at) => {
    if (kind === 'go') scores.set(place, local[at])
  })
  // Ways to places that were visited before are no actions.
  graph.freeze((place) => scores.get(place) ?? -Infinity)
}

function actionAt(nodes: readonly Parameters<typeof actionOf>[0][], at: number): PlanAction {
  const action = actionOf(nodes[at])
  if (action === undefined) throw new RangeError('a visited place was chosen as an action')
  return action
}

/** Probabilities of the nodes; 0 for what is no action. */
export function probabilities(logits: Float32Array): Float64Array {
  const most = logits.reduce((largest, value) => Math.max(largest, value), -Infinity)
  const parts = Float64Array.from(logits, (value) => Math.exp(value - most))
  const sum = parts.reduce((total, value) => total + value, 0)
  return parts.map((value) => value / sum)
}

function likeliest(logits: Float32Array): number {
  return logits.reduce((best, value, at) => (value > logits[best] ? at : best), 0)
}

function sampleNode(logits: Float32Array, random: Random): number {
  const shares = probabilities(logits)
  let left = random.uniform()
  for (let at = 0; at < shares.length; at++) {
    left -= shares[at]
    if (left < 0) return at
  }
  return likeliest(logits)
}
