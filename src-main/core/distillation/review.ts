// "What you will get": a draft worked out on its data before anything runs.
import { z } from 'zod'
import { Json, type ValidationMessage } from '../../api/dto/common.ts'
import type { DistilDraft, DistilKind, DistilReview } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import type { ReadyFeatures, SelectFeatures } from '../selection/ready-features.ts'
import type { Machine } from '../selection/review.ts'
import type {
  DistillationMethod,
  DistillationShape
} from '../methods/distillation/distillation-method.ts'
import { createNetwork } from '../networks/create-network.ts'
import { parameterCount, type InputShape, type NetworkSpec } from '../networks/network.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { splitDraft, type DraftSplit, type SplitSource } from './draft-split.ts'
import { effortTimes, estimateCost } from './estimate.ts'
import { fingerprintSeconds, longerBy } from './fingerprint-time.ts'
import { realItemBytes } from './ledger.ts'
import { draftMessages } from './messages.ts'
import { methodParams } from './method-params.ts'
import { networkFor } from './network-choice.ts'
import { halvesOf, isPairs, pairedItems, usualHalfColumns } from './pairs/halves.ts'
import { pairMessages } from './pairs/pair-messages.ts'
import { pictureSideOf } from './picture-side.ts'
import type { NetworkProber, ProbedSpeed } from './network-prober.ts'
import { helperMessages, whyNoOwnHelper } from './own-helper/helper-messages.ts'
import { findHelper, type KeptHelper } from './own-helper/helper-store.ts'
import { ownFolder } from './own-helper/own-experts.ts'
import { kindsInOrder, methodChoices, methodOfKind, recommendFor } from './recommend.ts'
import { distilSentence, suggestedName } from './sentence.ts'

export interface ReviewDeps extends SplitSource {
  readonly store: Store
  readonly methods: readonly DistillationMethod[]
  readonly features: Pick<SelectFeatures, 'cached' | 'probe'>
  readonly prober: Pick<NetworkProber, 'speed'>
  /** experts/ of the project. */
  readonly expertsFolder: string
  readonly machine: Machine
  /** Name of the project folder, for the command line. */
  readonly projectFolder: string
  readonly threads: number
  /** Device asked for in settings. */
  deviceRequest(): string
  /** True for ids of graphics cards. */
  isGraphics(device: string): boolean
}

/** Columns of fingerprints that are not made yet, where no probe can tell. */
const usualColumns = 256

async function shapeOf(
  deps: ReviewDeps,
  draft: DistilDraft,
  split: DraftSplit
): Promise<InputShape> {
  const { dataset } = split
  if (dataset.kind === 'images') {
    const side = await pictureSideOf(deps.items, draft, dataset, split.train)
    // Whether the pictures have colour is known once they are read.
    return { height: side, width: side, channels: dataset.format === 'idx' ? 1 : 3 }
  }
  if (isPairs(draft)) {
    const halves = halvesOf(dataset)
    const pictures = (await deps.features.cached(halves.pictures))?.columns
    const texts = (await deps.features.cached(halves.texts))?.columns
    const channels = (pictures ?? usualHalfColumns.pictures) + (texts ?? usualHalfColumns.texts)
    return { height: 1, width: 1, channels }
  }
  const ready: ReadyFeatures | undefined = await deps.features.cached(dataset)
  const columns = ready?.columns ?? (await deps.features.probe(dataset))?.columns ?? usualColumns
  return { height: 1, width: 1, channels: columns }
}

/** Bytes of the set, labels included, before it is made. */
function expectedBytes(draft: DistilDraft, shape: InputShape, classes: number): number {
  const items = draft.perClass * classes
  const isMade = draft.kind !== 'real'
  const own = realItemBytes(shape) * (isMade && shape.height > 1 ? 4 : 1)
  const labels =
    draft.labels.kind === 'hard' || isMade
      ? 1
      : draft.labels.kind === 'views'
        ? (2 * classes * draft.labels.passes) / draft.labels.keepOneOf
        : draft.labels.kind === 'teacher'
          ? 1
          : draft.labels.keep === null
            ? 2 * classes
            : 3 * Math.min(classes, draft.labels.keep)
  // Rows of numbers are never changed: their helper model need not be kept.
  const isKept = draft.labels.kind === 'teacher' && !isMade && shape.height > 1
  const helper = isKept ? createNetwork(networkFor(draft, shape), shape, classes) : undefined
  return items * (own + labels) + (helper === undefined ? 0 : 2 * parameterCount(helper))
}

/** A later version of a dataset, the last one. */
function newerVersion(
  store: Store,
  dataset: DatasetRecord
): { readonly id: string; readonly version: number } | undefined {
  let last = dataset
  for (;;) {
    const next = store.datasets.list().find(({ previous }) => previous === last.id)
    if (next === undefined) break
    last = next
  }
  return last.id === dataset.id ? undefined : { id: last.id, version: last.version }
}

/** Quotes a word for a shell when it needs it. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9._/%:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** Parameters of a method as an effort recommends them. */
function settingsOf(
  method: DistillationMethod,
  { effort }: DistilDraft
): NonNullable<DistilReview['settings']> {
  return { method: method.id, defaults: z.record(z.string(), Json).parse(method.efforts[effort]) }
}

/** The file that the draft names, where it is in the project. */
async function helperOf(
  deps: ReviewDeps,
  { helper }: DistilDraft
): Promise<KeptHelper | undefined> {
  return helper?.kind === 'file'
    ? findHelper(ownFolder(deps.expertsFolder), helper.file)
    : undefined
}

/** What a method is asked for by a draft, before any data is read. */
function askedOf(draft: DistilDraft, split: DraftSplit, shape: InputShape): DistillationShape {
  return {
    data: split.dataset.kind === 'images' ? 'pictures' : 'vectors',
    shape,
    classes: Math.max(2, split.classNames.length),
    trainItems: split.train.length,
    perClass: draft.perClass,
    network: networkFor(draft, shape),
    labels: draft.labels.kind
  }
}

/** True when the method asks for helper models with the draft's settings, or its usual ones. */
function asksForHelper(
  method: DistillationMethod,
  draft: DistilDraft,
  asked: DistillationShape
): boolean {
  try {
    return method.experts(asked, methodParams(method, draft)) !== undefined
  } catch {
    // Settings that do not fit are said elsewhere.
    return method.itemsAsked !== undefined
  }
}

/** Why a method cannot do what its settings ask of this data; undefined when it can. */
function refusalOf(
  method: DistillationMethod,
  draft: DistilDraft,
  asked: DistillationShape
): ValidationMessage | undefined {
  try {
    const params = methodParams(method, draft)
    method.experts(asked, params)
    method.work(asked, params)
    return undefined
  } catch (error) {
    // Settings that do not fit the schema have a message of their own.
    if (!(error instanceof AppError)) return undefined
    const text = error.hint === undefined ? error.message : `${error.message} ${error.hint}`
    const patch = { method: { id: method.id, params: {} } }
    const usual = { label: 'Take the usual settings', patch }
    return { code: 'M3', severity: 'error', step: 'effort', text, actions: [usual] }
  }
}

function bySeverity(messages: readonly ValidationMessage[]): ValidationMessage[] {
  const weight = { error: 0, caution: 1, note: 2 }
  return [...messages].sort((a, b) => weight[a.severity] - weight[b.severity])
}

/** Throws AppError "dataset-not-found". */
export async function reviewDraft(deps: ReviewDeps, draft: DistilDraft): Promise<DistilReview> {
  const split = await splitDraft(deps, draft)
  const { dataset } = split
  const data = dataset.kind === 'images' ? 'pictures' : 'vectors'
  const paired = pairedItems(deps.store, dataset)
  const taken = isPairs(draft) ? 'pairs' : data
  const choices = methodChoices(deps.methods, taken)
  const recommended = recommendFor(choices, draft, taken)
  const method = deps.methods.find(({ id }) => id === draft.method.id)
  const shape = await shapeOf(deps, draft, split)
  const network = networkFor(draft, shape)
  const asked = askedOf(draft, split, shape)
  const isEmpty = split.train.length === 0 || split.classNames.length < (isPairs(draft) ? 1 : 2)
  const speedOf = (wanted: NetworkSpec): Promise<ProbedSpeed | undefined> =>
    deps.prober.speed(
      dataset,
      shape,
      wanted,
      method?.derivatives === 'second',
      deps.deviceRequest()
    )
  const refusal = isEmpty || method === undefined ? undefined : refusalOf(method, draft, asked)
  const isCounted = !isEmpty && method !== undefined && refusal === undefined
  const speed = isCounted ? await speedOf(network) : undefined
  const helper = await helperOf(deps, draft)
  const { threads } = deps
  const askSeconds = helper?.secondsPerItem
  const inputs = method && ({ draft, split, method, shape, data, threads, askSeconds } as const)
  const first = isEmpty ? 0 : await fingerprintSeconds(deps.features, dataset, draft, method)
  const cost = inputs && speed && estimateCost({ ...inputs, network, speed })
  const estimate = cost && longerBy(cost, first)
  const times = inputs === undefined || !isCounted ? [] : await effortTimes(inputs, speedOf)
  const efforts = times.map((effort) => longerBy(effort, first))
  const items = draft.perClass * split.classNames.length
  return {
    trainItems: split.train.length,
    validationItems: split.validation.length,
    testItems: split.test.length,
    ...(paired > 0 && { pairs: paired }),
    items,
    shrink: items === 0 ? 0 : split.train.length / items,
    sizeBytes: expectedBytes(draft, shape, split.classNames.length),
    classes: split.classNames.map((name, i) => ({ name, available: split.available[i] })),
    side: data === 'pictures' ? shape.height : null,
    ...(method !== undefined && { settings: settingsOf(method, draft) }),
    messages: bySeverity([
      ...(refusal === undefined ? [] : [refusal]),
      ...pairMessages(draft, paired, dataset.items),
      ...helperMessages({
        ...{ draft, method, helper, data, shape },
        isAskedFor: method !== undefined && asksForHelper(method, draft, asked),
        datasetLabels: dataset.classNames,
        classNames: split.classNames
      }),
      ...draftMessages({
        draft,
        split,
        choices,
        method,
        recommended,
        efforts,
        estimate,
        hasGraphicsCard: speed !== undefined && deps.isGraphics(speed.deviceId),
        freeMemoryBytes: deps.machine.freeMemoryBytes(),
        freeDiskBytes: await deps.machine.freeDiskBytes(),
        newer: newerVersion(deps.store, dataset)
      })
    ]),
    kinds: kindsInOrder.map((kind) => ({
      ...kindChoice(choices, kind, draft.groups !== undefined),
      sizeBytes: expectedBytes({ ...draft, kind }, shape, split.classNames.length)
    })),
    methods: choices.map((choice) => {
      const own = deps.methods.find(({ id }) => id === choice.method)
      if (own === undefined) return choice
      const asks = asksForHelper(own, draft, asked)
      return { ...choice, whyNoOwnHelper: whyNoOwnHelper(own, asks) }
    }),
    recommended,
    efforts,
    estimate: estimate ?? null,
    sentence: distilSentence(draft, split, method?.card.name ?? draft.method.id),
    suggestedName: suggestedName(draft, dataset.name),
    command: [
      'winnow',
      'distil',
      '--project',
      deps.projectFolder,
      '--dataset',
      dataset.name,
      '--plan',
      'plan.json'
    ]
      .map(shellWord)
      .join(' ')
  }
}

function kindChoice(
  choices: ReturnType<typeof methodChoices>,
  kind: DistilKind,
  isGrouped: boolean
): DistilReview['kinds'][number] {
  const method = methodOfKind(choices, kind, isGrouped)
  const first = choices.find((choice) => choice.kind === kind)
  return {
    kind,
    isPossible: method !== undefined,
    reason:
      method === undefined
        ? (first?.reason ?? 'There is no method for this kind of set yet.')
        : null,
    method: method?.method ?? first?.method ?? ''
  }
}
