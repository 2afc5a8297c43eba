// What kind of review a finding gets, in which order findings are shown, and which parts of the
// health tab they belong to. Pure.
import type { Finding, FindingKind, HealthAction, HealthReport, Severity } from '@api/dto/health.ts'

/** Worst first. */
const severityOrder: readonly Severity[] = ['high', 'medium', 'low', 'fine']
/**
 * Most harmful first among findings of one severity: what makes a test meaningless, then what
 * teaches the wrong thing or gives secrets away, then waste, then looks.
 */
const harmOrder: readonly FindingKind[] = [
  'split-leakage',
  'group-leakage',
  'secrets',
  'personal-data',
  'wrong-labels',
  'conflicting-labels',
  'missing-labels',
  'unreadable-pictures',
  'empty-texts',
  'exact-duplicates',
  'near-duplicates',
  'repeated-texts',
  'class-balance',
  'rare-labels',
  'outliers',
  'mixed-languages',
  'blurry-pictures',
  'dark-pictures',
  'bright-pictures',
  'tiny-pictures',
  'odd-shapes',
  'long-texts'
]

/** Findings in the order people should see them: by severity, then by harm, then by count. */
export function inHarmOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
      harmOrder.indexOf(a.kind) - harmOrder.indexOf(b.kind) ||
      b.count - a.count
  )
}

/** A report's findings by what is left to do about them. */
export interface FindingParts {
  readonly open: readonly Finding[]
  /** Everything found was dealt with. */
  readonly settled: readonly Finding[]
  readonly dismissed: readonly Finding[]
  /** Checks that found nothing. */
  readonly fine: readonly Finding[]
}

/** Divides the findings of a report. */
export function partsOf(report: HealthReport): FindingParts {
  const parts = {
    open: [] as Finding[],
    settled: [] as Finding[],
    dismissed: [] as Finding[],
    fine: [] as Finding[]
  }
  for (const finding of inHarmOrder(report.findings)) {
    if (finding.isDismissed) parts.dismissed.push(finding)
    else if (finding.found > 0 && finding.count === 0) parts.settled.push(finding)
    else if (finding.severity === 'fine') parts.fine.push(finding)
    else parts.open.push(finding)
  }
  return parts
}

/** How the items of a finding are gone through. */
export type ReviewMode = 'groups' | 'labels' | 'items'

/** Groups side by side, labels one by one, or a gallery. */
export function reviewMode(finding: Finding): ReviewMode {
  if (finding.kind === 'wrong-labels') return 'labels'
  // Items that belong together are not copies of each other: keeping one of them is no answer.
  return finding.groups > 0 && finding.kind !== 'group-leakage' ? 'groups' : 'items'
}

/** The action a card offers first; undefined when none is recommended. */
export function recommendedOf(finding: Finding): HealthAction | undefined {
  return finding.actions.find((action) => action.isRecommended && action.id !== 'show')
}

/** How many items an action changes, at most: for asking first. */
export function reachOf(finding: Finding, action: HealthAction['id']): number {
  const keepsOne = action === 'keep-first' || action === 'keep-largest'
  return keepsOne ? Math.max(0, finding.count - finding.groups) : finding.count
}
