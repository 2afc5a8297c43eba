// What a draft asks for as one plain sentence.
import type { DistilDraft } from '../../api/dto/distil.ts'
import type { DraftSplit } from './draft-split.ts'
import { isPairs } from './pairs/halves.ts'

const effortWords = { quick: 'quick', standard: 'standard', thorough: 'thorough' } as const

/** "From 54,000 items ... make a tiny training set of 10 items for each of 10 labels ..." */
export function distilSentence(
  draft: DistilDraft,
  split: Pick<DraftSplit, 'dataset' | 'train' | 'test' | 'classNames'>,
  methodName: string
): string {
  const labels = split.classNames.length
  const items = draft.perClass * labels
  const made = {
    real: 'real items',
    made: 'computer-made items',
    mixed: 'real items that are changed'
  }[draft.kind]
  const learned = {
    hard: 'plain labels',
    soft: 'richer labels where it makes them',
    teacher: 'labels of a helper model that is asked again for every changed picture',
    views: 'richer labels for changed pictures'
  }[draft.labels.kind]
  const helper =
    draft.helper?.kind === 'file' && draft.labels.kind !== 'hard'
      ? ` of the helper model \u201c${draft.helper.name}\u201d`
      : ''
  const tested = draft.check.isOn
    ? `, then test it ${draft.check.repeats === 1 ? 'once' : `${draft.check.repeats} times`} on ${split.test.length.toLocaleString('en')} items that take no part`
    : ''
  if (isPairs(draft))
    return `From ${split.train.length.toLocaleString('en')} pairs of a picture and a text of \u201c${split.dataset.name}\u201d make a tiny training set of ${draft.perClass.toLocaleString('en')} pairs with ${methodName}, effort ${effortWords[draft.effort]}, repeat code ${draft.seed}${tested.replace('items', 'pairs')}.`
  return `From ${split.train.length.toLocaleString('en')} items of \u201c${split.dataset.name}\u201d make a tiny training set of ${items.toLocaleString('en')} ${made}, ${draft.perClass.toLocaleString('en')} for each of ${labels.toLocaleString('en')} ${draft.groups === undefined ? 'labels' : 'groups of like items'}, with ${methodName}, ${learned}${helper}, effort ${effortWords[draft.effort]}, repeat code ${draft.seed}${tested}.`
}

/** "Tiny set of Fashion pictures, 10 per label". */
export function suggestedName(
  draft: Pick<DistilDraft, 'perClass' | 'groups' | 'pairs'>,
  datasetName: string
): string {
  if (isPairs(draft))
    return `Tiny set of ${datasetName}, ${draft.perClass.toLocaleString('en')} pairs`.slice(0, 120)
  const each = draft.groups === undefined ? 'label' : 'group'
  return `Tiny set of ${datasetName}, ${draft.perClass.toLocaleString('en')} per ${each}`.slice(
    0,
    120
  )
}
