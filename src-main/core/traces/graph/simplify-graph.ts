// A task's graph small enough to be drawn: rows of states with nothing between them become one box,
// and beyond 300 boxes the least visited ones become one "+n".
import type { GraphEdge, GraphNode, StateGraph } from './state-graph.ts'

/** A box of the drawing. */
export interface DrawnNode {
  /** Keys of the states it stands for, in order. */
  readonly keys: readonly string[]
  readonly label: string
  readonly kind: GraphNode['kind'] | 'rest'
  readonly attempts: ReadonlySet<number>
  readonly passes: number
  readonly value: number
  /** Attempts went on from here, and none of them passed. */
  readonly isDeadEnd: boolean
  /** Decisions that stay inside the box. */
  readonly repeats: number
}

/** A line of the drawing, by numbers of boxes. */
export interface DrawnEdge extends Omit<GraphEdge, 'from' | 'to'> {
  readonly from: number
  readonly to: number
}

export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
  /** Boxes of each attempt in order, none twice in a row. */
  readonly paths: ReadonlyMap<number, readonly number[]>
}

/** Boxes at most. */
export const mostBoxes = 300

/** Simplifies a graph. Every attempt keeps its way through it. */
export function simplifyGraph(graph: StateGraph, most = mostBoxes): DrawnGraph {
  const groups = chains(graph)
  const nodes = new Map(graph.nodes.map((node) => [node.key, node]))
  const first = (keys: readonly string[]): GraphNode => nodes.get(keys[0]) as GraphNode // keys are of nodes
  const ranked = groups
    .map((keys, order) => ({ keys, order, weight: weightOf(first(keys)) }))
    .toSorted((a, b) => b.weight - a.weight || a.order - b.order)
  const isOver = ranked.length > most
  const kept = ranked
    .slice(0, isOver ? most - 1 : most)
    .toSorted((a, b) => a.order - b.order)
    .map(({ keys }) => keys)
  const rest = isOver ? ranked.slice(most - 1).flatMap(({ keys }) => keys) : []
  const boxes = rest.length > 0 ? [...kept, rest] : kept
  const boxOf = new Map(boxes.flatMap((keys, box) => keys.map((key) => [key, box])))
  const at = (key: string): number => boxOf.get(key) as number // every key is in a box
  const edges = joinEdges(graph.edges, at)
  const repeats = boxes.map(() => 0)
  for (const { from, to, count } of graph.edges) if (at(from) === at(to)) repeats[at(from)] += count
  return {
    nodes: boxes.map((keys, box) =>
      keys === rest ? restBox(keys, nodes, repeats[box]) : boxFor(keys, first(keys), repeats[box])
    ),
    edges,
    paths: new Map(
      [...graph.paths].map(([trace, keys]) => [
        trace,
        keys.map(at).filter((box, step, all) => step === 0 || all[step - 1] !== box)
      ])
    )
  }
}

function weightOf({ kind, attempts }: GraphNode): number {
  return kind === 'state' ? attempts.size : Infinity
}

function boxFor(keys: readonly string[], node: GraphNode, repeats: number): DrawnNode {
  const { kind, attempts, passes, value, label } = node
  const more = keys.length > 1 ? ` +${keys.length - 1}` : ''
  const isDeadEnd = kind === 'state' && passes === 0
  return { keys, label: label + more, kind, attempts, passes, value, isDeadEnd, repeats }
}

function restBox(
  keys: readonly string[],
  nodes: ReadonlyMap<string, GraphNode>,
  repeats: number
): DrawnNode {
  const states = keys.flatMap((key) => nodes.get(key) ?? [])
  const attempts = new Set(states.flatMap((node) => [...node.attempts]))
  const visits = states.reduce((sum, node) => sum + node.attempts.size, 0)
  const value = states.reduce((sum, node) => sum + node.value * node.attempts.size, 0) / visits
  const passes = states.reduce((sum, node) => Math.max(sum, node.passes), 0)
  const isDeadEnd = states.every((node) => node.passes === 0)
  return {
    keys,
    label: `+${keys.length}`,
    kind: 'rest',
    attempts,
    passes,
    value,
    isDeadEnd,
    repeats
  }
}

/** States in rows: a state that has one way on, to a state that has one way in, goes with it. */
function chains({ nodes, edges }: StateGraph): string[][] {
  const ways = edges.filter(({ from, to }) => from !== to)
  const out = new Map<string, string[]>()
  const into = new Map<string, string[]>()
  for (const { from, to } of ways) {
    out.set(from, [...(out.get(from) ?? []), to])
    into.set(to, [...(into.get(to) ?? []), from])
  }
  const kinds = new Map(nodes.map(({ key, kind }) => [key, kind]))
  const follows = (from: string): string | undefined => {
    const next = out.get(from)
    if (next?.length !== 1 || into.get(next[0])?.length !== 1) return undefined
    return kinds.get(from) === 'state' && kinds.get(next[0]) === 'state' ? next[0] : undefined
  }
  const isInside = new Set(nodes.flatMap(({ key }) => follows(key) ?? []))
  const done = new Set<string>()
  const rows: string[][] = []
  const walk = (key: string): void => {
    const row: string[] = []
    for (let at: string | undefined = key; at !== undefined && !done.has(at); at = follows(at)) {
      row.push(at)
      done.add(at)
    }
    if (row.length > 0) rows.push(row)
  }
  for (const { key } of nodes) if (!isInside.has(key)) walk(key)
  // What is left goes round in a circle that nothing leads into.
  for (const { key } of nodes) walk(key)
  return rows
}

function joinEdges(edges: readonly GraphEdge[], at: (key: string) => number): DrawnEdge[] {
  const joined = new Map<string, DrawnEdge>()
  for (const edge of edges) {
    const [from, to] = [at(edge.from), at(edge.to)]
    if (from === to) continue
    const id = `${from} ${to}`
    const known = joined.get(id)
    const all = known === undefined ? edge.actions : [...known.actions, ...edge.actions]
    joined.set(id, {
      from,
      to,
      count: edge.count + (known?.count ?? 0),
      attempts: new Set([...edge.attempts, ...(known?.attempts ?? [])]),
      passes: Math.max(edge.passes, known?.passes ?? 0),
      actions: all.toSorted((a, b) => b.count - a.count)
    })
  }
  return [...joined.values()]
}
