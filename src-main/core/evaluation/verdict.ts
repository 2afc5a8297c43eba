// The verdict of a check in one sentence: helped, no clear difference, or worse. The rule decides,
// not the analyst: the 95 % interval of the paired difference to random, and nothing else.
import type { Interval, MeanSd, VerdictKind } from '../../api/dto/runs.ts'
import { figureText } from '../compute/figure-text.ts'

export interface VerdictInputs {
  readonly repeats: number
  readonly testItems: number
  /** Accuracies, 0..1. */
  readonly chosen: MeanSd
  readonly all: MeanSd
  /** Chosen - random, 0..1 shares, paired over the repeats. */
  readonly difference: Interval
  readonly differenceToStratified: Interval
  /** Chosen items as a share of all items that could be chosen, 0..1. */
  readonly keptShare01: number
}

export interface Verdict {
  readonly kind: VerdictKind
  readonly verdict: string
  readonly cautions: readonly string[]
}

/** Points (hundredths of accuracy) with one decimal, a typographic minus, never "-0.0". */
export function points(difference01: number): string {
  const text = figureText(Math.abs(difference01 * 100))
  return difference01 < 0 && text !== '0.0' ? `\u2212${text}` : text
}

/** As {@link points}, with a plus sign on gains. */
export function signedPoints(difference01: number): string {
  const text = points(difference01)
  return text.startsWith('\u2212') ? text : `+${text}`
}

/** "83.0 %" for an accuracy; the space is part of the format. */
export function percentOneDecimal(share01: number): string {
  return `${figureText(share01 * 100)} %`
}

/** "10 %" or "0.5 %": whole percents, one decimal below ten, never a false 0 or 100. */
export function percentShort(share01: number): string {
  const percent = share01 * 100
  if (percent >= 9.95 && percent < 99.5) return `${Math.round(percent)} %`
  if (percent >= 99.5)
    return percent === 100 ? '100 %' : `${(Math.round(percent * 10) / 10).toString()} %`
  return `${Number(percent.toPrecision(2)).toString()} %`
}

/** Which side of zero the interval lies on. */
export function verdictKind(difference: Interval): Exclude<VerdictKind, 'not-checked'> {
  if (difference.low > 0) return 'helped'
  if (difference.high < 0) return 'worse'
  return 'no-difference'
}

function firstSentence(kind: VerdictKind, input: VerdictInputs): string {
  const { mean, low, high } = input.difference
  if (input.repeats < 2) {
    return `One repeat cannot tell choosing from chance (${signedPoints(mean)}). Test again with at least 3 repeats.`
  }
  if (kind === 'helped') {
    return `Choosing helped: ${signedPoints(mean)} points (${points(low)} to ${points(high)}).`
  }
  if (kind === 'worse')
    return `Random did better here (${signedPoints(mean)}). Do not use this set.`
  const range = `${signedPoints(mean)}, ${points(low)} to ${points(high)}`
  return `No clear difference from random (${range}). Try another method or more items.`
}

function allDataSentence(input: VerdictInputs): string {
  const start = `All data: ${percentOneDecimal(input.all.mean)}.`
  if (!(input.all.mean > 0)) return start
  const kept = `${Math.round((input.chosen.mean / input.all.mean) * 100)} %`
  return `${start} You keep ${kept} of that with ${percentShort(input.keptShare01)} of the items.`
}

function cautionsOf(kind: VerdictKind, input: VerdictInputs): string[] {
  const cautions: string[] = []
  if (input.repeats < 3) {
    const count = input.repeats === 1 ? '1 repeat' : `${input.repeats} repeats`
    cautions.push(`Rough estimate: only ${count}. Use 3 or more.`)
  }
  if (input.testItems < 200) {
    cautions.push(`Rough estimate: only ${input.testItems} test items. Use 200 or more.`)
  }
  if (kind === 'helped' && input.differenceToStratified.low <= 0) {
    const { mean, low, high } = input.differenceToStratified
    cautions.push(
      'A random choice with the same share of every class did about as well ' +
        `(${signedPoints(mean)}, ${points(low)} to ${points(high)}), so the gain may come from the class mix alone.`
    )
  }
  return cautions
}

/** The verdict sentence, its kind and its cautions. Pure: every branch depends on the input only. */
export function verdictOf(input: VerdictInputs): Verdict {
  const kind = input.repeats < 2 ? 'no-difference' : verdictKind(input.difference)
  const isRough = input.repeats < 3 || input.testItems < 200
  const sentences = [firstSentence(kind, input), allDataSentence(input)]
  if (isRough) sentences.push('Rough estimate.')
  return { kind, verdict: sentences.join(' '), cautions: cautionsOf(kind, input) }
}
