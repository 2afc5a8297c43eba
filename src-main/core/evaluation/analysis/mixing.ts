// Panel "mixing": what happens when real items are added to the set (Yang et al. 2024, section 3).
// There, accuracy falls until the real ones outweigh the made ones.
import type { MixingResult } from '../../../api/dto/analysis.ts'
import { mean } from '../../compute/statistics.ts'
import { inputSize } from '../../networks/network.ts'
import { accuracyOf } from '../../networks/predict.ts'
import { drawPerClass } from '../distilled/random-items.ts'
import { someRows } from '../distilled/judge.ts'
import { meanSd } from '../paired.ts'
import type {
  AnalysisInputs,
  AnalysisKit,
  AnalysisSizes,
  AnalysisUnit,
  ReadUnit
} from './analysis.ts'
import {
  joinedLessons,
  realLessons,
  setLessons,
  trainShort,
  type Lessons
} from './short-training.ts'
import { counted, wholePercent } from './words.ts'

type Side = 'set' | 'random'

/** Real items added that the data has enough of, the most last. */
export function addedCounts(inputs: AnalysisInputs, { added }: AnalysisSizes): number[] {
  const counts = new Array<number>(inputs.classes).fill(0)
  for (const label of inputs.train.labels) counts[label]++
  const rarest = Math.min(...counts)
  return added.filter((count) => count + perClassOf(inputs) <= rarest || count === 0)
}

/** Items of the set for each label, about. */
function perClassOf({ set, classes }: AnalysisInputs): number {
  return Math.max(1, Math.round(set.count / classes))
}

/** Units: each side, each number of real items, each repeat. */
export function mixingUnits(inputs: AnalysisInputs, sizes: AnalysisSizes): AnalysisUnit[] {
  return addedCounts(inputs, sizes).flatMap((added) =>
    (['set', 'random'] as const).flatMap((side) =>
      Array.from({ length: sizes.mixRepeats }, (_, repeat) => ({
        key: `mixing/${side}/${added}/${repeat}`,
        cost: sizes.steps * Math.min(sizes.batch, inputs.set.count + added * inputs.classes),
        run: (kit: AnalysisKit) => runMix(kit, side, added, repeat)
      }))
    )
  )
}

async function runMix(
  kit: AnalysisKit,
  side: Side,
  added: number,
  repeat: number
): Promise<{ values: { accuracy01: number }; arrays: Record<string, never> }> {
  const { tf, sizes, network, signal, test } = kit
  const trained = await trainShort(kit, lessonsOf(kit, side, added, repeat), {
    network,
    steps: sizes.steps,
    // The same first weights on both sides and at every number: only the items differ.
    random: kit.random(`mix ${repeat}`)
  })
  const { parameters, statistics } = trained
  const accuracy01 = await accuracyOf(tf, network, parameters, test, signal, statistics)
  return { values: { accuracy01 }, arrays: {} }
}

function lessonsOf({ inputs }: AnalysisKit, side: Side, added: number, repeat: number): Lessons {
  const { train, classes, seed, shape, set } = inputs
  const drawn = (perClass: number): Lessons =>
    realLessons(
      someRows(train, drawPerClass(train.labels, classes, perClass, seed + repeat)),
      classes
    )
  if (side === 'random') return drawn(perClassOf(inputs) + added)
  const own = setLessons(set, inputSize(shape), classes)
  return added === 0 ? own : joinedLessons(own, drawn(added))
}

/** What the panel shows. */
export function mixingResult(
  { inputs, sizes, test }: Pick<AnalysisKit, 'inputs' | 'sizes' | 'test'>,
  read: ReadUnit
): MixingResult {
  const accuracies = (side: Side, added: number): number[] =>
    Array.from({ length: sizes.mixRepeats }, (_, repeat) =>
      Number(read(`mixing/${side}/${added}/${repeat}`).values['accuracy01'])
    )
  const points = addedCounts(inputs, sizes).map((added) => ({
    added,
    set: meanSd(accuracies('set', added)),
    random: meanSd(accuracies('random', added))
  }))
  const facts = mixingFacts(
    points.map(({ added, set }) => ({ added, accuracy01: set.mean })),
    test.count
  )
  return {
    points,
    steps: sizes.steps,
    repeats: sizes.mixRepeats,
    ...facts,
    reading: readingOf(facts, points)
  }
}

export interface MixingFacts {
  readonly isHarmful: boolean
  readonly lowestAt: number | null
  readonly betterFrom: number | null
}

/**
 * Whether adding real items hurts or helps. A difference counts when it is larger than a point and
 * than the spread that the number of test items leaves in it; once it hurts, any number that makes up
 * for it is named.
 */
export function mixingFacts(
  points: readonly { readonly added: number; readonly accuracy01: number }[],
  testItems: number
): MixingFacts {
  const [first, ...rest] = points
  if (rest.length === 0) return { isHarmful: false, lowestAt: null, betterFrom: null }
  const variance = (share: number): number => (share * (1 - share)) / Math.max(1, testItems)
  const isClear = (low: number, high: number): boolean =>
    high - low > Math.max(0.01, Math.sqrt(variance(low) + variance(high)))
  const lowest = rest.reduce((a, b) => (b.accuracy01 < a.accuracy01 ? b : a))
  const isHarmful = isClear(lowest.accuracy01, first.accuracy01)
  const better = rest.find(({ added, accuracy01 }) =>
    isHarmful
      ? added > lowest.added && accuracy01 > first.accuracy01
      : isClear(first.accuracy01, accuracy01)
  )
  return {
    isHarmful,
    lowestAt: isHarmful ? lowest.added : null,
    betterFrom: better?.added ?? null
  }
}

function readingOf(
  { isHarmful, lowestAt, betterFrom }: MixingFacts,
  points: MixingResult['points']
): string {
  if (points.length < 2) return 'There are too few real items to add any.'
  const at = (added: number): string =>
    wholePercent(mean(points.filter((p) => p.added === added).map((p) => p.set.mean)))
  const real = (added: number): string => counted(added, 'real item', 'real items')
  if (isHarmful && lowestAt !== null) {
    const fall = `Adding ${real(lowestAt)} for each label lowers the accuracy from ${at(0)} to ${at(lowestAt)}`
    return betterFrom === null
      ? `${fall}. Do not top up this set with real items.`
      : `${fall}; only with ${real(betterFrom)} it is better than without (${at(betterFrom)}). Do not top up this set with a few real items.`
  }
  if (betterFrom !== null)
    return `Real items can be added: with ${real(betterFrom)} for each label the accuracy goes from ${at(0)} to ${at(betterFrom)}.`
  return 'Adding real items makes no clear difference.'
}
