// From clouds and a decoder to the tiny training set: what is stored, what students see of it, and fresh
// items for each of their passes.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import { inputSize, type InputShape } from '../../../networks/network.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import type { StoredArray } from '../distillation-method.ts'
import type { GroupState } from './group-state.ts'
import { groupDecoder, type LatentLayout } from './layout.ts'
import { drawLatents } from './matcher.ts'
import { readArray, storeArray } from './quantise.ts'

/** Means and spreads as items, decoders as decoders. */
export function storedGroups(
  groups: readonly GroupState[],
  layout: LatentLayout,
  shape: InputShape
): StoredArray[] {
  return groups.flatMap(({ decoder, mean, spread }, g) => {
    const { parameters } = groupDecoder(layout, g, shape)
    const clouds = [layout.groups[g].classes, layout.priors, layout.latent]
    return [
      storeArray(
        { name: nameOf(g, 'means'), part: 'items', shape: clouds, values: mean },
        layout.storage
      ),
      storeArray(
        { name: nameOf(g, 'spreads'), part: 'items', shape: clouds, values: spread },
        layout.storage
      ),
      ...parameters.map((parameter, i) =>
        storeArray(
          {
            name: nameOf(g, parameter.name),
            part: 'decoder',
            shape: parameter.shape,
            values: decoder[i]
          },
          layout.storage
        )
      )
    ].flat()
  })
}

function nameOf(group: number, what: string): string {
  return `group ${group + 1} ${what}`
}

/** A group as it comes back from storage. */
export interface ReadGroup {
  readonly decoder: readonly Float32Array[]
  /** Classes x priors x latent. */
  readonly mean: Float32Array
  /** Logarithms of the variances. */
  readonly spread: Float32Array
}

/** All groups; throws a RangeError naming an array that is missing. */
export function readGroups(
  stored: readonly StoredArray[],
  layout: LatentLayout,
  shape: InputShape
): ReadGroup[] {
  return layout.groups.map((_, g) => ({
    decoder: groupDecoder(layout, g, shape).parameters.map(({ name }) =>
      readArray(stored, nameOf(g, name))
    ),
    mean: readArray(stored, nameOf(g, 'means')),
    spread: readArray(stored, nameOf(g, 'spreads'))
  }))
}

/** Pictures of one decoder pass at most. */
const mostAtOnce = 256

/**
 * Items of given clouds: latent = mean + exp(spread / 2) noise, decoded.
 * @param clouds place of each item's cloud in the group
 * @param noise items x latent
 * @returns items x size, normalised
 */
export function decodeItems(
  tf: TensorFlow,
  { decoder, mean, spread }: ReadGroup,
  layout: LatentLayout,
  group: number,
  shape: InputShape,
  clouds: Int32Array,
  noise: Float32Array
): Float32Array {
  const code = groupDecoder(layout, group, shape)
  const ops = trainingOps(tf)
  const { latent } = layout
  const size = inputSize(shape)
  const out = new Float32Array(clouds.length * size)
  const weights = code.parameters.map((parameter, i) => tf.tensor(decoder[i], [...parameter.shape]))
  for (let from = 0; from < clouds.length; from += mostAtOnce) {
    const taken = clouds.subarray(from, from + mostAtOnce)
    const pick = (of: Float32Array): Float32Array => {
      const rows = new Float32Array(taken.length * latent)
      taken.forEach((cloud, i) =>
        rows.set(of.subarray(cloud * latent, (cloud + 1) * latent), i * latent)
      )
      return rows
    }
    const values: Tensor = tf.tidy(() => {
      const rows = [
        pick(mean),
        pick(spread),
        noise.slice(from * latent, (from + taken.length) * latent)
      ]
      const [m, s, e] = rows.map((numbers) => tf.tensor2d(numbers, [taken.length, latent]))
      return code.forward(tf, ops, weights, drawLatents(tf, ops, m, s, e), layout)
    })
    out.set(values.dataSync<'float32'>(), from * size)
    values.dispose()
  }
  tf.dispose(weights)
  return out
}

/** Class of each item of a set: `copies` x `priors` of each class, one class after the other. */
export function itemLabels({ classes, priors, copies }: LatentLayout): Int32Array {
  return Int32Array.from({ length: classes * priors * copies }, (_, i) =>
    Math.floor(i / (priors * copies))
  )
}

/** Cloud of each item of a set: in every class the means of its clouds, then draws of each in turn. */
export function itemClouds({ classes, priors, copies }: LatentLayout): Int32Array {
  return Int32Array.from({ length: classes * priors * copies }, (_, i) => {
    const [c, place] = [Math.floor(i / (priors * copies)), i % (priors * copies)]
    return c * priors + (place % priors)
  })
}

/**
 * Items of a pass: the mean of every cloud, and draws for the other copies. Without `random`, nothing
 * is drawn and all copies are means.
 */
export function recoverItems(
  tf: TensorFlow,
  groups: readonly ReadGroup[],
  layout: LatentLayout,
  shape: InputShape,
  random: Random | undefined
): Float32Array {
  const { priors, copies, latent } = layout
  const size = inputSize(shape)
  const clouds = itemClouds(layout)
  const noise = Float32Array.from({ length: clouds.length * latent }, (_, at) => {
    const place = Math.floor(at / latent) % (priors * copies)
    return place < priors || random === undefined ? 0 : random.normal()
  })
  const out = new Float32Array(clouds.length * size)
  let firstClass = 0
  layout.groups.forEach(({ classes }, g) => {
    const [from, to] = [firstClass, firstClass + classes].map((c) => c * priors * copies)
    const own = clouds.slice(from, to).map((cloud) => cloud - firstClass * priors)
    const drawn = noise.subarray(from * latent, to * latent)
    out.set(decodeItems(tf, groups[g], layout, g, shape, own, drawn), from * size)
    firstClass += classes
  })
  return out
}
