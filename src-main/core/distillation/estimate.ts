// What a run will cost: time as a range, memory, disk and device, from steps of the draft's own
// network measured on this computer.
import type { DistilDraft, DistilEffort, DistilReview } from '../../api/dto/distil.ts'
import type { CostEstimate } from '../../api/dto/runs.ts'
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
import type { DraftSplit } from './draft-split.ts'
import { realItemBytes } from './ledger.ts'
import { methodParams } from './method-params.ts'
import { networkFor } from './network-choice.ts'
import type { ProbedSpeed } from './network-prober.ts'

export interface EstimateInputs {
  readonly draft: DistilDraft
  readonly split: DraftSplit
  readonly method: DistillationMethod
  readonly shape: InputShape
  readonly data: 'pictures' | 'vectors'
  readonly network: NetworkSpec
  readonly speed: ProbedSpeed
  readonly threads: number
  /** Seconds for an item of a helper model of the analyst's own; absent where one is trained. */
  readonly askSeconds?: number | undefined
}

/** Short trainings that a run makes to show where it stands. */
const probes = 13
const probeSteps = 120
const probeItems = 1000
const ratesTried: Readonly<Record<DistilEffort, number>> = { quick: 1, standard: 3, thorough: 4 }

/** What the length of a run depends on, apart from the speed of the computer. */
export interface WorkInputs {
  readonly draft: DistilDraft
  readonly method: DistillationMethod
  readonly params: Record<string, unknown>
  readonly asked: DistillationShape
  readonly items: { readonly train: number; readonly validation: number; readonly test: number }
  readonly speed: Pick<ProbedSpeed, 'forward' | 'trained' | 'second' | 'perPicture'>
  readonly threads: number
  readonly askSeconds?: number | undefined
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
  const { method, params, asked, items, speed, threads } = inputs
  const request = method.experts(asked, params)
  const cost = method.work(asked, params)
  const tries = method.makes === 'real' ? 0 : probes * trySeconds(inputs)
  const making =
    cost.forward * speed.forward + cost.trained * speed.trained + cost.second * speed.second
  // Cores share one step less well than several steps beside each other.
  const cores = Math.max(1, threads) ** 0.6
  return {
    reading: (items.train + items.validation + items.test) * speed.perPicture,
    experts: request === undefined ? 0 : helperSeconds(inputs, request) / cores,
    making: (tries + making) / cores + cost.otherSeconds + askedSeconds(inputs),
    testing: testSeconds(inputs)
  }
}

/** One short training that shows where a run stands, on one core. */
function trySeconds({ draft, asked, speed }: WorkInputs): number {
  const count = draft.perClass * asked.classes
  return probeSteps * Math.min(count, 256) * speed.trained + probeItems * speed.forward
}

/**
 * Seconds of the making until the first candidate was tried; undefined where that cannot be told. The
 * first one is tried beside random items.
 */
export function firstCandidateSeconds(inputs: WorkInputs): number | undefined {
  const { method, params, asked, threads } = inputs
  const share =
    method.firstCandidate01?.(asked, params) ?? (method.makes === 'made' ? 0.01 : undefined)
  if (share === undefined) return undefined
  const cores = Math.max(1, threads) ** 0.6
  const tried = method.makes === 'real' ? 0 : (probes * trySeconds(inputs)) / cores
  const own = partSeconds(inputs).making - tried
  return share * own + (2 * trySeconds(inputs)) / cores
}

/** A file of the analyst's own is asked about the validation items; without one, models are trained. */
function helperSeconds(inputs: WorkInputs, request: ExpertRequest): number {
  const { askSeconds, items } = inputs
  return askSeconds === undefined ? trainedSeconds(inputs, request) : items.validation * askSeconds
}

/** What a file is asked while the set is made. */
function askedSeconds({ askSeconds, method, asked, params }: WorkInputs): number {
  return (askSeconds ?? 0) * (method.itemsAsked?.(asked, params) ?? 0)
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

/** Arms that are trained by the set's recipe: the set and random items, with each kind of label. */
function testedArms({ draft, method }: WorkInputs): { readonly own: number; readonly all: number } {
  const own = draft.labels.kind === 'hard' || method.makes === 'made' ? 1 : 2
  // Real items take no more bytes than others; made ones may, and are then compared at equal bytes.
  const equal = draft.check.equalBytes && method.makes !== 'real' ? 1 : 0
  const chosen = draft.check.chosen === true ? 1 : 0
  return { own, all: 2 * own + chosen + equal }
}

/** The set and random items on the other network. */
const otherArms = 2
/** A student of dense layers, as a part of one with convolutions: its steps are mostly overhead. */
const otherPart = 0.2
/** All data is learned in about so many steps of 64 items, once. */
const allSteps = 2000

function testSeconds(inputs: WorkInputs): number {
  const { draft, asked, items, speed, threads } = inputs
  if (!draft.check.isOn) return 0
  const student = plainStudent.epochs * draft.perClass * asked.classes * speed.trained
  const named = items.test * speed.forward
  const chosen = items.validation * speed.forward
  const { own, all } = testedArms(inputs)
  const arms = all + (draft.check.otherNetwork ? otherPart * otherArms : 0)
  const rates = ratesTried[draft.effort]
  const choosing = rates > 1 || own > 1 ? rates * arms * (student + chosen) : 0
  const testing = draft.check.repeats * arms * (student + named)
  const whole = draft.check.all ? allSteps * Math.min(64, items.train) * speed.trained : 0
  return (choosing + testing + whole) / Math.max(1, threads)
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
    network,
    labels: draft.labels.kind
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
  const busy = busyFactor(speed)
  return {
    lowSeconds: Math.max(1, seconds * 0.6),
    highSeconds: Math.max(2, seconds * 1.8 * busy),
    megabytes: method.work(asked, params).megabytes + (2 * trainBytes * threads) / 1e6,
    diskMegabytes:
      ((inputs.data === 'pictures' ? total * realItemBytes(shape) : 0) +
        4 * moments * parameters +
        8 * count * inputSize(shape)) /
      1e6,
    device: speed.device,
    why:
      busy > 1
        ? 'Measured on this computer with a network of this size. Other work keeps it busy at the moment; while that lasts it takes longer.'
        : 'Measured on this computer with a network of this size.'
  }
}

/** How much longer the upper end gets while other work keeps the computer busy, at most twice. */
function busyFactor({ slowdown }: ProbedSpeed): number {
  return Math.min(2, Math.max(1, slowdown / 1.5))
}

/** Time of each effort, with the network it would have. */
export async function effortTimes(
  inputs: Omit<EstimateInputs, 'network' | 'speed'>,
  speedOf: (network: NetworkSpec) => Promise<ProbedSpeed | undefined>
): Promise<DistilReview['efforts']> {
  const times: DistilReview['efforts'] = []
  for (const effort of ['quick', 'standard', 'thorough'] as const) {
    const draft = { ...inputs.draft, effort }
    const network = networkFor(draft, inputs.shape)
    const speed = await speedOf(network)
    const cost = speed && estimateCost({ ...inputs, draft, network, speed })
    if (cost !== undefined)
      times.push({ effort, lowSeconds: cost.lowSeconds, highSeconds: cost.highSeconds })
  }
  return times
}
