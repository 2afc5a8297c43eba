// How long the similarity fingerprints of pictures take that a run has to make first: for groups in the
// place of labels, and for methods that teach likeness.
import type { DistilDraft, DistilReview } from '../../api/dto/distil.ts'
import type { CostEstimate } from '../../api/dto/runs.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import type { DatasetRecord } from '../store/records.ts'

type Features = Pick<SelectFeatures, 'cached' | 'probe'>

/** What was measured, by dataset: a review asks at every change of its form. */
const measured = new WeakMap<Features, Map<string, number>>()

/** Seconds, 0 where none are needed, where they are there already, or where it cannot be told. */
export async function fingerprintSeconds(
  features: Features,
  dataset: DatasetRecord,
  draft: Pick<DistilDraft, 'groups'>,
  method: Pick<DistillationMethod, 'learns'> | undefined
): Promise<number> {
  const isNeeded = draft.groups !== undefined || method?.learns === 'representation'
  if (!isNeeded || (await features.cached(dataset)) !== undefined) return 0
  const known = measured.get(features) ?? new Map<string, number>()
  measured.set(features, known)
  const before = known.get(dataset.id)
  if (before !== undefined) return before
  const probe = await features.probe(dataset)
  if (probe === undefined) return 0
  const seconds = probe.secondsPerItem * dataset.items
  known.set(dataset.id, seconds)
  return seconds
}

/** An estimate with that much more work, as uncertain as the rest of it. */
export function longerBy<
  T extends Pick<CostEstimate, 'lowSeconds' | 'highSeconds'> | DistilReview['efforts'][number]
>(cost: T, seconds: number): T {
  return {
    ...cost,
    lowSeconds: cost.lowSeconds + 0.6 * seconds,
    highSeconds: cost.highSeconds + 1.8 * seconds
  }
}
