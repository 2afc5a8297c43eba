// A task on a hand-drawn graph of hops with random views, for tests of the planner.
import { createRandom } from '../../../compute/random.ts'
import { allDistances } from '../../../traces/paths/path-graph.ts'
import type { TaughtTask } from './plan-task.ts'

/** `ways` lists the neighbours of each place; every view has three numbers, the goal two. */
export function smallTask(
  ways: readonly (readonly number[])[],
  expert: readonly number[],
  seed = 1
): TaughtTask {
  const hops = allDistances(ways.map((list) => list.map((to) => ({ to, length: 1 }))))
  const view = (from: number, to: number): Float32Array => {
    const random = createRandom(seed).fork(`${from} ${to}`)
    return Float32Array.from({ length: 3 }, () => random.normal())
  }
  return {
    start: expert[0],
    expert,
    goal: Float32Array.of(0.5, -1),
    look: (place) => ({
      sights: ways[place].map((to) => ({ to, features: view(place, to) })),
      stay: view(place, place)
    }),
    hopsOff: (place) => Math.min(...expert.map((at) => hops[place][at])),
    distance: (from, to) => hops[from][to]
  }
}
