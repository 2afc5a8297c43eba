// The published settings of gradient matching, fitted to what is being made.
import type { DistillationInputs } from '../distillation-method.ts'
import type { DistanceRule } from './distance.ts'
import type { GradientMatchingParams } from './params.ts'

/** How often a network is compared with, and how many passes it learns in between. */
export interface Loops {
  readonly perNetwork: number
  readonly lessons: number
}

/** Items per class up to which a row holds (Zhao et al. 2021, the authors' code). */
const published: readonly (Loops & { readonly upTo: number })[] = [
  { upTo: 1, perNetwork: 1, lessons: 1 },
  { upTo: 10, perNetwork: 10, lessons: 50 },
  { upTo: 20, perNetwork: 20, lessons: 25 },
  { upTo: 30, perNetwork: 30, lessons: 20 },
  { upTo: 40, perNetwork: 40, lessons: 15 },
  { upTo: Infinity, perNetwork: 50, lessons: 10 }
]

/** The loops asked for; 0 takes the published number. */
export function loopsOf(
  perClass: number,
  params: Pick<GradientMatchingParams, 'perNetwork' | 'lessons'>
): Loops {
  const row = published.find(({ upTo }) => perClass <= upTo) ?? published[0]
  return {
    perNetwork: params.perNetwork || row.perNetwork,
    lessons: params.lessons || row.lessons
  }
}

/** Filters of the published network, which the published rates are for. */
const publishedWidth = 128

/**
 * The published rate of a distance in normalised units. Cosines are summed over filters, so fewer
 * filters need a larger rate. IDC's rates are for pixels from 0 to 1: a unit of theirs is 1 / sd of
 * ours, and slopes are sd times as large.
 */
export function publishedRate(
  { network, normalisation }: Pick<DistillationInputs, 'network' | 'normalisation'>,
  rule: DistanceRule
): number {
  const { sd } = normalisation
  const variance = sd.reduce((sum, value) => sum + value ** 2, 0) / sd.length
  switch (rule) {
    case 'cosine':
      return (0.1 * publishedWidth) / Math.max(1, network.width)
    case 'whole-cosine':
      // One cosine in place of that of every filter and class.
      return 0.1 * (3 * publishedWidth + 10)
    case 'squares':
      return 5e-3 / variance
    case 'absolute':
      return 1e-4 / variance
  }
}
