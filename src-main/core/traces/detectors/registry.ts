// All rule detectors, in the order they are shown, and how well each tells failures from passes.
import type { Trace } from '../model/trace.ts'
import type { Detector, Finding, Siblings } from './detector.ts'
import { budgetDetector, emptyDetector, longDetector, noEndDetector } from './endings.ts'
import {
  errorDetector,
  ignoredErrorDetector,
  recoveredDetector,
  writeAfterErrorDetector
} from './errors.ts'
import { ungroundedDetector } from './grounding.ts'
import { periodDetector, repeatDetector, repeatWindowDetector } from './repeats.ts'
import { cycleDetector, noChangeDetector, stallDetector } from './screens.ts'
import {
  extraWriteDetector,
  missingWriteDetector,
  novelDetector,
  wrongArgumentsDetector
} from './siblings.ts'

/** Strongest first. */
export const detectors: readonly Detector[] = [
  extraWriteDetector,
  wrongArgumentsDetector,
  missingWriteDetector,
  errorDetector,
  ignoredErrorDetector,
  writeAfterErrorDetector,
  recoveredDetector,
  repeatDetector,
  repeatWindowDetector,
  periodDetector,
  noChangeDetector,
  cycleDetector,
  stallDetector,
  ungroundedDetector,
  novelDetector,
  longDetector,
  budgetDetector,
  emptyDetector,
  noEndDetector
]

/** Findings of all detectors on one trace, by step. */
export function findAll(trace: Trace, siblings: Siblings): Finding[] {
  return detectors
    .flatMap((detector) => detector.find(trace, siblings))
    .sort((a, b) => a.step - b.step || b.severity - a.severity)
}

/** How often a detector fires. */
export interface DetectorRate {
  readonly detector: string
  readonly name: string
  /** Attempts it fires on, by outcome. */
  readonly fails: number
  readonly passes: number
  /** Share of failures among them; null when it never fires. Compare with the share among all. */
  readonly failShare01: number | null
}

/** For each detector: on how many failures and passes it fires. */
export function detectorRates(
  found: readonly {
    readonly trace: Pick<Trace, 'outcome'>
    readonly findings: readonly Pick<Finding, 'detector'>[]
  }[]
): DetectorRate[] {
  const fails = new Map<string, number>()
  const passes = new Map<string, number>()
  for (const { trace, findings } of found) {
    const counts = trace.outcome === 'fail' ? fails : trace.outcome === 'pass' ? passes : undefined
    if (counts === undefined) continue
    for (const id of new Set(findings.map(({ detector }) => detector)))
      counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return ratesOf(fails, passes)
}

/** Rates from the numbers of failures and of passes on which each detector fires. */
export function ratesOf(
  failing: ReadonlyMap<string, number>,
  passing: ReadonlyMap<string, number>
): DetectorRate[] {
  return detectors.map(({ id, name }) => {
    const fails = failing.get(id) ?? 0
    const passes = passing.get(id) ?? 0
    const judged = fails + passes
    return { detector: id, name, fails, passes, failShare01: judged === 0 ? null : fails / judged }
  })
}
