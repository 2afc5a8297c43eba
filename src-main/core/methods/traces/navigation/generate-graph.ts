// Made-up buildings to find one's way in: rooms on a shifted grid joined like a maze with a few loops,
// so that walking straight at a goal ends in dead ends and behind walls.
import type { Random } from '../../../compute/random.ts'
import { shortestTree, wayTo } from '../../../traces/paths/path-graph.ts'
import { metresBetween, type NavigationGraph, type Viewpoint } from './navigation-graph.ts'

/** How a building is made. */
export interface BuildingRules {
  readonly columns: number
  readonly rows: number
  /** Metres between rooms before they are shifted. */
  readonly spacing: number
  /** Share of the walls left by the maze that get a door: loops. */
  readonly loops01: number
  /** Share of rooms taken out, with what they would have joined. */
  readonly gaps01: number
}

export const usualBuilding: BuildingRules = {
  columns: 8,
  rows: 6,
  spacing: 2.5,
  loops01: 0.15,
  gaps01: 0.1
}

/** A building of its largest connected part; the same random stream gives the same one. */
export function generateBuilding(
  scan: string,
  rules: BuildingRules,
  random: Random
): NavigationGraph {
  const { columns, rows, spacing } = rules
  const count = columns * rows
  const isRoom = Array.from({ length: count }, () => random.uniform() >= rules.gaps01)
  const all: Viewpoint[] = Array.from({ length: count }, (_, at) => ({
    id: `${scan}-${at}`,
    x: ((at % columns) + 0.5 * (random.uniform() - 0.5)) * spacing,
    y: (Math.floor(at / columns) + 0.5 * (random.uniform() - 0.5)) * spacing,
    z: 0
  }))
  const walls: [number, number][] = []
  for (let at = 0; at < count; at++) {
    if (at % columns < columns - 1) walls.push([at, at + 1])
    if (at + columns < count) walls.push([at, at + columns])
  }
  // A random spanning forest (Kruskal over walls in random order), then some more doors.
  const group = Int32Array.from({ length: count }, (_, at) => at)
  const rootOf = (at: number): number => (group[at] === at ? at : (group[at] = rootOf(group[at])))
  const doors: [number, number][] = []
  for (const at of random.sample(walls.length, walls.length)) {
    const [a, b] = walls[at]
    if (!isRoom[a] || !isRoom[b]) continue
    const isNew = rootOf(a) !== rootOf(b)
    if (!isNew && random.uniform() >= rules.loops01) continue
    group[rootOf(a)] = rootOf(b)
    doors.push([a, b])
  }
  const sizes = new Map<number, number>()
  for (let at = 0; at < count; at++)
    if (isRoom[at]) sizes.set(rootOf(at), (sizes.get(rootOf(at)) ?? 0) + 1)
  const [largest] = [...sizes].toSorted((a, b) => b[1] - a[1])[0]
  const kept = all.flatMap((_, at) => (isRoom[at] && rootOf(at) === largest ? [at] : []))
  const numbers = new Map(kept.map((at, number) => [at, number]))
  const ways: { to: number; length: number }[][] = kept.map(() => [])
  for (const [a, b] of doors) {
    const [from, to] = [numbers.get(a), numbers.get(b)]
    if (from === undefined || to === undefined) continue
    const length = metresBetween(all[a], all[b])
    ways[from].push({ to, length })
    ways[to].push({ to: from, length })
  }
  return { scan, places: kept.map((at) => all[at]), ways }
}

/** A building as a connectivity file holds it: entries of the room-to-room format. */
export function connectivityOf({ places, ways }: NavigationGraph): object[] {
  return places.map(({ id, x, y, z }, at) => {
    const open = new Set(ways[at].map(({ to }) => to))
    const reached = places.map((_, to) => open.has(to))
    return {
      image_id: id,
      pose: [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 0, 0, 0, 1],
      included: true,
      visible: reached,
      unobstructed: reached,
      height: 1.5
    }
  })
}

/** Shortest ways of `least` to `most` hops as a list of paths holds them, with made-up instructions. */
export function generatePaths(
  graph: NavigationGraph,
  count: number,
  [least, most]: readonly [number, number],
  random: Random
): object[] {
  const { places, ways, scan } = graph
  const all: number[][] = []
  for (let start = 0; start < places.length; start++) {
    const tree = shortestTree(ways, start)
    for (let goal = 0; goal < places.length; goal++) {
      const way = wayTo(tree, goal)
      if (way !== undefined && way.length > least && way.length <= most + 1) all.push([...way])
    }
  }
  return Array.from(random.sample(all.length, Math.min(count, all.length)), (at, number) => {
    const path = all[at]
    const metres = path.reduce(
      (sum, place, k) => (k === 0 ? 0 : sum + metresBetween(places[path[k - 1]], places[place])),
      0
    )
    return {
      scan,
      path_id: number + 1,
      distance: metres,
      heading: 0,
      path: path.map((place) => places[place].id),
      instructions: [`Go ${path.length - 1} rooms on, about ${metres.toFixed(0)} metres, and stop.`]
    }
  })
}
