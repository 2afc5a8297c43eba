// Which check models a draft asks for and which of them its data allows.
import type { CheckModel, SelectDraft } from '../../api/dto/runs.ts'
import { modelFacts } from '../evaluation/models/model-facts.ts'

/** Why a check model cannot be used on this data, in a sentence; undefined when it can. */
export function whyNotModel(model: CheckModel, hasPictures: boolean): string | undefined {
  return modelFacts[model].reads === 'pictures' && !hasPictures
    ? 'The picture network needs data whose items are pictures.'
    : undefined
}

/** The draft's check models that are possible, the one whose verdict counts first, each once. */
export function checkModels(
  check: Pick<SelectDraft['check'], 'model' | 'alsoModels'>,
  hasPictures: boolean
): readonly CheckModel[] {
  const wanted = [...new Set([check.model, ...check.alsoModels])]
  const possible = wanted.filter((model) => whyNotModel(model, hasPictures) === undefined)
  return possible.length === 0 ? ['linear'] : possible
}
