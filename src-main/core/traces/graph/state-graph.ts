// All attempts at a task laid over each other: states as nodes, decisions as edges, with how many
// attempts went there and how many of these passed (the growing graph of Deng et al. 2020, made of logs).
import { placeValue } from '../first-wrong/prefix-tree.ts'
import type { StateWalk } from './state-keys.ts'

/** A state that attempts went through. */
export interface GraphNode {
  readonly key: string
  readonly label: string
  readonly kind: 'start' | 'state' | 'pass' | 'fail' | 'other'
  /** Attempts through it. */
  readonly attempts: ReadonlySet<number>
  /** Of these, how many passed. */
  readonly passes: number
  /** Share of attempts through it that passed, drawn towards that of the task, 0..1. */
  readonly value: number
}

/** What leads from one state to another. */
export interface GraphEdge {
  readonly from: string
  readonly to: string
  /** How often it was gone. */
  readonly count: number
  readonly attempts: ReadonlySet<number>
  readonly passes: number
  /** Decisions that lead there, most frequent first. */
  readonly actions: readonly {
    readonly key: string
    readonly label: string
    readonly count: number
    readonly passes: number
  }[]
}

export interface StateGraph {
  /** In the order in which attempts first come to them. */
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Share of attempts that passed. */
  readonly prior: number
  /** States of each attempt in order, its end node last. */
  readonly paths: ReadonlyMap<number, readonly string[]>
}

/** Keys of the nodes in which attempts end. */
export const endKeys = { pass: 'end:pass', fail: 'end:fail', other: 'end:other' } as const
const endLabels = { pass: 'Passed', fail: 'Failed', other: 'Ended otherwise' } as const

/** Merges walks. Moves that leave the state as it is are edges to itself. */
export function buildStateGraph(walks: readonly StateWalk[]): StateGraph {
  const passed = new Set(walks.flatMap(({ trace, outcome }) => (outcome === 'pass' ? [trace] : [])))
  const prior = walks.length === 0 ? 0 : passed.size / walks.length
  const nodes = new Map<string, { label: string; kind: GraphNode['kind']; attempts: Set<number> }>()
  const edges = new Map<string, EdgeCount>()
  const paths = new Map<number, string[]>()
  const starts = new Set(walks.map(({ start }) => start))
  for (const walk of walks) {
    const { trace, labels } = walk
    const visit = (key: string, label: string, kind: GraphNode['kind']): void => {
      const node = nodes.get(key) ?? { label, kind, attempts: new Set<number>() }
      nodes.set(key, node)
      node.attempts.add(trace)
    }
    const state = (key: string): void =>
      visit(key, labels.get(key) ?? key, starts.has(key) ? 'start' : 'state')
    const go = (from: string, to: string, action: string, label: string): void => {
      const id = `${from}\u0000${to}`
      const edge = edges.get(id) ?? newEdge(from, to)
      edges.set(id, edge)
      countMove(edge, trace, passed.has(trace), action, label)
    }
    state(walk.start)
    for (const { from, to, action, label } of walk.moves) {
      state(to)
      go(from, to, action, label)
    }
    const end = walk.outcome === 'pass' || walk.outcome === 'fail' ? walk.outcome : 'other'
    visit(endKeys[end], endLabels[end], end)
    go(walk.end, endKeys[end], 'end', 'The attempt ends')
    paths.set(trace, [walk.start, ...walk.moves.map(({ to }) => to), endKeys[end]])
  }
  const passesOf = (attempts: ReadonlySet<number>): number =>
    [...attempts].filter((trace) => passed.has(trace)).length
  return {
    nodes: [...nodes].map(([key, { label, kind, attempts }]) => {
      const passes = passesOf(attempts)
      return { key, label, kind, attempts, passes, value: placeValue(passes, attempts.size, prior) }
    }),
    edges: [...edges.values()].map(({ actions, ...edge }) => ({
      ...edge,
      passes: passesOf(edge.attempts),
      actions: [...actions]
        .map(([key, action]) => ({ key, ...action }))
        .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
    })),
    prior,
    paths
  }
}

interface EdgeCount {
  readonly from: string
  readonly to: string
  count: number
  readonly attempts: Set<number>
  readonly actions: Map<string, { label: string; count: number; passes: number }>
}

function newEdge(from: string, to: string): EdgeCount {
  return { from, to, count: 0, attempts: new Set(), actions: new Map() }
}

function countMove(
  edge: EdgeCount,
  trace: number,
  isPass: boolean,
  key: string,
  label: string
): void {
  edge.count++
  edge.attempts.add(trace)
  const action = edge.actions.get(key) ?? { label, count: 0, passes: 0 }
  edge.actions.set(key, action)
  action.count++
  if (isPass) action.passes++
}
