// What a draft asks for as one plain sentence.
import type { DistilDraft } from '../../api/dto/distil.ts'
import type { DraftSplit } from './draft-split.ts'

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
  const learned =
    draft.labels.kind === 'hard' ? 'plain labels' : 'richer labels where it makes them'
  const tested = draft.check.isOn
    ? `, then test it ${draft.check.repeats === 1 ? 'once' : `${draft.check.repeats} times`} on ${split.test.length.toLocaleString('en')} items that take no part`
    : ''
  return `From ${split.train.length.toLocaleString('en')} items of \u201c${split.dataset.name}\u201d make a tiny training set of ${items.toLocaleString('en')} ${made}, ${draft.perClass.toLocaleString('en')} for each of ${labels.toLocaleString('en')} labels, with ${methodName}, ${learned}, effort ${effortWords[draft.effort]}, repeat code ${draft.seed}${tested}.`
}

/** "Tiny set of Fashion pictures, 10 per label". */
export function suggestedName(draft: Pick<DistilDraft, 'perClass'>, datasetName: string): string {
  return `Tiny set of ${datasetName}, ${draft.perClass.toLocaleString('en')} per label`.slice(
    0,
    120
  )
}
