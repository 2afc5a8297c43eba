// Training of experts: plain networks on all training items, their weights kept at fixed moments.
// Nothing is drawn from a stream that runs on, so that a training goes on from any step to the same
// bits.
import { enableGradients } from '../compute/devices/gradients.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { Random } from '../compute/random.ts'
import type { LabelledRows } from '../methods/distillation/distillation-method.ts'
import type { MethodCheckpoint, MethodContext } from '../methods/method.ts'
import type { ExpertMoment, ExpertRequest } from './experts.ts'
import { concatArrays, cutArrays } from './flat-arrays.ts'
import type { NetworkCode } from './network.ts'
import { oneHotShares } from './normalisation.ts'
import { predictLogits, shareRight } from './predict.ts'
import { augmentBatch } from './train-student.ts'
import { createTrainer, type Trainer, type TrainerState } from './trainer.ts'

/** Where an expert is trained, and from where on. */
export type ExpertContext = Pick<MethodContext, 'random' | 'signal' | 'device' | 'resume'>

/** A kept moment with the weights at it. */
export interface KeptMoment extends ExpertMoment {
  /** Which of {@link expertMoments}. */
  readonly index: number
  /** In the order of the network's `parameters`. */
  readonly parameters: Float32Array[]
  /** Running mean and variance of each batch normalisation, mean then variance; empty without. */
  readonly statistics: Float32Array[]
}

export interface ExpertProgress {
  /** Steps. */
  readonly done: number
  readonly total: number
  /** Mean loss of the last batch; absent before the first step. */
  readonly loss?: number
  /** Of all moments up to here, this is the newest. */
  readonly moment?: KeptMoment
  /** A later training given this as `resume` goes on to the same bits; all moments so far are out. */
  readonly checkpoint?: MethodCheckpoint
}

interface PlannedMoment {
  readonly epoch: number
  readonly step: number
}

/** Moments that an expert keeps: before training, parts of the first epoch, and whole epochs. */
export function expertMoments(request: ExpertRequest, trainItems: number): PlannedMoment[] {
  const perEpoch = stepsPerEpoch(request, trainItems)
  const moments: PlannedMoment[] = [{ epoch: 0, step: 0 }]
  const add = (epoch: number): void => {
    const step = Math.round(epoch * perEpoch)
    // A small set has fewer steps in an epoch than parts.
    if (step > moments[moments.length - 1].step) moments.push({ epoch: step / perEpoch, step })
  }
  for (let part = 1; part < request.firstEpochParts && request.epochs > 0; part++)
    add(part / request.firstEpochParts)
  for (let epoch = 1; epoch <= request.epochs; epoch++) add(epoch)
  return moments
}

function stepsPerEpoch({ batch }: ExpertRequest, trainItems: number): number {
  return Math.ceil(trainItems / Math.min(batch, trainItems))
}

/** Milliseconds of steps between two looks at the event loop, and between two checkpoints. */
const pauseEvery = 80
const checkpointEvery = 2000

/**
 * Trains expert `expertIndex` of a request and yields its moments in order. Equal requests, items
 * and `context.random` give the same bits. Throws a RangeError when there are no training items.
 */
export async function* trainExpert(
  context: ExpertContext,
  network: NetworkCode,
  request: ExpertRequest,
  train: LabelledRows,
  validation: LabelledRows,
  expertIndex: number
): AsyncGenerator<ExpertProgress, void, void> {
  const { device, signal, resume } = context
  signal.throwIfAborted()
  if (train.count === 0) throw new RangeError('an expert needs at least one training item')
  await enableGradients()
  const random = context.random.fork(`expert ${expertIndex}`)
  const state = resume === undefined ? undefined : fromCheckpoint(resume, network, request)
  const trainer = createTrainer(
    device.tf,
    network,
    { ...request, optimizer: 'sgd', loss: 'cross-entropy', temperature: 1 },
    state ?? { parameters: network.start(random.fork('weights')) }
  )
  const first = state === undefined ? 0 : state.steps + 1
  const moments = expertMoments(request, train.count)
  const total = moments[moments.length - 1].step
  const nextBatch = createSteps(network, request, train, random, trainer)
  const clock = { paused: performance.now(), saved: performance.now() }
  try {
    for (let done = first; done <= total; done++) {
      const loss = done === 0 ? undefined : nextBatch(done - 1)
      const index = moments.findIndex(({ step }) => step === done)
      const now = performance.now()
      if (index < 0 && now - clock.paused < pauseEvery) continue
      await letMessagesIn()
      signal.throwIfAborted()
      const progress = { done, total, ...(loss === undefined ? {} : { loss }) }
      if (index >= 0 || now - clock.saved >= checkpointEvery) {
        const reached = trainer.state()
        const checkpoint = toCheckpoint(reached)
        if (index < 0) yield { ...progress, checkpoint }
        else {
          const facts = await judge(context, network, reached, validation)
          const { parameters, statistics } = reached
          const moment = { index, epoch: moments[index].epoch, ...facts, parameters, statistics }
          yield { ...progress, checkpoint, moment }
        }
        clock.saved = performance.now()
      } else yield progress
      clock.paused = performance.now()
    }
  } finally {
    trainer.dispose()
  }
}

/** Step `index` of the training, in any order: each epoch has its own order, each step its changes. */
function createSteps(
  network: NetworkCode,
  request: ExpertRequest,
  train: LabelledRows,
  random: Random,
  trainer: Trainer
): (index: number) => number {
  const batch = Math.min(request.batch, train.count)
  const perEpoch = stepsPerEpoch(request, train.count)
  let order = new Uint32Array(0)
  let shuffled = -1
  return (index) => {
    const epoch = Math.floor(index / perEpoch)
    if (epoch !== shuffled) {
      order = Uint32Array.from({ length: train.count }, (_, i) => i)
      random.fork(`order ${epoch}`).shuffle(order)
      shuffled = epoch
    }
    const at = (index % perEpoch) * batch
    const rows = order.subarray(at, at + batch)
    const values = train.read(rows)
    augmentBatch(values, request, network.input, random.fork(`changes ${index}`))
    const labels = Int32Array.from(rows, (row) => train.labels[row])
    return trainer.step(values, oneHotShares(labels, network.classes), request.rate)
  }
}

async function judge(
  { device, signal }: ExpertContext,
  network: NetworkCode,
  { parameters, statistics }: TrainerState,
  validation: LabelledRows
): Promise<{ readonly accuracy01: number; readonly entropy: number }> {
  const { tf } = device
  const logits = await predictLogits(tf, network, parameters, validation, signal, statistics)
  return {
    accuracy01: shareRight(logits, validation.labels, network.classes),
    entropy: meanEntropy(logits, network.classes)
  }
}

/** Mean entropy of softmax over rows of logits, in nats; 0 without rows. */
export function meanEntropy(logits: Float32Array, classes: number): number {
  let sum = 0
  for (let from = 0; from < logits.length; from += classes) {
    const row = logits.subarray(from, from + classes)
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity)
    let [total, weighted] = [0, 0]
    for (const logit of row) {
      const share = Math.exp(logit - most)
      total += share
      weighted += share * (logit - most)
    }
    sum += Math.log(total) - weighted / total
  }
  return logits.length === 0 ? 0 : sum / (logits.length / classes)
}

function toCheckpoint({ parameters, moments, statistics, steps }: TrainerState): MethodCheckpoint {
  return {
    step: 'expert',
    arrays: {
      parameters: concatArrays(parameters),
      moments: concatArrays(moments),
      statistics: concatArrays(statistics)
    },
    values: { steps }
  }
}

function fromCheckpoint(
  { arrays, values }: MethodCheckpoint,
  network: NetworkCode,
  request: ExpertRequest
): TrainerState {
  const sizes = network.parameters.map(({ shape }) => shape.reduce((a, b) => a * b, 1))
  const read = (name: string, parts: readonly number[]): Float32Array[] => {
    const array = arrays[name]
    if (!(array instanceof Float32Array)) throw new RangeError(`no ${name} in the checkpoint`)
    return cutArrays(array, parts)
  }
  const widths = network.normalised.flatMap((width) => [width, width])
  return {
    parameters: read('parameters', sizes),
    moments: read('moments', request.momentum === 0 ? [] : sizes),
    statistics: read('statistics', widths),
    steps: Number(values.steps)
  }
}
