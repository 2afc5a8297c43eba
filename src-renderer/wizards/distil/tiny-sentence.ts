// What the sentence of a tiny training set says. Pure.
import type { DistilDraft, DistilReview } from '@api/dto/distil.ts'
import type { TinyStep } from '../../stores/distil-steps.ts'
import { tiny } from '../../text/distil.ts'
import { formatNumber } from '../../text/format.ts'
import type { Phrase } from '../sentence.ts'

/** Learns what is like what: no label is stored with its items. */
const withoutLabels = 'self-supervised'

/** True where students learn labels, or groups in their place: only these can be plain, rich or typical. */
export function teachesLabels({ method, pairs }: DistilDraft): boolean {
  return pairs !== true && method.id !== withoutLabels
}

function labelsPhrase({ labels, method, pairs }: DistilDraft): string {
  const words = tiny.phrase
  if (pairs === true) return words.pairLabels
  if (method.id === withoutLabels) return words.noLabels
  switch (labels.kind) {
    case 'hard':
      return words.hard
    case 'teacher':
      return words.teacher
    case 'views':
      return words.views(formatNumber(labels.passes))
    case 'soft':
      return labels.keep === null ? words.soft : words.softTop(formatNumber(labels.keep))
  }
}

/** A helper model of the analyst's own is worth a word, where labels come from one. */
function helperPhrases({ helper, labels }: DistilDraft): Phrase<TinyStep>[] {
  if (helper?.kind !== 'file' || labels.kind === 'hard') return []
  return [{ text: tiny.phrase.ownHelper(helper.name), step: 'effort' }]
}

function sizePhrase({ perClass, groups, pairs }: DistilDraft): string {
  const words = tiny.phrase
  if (pairs === true) return words.pairs(perClass)
  return groups === undefined ? words.perLabel(perClass) : words.perGroup(perClass, groups)
}

/** The test, with what the set is compared with. */
function checkPhrases(draft: DistilDraft, review: DistilReview): Phrase<TinyStep>[] {
  const { check } = draft
  const words = tiny.phrase
  if (!check.isOn || review.testItems === 0) return [{ text: words.noTest, step: 'check' }]
  const against = `${words.against}${check.equalBytes ? words.equalBytes : ''}${check.chosen === true && teachesLabels(draft) ? words.chosen : ''}${check.all ? words.all : ''}`
  return [
    { text: words.test(formatNumber(review.testItems), check.repeats), step: 'check' },
    { text: against },
    ...(check.otherNetwork ? [{ text: words.other }] : [])
  ]
}

/** The sentence. */
export function tinyPhrases(
  draft: DistilDraft,
  review: DistilReview,
  datasetName: string
): Phrase<TinyStep>[] {
  const words = tiny.phrase
  const method = review.methods.find((entry) => entry.method === draft.method.id)
  const kind = tiny.kind.kinds[draft.kind].title
  const name = method?.name ?? draft.method.id
  return [
    { text: words.make },
    { text: sizePhrase(draft), step: 'size' },
    { text: words.instead(formatNumber(review.items), formatNumber(review.trainItems)) },
    { text: words.from },
    { text: datasetName, step: 'data' },
    ...(draft.leaveOut.length === 0
      ? []
      : [{ text: ',' }, { text: words.leftOut(draft.leaveOut.length), step: 'data' as const }]),
    { text: words.as },
    { text: words.kinds[draft.kind], step: 'kind' },
    // The recommended method is called as its kind is; once is enough.
    ...(name === kind ? [] : [{ text: words.by }, { text: name, step: 'kind' as const }]),
    { text: words.with },
    { text: words.efforts[draft.effort], step: 'effort' },
    { text: words.and },
    { text: labelsPhrase(draft), step: 'effort' },
    ...helperPhrases(draft),
    { text: words.then },
    ...checkPhrases(draft, review),
    { text: words.end }
  ]
}
