// Shortest ways in small weighted graphs: places are numbers from 0, edges have lengths.

/** One way on from a place. */
export interface PathEdge {
  readonly to: number
  /** At least 0; metres in buildings, 1 where only hops count. */
  readonly length: number
}

/** Ways on from every place; a way back must be listed as well. */
export type PathGraph = readonly (readonly PathEdge[])[]

/** Distances and the last place before each one on a shortest way from a source. */
export interface ShortestTree {
  /** Infinity where no way leads. */
  readonly distance: Float64Array
  /** -1 at the source and where no way leads. */
  readonly before: Int32Array
}

/**
 * Dijkstra's algorithm from one place, over the places that `isOpen` lets through (all without it).
 * Of equally long ways the one found first is kept, so the result depends on the order of edges only
 * where there is a tie. Takes time quadratic in the places: meant for some hundreds.
 */
export function shortestTree(
  graph: PathGraph,
  source: number,
  isOpen: (place: number) => boolean = () => true
): ShortestTree {
  const distance = new Float64Array(graph.length).fill(Infinity)
  const before = new Int32Array(graph.length).fill(-1)
  const isDone = new Uint8Array(graph.length)
  distance[source] = 0
  for (;;) {
    let nearest = -1
    for (let at = 0; at < graph.length; at++)
      if (isDone[at] === 0 && distance[at] < (nearest < 0 ? Infinity : distance[nearest]))
        nearest = at
    if (nearest < 0) return { distance, before }
    isDone[nearest] = 1
    for (const { to, length } of graph[nearest]) {
      if (!isOpen(to) || distance[nearest] + length >= distance[to]) continue
      distance[to] = distance[nearest] + length
      before[to] = nearest
    }
  }
}

/** Places of the way to `goal`, its source first; undefined when no way leads there. */
export function wayTo({ distance, before }: ShortestTree, goal: number): number[] | undefined {
  if (distance[goal] === Infinity) return undefined
  const way = [goal]
  for (let at = before[goal]; at >= 0; at = before[at]) way.push(at)
  return way.reverse()
}

/** Distances between all places, row by row. */
export function allDistances(graph: PathGraph): readonly Float64Array[] {
  return graph.map((_, source) => shortestTree(graph, source).distance)
}

/** Distance between two places. */
export type Distance = (from: number, to: number) => number

/** Length of a walk from place to place, each step as long as the shortest way. */
export function walkLength(walk: readonly number[], distance: Distance): number {
  let sum = 0
  for (let at = 1; at < walk.length; at++) sum += distance(walk[at - 1], walk[at])
  return sum
}
