// The phases of one run with their usual shares of its time, from what the run has to do. The speed
// is that of a usual processor: only the ratios count.
import { DistilDraft } from '../../api/dto/distil.ts'
import type {
  DistillationMethod,
  DistillationShape
} from '../methods/distillation/distillation-method.ts'
import type { DatasetRecord } from '../store/records.ts'
import { distilPhases, type DistilPhase } from './distil-state.ts'
import { partSeconds, type PartSeconds } from './estimate.ts'
import { networkWork } from './network-work.ts'
import { methodParams } from './method-params.ts'
import { networkFor } from './network-choice.ts'

/** Multiplications a second of one core in training. */
const multiplications = 1e10
/** Shares of items that are tested on and that choices are made on. */
const testShare = 0.2
const validationShare = 0.08
const usualSide = 28

/** The phases of a run; without helper models where the method needs none, without tests if off. */
export function phasesOfRun(
  methods: readonly DistillationMethod[],
  dataset: (id: string) => DatasetRecord | undefined,
  params: unknown
): readonly { readonly name: string; readonly weight: number }[] {
  const parsed = DistilDraft.safeParse(params)
  if (!parsed.success) return distilPhases
  const seconds = secondsOf(methods, dataset(parsed.data.dataset), parsed.data)
  if (seconds === undefined) return distilPhases
  const all = seconds.reading + seconds.experts + seconds.making + seconds.testing
  // No part is shorter than this share: something always shows.
  const share = (own: number): number => Math.max(0.02, own / all)
  const weights: Record<DistilPhase, number> = {
    'Reading the items': share(seconds.reading),
    'Training the helper model': share(seconds.experts),
    'Making the set': share(seconds.making),
    'Testing the set': share(seconds.testing),
    'Writing the result': 0.01
  }
  return distilPhases
    .filter(
      ({ name }) =>
        (name !== 'Training the helper model' || seconds.experts > 0) &&
        (name !== 'Testing the set' || parsed.data.check.isOn)
    )
    .map(({ name }) => ({ name, weight: weights[name] }))
}

/** The phases as they are shown: a helper model of the analyst's own is asked, not trained. */
export function shownPhases(
  phases: readonly { readonly name: string; readonly weight: number }[],
  params: unknown
): readonly { readonly name: string; readonly weight: number }[] {
  const parsed = DistilDraft.safeParse(params)
  if (!parsed.success || parsed.data.helper?.kind !== 'file') return phases
  const training: DistilPhase = 'Training the helper model'
  return phases.map((phase) =>
    phase.name === training ? { ...phase, name: 'Asking your helper model' } : phase
  )
}

function secondsOf(
  methods: readonly DistillationMethod[],
  dataset: DatasetRecord | undefined,
  draft: DistilDraft
): PartSeconds | undefined {
  const method = methods.find(({ id }) => id === draft.method.id)
  if (method === undefined || dataset === undefined) return undefined
  const isPictures = dataset.kind === 'images'
  const side = draft.side ?? usualSide
  const shape = isPictures
    ? { height: side, width: side, channels: 3 }
    : { height: 1, width: 1, channels: 256 }
  const network = networkFor(draft, shape)
  const test = Math.round(dataset.items * testShare)
  const validation = Math.round(dataset.items * validationShare)
  const train = Math.max(1, dataset.items - test - validation)
  const asked: DistillationShape = {
    data: isPictures ? 'pictures' : 'vectors',
    shape,
    classes: Math.max(2, draft.groups ?? dataset.classNames.length),
    trainItems: train,
    perClass: draft.perClass,
    network,
    labels: draft.labels.kind
  }
  const forward = networkWork(network, shape, asked.classes) / multiplications
  const speed = {
    forward,
    trained: 4 * forward,
    second: 12 * forward,
    perPicture: isPictures ? 3e-4 : 1e-5
  }
  try {
    const params = methodParams(method, draft)
    const items = { train, validation, test }
    return partSeconds({
      draft,
      method,
      params,
      asked,
      items,
      speed,
      threads: 2
    })
  } catch {
    return undefined
  }
}
