// What the result of a tiny set gives reason to try instead, each as a change of its plan. Pure.
import type { DatasetSummary } from '@api/dto/datasets.ts'
import type { DistilDraft, DistilResult } from '@api/dto/distil.ts'
import type { JsonValue } from '@api/dto/common.ts'
import { tinyAdvice as words } from '../../text/distil.ts'
import { formatPercent } from '../../text/format.ts'

/** A button: the plan with a change, or nothing to be done. */
export interface AdviceAction {
  readonly label: string
  /** Undefined keeps the result as it is. */
  readonly draft: DistilDraft | undefined
}

/** A sentence with its buttons. */
export interface Advice {
  readonly id: 'helper' | 'version' | 'plain'
  readonly severity: 'note' | 'caution'
  readonly text: string
  readonly actions: readonly AdviceAction[]
}

/** Words of the engine's own caution about the helper model, which the advice stands in for. */
const helperCaution = 'The helper model is right only'

/** Cautions of the check, without the one that is said with buttons. */
export function otherCautions(cautions: readonly string[], advice: readonly Advice[]): string[] {
  const isSaid = advice.some(({ id }) => id === 'helper')
  return cautions.filter((text) => !isSaid || !text.startsWith(helperCaution))
}

const nextEffort = { quick: 'standard', standard: 'thorough', thorough: 'thorough' } as const

/** More passes for the helper model: the next effort, or twice the passes where there is none. */
function trainLonger(
  draft: DistilDraft,
  defaults: Readonly<Record<string, JsonValue>>
): DistilDraft {
  if (draft.helper?.kind === 'file') return { ...draft, helper: { kind: 'train' } }
  const { id, params } = draft.method
  const set = params['expertEpochs']
  const usual = defaults['expertEpochs']
  if (typeof set === 'number') return withPasses(draft, set)
  if (draft.effort !== 'thorough') return { ...draft, effort: nextEffort[draft.effort] }
  return typeof usual === 'number' ? withPasses({ ...draft, method: { id, params } }, usual) : draft
}

function withPasses(draft: DistilDraft, passes: number): DistilDraft {
  const { id, params } = draft.method
  return {
    ...draft,
    method: { id, params: { ...params, expertEpochs: Math.min(1000, passes * 2) } }
  }
}

/** The share that the helper model got right where its labels were taken; undefined for none. */
function helperShare({ experts, expertEpoch }: DistilResult): number | undefined {
  return experts.find(({ epoch }) => epoch === expertEpoch)?.accuracy01
}

/** The helper model is worse than models that learned from plain labels of the same items. */
function helperAdvice(
  result: DistilResult,
  defaults: Readonly<Record<string, JsonValue>>
): Advice[] {
  const share = helperShare(result)
  const { check, draft } = result
  const plain = check?.arms.find(({ arm }) => arm === 'distilled-hard')?.accuracy.mean
  const rich = check?.arms.find(({ arm }) => arm === 'distilled-soft')?.accuracy.mean
  const isSaid = check?.cautions.some((text) => text.startsWith(helperCaution)) === true
  if (share === undefined || draft.labels.kind === 'hard') return []
  // Test items have the last word: items kept for choices may hold wrong labels.
  if (rich !== undefined && plain !== undefined && rich > plain) return []
  if (!isSaid && (plain === undefined || share >= plain)) return []
  return [helperMessage(draft, share, defaults)]
}

/** The helper model's message with its buttons. */
function helperMessage(
  draft: DistilDraft,
  share01: number,
  defaults: Readonly<Record<string, JsonValue>>
): Advice {
  return {
    id: 'helper',
    severity: 'caution',
    text: words.helper(formatPercent(share01, 0)),
    actions: [
      {
        label: draft.helper?.kind === 'file' ? words.trainHere : words.trainLonger,
        draft: trainLonger(draft, defaults)
      },
      { label: words.usePlain, draft: { ...draft, labels: { kind: 'hard' } } }
    ]
  }
}

/**
 * While a set is made: the helper model was at its best not better than models that learn from random
 * items with plain labels.
 */
export function adviceWhileMade(
  draft: DistilDraft | undefined,
  helper01: number | undefined,
  random01: number | null,
  defaults: Readonly<Record<string, JsonValue>> = {}
): Advice[] {
  if (draft === undefined || helper01 === undefined || random01 === null) return []
  if (draft.labels.kind === 'hard' || helper01 >= random01) return []
  return [helperMessage(draft, helper01, defaults)]
}

/** The last version of the data, where it is not the one the set was made of. */
function versionAdvice(
  { draft, dataset }: DistilResult,
  datasets: readonly Pick<DatasetSummary, 'id' | 'version' | 'previous'>[]
): Advice[] {
  const own = datasets.find(({ id }) => id === dataset)
  if (own === undefined) return []
  let last = own
  // At most one step for each dataset, whatever the list holds.
  for (let step = 0; step < datasets.length; step += 1) {
    const next = datasets.find(({ previous }) => previous === last.id)
    if (next === undefined) break
    last = next
  }
  if (last.id === own.id) return []
  return [
    {
      id: 'version',
      severity: 'note',
      text: words.version(own.version, last.version),
      actions: [
        { label: words.again(last.version), draft: { ...draft, dataset: last.id } },
        { label: words.keep, draft: undefined }
      ]
    }
  ]
}

/** Richer labels were asked for, and the items carry plain ones. */
function plainAdvice({ draft, check, expertEpoch, consumer }: DistilResult): Advice[] {
  const isNetwork = consumer === undefined || consumer === 'network'
  const asked = draft.labels.kind !== 'hard' && draft.groups === undefined
  const hasRicher = check?.arms.some(({ arm }) => arm === 'distilled-soft')
  if (!asked || !isNetwork || expertEpoch !== null || hasRicher !== false) return []
  return [{ id: 'plain', severity: 'note', text: words.plain, actions: [] }]
}

/** Everything worth a word, cautions first. */
export function adviceFor(
  result: DistilResult,
  datasets: readonly Pick<DatasetSummary, 'id' | 'version' | 'previous'>[],
  defaults: Readonly<Record<string, JsonValue>> = {}
): Advice[] {
  return [
    ...helperAdvice(result, defaults),
    ...versionAdvice(result, datasets),
    ...plainAdvice(result)
  ]
}
