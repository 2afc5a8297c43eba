// Self-supervised sets by kernel ridge regression (KRR-ST: Lee et al. 2024): items
// and targets from which the best last layer of many networks, each partly trained on them, foretells
// the similarity fingerprints of real items. No label is read.
import { AppError } from '../../../../api/errors.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import {
  createRowProducts,
  kernelsOf,
  type RowProducts
} from '../../../compute/kernels/item-kernel.ts'
import { ridgeError } from '../../../compute/kernels/kernel-ridge.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import type { StudentRecipe } from '../../../networks/student-recipe.ts'
import type { MethodCheckpoint } from '../../method.ts'
import {
  defineDistillation,
  type DistillationContext,
  type DistillationInputs,
  type DistillationProgress,
  type DistilledSet,
  type TargetRows
} from '../distillation-method.ts'
import { createNetworkFeatures, type NetworkFeatures } from '../feature-ridge/network-features.ts'
import { createPool, type Pool } from '../feature-ridge/pool.ts'
import { asStored } from '../kernel-ridge/learned-items.ts'
import { requireFewItems } from '../kernel-ridge/spread.ts'
import { kernelStepSeconds } from '../kernel-ridge/work.ts'
import { classLabels } from '../matching/made-set.ts'
import { matchingNetwork } from '../matching/mean-run.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import { candidateSteps, checkpointEvery } from '../matching/schedule.ts'
import { selfSupervisedCard } from './card.ts'
import {
  keepTargets,
  moveTargets,
  startTargets,
  targetsFrom,
  type LearnedTargets
} from './learned-targets.ts'
import { selfSupervisedParams, type SelfSupervisedParams } from './params.ts'

/** Columns of the built-in fingerprints, about: for estimates. */
const usualColumns = 256

export const selfSupervisedMethod = defineDistillation({
  id: 'self-supervised',
  family: 'distillation',
  version: 1,
  card: selfSupervisedCard,
  params: selfSupervisedParams,
  makes: 'made',
  learns: 'representation',
  // A row of numbers is its own fingerprint: there is nothing to be foretold.
  reads: ['pictures'],
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
    // Solving for some hundred columns costs more than for a few classes.
    const columns = (made * (real + made) * usualColumns * 3) / 5e8
    return {
      forward: iterations * (real + made),
      trained: iterations * 2 * made,
      second: 0,
      otherSeconds: iterations * (kernelStepSeconds(made, real, 512) + columns),
      megabytes:
        300 +
        Math.ceil(
          (12 * made * inputSize(shape.shape) +
            60 * made * (made + real) +
            4 * usualColumns * shape.trainItems) /
            1e6
        )
    }
  },
  run: runSelfSupervised
})

/** What is prepared once. */
interface Parts {
  readonly network: NetworkCode
  readonly products: RowProducts
  readonly features: NetworkFeatures
  readonly pool: Pool
  readonly rows: TargetRows
}

const stepName = 'self-supervised items'

/** Throws AppError "method-not-possible" where the data comes without fingerprints. */
function targetRows({ targets }: DistillationInputs): TargetRows {
  if (targets !== undefined) return targets
  throw new AppError(
    'method-not-possible',
    'This method needs the similarity fingerprints of the data.'
  )
}

async function* runSelfSupervised(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: SelfSupervisedParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { device, random, signal, resume } = context
  const total = params.iterations
  const made = inputs.classNames.length * inputs.perClass
  requireFewItems(made)
  const rows = targetRows(inputs)
  await enableGradients()
  const { tf } = device
  const network = createNetwork(matchingNetwork(inputs.network), inputs.shape, rows.columns)
  const kept = resume?.step === stepName ? resume : undefined
  const learned =
    kept === undefined
      ? await startTargets(context, inputs, rows, params)
      : targetsFrom(kept, inputs, rows, params)
  const products = createRowProducts(tf)
  const features = createNetworkFeatures(tf, network, signal)
  const pool = createPool(tf, network, params, random.fork('pool'), kept)
  const parts: Parts = { network, products, features, pool, rows }
  const offered = new Set(candidateSteps(total))
  const keepEvery = checkpointEvery(params.batch + 6 * made, inputs.network.width)
  try {
    while (learned.done < total) {
      signal.throwIfAborted()
      learned.error = await step(context, inputs, params, parts, learned)
      const done = ++learned.done
      const isOffered = offered.has(done)
      yield {
        phase: 'Shaping items and what they teach',
        done,
        total,
        unit: 'steps',
        live: { series: 'error', x: done, y: learned.error },
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

/** One step in one network of the pool; returns the error before it, as a share of what varies. */
async function step(
  { device: { tf }, random }: DistillationContext,
  inputs: DistillationInputs,
  params: SelfSupervisedParams,
  { network, products, features, pool, rows }: Parts,
  learned: LearnedTargets
): Promise<number> {
  const { train } = inputs
  const { values, targets, done } = learned
  const stream = random.fork(`iteration ${done}`)
  const index = stream.below(params.networks)
  const taken = stream.sample(train.count, Math.min(params.batch, train.count))
  const weights = parameterTensors(tf, network, pool.parameters(index))
  try {
    const real = await features.forward(train.read(taken), weights)
    const own = await features.forward(values, weights)
    const kernels = kernelsOf(products, own, real, network.featureWidth, { kind: 'plain' })
    const { columns } = rows
    const error = ridgeError(kernels, targets, rows.train(taken), columns, params.ridge)
    const byValues = await features.back(values, kernels.back(error), weights)
    moveTargets(learned, { values: byValues, targets: error.labels }, inputs, params)
    const lot = stream.fork('learning')
    pool.learn(index, learned, lot, lot.fork('new network'))
    // Targets are scaled so that a column varies by 1 on average.
    return (2 * error.loss) / columns
  } finally {
    tf.dispose(weights)
  }
}

function checkpointOf(learned: LearnedTargets, pool: Pool): MethodCheckpoint {
  const [items, networks] = [keepTargets(learned), pool.keep()]
  return {
    step: stepName,
    arrays: { ...networks.arrays, ...items.arrays },
    values: { ...networks.values, ...items.values }
  }
}

/**
 * How students learn targets: squared error with the paper's SGD and half its decay, at a rate that
 * falls to 0. On Fashion-MNIST it was better than AdamW for made and for real items.
 */
export const representationStudent: StudentRecipe = {
  optimizer: 'sgd',
  rate: 0.1,
  momentum: 0.9,
  decay: 5e-4,
  epochs: 400,
  batch: 256,
  schedule: 'cosine',
  augment: null,
  loss: 'squared-error',
  temperature: 1
}

function setOf(
  inputs: DistillationInputs,
  params: SelfSupervisedParams,
  learned: LearnedTargets
): DistilledSet {
  const { values, stored } = asStored(inputs, learned.values, params.storage)
  const targets = learned.targets.slice()
  const count = inputs.classNames.length * inputs.perClass
  return {
    form: 'pixels',
    count,
    values,
    labels: classLabels(inputs.classNames.length, inputs.perClass),
    targets: { kind: 'values', values: targets },
    stored: [
      stored,
      {
        name: 'targets',
        part: 'labels',
        shape: [count, targets.length / count],
        values: targets,
        bytesEach: 4
      }
    ],
    student: representationStudent,
    consumer: 'representation',
    info: {
      iterations: learned.done,
      error: learned.error,
      columns: targets.length / count,
      storage: params.storage
    },
    notes: []
  }
}
