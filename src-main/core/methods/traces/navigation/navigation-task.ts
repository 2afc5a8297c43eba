// A navigation task as an agent meets it: noisy views of the ways on and a noisy hint of the goal.
// Nothing an agent is given is computed from distances along ways; only the expert's way is.
import type { Random } from '../../../compute/random.ts'
import { createRandom, hashString } from '../../../compute/random.ts'
import { allDistances, shortestTree, wayTo } from '../../../traces/paths/path-graph.ts'
import type { Look, TaughtTask } from '../evolving-graph/plan-task.ts'
import type { NavigationGraph } from './navigation-graph.ts'

/** How well agents see. */
export interface Senses {
  /** Standard deviation, in metres on each axis, of where the goal is said to be. */
  readonly hintError: number
  /** Standard deviation of each number of a look, and of how open a place seems from afar. */
  readonly lookError: number
}

export const usualSenses: Senses = { hintError: 3, lookError: 0.3 }

/** Numbers of a place's look: they stand for what a picture of it would show. */
const lookSize = 4

/** Columns of a view, in order. */
export const viewColumns = [
  'towards the hint',
  'metres nearer to the hint',
  'metres to the hint',
  'metres to go',
  'like the goal',
  'openness',
  ...Array.from({ length: lookSize }, (_, k) => `look ${k + 1}`)
] as const

/** A building made ready for many tasks. */
export interface NavigationWorld {
  readonly graph: NavigationGraph
  readonly distances: readonly Float64Array[]
  readonly hops: readonly Float64Array[]
  /** Look of each place: a unit vector that its name alone decides. */
  readonly looks: readonly Float32Array[]
}

/** A task with all that its judges know. */
export interface NavigationTask extends TaughtTask {
  readonly world: NavigationWorld
  /** The place to find. */
  readonly goalPlace: number
  /** Where the goal is said to be, in metres. */
  readonly hint: { readonly x: number; readonly y: number }
}

/** Measures a building once. */
export function navigationWorld(graph: NavigationGraph): NavigationWorld {
  return {
    graph,
    distances: allDistances(graph.ways),
    hops: allDistances(graph.ways.map((ways) => ways.map(({ to }) => ({ to, length: 1 })))),
    looks: graph.places.map(({ id }) => unitLook(createRandom(hashString(id))))
  }
}

/** The task to follow `expert` to its end; noise is drawn from `random`, once for each way and place. */
export function navigationTask(
  world: NavigationWorld,
  expert: readonly number[],
  senses: Senses,
  random: Random
): NavigationTask {
  const { places, ways } = world.graph
  const goalPlace = expert[expert.length - 1]
  const hint = {
    x: places[goalPlace].x + senses.hintError * random.normal(),
    y: places[goalPlace].y + senses.hintError * random.normal()
  }
  const start = expert[0]
  const goalLook = noisyLook(world.looks[goalPlace], senses, random)
  const noise = random.uint32()
  const toHint = (at: number): number => Math.hypot(hint.x - places[at].x, hint.y - places[at].y)
  const looks = new Map<number, Look>()

  function view(from: number, to: number, seen: Random): Float32Array {
    const isStay = from === to
    const metres = isStay ? 0 : (ways[from].find((way) => way.to === to)?.length ?? 0)
    const look = noisyLook(world.looks[to], senses, seen)
    const openness = ways[to].length / 4 + (isStay ? 0 : senses.lookError * seen.normal())
    const ahead =
      (places[to].x - places[from].x) * (hint.x - places[from].x) +
      (places[to].y - places[from].y) * (hint.y - places[from].y)
    return Float32Array.of(
      isStay ? 0 : ahead / (metres * toHint(from) + 1e-9),
      (toHint(from) - toHint(to)) / 5,
      toHint(to) / 10,
      metres / 5,
      look.reduce((sum, value, k) => sum + value * goalLook[k], 0),
      openness,
      ...look
    )
  }
  return {
    world,
    goalPlace,
    hint,
    start,
    expert,
    goal: Float32Array.of(
      (hint.x - places[start].x) / 10,
      (hint.y - places[start].y) / 10,
      ...goalLook
    ),
    look(place) {
      const known = looks.get(place)
      if (known !== undefined) return known
      // What is seen does not depend on the order in which places are visited.
      const seen = createRandom(noise).fork(`place ${place}`)
      const made: Look = {
        sights: ways[place].map(({ to }) => ({ to, features: view(place, to, seen) })),
        stay: view(place, place, seen)
      }
      looks.set(place, made)
      return made
    },
    hopsOff: (place) => Math.min(...expert.map((at) => world.hops[place][at])),
    distance: (from, to) => world.distances[from][to]
  }
}

/** A task along a shortest way of `least` to `most` hops; undefined when the building has none. */
export function drawTask(
  world: NavigationWorld,
  [least, most]: readonly [number, number],
  senses: Senses,
  random: Random
): NavigationTask | undefined {
  const count = world.graph.places.length
  for (const start of random.sample(count, count)) {
    const tree = shortestTree(world.graph.ways, start)
    const ways = world.graph.places.flatMap((_, goal) => {
      const way = wayTo(tree, goal)
      return way !== undefined && way.length > least && way.length <= most + 1 ? [way] : []
    })
    if (ways.length > 0)
      return navigationTask(world, ways[random.below(ways.length)], senses, random)
  }
  return undefined
}

function unitLook(random: Random): Float32Array {
  const values = Float32Array.from({ length: lookSize }, () => random.normal())
  const length = Math.hypot(...values)
  return values.map((value) => value / length)
}

function noisyLook(look: Float32Array, { lookError }: Senses, random: Random): Float32Array {
  return look.map((value) => value + lookError * random.normal())
}
