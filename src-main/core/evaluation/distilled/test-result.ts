// The result of testing a tiny set: every arm, the paired difference to random real items and the
// scores. What it means in words is said by test-verdict.ts.
import type { DistilArm, DistilArmResult, DistilResult } from '../../../api/dto/distil.ts'
import type { Interval } from '../../../api/dto/runs.ts'
import { differenceInterval, meanSd } from '../paired.ts'
import type { DistilledSet } from '../../methods/distillation/distillation-method.ts'
import { measureOf } from './measures.ts'
import {
  augmentationRobustScore,
  hardLabelLoss,
  labelRobustScore,
  leadOverRandom,
  type LabelRobustInputs
} from './scores.ts'
import {
  accuraciesOf,
  cellOf,
  chosenArm,
  chosenRate,
  counterpart,
  meanAccuracy,
  type TestedAugmentation,
  type TestedNetwork,
  type TestPlan,
  type UnitResults
} from './test-plan.ts'
import { testVerdict } from './test-verdict.ts'

type Check = NonNullable<DistilResult['check']>

export interface TestResultParts {
  readonly plan: TestPlan
  readonly results: UnitResults
  /** Names of both networks, in words. */
  readonly networks: Readonly<Record<TestedNetwork, string>>
  /** Items and bytes of each arm. */
  readonly sizeOf: (arm: DistilArm) => { readonly items: number; readonly bytes: number }
  /** Step size of the recipe of an arm. */
  readonly rateOf: (arm: DistilArm) => number
  readonly perClass: number
  readonly testItems: number
  readonly device: string
  /** What the set is made for; networks unless told. */
  readonly consumer?: DistilledSet['consumer']
  /** True where groups of like items took the place of labels. */
  readonly isGrouped?: boolean
  /** True where the set's recipe changes pictures while they are learned. */
  readonly isAugmented?: boolean
}

function armResult(
  parts: TestResultParts,
  arm: DistilArm,
  network: TestedNetwork
): DistilArmResult[] {
  const cell = cellOf(arm, { network })
  const perRepeat = accuraciesOf(parts.plan, parts.results, cell)
  if (perRepeat.length === 0) return []
  return [
    {
      arm,
      network: parts.networks[network],
      ...parts.sizeOf(arm),
      accuracy: meanSd(perRepeat),
      perRepeat,
      // A kernel model is the answer of one linear system: there is no step to have a size.
      rate:
        parts.consumer === 'kernel' && network === 'main'
          ? null
          : parts.rateOf(arm) * chosenRate(parts.plan, parts.results, cell)
    }
  ]
}

function difference(
  { plan, results }: TestResultParts,
  arm: DistilArm,
  other: DistilArm,
  network: TestedNetwork = 'main'
): Interval {
  return differenceInterval(
    accuraciesOf(plan, results, cellOf(arm, { network })),
    accuraciesOf(plan, results, cellOf(other, { network }))
  )
}

/** What the label-robust score is made of; undefined where an arm of it was not trained. */
function labelRobustInputs(
  { plan, results }: TestResultParts,
  arm: DistilArm
): LabelRobustInputs | undefined {
  const read = (each: DistilArm): number | undefined => meanAccuracy(plan, results, cellOf(each))
  const [set, random, setHard, all] = [
    read(arm),
    read(counterpart(plan, arm)),
    read('distilled-hard'),
    read('all')
  ]
  if (set === undefined || random === undefined || setHard === undefined || all === undefined)
    return undefined
  return { set, random, setHard, all }
}

/** Null where students were not also trained with the opposite augmentation. */
function augmentationRobust(parts: TestResultParts, arm: DistilArm): number | null {
  const { plan, results } = parts
  const pair = (augmentation: TestedAugmentation) => {
    const set = meanAccuracy(plan, results, cellOf(arm, { augmentation }))
    const random = meanAccuracy(plan, results, cellOf(counterpart(plan, arm), { augmentation }))
    return set === undefined || random === undefined ? undefined : { set, random }
  }
  const [own, opposite] = [pair('own'), pair('opposite')]
  if (own === undefined || opposite === undefined) return null
  return parts.isAugmented === true
    ? augmentationRobustScore(own, opposite)
    : augmentationRobustScore(opposite, own)
}

/** The whole result of a finished test. */
export function testResult(parts: TestResultParts): Check {
  const { plan, results } = parts
  const arm = chosenArm(plan, results)
  const toRandom = difference(parts, arm, 'random-hard')
  const toRandomOnOther = plan.hasOther ? difference(parts, arm, 'random-hard', 'other') : null
  const scored = labelRobustInputs(parts, arm)
  const spread = (each: DistilArm) => meanSd(accuraciesOf(plan, results, cellOf(each)))
  const consumer = parts.consumer ?? 'network'
  const measure = measureOf({ consumer })
  return {
    ...(measure === 'accuracy' ? {} : { measure }),
    repeats: plan.repeats,
    arms: (['main', 'other'] as const).flatMap((network) =>
      plan.arms.flatMap((each) => armResult(parts, each, network))
    ),
    chosenArm: arm,
    difference: toRandom,
    otherDifference: toRandomOnOther,
    ...testVerdict({
      repeats: plan.repeats,
      testItems: parts.testItems,
      perClass: parts.perClass,
      set: spread(arm),
      random: spread('random-hard'),
      all: meanAccuracy(plan, results, cellOf('all')),
      other: meanAccuracy(plan, results, cellOf(arm, { network: 'other' })),
      difference: toRandom,
      otherDifference: toRandomOnOther,
      toSameLabels:
        counterpart(plan, arm) === 'random-soft' ? difference(parts, arm, 'random-soft') : null,
      toEqualBytes: plan.arms.includes('equal-bytes')
        ? difference(parts, arm, 'equal-bytes')
        : null,
      toChosen: plan.arms.includes('chosen-hard') ? difference(parts, arm, 'chosen-hard') : null,
      consumer,
      isGrouped: parts.isGrouped === true
    }),
    labelRobust01: scored === undefined ? null : labelRobustScore(scored),
    augmentationRobust01: augmentationRobust(parts, arm),
    hardLabelLoss: scored === undefined ? null : hardLabelLoss(scored),
    leadOverRandom: scored === undefined ? null : leadOverRandom(scored),
    device: parts.device
  }
}
