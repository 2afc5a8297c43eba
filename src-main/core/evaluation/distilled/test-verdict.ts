// The verdict of a test of a tiny set in words, and what to be careful about. The rule decides: the
// 95 % interval of the paired difference to random real items of the same number, and nothing else.
import type { DistilResult } from '../../../api/dto/distil.ts'
import type { Interval, MeanSd } from '../../../api/dto/runs.ts'
import type { DistilledSet } from '../../methods/distillation/distillation-method.ts'
import { measureOf, measureWords } from './measures.ts'
import { percentOneDecimal, points, signedPoints, verdictKind } from '../verdict.ts'

type Check = NonNullable<DistilResult['check']>

export interface TestVerdictInputs {
  readonly repeats: number
  readonly testItems: number
  /** Items for each label. */
  readonly perClass: number
  /** Shares 0..1 (by the set's measure) of the set and of as many random real items. */
  readonly set: MeanSd
  readonly random: MeanSd
  readonly all: number | undefined
  /** The set on the other network. */
  readonly other: number | undefined
  /** The set minus random real items. */
  readonly difference: Interval
  readonly otherDifference: Interval | null
  /** The set minus random real items with labels of the same helper model; null without. */
  readonly toSameLabels: Interval | null
  /** The set minus random real items that take as many bytes; null where these were not trained. */
  readonly toEqualBytes: Interval | null
  /** The set minus real items that are typical of their label; null where these were not trained. */
  readonly toChosen: Interval | null
  readonly consumer: DistilledSet['consumer']
  /** True where groups of like items took the place of labels. */
  readonly isGrouped: boolean
}

/** Below these a result is called rough. */
const enoughRepeats = 3
const enoughTestItems = 200

/** "58.9 ± 1.4"; without a spread where there is one repeat only. */
function withSpread({ mean, sd }: MeanSd, repeats: number): string {
  const spread = repeats < 2 ? '' : ` \u00b1 ${points(sd)}`
  return `${points(mean)}${spread}`
}

function firstSentence(input: TestVerdictInputs, kind: Check['kind']): string {
  const { mean, low, high } = input.difference
  if (input.repeats < 2)
    return `One repeat cannot tell the set from chance (${signedPoints(mean)}). Test again with at least 3 repeats.`
  const range = `${points(low)} to ${points(high)}`
  switch (kind) {
    case 'helped':
      return `The tiny set helped: ${signedPoints(mean)} points (${range}).`
    case 'worse':
      return `Random real items did better here (${signedPoints(mean)}, ${range}). Do not use this set.`
    case 'no-difference':
      return `No clear difference from random real items (${signedPoints(mean)}, ${range}).`
  }
}

/** "10 per label reaches 71.3 % ± 0.8; random 10 per label 58.9 ± 1.4; all data 83.0." */
function figures(input: TestVerdictInputs): string {
  const { repeats, set, random, all, other } = input
  const { each, reaches, of } = measureWords(measureOf(input), input.isGrouped)
  const count = `${input.perClass.toLocaleString('en')} ${each}`
  const spread = repeats < 2 ? '' : ` \u00b1 ${points(set.sd)}`
  const parts = [
    `${count} ${reaches} ${percentOneDecimal(set.mean)}${of}${spread}`,
    `random ${count} ${withSpread(random, repeats)}`,
    ...(all === undefined ? [] : [`all data ${points(all)}`])
  ]
  const last = other === undefined ? '' : ` On a different model: ${points(other)}.`
  return `${parts.join('; ')}.${last}`
}

function roughness({ repeats, testItems }: TestVerdictInputs): string[] {
  const cautions: string[] = []
  if (repeats < enoughRepeats)
    cautions.push(
      `Rough estimate: only ${repeats} ${repeats === 1 ? 'repeat' : 'repeats'}. Use 3 or more.`
    )
  if (testItems < enoughTestItems)
    cautions.push(
      `Rough estimate: only ${testItems} ${testItems === 1 ? 'test item' : 'test items'}. Use 200 or more.`
    )
  return cautions
}

function interval({ mean, low, high }: Interval): string {
  return `${signedPoints(mean)}, ${points(low)} to ${points(high)}`
}

function cautionsOf(input: TestVerdictInputs, kind: Check['kind']): string[] {
  const cautions = roughness(input)
  const { otherDifference, toChosen, toEqualBytes, toSameLabels } = input
  if (input.isGrouped && measureOf(input) === 'accuracy')
    cautions.push(
      'Groups are not labels: the share says how often a student finds the group of an item, which was made by likeness alone.'
    )
  if (input.consumer === 'representation')
    cautions.push(
      'This set has no labels: a network trained on it knows what is like what, and names nothing. Whether it then learns your few labels better has to be tried.'
    )
  if (input.consumer === 'kernel')
    cautions.push(
      'This set is made for models that compare items with it (nearest example, kernel). Networks often learn little from it.'
    )
  if (otherDifference !== null && otherDifference.high < 0)
    cautions.push(
      `On a different kind of model this set does worse than random real items (${interval(otherDifference)}): it works only for the kind of model it was made with.`
    )
  else if (kind === 'helped' && otherDifference !== null && otherDifference.low <= 0)
    cautions.push(
      `On a different kind of model there is no clear difference from random real items (${interval(otherDifference)}).`
    )
  if (toEqualBytes !== null && input.repeats >= 2 && toEqualBytes.high < 0)
    cautions.push(
      `Random real items that take as much space on disk do better (${interval(toEqualBytes)}).`
    )
  if (kind === 'helped' && toChosen !== null && toChosen.low <= 0)
    cautions.push(
      toChosen.high < 0
        ? `Real items chosen as typical of their label do better (${interval(toChosen)}): choose real items instead.`
        : `Real items chosen as typical of their label did about as well (${interval(toChosen)}), and choosing takes seconds.`
    )
  if (kind === 'helped' && toSameLabels !== null && toSameLabels.low <= 0)
    cautions.push(
      `Random real items with the same richer labels did about as well (${interval(toSameLabels)}), so the gain may come from the labels alone.`
    )
  return cautions
}

/** The verdict, its kind and its cautions. Pure: every branch depends on the input only. */
export function testVerdict(
  input: TestVerdictInputs
): Pick<Check, 'kind' | 'verdict' | 'cautions'> {
  const kind = input.repeats < 2 ? 'no-difference' : verdictKind(input.difference)
  return {
    kind,
    verdict: `${firstSentence(input, kind)} ${figures(input)}`,
    cautions: cautionsOf(input, kind)
  }
}
