// Compute task: the graph of a task and scores of its attempts' decisions, in a thread with a
// connection of its own. Attempts are read one by one; only their walks are kept.
import type {
  GraphBox,
  GraphLine,
  TraceGraph,
  TracePlausibility
} from '../../../api/dto/trace-graphs.ts'
import { AppError } from '../../../api/errors.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { openTraceReader } from '../../store/trace-reader.ts'
import { loadTrace, requireSet, type TraceSource } from '../stored/load-trace.ts'
import { boxSize, layoutGraph } from './layout-graph.ts'
import { mostBoxes, simplifyGraph } from './simplify-graph.ts'
import { buildStateGraph } from './state-graph.ts'
import {
  chooseAbstraction,
  draftWalk,
  type Abstraction,
  type StateWalk,
  type WalkDraft
} from './state-keys.ts'
import { judgeTask } from './trust.ts'

export interface GraphInput {
  /** The project file. */
  readonly path: string
  readonly set: string
  readonly task: string
}

export interface PlausibilityInput {
  /** The project file. */
  readonly path: string
  readonly trace: number
}

/** Attempts at a task that are looked at. */
const mostAttempts = 2000
/** Attempts and actions that a box or a line lists. */
const mostListed = 200
const mostActions = 12
/** Redraws of the bootstrap are the same every time. */
const seed = 1

/** Draws the graph of a task. Fails with "item-not-found" when the set has no attempt at it. */
export const traceGraphTask: ComputeTask<GraphInput, never, TraceGraph> = {
  name: 'traces.graph',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, set, task }, { signal }) {
    const reader = openTraceReader(path)
    try {
      return drawTask(await readTask(reader, set, task, signal), task, signal)
    } finally {
      reader.close()
    }
  }
}

/** Scores the decisions of one attempt by the other attempts at its task. */
export const plausibilityTask: ComputeTask<PlausibilityInput, never, TracePlausibility> = {
  name: 'traces.plausibility',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, trace }, { signal }) {
    const reader = openTraceReader(path)
    try {
      const own = loadTrace(reader, trace)
      const read = await readTask(reader, own.set, own.task.key, signal)
      const { trust, steps } = judgeTask(read.walks, read.goal, seed, signal)
      return { trust, steps: trust.isTrusted ? [...(steps.get(trace) ?? [])] : [] }
    } finally {
      reader.close()
    }
  }
}

interface ReadTask {
  readonly goal: string
  readonly states: Abstraction
  readonly walks: readonly StateWalk[]
  readonly attempts: readonly {
    readonly trace: number
    readonly name: string
    readonly trial: number
    readonly outcome: StateWalk['outcome']
  }[]
  readonly leftOut: number
}

async function readTask(
  reader: TraceSource,
  set: string,
  task: string,
  signal: AbortSignal
): Promise<ReadTask> {
  requireSet(reader, set)
  const all = reader.traces.attempts(set, task)
  if (all.length === 0)
    throw new AppError('item-not-found', 'This set of traces has no attempt at this task.')
  const drafts: WalkDraft[] = []
  const attempts: ReadTask['attempts'][number][] = []
  let goal = ''
  for (const number of all.slice(0, mostAttempts)) {
    signal.throwIfAborted()
    const trace = loadTrace(reader, number)
    goal ||= trace.task.goal
    drafts.push(draftWalk(trace, number))
    const { id: name, trial, outcome } = trace
    attempts.push({ trace: number, name, trial, outcome })
    await letMessagesIn()
  }
  const states = chooseAbstraction(drafts)
  const walks = drafts.map((draft) => draft.walks[states])
  return { goal, states, walks, attempts, leftOut: Math.max(0, all.length - mostAttempts) }
}

/** The answer for a task that was read. */
export function drawTask(read: ReadTask, task: string, signal: AbortSignal): TraceGraph {
  const graph = buildStateGraph(read.walks)
  const drawn = simplifyGraph(graph, mostBoxes)
  const layout = layoutGraph(drawn)
  const { trust } = judgeTask(read.walks, read.goal, seed, signal)
  return {
    task,
    goal: read.goal,
    states: read.states,
    allStates: graph.nodes.filter(({ kind }) => kind === 'state' || kind === 'start').length,
    width: layout.width,
    height: layout.height,
    box: boxSize,
    boxes: drawn.nodes.map((node, at): GraphBox => ({
      label: node.label,
      kind: node.kind,
      states: node.keys.length,
      visits: node.attempts.size,
      passes: node.passes,
      attempts: listed(node.attempts),
      value01: node.value,
      isDeadEnd: node.isDeadEnd,
      repeats: node.repeats,
      at: layout.nodes[at]
    })),
    lines: drawn.edges.map((edge, at): GraphLine => ({
      from: edge.from,
      to: edge.to,
      count: edge.count,
      visits: edge.attempts.size,
      passes: edge.passes,
      attempts: listed(edge.attempts),
      actions: edge.actions
        .slice(0, mostActions)
        .map(({ label, count, passes }) => ({ label, count, passes })),
      kinds: edge.actions.length,
      points: [...layout.edges[at]]
    })),
    paths: read.attempts.map((attempt) => ({
      ...attempt,
      boxes: [...(drawn.paths.get(attempt.trace) ?? [])]
    })),
    leftOut: read.leftOut,
    trust
  }
}

function listed(attempts: ReadonlySet<number>): number[] {
  return [...attempts].slice(0, mostListed)
}
