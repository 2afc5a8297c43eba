// Where boxes and lines of a task's graph are: a layered drawing from the start down to the ends.
import dagre from '@dagrejs/dagre'
import type { DrawnGraph } from './simplify-graph.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/** Places in pixels at full size. */
export interface GraphLayout {
  readonly width: number
  readonly height: number
  /** Middle of each box. */
  readonly nodes: readonly Point[]
  /** Corners of each line, from box to box. */
  readonly edges: readonly (readonly Point[])[]
}

/** Size of every box. */
export const boxSize = { width: 168, height: 44 } as const

/** Up to this many lines all decide where boxes go; laying out takes half a minute for a tangle of 600. */
const mostDeciding = 200

/**
 * Lays a graph out. Where lines are many, the most walked line into each box decides where it goes,
 * and the others are drawn straight from box to box. The same graph gives the same drawing.
 */
export function layoutGraph({ nodes, edges }: DrawnGraph): GraphLayout {
  const deciding = decidingEdges(edges)
  const graph = new dagre.graphlib.Graph({ directed: true })
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 24,
    ranksep: 48,
    marginx: 16,
    marginy: 16,
    ranker: edges.length > mostDeciding ? 'longest-path' : 'network-simplex'
  })
  nodes.forEach((_, at) => graph.setNode(String(at), { ...boxSize }))
  // Much-walked lines are kept short and straight.
  edges.forEach(({ from, to, attempts }, at) => {
    if (deciding.has(at))
      graph.setEdge(String(from), String(to), { weight: attempts.size, minlen: 1 })
  })
  dagre.layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  const places = nodes.map((_, at) => point(graph.node(String(at))))
  return {
    width,
    height,
    nodes: places,
    edges: edges.map(({ from, to }, at) => {
      if (!deciding.has(at)) return straight(places[from], places[to])
      const { points = [] } = graph.edge(String(from), String(to))
      return points.map(point)
    })
  }
}

/** Positions of the lines that decide: all of a few; else the most walked one into each box. */
function decidingEdges(edges: DrawnGraph['edges']): ReadonlySet<number> {
  const ranked = edges
    .map(({ to, attempts }, at) => ({ to, at, weight: attempts.size }))
    .toSorted((a, b) => b.weight - a.weight || a.at - b.at)
  const reached = new Set<number>()
  return new Set(
    ranked.flatMap(({ to, at }) => {
      const isFirst = !reached.has(to)
      reached.add(to)
      return isFirst || edges.length <= mostDeciding ? [at] : []
    })
  )
}

/** From the edge of one box to the edge of another. */
function straight(from: Point, to: Point): readonly Point[] {
  if (from.y === to.y) {
    const half = from.x < to.x ? boxSize.width / 2 : -boxSize.width / 2
    return [point({ x: from.x + half, y: from.y }), point({ x: to.x - half, y: to.y })]
  }
  const half = from.y < to.y ? boxSize.height / 2 : -boxSize.height / 2
  return [point({ x: from.x, y: from.y + half }), point({ x: to.x, y: to.y - half })]
}

function point({ x = 0, y = 0 }: { x?: number; y?: number }): Point {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 }
}
