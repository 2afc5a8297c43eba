// From measures to a verdict in words, and the gate that keeps worse features from being used.
import type {
  GroupsAhead,
  GroupsFeatures,
  GroupsMeasure,
  GroupsResult,
  GroupsVerdict
} from '../../api/dto/groups.ts'
import { pairedInterval } from '../compute/statistics.ts'
import { trainedWith } from './groups-plan.ts'

/** A measure with which held-out pictures it told rightly. */
export type Judged = Omit<GroupsMeasure, never> & { readonly right: Uint8Array }

/** What is known beside the measures. */
export type ResultFacts = Omit<
  GroupsResult,
  'measures' | 'ahead' | 'verdict' | 'mayReplace' | 'sentences' | 'matrix'
>

/** Answers less varied than this share of what is possible tell pictures apart no more. */
export const leastVariety01 = 0.01

const isTrained = ({ features, detail }: GroupsMeasure): boolean =>
  features === 'learned' &&
  detail?.groups === trainedWith.groups &&
  detail.rounds === trainedWith.rounds

/**
 * Whether items may be compared by what was learned: never where the pixels' axes or the built-in
 * fingerprints tell more held-out labels, nor where its answers collapsed. Without labels nothing says
 * that they are worse, and the choice is the analyst's.
 */
export function mayReplace(measures: readonly GroupsMeasure[], verdict: GroupsVerdict): boolean {
  if (verdict === 'collapsed') return false
  const learned = measures.find(isTrained)
  const others = measures.filter(({ features }) => features !== 'learned')
  return learned === undefined || others.every(({ probe01 }) => learned.probe01 >= probe01)
}

/** Whether they are taken without being asked for again: only where they are surely better. */
export function isChosenByItself(
  result: Pick<GroupsResult, 'plan' | 'verdict' | 'mayReplace'>
): boolean {
  return result.plan.useIfBetter && result.verdict === 'better' && result.mayReplace
}

/** Measures, comparison and verdict. */
export function groupsResult(facts: ResultFacts, judged: readonly Judged[]): GroupsResult {
  const measures = judged.map(({ right: _, ...measure }): GroupsMeasure => measure)
  const learned = judged.find(isTrained)
  const ahead = judged
    .filter(({ features }) => features !== 'learned')
    .flatMap((other): GroupsAhead[] =>
      learned === undefined
        ? []
        : [{ of: other.features, ...pairedInterval(learned.right, other.right) }]
    )
  const verdict = verdictOf(facts, ahead)
  const part = { ...facts, measures, ahead, verdict, mayReplace: mayReplace(measures, verdict) }
  return { ...part, sentences: sentencesOf(part), matrix: null }
}

function verdictOf(
  { variety01 }: Pick<GroupsResult, 'variety01'>,
  ahead: readonly GroupsAhead[]
): GroupsVerdict {
  if (variety01 !== null && variety01 < leastVariety01) return 'collapsed'
  if (ahead.length === 0) return 'not-measured'
  if (ahead.every(({ low }) => low > 0)) return 'better'
  return ahead.some(({ high }) => high < 0) ? 'worse' : 'no-better'
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
/** Points of a hundred, with a true minus; what rounds to nothing has no sign. */
const points = (share: number): string =>
  (100 * share)
    .toFixed(1)
    .replace(/^-(?=0\.0$)/, '')
    .replace('-', '−')
const names: Readonly<Record<GroupsFeatures, string>> = {
  learned: 'what was learned',
  pixels: 'the main axes of the pixels',
  'built-in': 'the built-in fingerprints'
}

/** What was found, in plain words; the verdict first. */
export function sentencesOf(result: Omit<GroupsResult, 'sentences' | 'matrix'>): string[] {
  const { verdict, measures, ahead, heldOut, learnsFrom, variety01 } = result
  const learned = measures.find(isTrained)
  if (verdict === 'collapsed')
    return [
      'Learning failed: all pictures get nearly the same answer, so what was learned tells them apart no more.',
      'Try more pictures, another repeat code, or learning from labels.'
    ]
  if (learned === undefined || ahead.length === 0)
    return [
      'Too few pictures have labels to say whether this is better than what the app uses already. Groups can be looked at all the same.',
      ...(learnsFrom === 'pictures' && variety01 !== null
        ? [`Answers vary: ${percent(variety01)} of what is possible.`]
        : [])
    ]
  const [worst] = ahead.toSorted((a, b) => a.mean - b.mean)
  const others = measures
    .filter(({ features }) => features !== 'learned')
    .map(({ features, probe01 }) => `${names[features]} ${percent(probe01)}`)
    .join(', ')
  const told = `of ${heldOut.toLocaleString('en')} pictures that were kept back, what was learned names ${percent(learned.probe01)} rightly, ${others}`
  const range = `${points(worst.low)} to ${points(worst.high)}`
  const head = {
    better: `Better than both: ${told}.`,
    worse: `Not better than ${names[worst.of]}: ${told}. That is ${points(-worst.mean)} points fewer (${range}).`,
    'no-better': `No sure difference: ${told}. Against ${names[worst.of]} it is ${points(worst.mean)} points (${range}), which may be chance.`
  }[verdict as 'better' | 'worse' | 'no-better']
  return [
    head,
    result.mayReplace
      ? 'Items can be compared by it when choosing.'
      : 'So choosing goes on with what the app uses already; groups can be looked at all the same.',
    detailSentence(measures),
    'There was one run with one repeat code: the range is over pictures and leaves out the luck of learning.'
  ]
}

/** What fewer and more groups and rounds do without learning again. */
function detailSentence(measures: readonly GroupsMeasure[]): string {
  const of = (groups: number, rounds: number): GroupsMeasure | undefined =>
    measures.find(
      ({ features, detail }) =>
        features === 'learned' && detail?.groups === groups && detail.rounds === rounds
    )
  const say = (measure: GroupsMeasure | undefined): string => percent(measure?.probe01 ?? 0)
  const { groups, rounds } = trainedWith
  return `Without learning again, ${say(of(2, rounds))} with 2 groups, ${say(of(groups, rounds))} with ${groups} and ${say(of(16, rounds))} with 16; ${say(of(groups, 1))} with 1 round, ${say(of(groups, 5))} with 5.`
}
