// What is read off the students of a tiny set, and how sentences speak of it. Every measure is a
// share 0..1 where more is better, so that one test, one interval and one verdict serve them all.
import type { DistilArm, DistilMeasure } from '../../../api/dto/distil.ts'
import type { DistilledSet } from '../../methods/distillation/distillation-method.ts'

/** Parts of sentences about a measure. */
export interface MeasureWords {
  /** After the number of items: "10 per label". */
  readonly each: string
  /** Between the set and its share: "reaches 71.3 %". */
  readonly reaches: string
  /** After the share; empty, or beginning with a space: " of the fingerprint". */
  readonly of: string
}

const labelWords: MeasureWords = { each: 'per label', reaches: 'reaches', of: '' }
const groupWords: MeasureWords = { each: 'per group', reaches: 'reaches', of: '' }
const explainedWords: MeasureWords = {
  each: 'per group',
  reaches: 'explains',
  of: ' of the similarity fingerprint'
}
const recallWords: MeasureWords = { each: 'pairs', reaches: 'find', of: ' of the right texts' }

/** The measure of a set, by whom it teaches. */
export function measureOf({ consumer }: Pick<DistilledSet, 'consumer'>): DistilMeasure {
  switch (consumer) {
    case 'network':
    case 'kernel':
      return 'accuracy'
    case 'representation':
      return 'explained'
    case 'pairs':
      return 'recall'
  }
}

/** How sentences speak of it. @param isGrouped true where groups take the place of labels */
export function measureWords(measure: DistilMeasure, isGrouped: boolean): MeasureWords {
  switch (measure) {
    case 'accuracy':
      return isGrouped ? groupWords : labelWords
    case 'explained':
      return isGrouped ? explainedWords : { ...explainedWords, each: 'per label' }
    case 'recall':
      return recallWords
  }
}

/**
 * The arms that make sense for a measure. Without labels there are no plain ones, and nothing to be
 * typical of: the set with its own targets stands against real items with targets of the same kind.
 */
export function armsOfMeasure(measure: DistilMeasure, arms: readonly DistilArm[]): DistilArm[] {
  if (measure === 'accuracy') return [...arms]
  const ofLabels: readonly DistilArm[] = ['distilled-hard', 'random-soft', 'chosen-hard']
  return arms.filter((arm) => !ofLabels.includes(arm))
}
