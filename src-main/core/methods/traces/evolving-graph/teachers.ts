// The right decision on the planner's own graph ("graph supervision", Deng et al. 2020): wherever the
// planner has wandered, some node of its frontier is the best way back to the expert's.
import { ndtw } from '../../../traces/paths/path-measures.ts'
import type { EvolvingGraph, PlanAction, PlanState } from './evolving-graph.ts'
import { actionOf } from './evolving-graph.ts'
import type { TaughtTask } from './plan-task.ts'

/** "furthest": the action furthest along the expert's way (R2R); "ndtw": the one whose walk fits it best (R4R). */
export type TeacherRule = 'furthest' | 'ndtw'

/**
 * Number of the node that the teacher would choose. Throws a RangeError when the graph offers no way
 * on towards the expert's end, which cannot happen while the expert's places are kept in it.
 */
export function teacherNode(
  rule: TeacherRule,
  graph: EvolvingGraph,
  state: PlanState,
  task: TaughtTask
): number {
  const value =
    rule === 'furthest'
      ? (action: PlanAction) => alongWay(graph, action, task.expert)
      : (action: PlanAction) =>
          ndtw([...graph.walk, ...graph.route(action)], task.expert, (a, b) => task.distance(a, b))
  let best = -1
  let bestValue = -Infinity
  state.nodes.forEach((node, at) => {
    const action = actionOf(node)
    const worth = action === undefined ? -Infinity : value(action)
    if (worth <= bestValue) return
    best = at
    bestValue = worth
  })
  if (best < 0) throw new RangeError('no action leads on along the expert’s way')
  return best
}

/** How far along the way an action is; stopping counts at its end alone. */
function alongWay(
  graph: EvolvingGraph,
  { kind, place }: PlanAction,
  expert: readonly number[]
): number {
  const at = expert.lastIndexOf(place)
  if (at < 0) return -Infinity
  if (kind === 'go') return at
  return at === expert.length - 1 && graph.isVisited(place) ? expert.length : -Infinity
}
