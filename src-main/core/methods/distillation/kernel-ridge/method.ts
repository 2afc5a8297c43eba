// Items and labels for kernel models, made by following the error of kernel ridge regression (KIP:
// Nguyen, Chen and Lee 2021, with a radial kernel in place of a network's).
import {
  createRowProducts,
  kernelsOf,
  type RowProducts
} from '../../../compute/kernels/item-kernel.ts'
import { ridgeError } from '../../../compute/kernels/kernel-ridge.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import { inputSize } from '../../../networks/network.ts'
import type { MethodCheckpoint } from '../../method.ts'
import {
  defineDistillation,
  type DistillationContext,
  type DistillationInputs,
  type DistillationProgress,
  type DistilledSet
} from '../distillation-method.ts'
import { classLabels } from '../matching/made-set.ts'
import { candidateSteps } from '../matching/schedule.ts'
import { kernelRidgeCard } from './card.ts'
import { kernelFiles } from './kernel-script.ts'
import { kernelSet, madeItemsNote } from './kernel-set.ts'
import {
  asStored,
  keepLearned,
  learnedFrom,
  moveLearned,
  startLearned,
  wantedLabels,
  type LearnedItems
} from './learned-items.ts'
import { kernelRidgeParams, type KernelRidgeParams } from './params.ts'
import { medianSpread, requireFewItems } from './spread.ts'
import { kernelStepSeconds } from './work.ts'

export const kernelRidgeMethod = defineDistillation({
  id: 'kernel-ridge',
  family: 'distillation',
  version: 1,
  card: kernelRidgeCard,
  params: kernelRidgeParams,
  makes: 'made',
  reads: ['pictures', 'vectors'],
  derivatives: 'first',
  efforts: { quick: { iterations: 250 }, standard: {}, thorough: { iterations: 3000 } },
  experts: () => undefined,
  work(shape, { iterations, batch }) {
    const made = shape.classes * shape.perClass
    const size = inputSize(shape.shape)
    return {
      forward: 0,
      trained: 0,
      second: 0,
      otherSeconds: iterations * kernelStepSeconds(made, Math.min(batch, shape.trainItems), size),
      megabytes: 100 + Math.ceil((16 * made * size + 60 * made * (made + batch)) / 1e6)
    }
  },
  run: runKernelRidge,
  exportFiles: async (set) => kernelFiles(set)
})

/** Items with the width of their kernel. */
interface Learned extends LearnedItems {
  readonly spread: number
}

const stepName = 'kernel items'

async function* runKernelRidge(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: KernelRidgeParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { signal } = context
  const total = params.iterations
  const made = inputs.classNames.length * inputs.perClass
  requireFewItems(made)
  const products = createRowProducts(context.device.tf)
  try {
    const learned = await begin(context, inputs, params, products)
    const offered = new Set(candidateSteps(total))
    const seconds = kernelStepSeconds(made, params.batch, inputSize(inputs.shape))
    const keepEvery = Math.max(1, Math.floor(4 / seconds))
    while (learned.done < total) {
      await letMessagesIn()
      signal.throwIfAborted()
      learned.loss = step(context, inputs, params, products, learned)
      const done = ++learned.done
      const isOffered = offered.has(done)
      yield {
        phase: 'Shaping items for the kernel model',
        done,
        total,
        unit: 'steps',
        live: { series: 'error', x: done, y: learned.loss },
        ...(isOffered || done % keepEvery === 0 ? { checkpoint: checkpointOf(learned) } : {}),
        ...(isOffered ? { candidate: setOf(inputs, params, learned) } : {})
      }
    }
    return setOf(inputs, params, learned)
  } finally {
    products.dispose()
  }
}

async function begin(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: KernelRidgeParams,
  products: RowProducts
): Promise<Learned> {
  const { random, resume } = context
  if (resume?.step === stepName)
    return { ...learnedFrom(resume, inputs, params), spread: Number(resume.values.spread) }
  const items = await startLearned(context, inputs, params, 1)
  const stream = random.fork('spread')
  const median = medianSpread(products, inputs.train, inputSize(inputs.shape), stream)
  return { ...items, spread: params.width * median }
}

/** One step on real items by lot; returns the error before it. */
function step(
  { random }: DistillationContext,
  inputs: DistillationInputs,
  params: KernelRidgeParams,
  products: RowProducts,
  learned: Learned
): number {
  const { train, shape, classNames } = inputs
  const { values, targets, spread, done } = learned
  const stream = random.fork(`iteration ${done}`)
  const rows = stream.sample(train.count, Math.min(params.batch, train.count))
  const labels = rows.map((row) => train.labels[row])
  const kernel = { kind: 'radial', spread } as const
  const kernels = kernelsOf(products, values, train.read(rows), inputSize(shape), kernel)
  const wanted = wantedLabels(labels, classNames.length, 1)
  const error = ridgeError(kernels, targets, wanted, classNames.length, params.ridge)
  moveLearned(learned, { values: kernels.back(error), labels: error.labels }, inputs, params)
  return error.loss
}

function checkpointOf(learned: Learned): MethodCheckpoint {
  const { arrays, values } = keepLearned(learned)
  return { step: stepName, arrays, values: { ...values, spread: learned.spread } }
}

function setOf(
  inputs: DistillationInputs,
  params: KernelRidgeParams,
  { values, targets, spread, done, loss }: Learned
): DistilledSet {
  return kernelSet(inputs, {
    form: 'pixels',
    ...asStored(inputs, values, params.storage),
    labels: classLabels(inputs.classNames.length, inputs.perClass),
    targets: targets.slice(),
    kernel: { spread, ridge: params.ridge },
    info: { iterations: done, loss: Number.isFinite(loss) ? loss : null },
    notes: [madeItemsNote]
  })
}
