// What stands out in a dataset, in a few words each: for the list and for the strip on Home.
import type { DatasetSummary } from '@api/dto/datasets.ts'
import { data } from '../../text/en/data.ts'
import { home } from '../../text/en/home.ts'
import { formatNumber } from '../../text/format.ts'

/** One finding; "In order" when there is nothing to say. */
export interface HealthFinding {
  readonly text: string
  readonly tone: 'success' | 'neutral' | 'caution' | 'danger'
}

/** Findings of a dataset, most serious first. */
export function healthOf(dataset: DatasetSummary): HealthFinding[] {
  const findings: HealthFinding[] = []
  const count = (value: number, words: string, tone: HealthFinding['tone']): void => {
    if (value > 0) findings.push({ text: `${formatNumber(value)} ${words}`, tone })
  }
  if (!dataset.isReachable) findings.push({ text: home.unreachable, tone: 'danger' })
  count(dataset.skipped, home.skipped, 'caution')
  // Data without any label column is fine; some labels missing is not.
  if (dataset.classes.length > 0) count(dataset.missingLabels, home.missingLabels, 'caution')
  count(dataset.exactDuplicates, home.duplicates, 'caution')
  count(dataset.setAside, home.setAside, 'neutral')
  return findings.length === 0 ? [{ text: data.fine, tone: 'success' }] : findings
}
