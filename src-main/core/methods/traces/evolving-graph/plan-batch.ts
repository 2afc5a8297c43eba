// Graphs of several decisions as arrays of one size, filled up with nothing: what the network reads.
import type { PlanState } from './evolving-graph.ts'

/** Sizes of the arrays. */
export interface BatchShape {
  readonly graphs: number
  readonly nodes: number
  readonly edges: number
  /** Views of one node. */
  readonly views: number
  /** Columns of a view: those of the task and one for "this is a stop". */
  readonly columns: number
  /** Numbers of the goal and one for progress. */
  readonly goal: number
}

/** Names of the arrays in the order the network takes them. */
export const batchParts = [
  'views',
  'viewMask',
  'flags',
  'nodeMask',
  'actionMask',
  'edgeFeatures',
  'sources',
  'targets',
  'relations',
  'goal'
] as const
export type BatchPart = (typeof batchParts)[number]

/** visited, is the start, is the current place */
export const flagCount = 3
/** Kinds of edges between nodes. */
export const relationCount = 2

/** Sides of each array. */
export function batchSides(shape: BatchShape): Readonly<Record<BatchPart, readonly number[]>> {
  const { graphs, nodes, edges, views, columns, goal } = shape
  return {
    views: [graphs, nodes, views, columns],
    viewMask: [graphs, nodes, views],
    flags: [graphs, nodes, flagCount],
    nodeMask: [graphs, nodes],
    actionMask: [graphs, nodes],
    edgeFeatures: [graphs, edges, columns],
    sources: [graphs, nodes, edges],
    targets: [graphs, nodes, edges],
    relations: [graphs, edges, relationCount],
    goal: [graphs, goal]
  }
}

export type BatchArrays = Readonly<Record<BatchPart, Float32Array>>

/** Sizes that hold these graphs, rounded up so that few different ones occur. */
export function shapeFor(states: readonly PlanState[], graphs = states.length): BatchShape {
  const most = (count: (state: PlanState) => number, step: number): number =>
    Math.ceil(Math.max(1, ...states.map(count)) / step) * step
  const [first] = states
  return {
    graphs,
    nodes: most(({ nodes }) => nodes.length, 16),
    edges: most(({ edges }) => edges.length, 32),
    views: most(({ nodes }) => Math.max(...nodes.map(({ views }) => views.length)), 4),
    columns: first.edges[0].features.length + 1,
    goal: first.goal.length + 1
  }
}

/** Fills arrays of `shape`. Throws a RangeError when a graph does not fit. */
export function packStates(states: readonly PlanState[], shape: BatchShape): BatchArrays {
  const sides = batchSides(shape)
  const made = (part: BatchPart): Float32Array =>
    new Float32Array(sides[part].reduce((product, side) => product * side, 1))
  const arrays: BatchArrays = {
    views: made('views'),
    viewMask: made('viewMask'),
    flags: made('flags'),
    nodeMask: made('nodeMask'),
    actionMask: made('actionMask'),
    edgeFeatures: made('edgeFeatures'),
    sources: made('sources'),
    targets: made('targets'),
    relations: made('relations'),
    goal: made('goal')
  }
  if (states.length > shape.graphs) throw new RangeError('more graphs than the batch holds')
  states.forEach((state, graph) => {
    if (state.nodes.length > shape.nodes || state.edges.length > shape.edges)
      throw new RangeError('a graph is larger than the batch allows')
    packNodes(state, graph, shape, arrays)
    packEdges(state, graph, shape, arrays)
    arrays.goal.set(state.goal, graph * shape.goal)
    arrays.goal[(graph + 1) * shape.goal - 1] = state.progress
  })
  return arrays
}

function packNodes(
  { nodes, edges }: PlanState,
  graph: number,
  shape: BatchShape,
  arrays: BatchArrays
): void {
  // A node that nothing leads to or from takes no part: adding one changes nothing.
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]))
  nodes.forEach(({ kind, isStart, isCurrent, views }, at) => {
    const node = graph * shape.nodes + at
    if (!joined.has(at)) return
    if (views.length > shape.views) throw new RangeError('a node has more views than fit')
    arrays.nodeMask[node] = 1
    arrays.actionMask[node] = kind === 'visited' ? 0 : 1
    const flags = [kind === 'visited', isStart, isCurrent]
    flags.forEach((flag, k) => (arrays.flags[node * flagCount + k] = flag ? 1 : 0))
    views.forEach((features, k) => {
      const view = node * shape.views + k
      arrays.viewMask[view] = 1
      packView(arrays.views, view, features, kind === 'stop', shape)
    })
  })
}

function packEdges(
  { nodes, edges }: PlanState,
  graph: number,
  shape: BatchShape,
  arrays: BatchArrays
): void {
  edges.forEach(({ from, to, relation, features }, k) => {
    const edge = graph * shape.edges + k
    const row = (node: number): number => (graph * shape.nodes + node) * shape.edges + k
    arrays.sources[row(from)] = 1
    arrays.targets[row(to)] = 1
    arrays.relations[edge * relationCount + relation - 1] = 1
    packView(arrays.edgeFeatures, edge, features, nodes[to].kind === 'stop', shape)
  })
}

function packView(
  into: Float32Array,
  at: number,
  features: Float32Array,
  isStop: boolean,
  { columns }: BatchShape
): void {
  if (features.length !== columns - 1) throw new RangeError('views differ in their columns')
  into.set(features, at * columns)
  into[(at + 1) * columns - 1] = isStop ? 1 : 0
}
