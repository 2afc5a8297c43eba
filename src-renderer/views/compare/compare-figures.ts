// The figures of two runs side by side: what was kept, how well it did and how long it took. Pure.
import type { RunComparison, SelectionResult } from '@api/dto/runs.ts'
import { compare as words, runs as runsWords } from '../../text/runs.ts'
import {
  formatDuration,
  formatNumber,
  formatPercent,
  formatPoints,
  formatPointsFigure
} from '../../text/format.ts'

/** One figure of both runs. */
export interface ComparedFigure {
  readonly name: string
  readonly first: string
  readonly second: string
}

type Check = NonNullable<SelectionResult['check']>

const range = ({ mean, low, high }: Check['difference']): string =>
  words.range(formatPoints(mean), formatPointsFigure(low), formatPointsFigure(high))
const accuracy = ({ mean, sd }: Check['chosen']): string =>
  words.spread(formatPercent(mean), formatPercent(sd))

/** Name and text of every figure a result has; figures of the check only where it was tested. */
function figuresOf(result: SelectionResult): ReadonlyMap<string, string> {
  const { check } = result
  const names = words.figure
  const figures = new Map<string, string>([
    [names.kept, formatNumber(result.got)],
    [names.candidates, formatNumber(result.candidates)],
    [names.verdict, runsWords.verdictShort[check?.kind ?? 'not-checked']]
  ])
  if (check !== null) {
    figures.set(names.chosen, accuracy(check.chosen))
    figures.set(names.random, accuracy(check.random))
    figures.set(names.all, accuracy(check.all))
    figures.set(names.againstRandom, range(check.difference))
    figures.set(names.againstStratified, range(check.differenceToStratified))
    figures.set(names.testItems, formatNumber(check.testItems))
    figures.set(names.repeats, formatNumber(check.repeats))
  }
  figures.set(names.ties, formatPercent(result.tieShare))
  for (const { name, value, unit } of result.measures)
    figures.set(name, `${formatNumber(value, 3)} ${unit}`.trim())
  return figures.set(names.time, formatDuration(result.seconds))
}

/** All figures that one of the two runs has; the other shows a dash where it has none. */
export function comparedFigures({ runs: [first, second] }: RunComparison): ComparedFigure[] {
  if (first === undefined || second === undefined) return []
  const [left, right] = [figuresOf(first), figuresOf(second)]
  return [...new Set([...left.keys(), ...right.keys()])].map((name) => ({
    name,
    first: left.get(name) ?? words.noFigure,
    second: right.get(name) ?? words.noFigure
  }))
}

/** How far the two orders agree, in a sentence; undefined where they cannot be compared. */
export function orderSentence({
  rankCorrelation,
  sharedCandidates
}: RunComparison): string | undefined {
  if (rankCorrelation === null) return undefined
  const items = formatNumber(sharedCandidates)
  const value = formatNumber(rankCorrelation, 2)
  if (rankCorrelation > 0.7) return words.orderSame(items, value)
  if (rankCorrelation > 0.2) return words.orderSomewhat(items, value)
  return rankCorrelation < -0.2
    ? words.orderReverse(items, value)
    : words.orderUnrelated(items, value)
}
