// What a tiny set's students were scored by, and the arms of its test, in words of reports.
import type { DistilMeasure, DistilResult } from '../../../api/dto/distil.ts'

type Check = NonNullable<DistilResult['check']>

const scores: Readonly<Record<DistilMeasure, string>> = {
  accuracy: 'Right',
  explained: 'Fingerprint explained',
  recall: 'Right text found'
}

/** Head of a column of shares. */
export function scoreName({ measure }: Pick<Check, 'measure'>): string {
  return scores[measure ?? 'accuracy']
}

/** What students of an arm were trained on. Without labels none are plain or rich. */
export function armName(arm: string, measure: DistilMeasure = 'accuracy'): string {
  const withoutLabels = { 'distilled-soft': 'This set', 'random-hard': 'Random real items' }
  const names: Readonly<Record<string, string>> = {
    'distilled-soft': 'This set, its own labels',
    'distilled-hard': 'This set, plain labels',
    'random-soft': 'Random real items, richer labels',
    'random-hard': 'Random real items, plain labels',
    'chosen-hard': 'Chosen real items, plain labels',
    'equal-bytes': 'Random real items of as many bytes',
    all: 'All training items',
    ...(measure === 'accuracy' ? {} : withoutLabels)
  }
  return names[arm] ?? arm
}
