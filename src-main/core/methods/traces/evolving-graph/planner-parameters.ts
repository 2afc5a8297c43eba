// Sizes of the planner's network, its parameters by name and their first values.
import type { Random } from '../../../compute/random.ts'
import { initialValues } from '../../../networks/initial-values.ts'
import type { ParameterShape } from '../../../networks/network.ts'
import { flagCount, relationCount, type BatchShape } from './plan-batch.ts'

/** Sizes of the network. */
export interface PlannerSize {
  /** Numbers a node holds. */
  readonly width: number
  /** Numbers a view, an edge and the pooling's own node states hold. */
  readonly narrow: number
  readonly proxies: number
  /** Poolings beside each other, each with its own weights; 0: no messages, every action by its looks. */
  readonly channels: number
  /** Rounds of messages, in the pooling and between proxies. */
  readonly rounds: number
}

/** Laptop size; the publication has 256, 32, 6, 3 and 3. */
export const usualSize: PlannerSize = { width: 64, narrow: 16, proxies: 6, channels: 1, rounds: 3 }

/** Columns of what comes in. */
export type PlannerColumns = Pick<BatchShape, 'columns' | 'goal'>

/** All parameters, in the order {@link plannerLogits} takes them. */
export function plannerParameters(size: PlannerSize, columns: PlannerColumns): ParameterShape[] {
  const { width, narrow, proxies, channels } = size
  const list: ParameterShape[] = []
  const weight = (name: string, from: number, to: number): void =>
    void list.push({ name, shape: [from, to], role: 'weight' })
  const linear = (name: string, from: number, to: number): void => {
    weight(name, from, to)
    list.push({ name: `${name}.bias`, shape: [to], role: 'bias' })
  }
  const view = 2 * narrow
  const messages = (name: string, states: number, edges: number): void => {
    weight(`${name}.from`, states, relationCount * states)
    weight(`${name}.to`, states, relationCount * states)
    linear(`${name}.global`, states, relationCount * states)
    weight(`${name}.message`, relationCount * states, states)
    weight(`${name}.relation`, relationCount, states)
    linear(`${name}.edge`, edges, states)
    linear(`${name}.in`, states, states)
    linear(`${name}.out`, states, states)
    weight(`${name}.join-in`, states, states)
    weight(`${name}.join-out`, states, states)
    weight(`${name}.join-global`, states, states)
    linear(`${name}.join`, states, states)
    weight(`${name}.global-nodes`, states, states)
    weight(`${name}.global-edges`, states, states)
    linear(`${name}.global-own`, states, states)
  }
  linear('view1', columns.columns, view)
  linear('view2', view, view)
  weight('node.flags', flagCount, width)
  weight('node.walk', view, width)
  weight('node.goal', columns.goal, width)
  linear('node.view', view, width)
  linear('action.view', view, width)
  weight('walk.goal', columns.goal, view)
  linear('walk.view', view, view)
  weight('query.goal', columns.goal, width)
  linear('query.walk', view, width)
  for (let channel = 1; channel <= channels; channel++) {
    const name = `channel${channel}`
    linear(`${name}.edge`, view, narrow)
    linear(`${name}.pool`, width, narrow)
    messages(`${name}.pool`, narrow, narrow)
    linear(`${name}.assign`, narrow, proxies)
    linear(`${name}.proxy`, width, width)
    messages(`${name}.proxy`, width, narrow)
    linear(`${name}.unpool`, width, width)
  }
  return list
}

/** First values of all parameters, uniform as PyTorch gives them. */
export function plannerStart(
  size: PlannerSize,
  columns: PlannerColumns,
  random: Random
): Float32Array[] {
  return initialValues(plannerParameters(size, columns), random)
}
