// A run that makes items by matching class averages (DM, DataDAM): a new random network in every
// iteration, one step of the items, and a checkpoint now and then from which it goes on to the same
// bits. All randomness of an iteration comes from its number.
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { NetworkCode, NetworkSpec } from '../../../networks/network.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { drawClassBatch, rowsByClass } from './class-rows.ts'
import { createDecoder } from './decoder.ts'
import { chooseMoments } from './expert-moments.ts'
import { descend, itemsFrom, keepItems, madeItems, type MadeItems } from './made-items.ts'
import { madeSet, pictureRange, type StorageRule } from './made-set.ts'
import { createMeanMatcher, type Describe, type IterationTensors } from './mean-matching.ts'
import { parameterTensors } from './network-tensors.ts'
import { pixelOps } from './pixel-ops.ts'
import { candidateSteps, checkpointEvery } from './schedule.ts'
import { augmentationOf, siameseChange, type ChangeRule } from './siamese-change.ts'
import { startValues, type StartRule } from './start-items.ts'

/** Everything that one of these methods decides. */
export interface MeanRunOptions {
  readonly iterations: number
  readonly realPerClass: number
  /** Of the gradient step. */
  readonly rate: number
  readonly momentum: number
  readonly start: StartRule
  readonly changes: ChangeRule
  readonly tiles: number
  readonly mirror: boolean
  readonly storage: StorageRule
  readonly describe: Describe
  /** Networks trained on all items instead of random ones, and the weight of naming made items. */
  readonly trained?: { readonly classWeight: number; readonly mostEpochsApart: number }
  readonly notes: readonly string[]
}

/**
 * The network to match in: instance norm in place of batch norm, because averages over a batch would
 * make every item depend on the others of its part.
 */
export function matchingNetwork(spec: NetworkSpec): NetworkSpec {
  return spec.norm === 'batch' ? { ...spec, norm: 'instance' } : spec
}

/** Formation for the data: rows of numbers have neither tiles nor mirror images. */
export function formationOf(
  { data }: Pick<DistillationInputs, 'data'>,
  { tiles, mirror }: Pick<MeanRunOptions, 'tiles' | 'mirror'>
): { readonly factor: number; readonly isMirrored: boolean } {
  return data === 'vectors'
    ? { factor: 1, isMirrored: false }
    : { factor: tiles, isMirrored: mirror }
}

/** Runs the iterations; the result is the set after the last one. */
export async function* runMeanMatching(
  context: DistillationContext,
  inputs: DistillationInputs,
  options: MeanRunOptions
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  await enableGradients()
  const { tf } = context.device
  const { iterations: total } = options
  const byClass = rowsByClass(inputs.train, inputs.classNames)
  const formation = formationOf(inputs, options)
  const decoder = createDecoder(inputs.shape, formation)
  const augment = augmentationOf(options.changes, inputs)
  const network = createNetwork(networkOf(inputs, options), inputs.shape, byClass.length)
  const change = siameseChange(tf, inputs.shape, augment)
  const matcher = createMeanMatcher({
    tf,
    ops: pixelOps(tf),
    network,
    describe: options.describe,
    change,
    madePerClass: inputs.perClass * decoder.copies,
    classWeight: options.trained?.classWeight ?? 0,
    signal: context.signal
  })
  const range = options.storage === 'bytes' ? pictureRange(inputs) : undefined
  const offered = new Set(candidateSteps(total))
  const passes = byClass.length * (options.realPerClass + 3 * inputs.perClass * decoder.copies)
  const keepEvery = checkpointEvery(passes, inputs.network.width)
  const { items, ...begun } = await begin(context, inputs, options, byClass, formation.factor)
  let { done, loss } = begun
  const result = (): DistilledSet =>
    madeSet(inputs, items.values, {
      ...options,
      factor: formation.factor,
      augment,
      info: { iterations: done, loss: Number.isFinite(loss) ? loss : null }
    })
  try {
    while (done < total) {
      context.signal.throwIfAborted()
      const random = context.random.fork(`iteration ${done}`)
      const tensors = await iterationTensors(context, inputs, options, network, random)
      tensors.change.push(...change.draw(random.fork('changes')))
      try {
        const batch = drawClassBatch(random.fork('rows'), byClass, options.realPerClass)
        const means = await matcher.realMeans(inputs.train, batch, tensors)
        const match = await matcher.match(decoder.decode(items.values), means, tensors)
        loss = match.loss
        descend(items, decoder.back(match.slopes), { ...options, range })
      } finally {
        tf.dispose([...tensors.parameters, ...tensors.judge, ...tensors.change])
      }
      done++
      const isOffered = offered.has(done)
      const isKept = isOffered || done % keepEvery === 0
      yield {
        phase: 'Matching averages',
        done,
        total,
        unit: 'steps',
        live: { series: 'distance', x: done, y: loss },
        ...(isKept ? { checkpoint: checkpointOf(items, done, loss) } : {}),
        ...(isOffered ? { candidate: result() } : {})
      }
    }
    return result()
  } finally {
    matcher.dispose()
  }
}

function networkOf(inputs: DistillationInputs, { trained }: MeanRunOptions): NetworkSpec {
  return trained === undefined || inputs.experts === undefined
    ? matchingNetwork(inputs.network)
    : inputs.experts.network
}

const stepName = 'matching averages'

function checkpointOf(items: MadeItems, done: number, loss: number): MethodCheckpoint {
  return { step: stepName, arrays: keepItems(items), values: { done, loss } }
}

async function begin(
  { device, random, signal, resume }: DistillationContext,
  { train, shape, perClass }: DistillationInputs,
  { start }: MeanRunOptions,
  byClass: readonly Uint32Array[],
  factor: number
): Promise<{ items: MadeItems; done: number; loss: number }> {
  const size = shape.height * shape.width * shape.channels
  if (resume?.step === stepName)
    return {
      items: itemsFrom(resume.arrays, byClass.length * perClass * size),
      done: Number(resume.values.done),
      loss: Number(resume.values.loss)
    }
  const { tf } = device
  const values = await startValues(
    { tf, train, byClass, shape, perClass, factor, random: random.fork('start'), signal },
    start
  )
  return { items: madeItems(values), done: 0, loss: NaN }
}

/** Networks of one iteration; the change is still empty. */
async function iterationTensors(
  { device: { tf } }: DistillationContext,
  { experts }: DistillationInputs,
  { trained }: MeanRunOptions,
  network: NetworkCode,
  random: DistillationContext['random']
): Promise<IterationTensors & { readonly change: IterationTensors['change'][number][] }> {
  const toTensors = (values: readonly Float32Array[]) => parameterTensors(tf, network, values)
  if (trained === undefined || experts === undefined)
    return { parameters: toTensors(network.start(random.fork('network'))), judge: [], change: [] }
  const { expert, moment, judge } = chooseMoments(
    random.fork('network'),
    experts,
    trained.mostEpochsApart
  )
  const parameters = toTensors(await experts.read(expert, moment))
  if (trained.classWeight === 0) return { parameters, judge: [], change: [] }
  return { parameters, judge: toTensors(await experts.read(expert, judge)), change: [] }
}
