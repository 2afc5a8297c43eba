// The sets a tiny training set is compared with, as rows of the accuracy chart: one chart for each
// kind of check model.
import type { DistilArm, DistilArmResult, DistilResult } from '@api/dto/distil.ts'
import type { LivePoint } from '@api/dto/jobs.ts'
import { armName, armNames, tinyResult } from '../text/distil.ts'
import { formatPoints } from '../text/format.ts'
import type { LiveSeries } from './live-option.ts'
import type { SetKind } from './option-parts.ts'
import type { AccuracyRow } from './result-bars-option.ts'
import { pointsOf } from './tiny-curve-option.ts'

type Check = NonNullable<DistilResult['check']>

/** Sets in reading order: the tiny set, the random ones, all data. */
const order: readonly DistilArm[] = [
  'distilled-soft',
  'distilled-hard',
  'random-soft',
  'random-hard',
  'chosen-hard',
  'equal-bytes',
  'all'
]

/** How the series of a test begin; what follows names the set. */
export const testPrefix = 'test:'

/** What check models that learned from each set got right, repeat by repeat, as it is measured. */
export function testSeries(points: readonly LivePoint[]): LiveSeries[] {
  return order.flatMap((arm) => {
    const found = pointsOf(points.filter(({ series }) => series === `${testPrefix}${arm}`))
    return found.length === 0
      ? []
      : [{ id: arm, name: armNames[arm], kind: lookOf(arm, 'distilled-soft'), points: found }]
  })
}

function lookOf(arm: DistilArm, chosen: DistilArm): SetKind {
  if (arm === chosen) return 'chosen'
  if (arm.startsWith('distilled')) return 'other'
  if (arm === 'all') return 'all'
  return arm === 'random-hard' ? 'random' : 'stratified'
}

/** The check models in the order they were asked; the first gives the verdict. */
export function networksOf({ arms }: Check): string[] {
  return [...new Set(arms.map((arm) => arm.network))]
}

/** Results of one kind of check model in reading order. */
export function armsOf({ arms }: Check, network: string): DistilArmResult[] {
  return arms
    .filter((arm) => arm.network === network)
    .sort((a, b) => order.indexOf(a.arm) - order.indexOf(b.arm))
}

/** Rows of the chart of one kind of check model. */
export function tinyRows(check: Check, network: string): AccuracyRow[] {
  return armsOf(check, network).map((arm) => ({
    kind: lookOf(arm.arm, check.chosenArm),
    name: armName(arm.arm, check.measure),
    accuracy: arm.accuracy,
    perRepeat: arm.perRepeat,
    trainedOn: arm.items
  }))
}

/** The finding as a title. */
export function tinyBarsTitle(check: Check): string {
  const words = tinyResult.chart
  const points = formatPoints(Math.abs(check.difference.mean)).replace('+', '')
  if (check.kind === 'no-difference') return words.same
  const name = armName(check.chosenArm, check.measure)
  return check.kind === 'helped' ? words.title(name, points) : words.worse(name, points)
}
