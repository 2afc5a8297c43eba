// The figures of several tiny sets side by side, and the bars over them. Pure.
import type { DistilArm, DistilArmResult, DistilResult } from '@api/dto/distil.ts'
import type { TinyComparison } from '@api/dto/tiny-compare.ts'
import { accuracyText, type AccuracyRow } from '../../charts/result-bars-option.ts'
import { coreWords } from '../../text/core-words.ts'
import { tinyResult } from '../../text/distil.ts'
import { compare as compareWords } from '../../text/runs.ts'
import { tinyCompare as words } from '../../text/tiny-analysis.ts'
import {
  formatBytes,
  formatDuration,
  formatNumber,
  formatPoints,
  formatPointsFigure
} from '../../text/format.ts'

/** One figure of all sets, in their order. */
export interface TinyFigure {
  readonly name: string
  readonly values: readonly string[]
}

const kinds = { real: tinyResult.real, made: tinyResult.made, mixed: tinyResult.mixed } as const

/** Check models that learned from a set, on the network of its verdict where it was asked. */
export function armOf(
  { check, network }: DistilResult,
  arm: DistilArm
): DistilArmResult | undefined {
  const arms = check?.arms.filter((one) => one.arm === arm) ?? []
  return arms.find((one) => one.network === network) ?? arms[0]
}

function accuracyOf(result: DistilResult, arm: DistilArm | undefined): string | undefined {
  const found = arm === undefined ? undefined : armOf(result, arm)
  return found === undefined ? undefined : accuracyText(found.accuracy)
}

type Interval = NonNullable<DistilResult['check']>['difference']
const range = ({ mean, low, high }: Interval): string =>
  compareWords.range(formatPoints(mean), formatPointsFigure(low), formatPointsFigure(high))

/** Kernel sets: their verdict is by their own model, and the network shown here is the other kind. */
function judgedByItsOwn({ check, network, consumer }: DistilResult): boolean {
  return consumer === 'kernel' && check?.arms.some((arm) => arm.network === network) === true
}

/** Random items that the set is held against: with richer labels where these count. */
const randomFor = (arm: DistilArm): DistilArm =>
  arm === 'distilled-soft' ? 'random-soft' : 'random-hard'

function figuresOf(result: DistilResult): readonly (readonly [string, string | undefined])[] {
  const { check } = result
  const names = words.figure
  const chosen = check?.chosenArm
  const [own, other] = judgedByItsOwn(result)
    ? [check?.otherDifference, check?.difference]
    : [check?.difference, check?.otherDifference]
  const random =
    chosen === undefined
      ? undefined
      : (accuracyOf(result, 'random-hard') ?? accuracyOf(result, randomFor(chosen)))
  return [
    [names.method, coreWords(result.methodName)],
    [names.kind, kinds[result.kind]],
    [names.items, formatNumber(result.decodedItems)],
    [names.size, formatBytes(result.bytes)],
    [names.accuracy, accuracyOf(result, chosen)],
    [names.network, check === null ? undefined : result.network],
    [names.random, random],
    [names.against, own === undefined || own === null ? undefined : range(own)],
    [names.other, other === undefined || other === null ? undefined : range(other)],
    [names.equal, accuracyOf(result, check === null ? undefined : 'equal-bytes')],
    [names.all, accuracyOf(result, check === null ? undefined : 'all')],
    [names.tests, check === null ? undefined : formatNumber(result.testItems)],
    [names.repeats, check === null ? undefined : formatNumber(check.repeats)],
    [names.time, formatDuration(result.seconds)]
  ]
}

/** All figures that one of the sets has; the others show a dash where they have none. */
export function tinyFigures({ results }: TinyComparison): TinyFigure[] {
  const all = results.map((result) => new Map(figuresOf(result)))
  return [...(all[0]?.keys() ?? [])]
    .filter((name) => all.some((figures) => figures.get(name) !== undefined))
    .map((name) => ({
      name,
      values: all.map((figures) => figures.get(name) ?? compareWords.noFigure)
    }))
}

/** Bars of the tested sets, each above the random items it was held against. */
export function comparedRows({ results }: TinyComparison): AccuracyRow[] {
  return results.flatMap((result) => {
    const { check, name } = result
    if (check === null) return []
    const set = armOf(result, check.chosenArm)
    const random = armOf(result, 'random-hard')
    const rows: AccuracyRow[] = []
    if (set !== undefined) rows.push(rowOf('chosen', name, set))
    if (random !== undefined) rows.push(rowOf('random', words.barsRandom(name), random))
    return rows
  })
}

function rowOf(kind: AccuracyRow['kind'], name: string, arm: DistilArmResult): AccuracyRow {
  return {
    kind,
    name,
    accuracy: arm.accuracy,
    perRepeat: arm.perRepeat,
    trainedOn: arm.items
  }
}
