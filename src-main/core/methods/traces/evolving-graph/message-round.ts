// Layers of the planner's network that take their parameters in turn, and one round of messages.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { relationCount } from './plan-batch.ts'

/** How states of nodes come to edges, and messages of edges to nodes. */
export interface Wires {
  atSource(x: Tensor): Tensor
  atTarget(x: Tensor): Tensor
  toSource(x: Tensor): Tensor
  toTarget(x: Tensor): Tensor
}

/** Rows in, rows out. */
export type Layer = (x: Tensor) => Tensor

/** Hands out layers one after the other. */
export interface ParameterReader {
  /** The next weight, without a bias. */
  weight(): Layer
  /** The next weight and its bias. */
  linear(): Layer
}

/** Takes parameters in the order they are listed. */
export function createReader(tf: TensorFlow, parameters: readonly Tensor[]): ParameterReader {
  let at = 0
  const times = (x: Tensor, w: Tensor): Tensor => {
    const sides = x.shape.slice(0, -1)
    const flat = tf.reshape(x, [-1, w.shape[0]])
    return tf.reshape(tf.matMul(flat, w as Tensor2D), [...sides, w.shape[1] as number])
  }
  return {
    weight() {
      const w = parameters[at++]
      return (x) => times(x, w)
    },
    linear() {
      const [w, b] = [parameters[at++], parameters[at++]]
      return (x) => tf.add(times(x, w), b)
    }
  }
}

/** What a round of messages changes. */
export interface RoundResult {
  /** What is added to the states of nodes. */
  readonly states: Tensor
  readonly shared: Tensor
}

/**
 * One round of messages, the same for edges of the graph (relations are 0 or 1) and for pairs of
 * proxies (relations are the soft adjacency): m_ij = sum over r of A_r[ij] (MLP_r(h_i, h_j, g) + MLP_f(F_ij)).
 */
export function messageRound(
  tf: TensorFlow,
  net: ParameterReader
): (h: Tensor, edges: Tensor, relations: Tensor, shared: Tensor, wires: Wires) => RoundResult {
  const [from, to] = [net.weight(), net.weight()]
  const fromGlobal = net.linear()
  const [message, relation] = [net.weight(), net.weight()]
  const [ofEdge, ofIn, ofOut] = [net.linear(), net.linear(), net.linear()]
  const [joinIn, joinOut, joinGlobal] = [net.weight(), net.weight(), net.weight()]
  const join = net.linear()
  const [globalNodes, globalEdges] = [net.weight(), net.weight()]
  const globalOwn = net.linear()
  return (h, edges, relations, shared, wires) => {
    const [graphs, count] = relations.shape as [number, number]
    const width = h.shape[2] as number
    const hidden = tf.relu(
      tf.addN([
        tf.add(wires.atSource(from(h)), wires.atTarget(to(h))),
        tf.add(tf.expandDims(fromGlobal(shared), 1), tf.zeros([1, count, relationCount * width]))
      ])
    )
    const weighed = tf.mul(
      tf.reshape(hidden, [graphs, count, relationCount, width]),
      tf.expandDims(relations, 3)
    )
    const all = tf.addN([
      message(tf.reshape(weighed, [graphs, count, relationCount * width])),
      relation(relations),
      tf.mul(tf.relu(ofEdge(edges)), tf.sum(relations, 2, true))
    ])
    const states = tf.addN([
      joinIn(tf.relu(ofIn(wires.toTarget(all)))),
      joinOut(tf.relu(ofOut(wires.toSource(all)))),
      tf.add(join(h), tf.expandDims(joinGlobal(shared), 1))
    ])
    const next = tf.tanh(
      tf.addN([globalOwn(shared), globalNodes(tf.sum(h, 1)), globalEdges(tf.sum(all, 1))])
    )
    return { states, shared: next }
  }
}

/** The shared state before the first round. */
export function zeroGlobal(tf: TensorFlow, states: Tensor): Tensor {
  return tf.zeros([states.shape[0], states.shape[2] as number])
}
