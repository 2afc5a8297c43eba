// What is known about a dataset without any check, in a few words each: for the list of datasets and
// for Home, beside what the checks found.
import type { DatasetSummary } from '@api/dto/datasets.ts'
import { home } from '../../text/home.ts'
import { formatNumber } from '../../text/format.ts'

/** One fact. */
export interface DatasetFact {
  readonly text: string
  readonly tone: 'neutral' | 'caution' | 'danger'
}

/** Facts of a dataset worth a word, most serious first; often none. */
export function factsOf(dataset: DatasetSummary): DatasetFact[] {
  const facts: DatasetFact[] = []
  const count = (value: number, words: string, tone: DatasetFact['tone']): void => {
    if (value > 0) facts.push({ text: `${formatNumber(value)} ${words}`, tone })
  }
  if (!dataset.isReachable) facts.push({ text: home.unreachable, tone: 'danger' })
  count(dataset.skipped, home.skipped, 'caution')
  count(dataset.setAside, home.setAside, 'neutral')
  return facts
}
