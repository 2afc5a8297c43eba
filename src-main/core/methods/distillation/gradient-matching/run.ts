// A run that makes items by matching gradients (DC, DSA, IDC). All randomness of a step comes from
// its number; the network is part of a checkpoint, so a run goes on in the middle of one.
import type { Tensor } from '@tensorflow/tfjs-core'
import { requireSecondOrder } from '../../../compute/ops/second-order-guard.ts'
import type { Random } from '../../../compute/random.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { drawRows, rowsByClass } from '../matching/class-rows.ts'
import { createDecoder, type Decoder } from '../matching/decoder.ts'
import { descend, itemsFrom, keepItems, madeItems, type MadeItems } from '../matching/made-items.ts'
import { classLabels, madeSet, pictureRange } from '../matching/made-set.ts'
import { formationOf, matchingNetwork } from '../matching/mean-run.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import { candidateSteps, checkpointEvery } from '../matching/schedule.ts'
import { augmentationOf, siameseChange, type SiameseChange } from '../matching/siamese-change.ts'
import { startValues } from '../matching/start-items.ts'
import { createGradientMatcher, type GradientMatcher } from './gradient-matcher.ts'
import { learn, type Learned } from './lessons.ts'
import type { GradientMatchingParams } from './params.ts'
import { loopsOf, publishedRate } from './rules.ts'

const momentum = 0.5
/** A second-order pass costs about as much as so many forward ones. */
const secondOrderCost = 12

/** Everything that stays the same in a run. */
interface Course {
  readonly context: DistillationContext
  readonly inputs: DistillationInputs
  readonly params: GradientMatchingParams
  readonly byClass: readonly Uint32Array[]
  readonly network: NetworkCode
  readonly decoder: Decoder
  readonly change: SiameseChange
  readonly matcher: GradientMatcher
}

/** Runs the steps; the result is the set after the last one. */
export async function* runGradientMatching(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: GradientMatchingParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { tf } = context.device
  await requireSecondOrder(tf)
  const course = prepare(context, inputs, params)
  const { matcher, network, decoder, byClass } = course
  const augment = augmentationOf(params.changes, inputs)
  const loops = loopsOf(inputs.perClass, params)
  const offered = new Set(candidateSteps(params.steps))
  const made = inputs.perClass * decoder.copies
  const passes = byClass.length * (3 * params.realPerClass + secondOrderCost * made)
  const keepEvery = checkpointEvery(passes, inputs.network.width)
  const by = {
    rate: params.rate * publishedRate(inputs, params.distance),
    momentum,
    range: params.storage === 'bytes' ? pictureRange(inputs) : undefined
  }
  try {
    const { items, ...begun } = await begin(course)
    let { done, loss, learned } = begun
    const result = (): DistilledSet =>
      madeSet(inputs, items.values, {
        storage: params.storage,
        factor: formationOf(inputs, params).factor,
        augment,
        info: { iterations: done, loss: Number.isFinite(loss) ? loss : null },
        notes: notesOf(inputs, params)
      })
    while (done < params.steps) {
      const random = context.random.fork(`step ${done}`)
      learned ??= { parameters: network.start(random.fork('network')) }
      const decoded = decoder.decode(items.values)
      const match = await compare(course, learned, decoded, random.fork('comparison'))
      loss = match.loss
      descend(items, decoder.back(match.slopes), by)
      done++
      const isLast = done % loops.perNetwork === 0 || done === params.steps
      learned = isLast
        ? undefined
        : await learn(
            tf,
            network,
            learned,
            lessonOf(course, items),
            loops.lessons,
            random.fork('lessons'),
            context.signal
          )
      const isOffered = offered.has(done)
      const isKept = isOffered || done % keepEvery === 0
      yield {
        phase: 'Matching learning steps',
        done,
        total: params.steps,
        unit: 'steps',
        live: { series: 'distance', x: done, y: loss },
        ...(isKept ? { checkpoint: checkpointOf(items, done, loss, learned) } : {}),
        ...(isOffered ? { candidate: result() } : {})
      }
    }
    return result()
  } finally {
    matcher.dispose()
  }
}

function prepare(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: GradientMatchingParams
): Course {
  const { tf } = context.device
  const byClass = rowsByClass(inputs.train, inputs.classNames)
  const network = createNetwork(matchingNetwork(inputs.network), inputs.shape, byClass.length)
  const decoder = createDecoder(inputs.shape, formationOf(inputs, params))
  const change = siameseChange(tf, inputs.shape, augmentationOf(params.changes, inputs))
  const matcher = createGradientMatcher({
    tf,
    network,
    change,
    distance: params.distance,
    madePerClass: inputs.perClass * decoder.copies,
    realPerClass: params.realPerClass,
    signal: context.signal
  })
  return { context, inputs, params, byClass, network, decoder, change, matcher }
}

/** One comparison of every class with the same network. */
async function compare(
  { context, inputs, params, byClass, network, change, matcher }: Course,
  learned: Learned,
  decoded: Float32Array,
  random: Random
): Promise<{ loss: number; slopes: Float32Array }> {
  const { tf } = context.device
  const slopes = new Float32Array(decoded.length)
  const each = decoded.length / byClass.length
  const parameters = parameterTensors(tf, network, learned.parameters)
  let loss = 0
  let changes: Tensor[] = []
  try {
    for (const [c, rows] of byClass.entries()) {
      const stream = random.fork(`class ${c}`)
      changes = change.draw(stream.fork('changes'))
      const tensors = { parameters, change: changes }
      const taken = drawRows(stream.fork('rows'), rows, params.realPerClass)
      const real = await matcher.realGradient(inputs.train.read(taken), c, tensors)
      const part = decoded.slice(c * each, (c + 1) * each)
      const match = matcher.match(part, c, real, tensors)
      loss += match.loss
      slopes.set(match.slopes, c * each)
      tf.dispose(changes)
    }
  } finally {
    tf.dispose([...parameters, ...changes])
  }
  return { loss, slopes }
}

function lessonOf({ inputs, params, decoder, byClass }: Course, items: MadeItems) {
  const augment = augmentationOf(params.changes, inputs)
  if (params.teaching === 'real') return { kind: 'real' as const, rows: inputs.train, augment }
  const labels = classLabels(byClass.length, inputs.perClass * decoder.copies)
  return { kind: 'made' as const, values: decoder.decode(items.values), labels, augment }
}

const stepName = 'matching gradients'

/** Items and, in the middle of a network's time, the network. */
function checkpointOf(
  items: MadeItems,
  done: number,
  loss: number,
  learned: Learned | undefined
): MethodCheckpoint {
  const arrays: Record<string, Float32Array> = { ...keepItems(items) } as Record<
    string,
    Float32Array
  >
  learned?.parameters.forEach((values, at) => (arrays[`parameter ${at}`] = values))
  learned?.moments?.forEach((values, at) => (arrays[`moment ${at}`] = values))
  return { step: stepName, arrays, values: { done, loss, steps: learned?.steps ?? 0 } }
}

interface Begun {
  readonly items: MadeItems
  readonly done: number
  readonly loss: number
  readonly learned: Learned | undefined
}

async function begin({ context, inputs, params, byClass }: Course): Promise<Begun> {
  const { device, random, resume, signal } = context
  const { train, shape, perClass } = inputs
  if (resume?.step === stepName)
    return {
      items: itemsFrom(resume.arrays, byClass.length * perClass * inputSize(shape)),
      done: Number(resume.values.done),
      loss: Number(resume.values.loss),
      learned: learnedFrom(resume)
    }
  const { factor } = formationOf(inputs, params)
  const values = await startValues(
    {
      tf: device.tf,
      train,
      byClass,
      shape,
      perClass,
      factor,
      random: random.fork('start'),
      signal
    },
    params.start
  )
  return { items: madeItems(values), done: 0, loss: NaN, learned: undefined }
}

function learnedFrom({ arrays, values }: MethodCheckpoint): Learned | undefined {
  const named = (name: string): Float32Array[] => {
    const found: Float32Array[] = []
    for (let at = 0; ; at++) {
      const array = arrays[`${name} ${at}`]
      if (!(array instanceof Float32Array)) return found
      found.push(array)
    }
  }
  const parameters = named('parameter')
  if (parameters.length === 0) return undefined
  return { parameters, moments: named('moment'), steps: Number(values.steps) }
}

function notesOf(
  { data, network }: DistillationInputs,
  params: GradientMatchingParams
): readonly string[] {
  const notes: string[] = []
  if (data === 'vectors' && (params.tiles > 1 || params.mirror))
    notes.push(
      'Rows of numbers have no tiles and no mirror images, so these settings changed nothing.'
    )
  if (network.norm === 'batch')
    notes.push('Compared through networks with instance norm: batch norm would mix the classes.')
  return notes
}
