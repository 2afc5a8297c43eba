// A planner on a device: its parameters, scores of graphs, and training steps by imitation with Adam.
import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { firstOrderOps } from '../../../compute/ops/first-order.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import { repeatedStep, type RepeatedStep } from '../../../compute/repeated-step.ts'
import { createOptimizer, makeVariable } from '../../../networks/optimizers.ts'
import type { PlanState } from './evolving-graph.ts'
import { batchParts, batchSides, packStates, shapeFor, type BatchShape } from './plan-batch.ts'
import { plannerLogits } from './planner-network.ts'
import { plannerParameters, type PlannerColumns, type PlannerSize } from './planner-parameters.ts'

/** Scores of one graph, by node; -1e9 or less where a node is no action. */
export interface PlanScores {
  readonly logits: Float32Array
  /** How an action looks by itself, before messages. */
  readonly local: Float32Array
}

/** A graph and the node that should have been chosen. */
export interface PlanExample {
  readonly state: PlanState
  readonly target: number
}

/** All that learning goes on from: the same state and the same decisions give the same bits. */
export interface PlannerState {
  /** In the order of `plannerParameters`. */
  readonly parameters: readonly Float32Array[]
  /** The optimizer's memory. */
  readonly moments: readonly Float32Array[]
  /** Steps made so far. */
  readonly steps: number
}

export interface Planner {
  /** Scores of several graphs at once, in their order. */
  score(states: readonly PlanState[]): PlanScores[]
  /** One step of Adam on these decisions; the mean loss before it, in nats. `enableGradients` comes first. */
  learn(examples: readonly PlanExample[], rate: number): number
  /** Copies of the parameters, in the order of `plannerParameters`. */
  parameters(): Float32Array[]
  /** Copies of everything that {@link createPlanner} goes on from. */
  state(): PlannerState
  dispose(): void
}

/** Puts a planner with these parameters onto the device; a whole state makes it go on learning. */
export function createPlanner(
  tf: TensorFlow,
  size: PlannerSize,
  columns: PlannerColumns,
  { parameters, moments, steps: made = 0 }: Pick<PlannerState, 'parameters'> & Partial<PlannerState>
): Planner {
  const weights = plannerParameters(size, columns).map(({ shape }, at) =>
    makeVariable(tf, parameters[at], shape)
  )
  // Adam is AdamW without decay.
  const rules = { optimizer: 'adamw', momentum: 0, decay: 0 } as const
  const optimizer = createOptimizer(tf, weights, rules, moments)
  const ops = firstOrderOps(tf)
  const steps = new Map<string, RepeatedStep>()
  let done = made

  function stepOf(
    name: string,
    shape: BatchShape,
    run: (x: readonly Tensor[]) => Tensor
  ): RepeatedStep {
    const key = `${name} ${JSON.stringify(shape)}`
    const step = steps.get(key) ?? repeatedStep(tf, run)
    steps.set(key, step)
    return step
  }
  const update = (given: readonly Tensor[]): Tensor => {
    const [target, ...rest] = given.slice(batchParts.length)
    const { value, grads } = tf.valueAndGrads((...at: Tensor[]) =>
      crossEntropy(tf, ops, plannerLogits(tf, size, at, given).logits, target as Tensor2D)
    )([...weights])
    optimizer.update(grads, rest)
    return value
  }
  return {
    score(states) {
      if (states.length === 0) return []
      const shape = shapeFor(states, roundUp(states.length))
      const inputs = batchTensors(tf, states, shape)
      const numbers = stepOf('score', shape, (given) => {
        const { logits, local } = plannerLogits(tf, size, weights, given)
        return tf.stack([logits, local])
      }).run(inputs)
      tf.dispose(inputs)
      const half = shape.graphs * shape.nodes
      return states.map(({ nodes }, at) => {
        const from = at * shape.nodes
        return {
          logits: numbers.slice(from, from + nodes.length),
          local: numbers.slice(half + from, half + from + nodes.length)
        }
      })
    },
    learn(examples, rate) {
      const states = examples.map(({ state }) => state)
      const shape = shapeFor(states)
      const targets = new Float32Array(shape.graphs * shape.nodes)
      examples.forEach(({ target }, at) => (targets[at * shape.nodes + target] = 1))
      const inputs = [
        ...batchTensors(tf, states, shape),
        tf.tensor2d(targets, [shape.graphs, shape.nodes]),
        ...optimizer.rates(done, rate).map((value) => tf.scalar(value))
      ]
      const [loss] = stepOf('learn', shape, update).run(inputs)
      tf.dispose(inputs)
      done++
      return loss
    },
    parameters: () => copies(weights),
    state: () => ({
      parameters: copies(weights),
      moments: copies(optimizer.moments()),
      steps: done
    }),
    dispose() {
      for (const step of steps.values()) step.dispose()
      optimizer.dispose()
      tf.dispose([...weights])
    }
  }
}

function copies(variables: readonly Variable[]): Float32Array[] {
  return variables.map((values) => Float32Array.from(values.dataSync<'float32'>()))
}

/** A batch on the device, in the order the network takes it. */
export function batchTensors(
  tf: TensorFlow,
  states: readonly PlanState[],
  shape: BatchShape
): Tensor[] {
  const arrays = packStates(states, shape)
  const sides = batchSides(shape)
  return batchParts.map((part) => tf.tensor(arrays[part], [...sides[part]]))
}

/** Few different sizes of batches, so that few steps are compiled. */
function roundUp(count: number): number {
  return count <= 1 ? 1 : count <= 8 ? 8 : Math.ceil(count / 16) * 16
}
