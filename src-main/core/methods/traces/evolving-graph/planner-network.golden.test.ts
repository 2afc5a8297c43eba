// The network on a device against the formulas in plain loops: scores, gradients, and the properties
// that the formulas promise.
import type { Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { firstOrderOps } from '../../../compute/ops/first-order.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { EvolvingGraph, type PlanState } from './evolving-graph.ts'
import { parametersByName, plainLoss, plainPlanner } from './plain-planner.test-support.ts'
import { shapeFor } from './plan-batch.ts'
import { batchTensors } from './planner.ts'
import { plannerLogits } from './planner-network.ts'
import { plannerParameters, plannerStart } from './planner-parameters.ts'
import { smallTask } from './small-task.test-support.ts'

const size = { width: 8, narrow: 4, proxies: 3, channels: 2, rounds: 3 }
const columns = { columns: 4, goal: 3 }

/** A walk 0, 1, 2 on a small graph, with two ways left open. */
function smallState(): PlanState {
  const graph = new EvolvingGraph(
    smallTask([[1], [0, 2, 4], [1, 3, 5], [2, 4], [1, 3], [2]], [0, 1, 2, 3]),
    10
  )
  graph.take({ kind: 'go', place: 1 })
  graph.take({ kind: 'go', place: 2 })
  return graph.state()
}

let tf: TensorFlow
beforeAll(async () => {
  ;({ tf } = await openTestDevice())
  await enableGradients()
})

function logitsOf(states: readonly PlanState[], values: readonly Float32Array[]): number[][] {
  return tf.tidy(() => {
    const weights = toTensors(values)
    const given = batchTensors(tf, states, shapeFor(states))
    const { logits } = plannerLogits(tf, size, weights, given)
    const rows = logits.arraySync()
    return states.map(({ nodes }, at) => rows[at].slice(0, nodes.length))
  })
}

function toTensors(values: readonly Float32Array[]): Tensor[] {
  return plannerParameters(size, columns).map(({ shape }, at) =>
    tf.tensor(values[at].slice(), [...shape])
  )
}

const start = plannerStart(size, columns, createRandom(3))
const state = smallState()

describe('scores', () => {
  it('are those of the formulas', () => {
    const { logits } = plainPlanner(size, parametersByName(size, columns, start), state)
    const [made] = logitsOf([state], start)
    logits.forEach((logit, at) => {
      if (logit === undefined) expect(made[at]).toBeLessThan(-1e8)
      else expect(made[at]).toBeCloseTo(logit, 4)
    })
  })

  it('are those of a graph worked out by hand', () => {
    // One place with one way on. Widths of 1 and weights of 1 or 0 leave: proxies share the three
    // nodes evenly where pooling is flat, so H = mean of first states.
    const tiny = { width: 1, narrow: 1, proxies: 1, channels: 1, rounds: 1 }
    const seen = {
      start: 0,
      goal: Float32Array.of(2),
      look: () => ({
        sights: [{ to: 1, features: Float32Array.of(3) }],
        stay: Float32Array.of(1)
      })
    }
    const wanted: Readonly<Record<string, readonly number[]>> = {
      view1: [1, 0, 0, 0],
      view2: [1, 0, 0, 0],
      'node.view': [1, 0],
      'action.view': [1, 0],
      'query.goal': [1, 0],
      'channel1.proxy': [1],
      'channel1.proxy.message': [1, 1],
      'channel1.proxy.from': [1, 1],
      'channel1.proxy.to': [1, 1],
      'channel1.proxy.in': [1],
      'channel1.proxy.join-in': [1],
      'channel1.unpool': [1]
    }
    const parts = { columns: 2, goal: 2 }
    const values = plannerParameters(tiny, parts).map(({ name, shape }) => {
      const count = shape.reduce((product, side) => product * side, 1)
      return Float32Array.from({ length: count }, (_, at) => wanted[name]?.[at] ?? 0)
    })
    const given = new EvolvingGraph(seen, 4).state()
    // First states: the place sees 3, "go" was seen as 3, "stop" as 1. Flat pooling: S = 1/3 each.
    // H = 7/3. Edges place > go and place > stop: A = 2 (1/3)(1/3) = 2/9.
    // Message = A relu(H + H) over relation 1 = 2/9 * 14/3 = 28/27; H becomes 7/3 + 28/27 = 91/27.
    // Back to each node: 91/27 / 3 = 91/81. Question: the goal's 2. Scores: 2 (3 + 91/81), 2 (1 + 91/81).
    const [visited, go, stop] = tf.tidy(() => {
      const weights = plannerParameters(tiny, parts).map(({ shape }, at) =>
        tf.tensor(values[at], [...shape])
      )
      const inputs = batchTensors(tf, [given], shapeFor([given]))
      return plannerLogits(tf, tiny, weights, inputs).logits.arraySync()[0]
    })
    expect(visited).toBeLessThan(-1e8)
    expect(go).toBeCloseTo(2 * (3 + 91 / 81), 4)
    expect(stop).toBeCloseTo(2 * (1 + 91 / 81), 4)
  })

  it('do not depend on the order of nodes and edges', () => {
    const order = [4, 0, 6, 2, 8, 1, 7, 3, 5]
    expect(order).toHaveLength(state.nodes.length)
    const place = new Map(order.map((from, to) => [from, to]))
    const at = (node: number): number => place.get(node) ?? -1
    const moved: PlanState = {
      ...state,
      nodes: order.map((from) => state.nodes[from]),
      edges: state.edges
        .map((edge) => ({ ...edge, from: at(edge.from), to: at(edge.to) }))
        .reverse()
    }
    const [made] = logitsOf([state], start)
    const [again] = logitsOf([moved], start)
    order.forEach((from, to) => expect(again[to]).toBeCloseTo(made[from], 4))
  })

  it('do not change when a node is added that nothing leads to', () => {
    const lonely: PlanState = {
      ...state,
      nodes: [
        ...state.nodes,
        {
          kind: 'visited',
          place: 99,
          isStart: false,
          isCurrent: false,
          views: [Float32Array.of(5, 5, 5)]
        }
      ]
    }
    const [made] = logitsOf([state], start)
    const [again] = logitsOf([lonely], start)
    expect(again.slice(0, made.length)).toEqual(made)
  })

  it('are the same beside other graphs in a batch', () => {
    const begin = new EvolvingGraph(smallTask([[1, 2], [0], [0]], [0, 1]), 10).state()
    const [, made] = logitsOf([begin, state], start)
    const [alone] = logitsOf([state], start)
    made.forEach((logit, at) => expect(logit).toBeCloseTo(alone[at], 4))
  })
})

describe('messages between proxies', () => {
  const named = parametersByName(size, columns, start)

  it('are weighed by an adjacency that is never exactly 1', () => {
    const { adjacency } = plainPlanner(size, named, state)
    const entries = adjacency.flat(3)
    expect(entries.some((value) => value > 0)).toBe(true)
    // Where messages counted only at exactly 1, not one of them would.
    expect(entries.filter((value) => value === 1)).toEqual([])
  })

  it('carry what an edge says: another relation, other scores, with pooling held fixed', () => {
    // Without messages in the pooling, edges reach the scores through proxies alone.
    const loud = (name: string): number =>
      name.includes('.pool.') ? 0 : name.includes('.assign') || name.includes('.proxy.') ? 3 : 1
    const quiet = plannerParameters(size, columns).map(({ name }, at) =>
      start[at].map((value) => loud(name) * value)
    )
    const [first, ...rest] = state.edges
    const other: PlanState = { ...state, edges: [{ ...first, relation: 2 }, ...rest] }
    const turned: PlanState = {
      ...state,
      edges: [{ ...first, from: first.to, to: first.from }, ...rest]
    }
    const [made] = logitsOf([state], quiet)
    for (const changed of [other, turned]) {
      const [moved] = logitsOf([changed], quiet)
      const largest = Math.max(
        ...made.map((logit, at) => (logit < -1e8 ? 0 : Math.abs(logit - moved[at])))
      )
      expect(largest).toBeGreaterThan(1e-4)
    }
  })
})

describe('gradients', () => {
  it('are within 1e-4 of finite differences, along each parameter’s own gradient', () => {
    const target = state.nodes.findIndex(({ kind, place }) => kind === 'go' && place === 3)
    let slopes: Float64Array[] = []
    tf.tidy(() => {
      const given = batchTensors(tf, [state], shapeFor([state]))
      const hot = new Float32Array(given[3].size)
      hot[target] = 1
      const wanted = tf.tensor2d(hot, [1, hot.length])
      const loss = (...at: Tensor[]): Tensor =>
        crossEntropy(tf, firstOrderOps(tf), plannerLogits(tf, size, at, given).logits, wanted)
      const found = tf.grads(loss)(toTensors(start))
      slopes = found.map((slope) => Float64Array.from(slope.dataSync()))
    })
    const lossAt = (values: readonly ArrayLike<number>[]): number =>
      plainLoss(plainPlanner(size, parametersByName(size, columns, values), state), target)
    const names = plannerParameters(size, columns).map(({ name }) => name)
    const all = Math.hypot(...slopes.map((slope) => Math.hypot(...slope)))
    let checked = 0
    slopes.forEach((slope, at) => {
      const length = Math.hypot(...slope)
      const h = 1e-5
      const moved = (sign: number): Float64Array[] =>
        start.map((values, k) =>
          Float64Array.from(values, (value, i) =>
            k === at && length > 0 ? value + (sign * h * slope[i]) / length : value
          )
        )
      const measured = (lossAt(moved(1)) - lossAt(moved(-1))) / (2 * h)
      // Parameters whose gradient is nothing beside the others are compared with what float32 resolves.
      const error = Math.abs(measured - length) / Math.max(length, 1e-2 * all)
      expect(error, names[at]).toBeLessThan(1e-4)
      if (length > 1e-2 * all) checked++
    })
    expect(checked).toBeGreaterThan(30)
  })
})
