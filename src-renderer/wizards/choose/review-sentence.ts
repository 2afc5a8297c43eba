// What the sentence of a selection says. Pure.
import type { MethodInfo } from '@api/dto/methods.ts'
import type { DraftReview, SelectDraft } from '@api/dto/runs.ts'
import type { ChooseStep } from '../../stores/draft-steps.ts'
import { choose } from '../../text/choose.ts'
import { formatBytes, formatNumber } from '../../text/format.ts'
import type { Phrase } from '../sentence.ts'

function rulePhrases(draft: SelectDraft): string[] {
  const { rules } = draft
  const words = choose.phrase.rules
  const limits = rules.perClass.filter((limit) => limit.min !== null || limit.max !== null).length
  const shares = rules.perClass.filter((limit) => limit.percent !== null).length
  const sources = rules.sourceColumn === null ? 0 : rules.perSource.length
  return [
    rules.nearDuplicates.isOn ? words.repeats : '',
    rules.mustKeep.length > 0 ? words.mustKeep(formatNumber(rules.mustKeep.length)) : '',
    rules.mustDrop.length > 0 ? words.mustDrop(formatNumber(rules.mustDrop.length)) : '',
    limits > 0 ? words.limits(limits) : '',
    shares > 0 ? words.shares(shares) : '',
    sources > 0 ? words.sources(sources) : '',
    rules.groupColumn === null ? '' : words.group(rules.groupColumn)
  ].filter((text) => text !== '')
}

/** How much is kept, in the unit it was asked for. */
function keepPhrase({ budget }: SelectDraft, review: DraftReview): string {
  const words = choose.phrase
  const keep = formatNumber(review.keep)
  const candidates = formatNumber(review.candidates)
  switch (budget.kind) {
    case 'bytes':
      return words.fitting(formatBytes(budget.bytes), keep, candidates)
    case 'tokens':
      return words.fitting(words.tokens(formatNumber(budget.tokens)), keep, candidates)
    case 'time':
      return words.labelled(formatNumber(budget.hours, 2), keep, candidates)
    case 'smallest':
      return words.smallest(formatNumber(budget.keepsShare01 * 100, 1), keep, candidates)
    case 'count':
    case 'percent':
      return words.items(keep, candidates)
  }
}

/** What the sentence says of a method. */
export interface NamedMethod {
  readonly name: string
  readonly aimsAtTasks: MethodInfo['aimsAtTasks']
}

/** The sentence. `methodOf` describes a method by its id. */
export function sentencePhrases(
  draft: SelectDraft,
  review: DraftReview,
  datasetName: string,
  methodOf: (id: string) => NamedMethod
): Phrase<ChooseStep>[] {
  const words = choose.phrase
  const phrases: Phrase<ChooseStep>[] = [
    { text: words.keep },
    { text: keepPhrase(draft, review), step: 'budget' },
    { text: words.of },
    { text: datasetName, step: 'data' },
    { text: words.to },
    { text: words.goals[draft.goal], step: 'goal' },
    { text: words.chosenBy },
    { text: methodOf(draft.method.id).name, step: 'method' }
  ]
  const aims = methodOf(draft.method.id).aimsAtTasks
  const isAimed = aims === 'always' || (aims === 'if-given' && draft.tasks.kind === 'sets')
  if (isAimed && review.tasks.length > 0) {
    phrases.push({ text: words.aimedAt }, { text: words.tasks(review.tasks.length), step: 'goal' })
  }
  const rules = rulePhrases(draft)
  rules.forEach((text, index) => {
    const isLast = index === rules.length - 1
    phrases.push(
      { text: index === 0 ? words.with : isLast ? words.and : ',' },
      { text, step: 'rules' }
    )
  })
  phrases.push({ text: words.then })
  if (draft.check.isOn && review.testItems > 0) {
    phrases.push(
      { text: words.test(formatNumber(review.testItems), draft.check.repeats), step: 'check' },
      { text: words.against }
    )
  } else phrases.push({ text: words.noTest, step: 'check' })
  if (draft.alsoTry.length > 0) {
    phrases.push({ text: words.alsoTry })
    draft.alsoTry.forEach((other, index) => {
      if (index > 0) phrases.push({ text: ',' })
      phrases.push({ text: methodOf(other.id).name, step: 'method' })
    })
  }
  phrases.push({ text: words.end })
  return phrases
}
