// The planner's network (Deng et al. 2020, from the published code): nodes are pooled softly into a
// few proxies, messages pass between proxies, and what they hold flows back to score the frontier.
// Unlike that code, a proxy's message is weighed by the soft adjacency: there it counts only where
// pooled adjacency is exactly 1, which never happens (docs/adr/0021).
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import {
  createReader,
  messageRound,
  zeroGlobal,
  type ParameterReader,
  type Wires
} from './message-round.ts'
import { batchParts, flagCount, type BatchPart } from './plan-batch.ts'
import type { PlannerSize } from './planner-parameters.ts'

/** What the network says of every node of every graph; -1e9 where a node is no action. */
export interface PlannerOutputs {
  /** Graphs x nodes: the logits of the policy over the whole frontier. */
  readonly logits: Tensor2D
  /** The same before any message passed: how an action looks by itself. */
  readonly local: Tensor2D
  /** Per channel: graphs x proxies x nodes, each row a distribution over nodes. */
  readonly assignments: readonly Tensor[]
}

/** Keeps logits of what is no action out of softmax. */
const never = 1e9

type Inputs = Readonly<Record<BatchPart, Tensor>>

/**
 * The network as a function of its parameters, to be differentiated by them.
 *
 * @param parameters as {@link plannerParameters} lists them
 * @param given the arrays of a batch, in the order of `batchParts`
 */
export function plannerLogits(
  tf: TensorFlow,
  size: PlannerSize,
  parameters: readonly Tensor[],
  given: readonly Tensor[]
): PlannerOutputs {
  // One tensor for each part, in their order.
  const inputs = Object.fromEntries(batchParts.map((part, at) => [part, given[at]])) as Inputs
  const net = createReader(tf, parameters)
  const { first, wires, query } = firstStates(tf, net, inputs)
  const mask = tf.expandDims(inputs.nodeMask, 2)
  const assignments: Tensor[] = []
  let states = first
  for (let channel = 0; channel < size.channels; channel++) {
    const edges = net.linear()(wires)
    const pool = poolStates(tf, net, size, inputs)
    const assign = net.linear()
    const pass = proxyStates(tf, net, size, inputs)
    const unpool = net.linear()
    const scores = tf.transpose(assign(pool(first, edges)), [0, 2, 1])
    const assignment = tf.softmax(tf.add(scores, outside(tf, tf.expandDims(inputs.nodeMask, 1))))
    assignments.push(assignment)
    const back = unpool(tf.matMul(assignment, pass(assignment, first, edges), true))
    states = tf.add(states, tf.mul(back, mask))
  }
  const scored = (x: Tensor): Tensor2D =>
    tf.add(
      tf.reshape(tf.sum(tf.mul(x, query), 2), inputs.nodeMask.shape as [number, number]),
      outside(tf, inputs.actionMask)
    )
  return { logits: scored(states), local: scored(first), assignments }
}

interface FirstStates {
  /** Of nodes, before any message. */
  readonly first: Tensor
  /** What is seen along each edge. */
  readonly wires: Tensor
  /** The question put to the frontier: graphs x 1 x width. */
  readonly query: Tensor
}

/** First states of nodes from their views, the state of the walk, and the question. */
function firstStates(tf: TensorFlow, net: ParameterReader, inputs: Inputs): FirstStates {
  const [view1, view2] = [net.linear(), net.linear()]
  const [flagsIn, walkIn, goalIn] = [net.weight(), net.weight(), net.weight()]
  const [nodeView, actionView] = [net.linear(), net.linear()]
  const [walkGoal, walkView] = [net.weight(), net.linear()]
  const [queryGoal, queryWalk] = [net.weight(), net.linear()]
  const seen = (x: Tensor): Tensor => view2(tf.relu(view1(x)))
  const mask = tf.expandDims(inputs.nodeMask, 2)
  const hidden = outside(tf, tf.expandDims(inputs.viewMask, 3))
  const views = tf.mul(tf.max(tf.add(seen(inputs.views), hidden), 2), mask)
  const [visited, , current] = tf.split(inputs.flags, flagCount, 2)
  const here = tf.sum(tf.mul(views, current), 1)
  const walk = tf.tanh(tf.add(walkGoal(inputs.goal), walkView(here)))
  const place = tf.addN([
    nodeView(views),
    flagsIn(inputs.flags),
    tf.mul(tf.expandDims(walkIn(walk), 1), current),
    tf.mul(tf.expandDims(goalIn(inputs.goal), 1), mask)
  ])
  const action = actionView(views)
  return {
    first: tf.mul(tf.add(tf.mul(place, visited), tf.mul(action, tf.sub(1, visited))), mask),
    wires: tf.relu(seen(inputs.edgeFeatures)),
    query: tf.expandDims(tf.add(queryGoal(inputs.goal), queryWalk(walk)), 1)
  }
}

/** Message rounds over the graph itself, which decide what is pooled with what. */
function poolStates(
  tf: TensorFlow,
  net: ParameterReader,
  { rounds }: PlannerSize,
  { sources, targets, relations, nodeMask }: Inputs
): (first: Tensor, edges: Tensor) => Tensor {
  const start = net.linear()
  const round = messageRound(tf, net)
  const mask = tf.expandDims(nodeMask, 2)
  const wires: Wires = {
    // One row per edge: the state of the node it begins or ends at.
    atSource: (x) => tf.matMul(sources, x, true),
    atTarget: (x) => tf.matMul(targets, x, true),
    toSource: (x) => tf.matMul(sources, x),
    toTarget: (x) => tf.matMul(targets, x)
  }
  return (first, edges) => {
    let z = tf.mul(start(first), mask)
    let shared = zeroGlobal(tf, z)
    for (let done = 0; done < rounds; done++) {
      const next = round(z, edges, relations, shared, wires)
      z = tf.mul(tf.add(z, next.states), mask)
      shared = next.shared
    }
    return z
  }
}

/** Proxies, the soft adjacency between them, and messages weighed by it. */
function proxyStates(
  tf: TensorFlow,
  net: ParameterReader,
  { proxies, rounds }: PlannerSize,
  { sources, targets, relations }: Inputs
): (assignment: Tensor, first: Tensor, edges: Tensor) => Tensor {
  const start = net.linear()
  const round = messageRound(tf, net)
  const [graphs, , edgeCount] = sources.shape as [number, number, number]
  const wires = pairWires(tf, graphs, proxies)
  return (s, first, edges) => {
    const products = tf.reshape(
      tf.mul(tf.expandDims(tf.matMul(s, sources), 2), tf.expandDims(tf.matMul(s, targets), 1)),
      [graphs, proxies * proxies, edgeCount]
    )
    // A_r = S E_r S' and F = S e S', one row per ordered pair of proxies.
    const adjacency = tf.matMul(products, relations)
    const pairs = tf.matMul(products, edges)
    let h = start(tf.matMul(s, first))
    let shared = zeroGlobal(tf, h)
    for (let done = 0; done < rounds; done++) {
      const next = round(h, pairs, adjacency, shared, wires)
      h = tf.add(h, next.states)
      shared = next.shared
    }
    return h
  }
}

/** Every ordered pair of proxies as an edge; row p * proxies + q is from p to q. */
function pairWires(tf: TensorFlow, graphs: number, proxies: number): Wires {
  const square = (x: Tensor): Tensor =>
    tf.reshape(x, [graphs, proxies, proxies, x.shape[2] as number])
  const rows = (x: Tensor, axis: 1 | 2): Tensor => {
    const spread = tf.expandDims(x, axis)
    const like = tf.zeros(axis === 2 ? [1, 1, proxies, 1] : [1, proxies, 1, 1])
    return tf.reshape(tf.add(spread, like), [graphs, proxies * proxies, x.shape[2] as number])
  }
  return {
    atSource: (x) => rows(x, 2),
    atTarget: (x) => rows(x, 1),
    toSource: (x) => tf.sum(square(x), 2),
    toTarget: (x) => tf.sum(square(x), 1)
  }
}

/** 0 inside a mask, -1e9 outside. */
function outside(tf: TensorFlow, mask: Tensor): Tensor {
  return tf.mul(tf.sub(mask, 1), never)
}
