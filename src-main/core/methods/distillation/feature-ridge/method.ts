// Neural feature regression (FRePo: Zhou, Nezhadarya and Ba 2022): items and labels from which the best
// last layer of many networks, each partly trained on them, is right on real items.
import { enableGradients } from '../../../compute/devices/gradients.ts'
import {
  createRowProducts,
  kernelsOf,
  type RowProducts
} from '../../../compute/kernels/item-kernel.ts'
import { ridgeError } from '../../../compute/kernels/kernel-ridge.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { plainStudent } from '../../../networks/student-recipe.ts'
import type { MethodCheckpoint } from '../../method.ts'
import {
  defineDistillation,
  type DistillationContext,
  type DistillationInputs,
  type DistillationProgress,
  type DistilledSet
} from '../distillation-method.ts'
import {
  asStored,
  keepLearned,
  learnedFrom,
  moveLearned,
  startLearned,
  storedTargets,
  wantedLabels,
  type LearnedItems
} from '../kernel-ridge/learned-items.ts'
import { requireFewItems } from '../kernel-ridge/spread.ts'
import { kernelStepSeconds } from '../kernel-ridge/work.ts'
import { classLabels } from '../matching/made-set.ts'
import { matchingNetwork } from '../matching/mean-run.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import { candidateSteps, checkpointEvery } from '../matching/schedule.ts'
import { featureRidgeCard } from './card.ts'
import { createNetworkFeatures, type NetworkFeatures } from './network-features.ts'
import { featureRidgeParams, type FeatureRidgeParams } from './params.ts'
import { createPool, type Pool } from './pool.ts'

export const featureRidgeMethod = defineDistillation({
  id: 'feature-ridge',
  family: 'distillation',
  version: 1,
  card: featureRidgeCard,
  params: featureRidgeParams,
  makes: 'made',
  reads: ['pictures', 'vectors'],
  derivatives: 'first',
  efforts: {
    quick: { iterations: 200, batch: 128 },
    standard: {},
    thorough: { iterations: 10_000, batch: 1024, networks: 10, lifetime: 100 }
  },
  experts: () => undefined,
  work(shape, { iterations, batch }) {
    const made = shape.classes * shape.perClass
    const real = Math.min(batch, shape.trainItems)
    return {
      forward: iterations * (real + made),
      trained: iterations * 2 * made,
      second: 0,
      otherSeconds: iterations * kernelStepSeconds(made, real, 512),
      megabytes:
        300 + Math.ceil((12 * made * inputSize(shape.shape) + 60 * made * (made + real)) / 1e6)
    }
  },
  run: runFeatureRidge
})

/** What is prepared once. */
interface Parts {
  readonly network: NetworkCode
  readonly products: RowProducts
  readonly features: NetworkFeatures
  readonly pool: Pool
}

const stepName = 'feature items'

async function* runFeatureRidge(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: FeatureRidgeParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { device, random, signal, resume } = context
  const total = params.iterations
  const made = inputs.classNames.length * inputs.perClass
  requireFewItems(made)
  await enableGradients()
  const { tf } = device
  const network = createNetwork(
    matchingNetwork(inputs.network),
    inputs.shape,
    inputs.classNames.length
  )
  const kept = resume?.step === stepName ? resume : undefined
  const learned =
    kept === undefined
      ? await startLearned(context, inputs, params, labelSize(network))
      : learnedFrom(kept, inputs, params)
  const products = createRowProducts(tf)
  const features = createNetworkFeatures(tf, network, signal)
  const pool = createPool(tf, network, params, random.fork('pool'), kept)
  const parts: Parts = { network, products, features, pool }
  const offered = new Set(candidateSteps(total))
  const keepEvery = checkpointEvery(params.batch + 6 * made, inputs.network.width)
  try {
    while (learned.done < total) {
      signal.throwIfAborted()
      learned.loss = await step(context, inputs, params, parts, learned)
      const done = ++learned.done
      const isOffered = offered.has(done)
      yield {
        phase: 'Shaping items for the last layer',
        done,
        total,
        unit: 'steps',
        live: { series: 'error', x: done, y: learned.loss },
        ...(isOffered || done % keepEvery === 0 ? { checkpoint: checkpointOf(learned, pool) } : {}),
        ...(isOffered ? { candidate: setOf(inputs, params, learned) } : {})
      }
    }
    return setOf(inputs, params, learned)
  } finally {
    pool.dispose()
    features.dispose()
    products.dispose()
  }
}

/** Labels grow with the number of classes, as published: sqrt(classes / 10). */
function labelSize({ classes }: Pick<NetworkCode, 'classes'>): number {
  return Math.sqrt(classes / 10)
}

/** One step in one network of the pool; returns the error before it. */
async function step(
  { device: { tf }, random }: DistillationContext,
  inputs: DistillationInputs,
  params: FeatureRidgeParams,
  { network, products, features, pool }: Parts,
  learned: LearnedItems
): Promise<number> {
  const { train } = inputs
  const { values, targets, done } = learned
  const stream = random.fork(`iteration ${done}`)
  const index = stream.below(params.networks)
  const rows = stream.sample(train.count, Math.min(params.batch, train.count))
  const labels = rows.map((row) => train.labels[row])
  const weights = parameterTensors(tf, network, pool.parameters(index))
  try {
    const real = await features.forward(train.read(rows), weights)
    const own = await features.forward(values, weights)
    const kernels = kernelsOf(products, own, real, network.featureWidth, { kind: 'plain' })
    const wanted = wantedLabels(labels, network.classes, labelSize(network))
    const error = ridgeError(kernels, targets, wanted, network.classes, params.ridge)
    const byValues = await features.back(values, kernels.back(error), weights)
    moveLearned(learned, { values: byValues, labels: error.labels }, inputs, params)
    const lot = stream.fork('learning')
    pool.learn(index, learned, lot, lot.fork('network'))
    return error.loss
  } finally {
    tf.dispose(weights)
  }
}

function checkpointOf(learned: LearnedItems, pool: Pool): MethodCheckpoint {
  const own = keepLearned(learned)
  const networks = pool.keep()
  return {
    step: stepName,
    arrays: { ...networks.arrays, ...own.arrays },
    values: { ...networks.values, ...own.values }
  }
}

function setOf(
  inputs: DistillationInputs,
  params: FeatureRidgeParams,
  { values, targets, done, loss }: LearnedItems
): DistilledSet {
  const classes = inputs.classNames.length
  const items = asStored(inputs, values, params.storage)
  const labels = classLabels(classes, inputs.perClass)
  const kept = targets.slice()
  return {
    form: 'pixels',
    count: labels.length,
    values: items.values,
    labels,
    targets: { kind: 'values', values: kept },
    stored: [items.stored, storedTargets(kept, classes)],
    student: { ...plainStudent, loss: 'squared-error' },
    consumer: 'network',
    info: { iterations: done, loss: Number.isFinite(loss) ? loss : null },
    notes: []
  }
}
