// What can be said about a dataset's health in a few words: for the strip on Home and for the list
// of datasets. Pure.
import type { Finding, HealthReport, Severity } from '@api/dto/health.ts'
import type { Job } from '@api/dto/jobs.ts'
import { common } from '../../../text/common.ts'
import { strip as words } from '../../../text/health.ts'
import { formatNumber } from '../../../text/format.ts'
import { percentOf } from '../../runs/phase-line.ts'
import { partsOf } from './finding-order.ts'

/** Where a dataset stands with its check. */
export type HealthState =
  | { readonly kind: 'loading' | 'not-checked' | 'fine' | 'settled' | 'failed' | 'stopped' }
  | { readonly kind: 'running'; readonly text: string }
  | { readonly kind: 'found'; readonly count: number; readonly severity: Severity }

/** What a screen knows about one dataset. */
export interface HealthFacts {
  readonly report: HealthReport | undefined
  readonly hasFailed: boolean
  readonly job: Job | undefined
  readonly stopped: Job | undefined
}

/** Tells where a dataset stands; what runs now comes first, then what was found. */
export function healthState({ report, hasFailed, job, stopped }: HealthFacts): HealthState {
  if (job !== undefined) {
    const text = job.state === 'queued' ? words.waiting : words.checking(percentOf(job))
    return { kind: 'running', text }
  }
  if (report === undefined) return { kind: hasFailed ? 'failed' : 'loading' }
  if (report.checkedAt === null) return { kind: stopped === undefined ? 'not-checked' : 'stopped' }
  const parts = partsOf(report)
  const [worst] = parts.open
  if (worst !== undefined)
    return { kind: 'found', count: parts.open.length, severity: worst.severity }
  return { kind: parts.settled.length > 0 ? 'settled' : 'fine' }
}

/** The state in a few words. */
export function stateText(state: HealthState): string {
  switch (state.kind) {
    case 'running':
      return state.text
    case 'found':
      return words.toLook(state.count)
    case 'fine':
      return words.fine
    case 'settled':
      return words.settled
    case 'failed':
      return words.failed
    case 'stopped':
      return words.stopped
    case 'not-checked':
      return words.notChecked
    case 'loading':
      return common.loading
  }
}

/** One chip of the strip. */
export interface StripChip {
  readonly finding: Finding
  /** "312 near-duplicates". */
  readonly text: string
}

/** The findings a strip names, most serious first, and how many it does not. */
export function stripChips(
  report: HealthReport,
  most: number
): { readonly chips: readonly StripChip[]; readonly more: number; readonly isBalanced: boolean } {
  const { open, fine } = partsOf(report)
  return {
    chips: open.slice(0, most).map((finding) => ({
      finding,
      text: words.short[finding.kind](formatNumber(finding.count))
    })),
    more: Math.max(0, open.length - most),
    isBalanced: fine.some((finding) => finding.kind === 'class-balance')
  }
}

/** Colour of a chip, beside its icon and words. */
export const severityTone = {
  high: 'danger',
  medium: 'caution',
  low: 'neutral',
  fine: 'success'
} as const satisfies Record<Severity, string>
