// The tiny training set of clouds and a decoder: items, labels, storage, and what it all costs.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import { inputSize } from '../../../networks/network.ts'
import { plainStudent } from '../../../networks/student-recipe.ts'
import type { DistillationInputs, DistilledSet, StoredArray } from '../distillation-method.ts'
import { compressLabels } from '../label-compression/compress.ts'
import { storedLabels } from '../real-items/real-rows.ts'
import type { GroupState } from './group-state.ts'
import { groupDecoder, type LatentLayout } from './layout.ts'
import { itemClouds, itemLabels, readGroups, recoverItems, storedGroups } from './latent-set.ts'

/** Soft labels of a set. */
export interface CloudLabels {
  /** Clouds x classes. */
  readonly shares: Float32Array
  /** Whose they are, in words. */
  readonly from: string
}

/** What a set says about itself besides its items. */
export interface LatentFacts {
  readonly iterations: number
  /** Of the last step; NaN before the first. */
  readonly loss: number
  readonly studentEpochs: number
  readonly notes: readonly string[]
}

/** The set of these groups; `random` draws the items that are shown and counted. */
export function latentSet(
  tf: TensorFlow,
  inputs: Pick<DistillationInputs, 'shape' | 'perClass'>,
  groups: readonly GroupState[],
  layout: LatentLayout,
  soft: CloudLabels | undefined,
  facts: LatentFacts,
  random: Random
): DistilledSet {
  const { shape } = inputs
  const { classes, priors } = layout
  const labels = itemLabels(layout)
  const arrays = storedGroups(groups, layout, shape)
  const compressed = soft && compressLabels(soft.shares, classes, { isHalf: true, rest: 'spread' })
  const cloudLabels = Int32Array.from({ length: classes * priors }, (_, i) =>
    Math.floor(i / priors)
  )
  const stored = [...arrays, ...(compressed?.stored ?? [storedLabels(cloudLabels, classes)])]
  return {
    form: 'latents',
    count: labels.length,
    values: recoverItems(tf, readGroups(arrays, layout, shape), layout, shape, random),
    labels,
    targets:
      soft === undefined || compressed === undefined
        ? { kind: 'hard' }
        : { kind: 'soft', shares: sharesOfItems(compressed.shares, layout), from: soft.from },
    stored,
    student: { ...plainStudent, epochs: facts.studentEpochs },
    consumer: 'network',
    info: {
      latents: layout,
      ...(Number.isFinite(facts.loss) ? { loss: facts.loss } : {}),
      iterations: facts.iterations,
      labelVectors: classes * priors,
      storage: storageOf(stored, inputs, layout),
      recoveryProductsPerItem: recoveryProducts(layout, shape)
    },
    notes: facts.notes
  }
}

/** One label vector for each cloud, reused for all its items. */
export function sharesOfItems(shares: Float32Array, layout: LatentLayout): Float32Array {
  const { classes } = layout
  const clouds = itemClouds(layout)
  const out = new Float32Array(clouds.length * classes)
  clouds.forEach((cloud, i) =>
    out.set(shares.subarray(cloud * classes, (cloud + 1) * classes), i * classes)
  )
  return out
}

/** The ledger of all arrays, and the same in items: as many real ones of each class take as much room. */
function storageOf(
  stored: readonly StoredArray[],
  { shape }: Pick<DistillationInputs, 'shape'>,
  { classes }: LatentLayout
): Readonly<Record<string, number>> {
  const numbers = stored.reduce((sum, { values }) => sum + values.length, 0)
  const bytes = stored.reduce((sum, { values, bytesEach }) => sum + values.length * bytesEach, 0)
  return {
    numbers,
    bytes,
    // In bytes, as real pictures have one for each number, and in numbers, as the paper counts.
    itemsPerClassByBytes: bytes / (classes * inputSize(shape)),
    itemsPerClassByNumbers: numbers / (classes * inputSize(shape))
  }
}

/** Multiplications of drawing one item, as a mean over the groups: the cost of recovery. */
function recoveryProducts(layout: LatentLayout, shape: Parameters<typeof groupDecoder>[2]): number {
  const sum = layout.groups.reduce((total, { classes }, g) => {
    const { plan, spec } = groupDecoder(layout, g, shape)
    let products = spec.latent * plan.height * plan.width * plan.channels[0]
    plan.channels.forEach((channels, i) => {
      const pixels = plan.height * plan.width * 4 ** (i + 1)
      products += pixels * 9 * channels * (plan.channels[i + 1] ?? shape.channels)
    })
    return total + products * classes
  }, 0)
  return Math.round(sum / layout.classes)
}
