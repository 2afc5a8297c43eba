// What a run will cost: time as a range, memory, disk and device, from steps of the draft's own
// network measured on this computer.
import type { DistilDraft, DistilEffort, DistilReview } from '../../api/dto/distil.ts'
import type { CostEstimate } from '../../api/dto/runs.ts'
import { describeSource } from '../datasets/item-source.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type {
  DistillationMethod,
  DistillationShape
} from '../methods/distillation/distillation-method.ts'
import { createNetwork } from '../networks/create-network.ts'
import {
  inputSize,
  parameterCount,
  type InputShape,
  type NetworkSpec
} from '../networks/network.ts'
import type { ExpertRequest } from '../networks/experts.ts'
import { plainStudent } from '../networks/student-recipe.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import type { DraftSplit } from './draft-split.ts'
import { realItemBytes } from './ledger.ts'
import { methodParams } from './method-params.ts'
import { networkFor } from './network-choice.ts'
import type { DistilProbeInput, NetworkSpeed } from './probe-task.ts'

/** Measures networks; remembers what it measured for as long as the project is open. */
export interface NetworkProber {
  /** Undefined when it could not be measured. */
  speed(
    dataset: DatasetRecord,
    shape: InputShape,
    network: NetworkSpec,
    wantsSecond: boolean,
    device: string
  ): Promise<NetworkSpeed | undefined>
}

export interface NetworkProberDeps {
  readonly store: Pick<Store, 'items'>
  readonly pool: ComputePool
  readonly mediaFolder: string
}

/** Pictures decoded to see how long that takes. */
const decodedPictures = 16
/** Wider networks are measured at this width; the rest is arithmetic. */
const measuredWidth = 32

export function createNetworkProber(deps: NetworkProberDeps): NetworkProber {
  const known = new Map<string, Promise<NetworkSpeed | undefined>>()
  async function measure(input: DistilProbeInput): Promise<NetworkSpeed | undefined> {
    // Which pictures are decoded to time it makes no difference.
    const key = JSON.stringify({ ...input, pictures: input.pictures !== undefined })
    const before = known.get(key)
    if (before !== undefined) return before
    const measured = deps.pool
      .run<DistilProbeInput, never, NetworkSpeed>({ name: 'probe-distil' }, input, {
        signal: AbortSignal.timeout(60_000),
        isLight: true
      })
      .catch(() => undefined)
    known.set(key, measured)
    // A failure is not remembered: the data may be reachable the next time.
    if ((await measured) === undefined) known.delete(key)
    return measured
  }
  return {
    async speed(dataset, shape, network, wantsSecond, device) {
      const isWide = network.kind === 'convnet' && network.width > measuredWidth
      const measured = isWide ? { ...network, width: measuredWidth } : network
      const classes = Math.max(2, dataset.classNames.length)
      const speed = await measure({
        shape,
        classes,
        network: measured,
        wantsSecond,
        pictures:
          dataset.kind === 'images'
            ? {
                source: describeSource(dataset, deps.mediaFolder),
                locators: deps.store.items
                  .range(dataset.id, 0, decodedPictures)
                  .map(({ locator }) => locator)
              }
            : undefined,
        device
      })
      if (speed === undefined || !isWide) return speed
      const factor = networkWork(network, shape, classes) / networkWork(measured, shape, classes)
      return {
        ...speed,
        forward: speed.forward * factor,
        trained: speed.trained * factor,
        second: speed.second * factor
      }
    }
  }
}

/** Multiplications of one forward pass, about. */
export function networkWork(
  { width, depth }: NetworkSpec,
  shape: InputShape,
  classes: number
): number {
  let pixels = shape.height * shape.width
  let inputs = shape.channels
  let sum = 0
  for (let block = 0; block < depth; block++) {
    sum += pixels * 9 * inputs * width
    pixels /= 4
    inputs = width
  }
  return sum + pixels * width * classes
}

export interface EstimateInputs {
  readonly draft: DistilDraft
  readonly split: DraftSplit
  readonly method: DistillationMethod
  readonly shape: InputShape
  readonly data: 'pictures' | 'vectors'
  readonly network: NetworkSpec
  readonly speed: NetworkSpeed
  readonly threads: number
  /** Helper models of the same request may be there already; this many are trained anew. */
  readonly hasExperts: boolean
}

/** Short trainings that a run makes to show where it stands. */
const probes = 13
const probeSteps = 120
const probeItems = 1000
/** Tests: arms on the main network, and on the other one. */
const mainArms = 4
const otherArms = 2
const ratesTried: Readonly<Record<DistilEffort, number>> = { quick: 1, standard: 3, thorough: 4 }

/** What the length of a run depends on, apart from the speed of the computer. */
export interface WorkInputs {
  readonly draft: DistilDraft
  readonly method: DistillationMethod
  readonly params: Record<string, unknown>
  readonly asked: DistillationShape
  readonly items: { readonly train: number; readonly validation: number; readonly test: number }
  readonly speed: Pick<NetworkSpeed, 'forward' | 'trained' | 'second' | 'perPicture'>
  readonly threads: number
  readonly hasExperts: boolean
}

/** Seconds of the parts of a run. */
export interface PartSeconds {
  readonly reading: number
  readonly experts: number
  readonly making: number
  readonly testing: number
}

/** How long each part of a run takes. */
export function partSeconds(inputs: WorkInputs): PartSeconds {
  const { draft, method, params, asked, items, speed, threads } = inputs
  const request = inputs.hasExperts ? undefined : method.experts(asked, params)
  const cost = method.work(asked, params)
  const count = draft.perClass * asked.classes
  const tries =
    method.makes === 'real'
      ? 0
      : probes * (probeSteps * Math.min(count, 256) * speed.trained + probeItems * speed.forward)
  const making =
    cost.forward * speed.forward + cost.trained * speed.trained + cost.second * speed.second
  // Cores share one step less well than several steps beside each other.
  const cores = Math.max(1, threads) ** 0.6
  return {
    reading: (items.train + items.validation + items.test) * speed.perPicture,
    experts: request === undefined ? 0 : trainedSeconds(inputs, request) / cores,
    making: (tries + making) / cores + cost.otherSeconds,
    testing: testSeconds(inputs)
  }
}

function trainedSeconds(inputs: WorkInputs, request: ExpertRequest): number {
  const { speed, items } = inputs
  const moments = request.epochs + request.firstEpochParts
  const sharp = request.sharpness > 0 ? 2 : 1
  return (
    request.count *
    (request.epochs * items.train * speed.trained * sharp +
      moments * items.validation * speed.forward)
  )
}

function testSeconds({ draft, asked, items, speed, threads }: WorkInputs): number {
  if (!draft.check.isOn) return 0
  const student = plainStudent.epochs * draft.perClass * asked.classes * speed.trained
  const named = items.test * speed.forward
  const chosen = items.validation * speed.forward
  const arms = mainArms + (draft.check.otherNetwork ? otherArms : 0)
  const choosing = ratesTried[draft.effort] * arms * (student + chosen)
  const testing = draft.check.repeats * arms * (student + named)
  // All data is learned in about 2,000 steps of 64 items.
  const all = draft.check.all ? 2000 * Math.min(64, items.train) * speed.trained : 0
  return (choosing + testing + all) / Math.max(1, threads)
}

/** The estimate, or undefined when the draft's parameters are not possible. */
export function estimateCost(inputs: EstimateInputs): CostEstimate | undefined {
  const { draft, split, method, shape, speed, network, threads } = inputs
  const asked: DistillationShape = {
    data: inputs.data,
    shape,
    classes: split.classNames.length,
    trainItems: split.train.length,
    perClass: draft.perClass,
    network
  }
  let params: Record<string, unknown>
  try {
    params = methodParams(method, draft)
  } catch {
    return undefined
  }
  const request = method.experts(asked, params)
  const items = {
    train: split.train.length,
    validation: split.validation.length,
    test: split.test.length
  }
  const parts = partSeconds({ ...inputs, params, asked, items })
  const seconds = parts.reading + parts.experts + parts.making + parts.testing
  const total = items.train + items.validation + items.test
  const count = draft.perClass * asked.classes
  const trainBytes = split.train.length * realItemBytes(shape)
  const moments =
    request === undefined ? 0 : request.count * (request.epochs + request.firstEpochParts + 1)
  const parameters =
    request === undefined ? 0 : parameterCount(createNetwork(request.network, shape, asked.classes))
  return {
    lowSeconds: Math.max(1, seconds * 0.6),
    highSeconds: Math.max(2, seconds * 1.8),
    megabytes: method.work(asked, params).megabytes + (2 * trainBytes * threads) / 1e6,
    diskMegabytes:
      ((inputs.data === 'pictures' ? total * realItemBytes(shape) : 0) +
        4 * moments * parameters +
        8 * count * inputSize(shape)) /
      1e6,
    device: speed.device,
    why: 'Measured just now on this computer with a network of this size.'
  }
}

/** Time of each effort, with the network it would have. */
export async function effortTimes(
  inputs: Omit<EstimateInputs, 'network' | 'speed' | 'hasExperts'>,
  speedOf: (network: NetworkSpec) => Promise<NetworkSpeed | undefined>
): Promise<DistilReview['efforts']> {
  const times: DistilReview['efforts'] = []
  for (const effort of ['quick', 'standard', 'thorough'] as const) {
    const draft = { ...inputs.draft, effort }
    const network = networkFor(draft, inputs.shape)
    const speed = await speedOf(network)
    const cost = speed && estimateCost({ ...inputs, draft, network, speed, hasExperts: false })
    if (cost !== undefined)
      times.push({ effort, lowSeconds: cost.lowSeconds, highSeconds: cost.highSeconds })
  }
  return times
}
