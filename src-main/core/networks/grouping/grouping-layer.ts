// One grouping layer: group tokens compete for the patches over a few rounds, and what they gathered
// is written back into the patches (Perceptual Group Tokenizer, section 3.2 and its pseudocode;
// competition, gated update and normalisation over patches as in slot attention, algorithm 1).
//
// Tensors of group tokens are H x B x M x d: head by head, so that a head's weights are one product.
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { layerNorm } from '../../compute/ops/layer-norm.ts'
import { straightThrough } from '../../compute/ops/straight-through.ts'
import type { GroupingSpec } from './grouping-spec.ts'

/** Keeps a group that owns nothing from dividing by zero. */
const tiny = 1e-8

/** What a layer gives. */
export interface GroupingOutputs {
  /** Refined patches, B x N x D. */
  readonly patches: Tensor3D
  /** H x B x M x d. */
  readonly groups: Tensor4D
  /** Share of each patch that each group has in the last round, H x B x N x M; rows sum to 1. */
  readonly assignment: Tensor4D
}

/** How the rounds before the last one are differentiated. */
export type RoundGradient =
  /** Not at all, and the seeds learn from the last round as if it were the first. */
  | 'last'
  /** All of them; for tests and comparison. */
  | 'all'

/** Takes the parameters of one layer, in the order of `layerParameters`. */
export type Take = <T extends Tensor>() => T

/** x (0.5 + 0.5 erf(x / sqrt 2)) (Hendrycks and Gimpel 2016). */
export function gelu<T extends Tensor>(tf: TensorFlow, x: T): T {
  return tf.mul(x, tf.add(tf.mul(tf.erf(tf.mul(x, Math.SQRT1_2)), 0.5), 0.5))
}

/** The learned parts of a round, in the order of the layer's parameters. */
const roundParts = [
  'groupScale',
  'groupShift',
  'query',
  'gateInput',
  'gateInputBias',
  'gateState',
  'gateStateBias',
  'mixedScale',
  'mixedShift',
  'mixIn',
  'mixInBias',
  'mixOut',
  'mixOutBias'
] as const
type RoundPart = (typeof roundParts)[number]

/** What a round gives: the groups after it, and who owned what in it. */
type Round = Pick<GroupingOutputs, 'groups' | 'assignment'>

/**
 * @param patches B x N x D
 * @param noise standard normal numbers, H x B x M x d: which groups are drawn
 */
export function groupingLayer(
  tf: TensorFlow,
  spec: GroupingSpec,
  take: Take,
  patches: Tensor3D,
  noise: Tensor4D,
  rounds: number,
  gradient: RoundGradient
): GroupingOutputs {
  const [pictures, count, width] = patches.shape
  const { heads, headWidth } = spec
  const rows: Tensor2D = tf.reshape(patches, [pictures * count, width])
  const seen = layerNorm(tf, rows, take<Tensor1D>(), take<Tensor1D>())
  const byHead = (weight: Tensor2D): Tensor4D =>
    tf.transpose(
      tf.reshape(tf.matMul(seen, weight), [pictures, count, heads, headWidth]),
      [2, 0, 1, 3]
    )
  const keys = byHead(take())
  const values = byHead(take())
  const [mean, logSpread] = [take(), take()]
  const seeds: Tensor4D = tf.add(mean, tf.mul(tf.exp(logSpread), noise))
  // One tensor for each part, in their order.
  const weights = Object.fromEntries(roundParts.map((part) => [part, take()])) as Record<
    RoundPart,
    Tensor
  >
  const round = (groups: Tensor4D): Round => competeOnce(tf, weights, keys, values, groups)
  let held = seeds
  for (let done = 1; done < rounds && gradient === 'all'; done++) held = round(held).groups
  if (gradient === 'last' && rounds > 1)
    held = straightThrough(tf, seeds, (start) => {
      let groups = start
      for (let done = 1; done < rounds; done++) groups = round(groups).groups
      return groups
    })
  const last = round(held)
  const gathered = tf.matMul(last.assignment, last.groups)
  const joined: Tensor2D = tf.reshape(tf.transpose(gathered, [1, 2, 0, 3]), [
    pictures * count,
    heads * headWidth
  ])
  let refined: Tensor2D = tf.add(rows, tf.add(tf.matMul(joined, take<Tensor2D>()), take()))
  const normal = layerNorm(tf, refined, take<Tensor1D>(), take<Tensor1D>())
  const hidden = gelu(tf, tf.add(tf.matMul(normal, take<Tensor2D>()), take()))
  refined = tf.add(refined, tf.add(tf.matMul(hidden as Tensor2D, take<Tensor2D>()), take()))
  return {
    patches: tf.reshape(refined, [pictures, count, width]),
    groups: last.groups,
    assignment: last.assignment
  }
}

/**
 * One round: groups compete for each patch, take the mean of what they won, and are updated by a gated
 * unit (Cho et al. 2014, in PyTorch's form) and a small network.
 * @param keys and values: H x B x N x d
 * @param groups H x B x M x d
 */
function competeOnce(
  tf: TensorFlow,
  weights: Readonly<Record<RoundPart, Tensor>>,
  keys: Tensor4D,
  values: Tensor4D,
  groups: Tensor4D
): Round {
  const [heads, pictures, count, headWidth] = groups.shape
  const flat: [number, number, number] = [heads, pictures * count, headWidth]
  const state: Tensor3D = tf.reshape(groups, flat)
  const normal = layerNorm(tf, state, weights.groupScale, weights.groupShift)
  const queries = tf.reshape(tf.matMul(normal, weights.query as Tensor3D), groups.shape)
  const scores = tf.mul(tf.matMul(keys, queries, false, true), 1 / Math.sqrt(headWidth))
  const assignment = tf.softmax(scores)
  const won = tf.div(assignment, tf.add(tf.sum(assignment, 2, true), tiny))
  const gathered: Tensor3D = tf.reshape(tf.matMul(won, values, true), flat)
  const updated = gatedUnit(tf, weights, gathered, state)
  const mixed = layerNorm(tf, updated, weights.mixedScale, weights.mixedShift)
  const hidden = gelu(tf, tf.add(tf.matMul(mixed, weights.mixIn as Tensor3D), weights.mixInBias))
  const change = tf.add(
    tf.matMul(hidden as Tensor3D, weights.mixOut as Tensor3D),
    weights.mixOutBias
  )
  const after: Tensor4D = tf.reshape(tf.add(updated, change), groups.shape)
  return { groups: after, assignment: assignment as Tensor4D } // of the rank of its factors
}

/** r, z = sigmoid(x W + h U), n = tanh(x W + r (h U)), h' = (1 - z) n + z h; all H x rows x d. */
function gatedUnit(
  tf: TensorFlow,
  weights: Readonly<Record<RoundPart, Tensor>>,
  x: Tensor3D,
  h: Tensor3D
): Tensor3D {
  const from = tf.add(tf.matMul(x, weights.gateInput as Tensor3D), weights.gateInputBias)
  const past = tf.add(tf.matMul(h, weights.gateState as Tensor3D), weights.gateStateBias)
  const [xr, xz, xn] = tf.split(from, 3, 2)
  const [hr, hz, hn] = tf.split(past, 3, 2)
  const reset = tf.sigmoid(tf.add(xr, hr))
  const keep = tf.sigmoid(tf.add(xz, hz))
  const fresh = tf.tanh(tf.add(xn, tf.mul(reset, hn)))
  return tf.add(fresh, tf.mul(keep, tf.sub(h, fresh)))
}
