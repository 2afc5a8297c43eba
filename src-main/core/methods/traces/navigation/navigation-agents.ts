// Agents to compare a planner with. All but the last see what the planner sees, and no more.
import type { Random } from '../../../compute/random.ts'
import { shortestTree, wayTo } from '../../../traces/paths/path-graph.ts'
import { EvolvingGraph, type PlanAction } from '../evolving-graph/evolving-graph.ts'
import type { NavigationTask } from './navigation-task.ts'

/** Column of a view with the metres to the hint, and the one that says how like the goal it looks. */
const hintColumn = 2
const likeColumn = 4

/** Goes to whichever neighbour is nearest to the hint; stops where none is nearer than here. */
export function walkGreedily(task: NavigationTask, limit: number): number[] {
  const walk = [task.start]
  while (walk.length <= limit) {
    const { sights, stay } = task.look(walk[walk.length - 1])
    const nearest = sights.reduce<(typeof sights)[number] | undefined>(
      (best, sight) =>
        sight.features[hintColumn] < (best?.features[hintColumn] ?? stay[hintColumn])
          ? sight
          : best,
      undefined
    )
    if (nearest === undefined) break
    walk.push(nearest.to)
  }
  return walk
}

/**
 * Goes to the place of the whole frontier that is nearest to the hint, walking back where it must;
 * stops at the first place that looks at least `like` the goal, and at the one that looks most like
 * it when decisions or ways run out.
 */
export function walkBestFirst(
  task: NavigationTask,
  limit: number,
  like: number
): readonly number[] {
  const graph = new EvolvingGraph(task, limit)
  const stopAt = (place: number): readonly number[] => {
    graph.take({ kind: 'stop', place })
    return graph.walk
  }
  for (let made = 0; made < limit - 1; made++) {
    if (task.look(graph.current).stay[likeColumn] >= like) return stopAt(graph.current)
    const action = nearestAction(graph)
    if (action === undefined) break
    graph.take(action)
  }
  return stopAt(
    graph.walk.reduce((best, place) =>
      task.look(place).stay[likeColumn] > task.look(best).stay[likeColumn] ? place : best
    )
  )
}

function nearestAction(graph: EvolvingGraph): PlanAction | undefined {
  let nearest: PlanAction | undefined
  let metres = Infinity
  for (const { kind, place, views } of graph.state().nodes) {
    if (kind !== 'go' || views[0][hintColumn] >= metres) continue
    metres = views[0][hintColumn]
    nearest = { kind, place }
  }
  return nearest
}

/** Goes to a random neighbour as many times as it is told, then stops. */
export function walkRandomly(task: NavigationTask, hops: number, random: Random): number[] {
  const walk = [task.start]
  while (walk.length <= hops) {
    const { sights } = task.look(walk[walk.length - 1])
    walk.push(sights[random.below(sights.length)].to)
  }
  return walk
}

/** Knows the building: walks the expert's way. What can be reached at most. */
export function walkAsExpert(task: NavigationTask): readonly number[] {
  return task.expert
}

/** Knows the building: the shortest way to the goal, which the reference need not be. */
export function walkShortest({ world, start, goalPlace }: NavigationTask): readonly number[] {
  return wayTo(shortestTree(world.graph.ways, start), goalPlace) ?? [start]
}
