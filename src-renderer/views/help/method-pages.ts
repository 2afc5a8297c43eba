// Which page of the help explains which method, and how the pages are put together in the list.

/** Methods that are explained together with others, by the page that does. */
const sharedPages: Readonly<Record<string, string>> = {
  'early-learning': 'difficulty',
  el2n: 'difficulty',
  grand: 'difficulty',
  margin: 'difficulty',
  forgetting: 'difficulty',
  'source-even': 'mixtures',
  'source-size': 'mixtures',
  regmix: 'mixtures',
  'late-upsampling': 'mixtures',
  aioli: 'mixtures',
  'skill-it': 'mixtures',
  'kernel-labels': 'kernel-ridge',
  'real-pairs': 'pair-matching'
}

/** The page of a method. */
export function pageOfMethod(method: string): string {
  return sharedPages[method] ?? method
}

/** Parts of the list of pages. */
export type PageGroup = 'choosing' | 'tiny' | 'data' | 'traces' | 'other'

/** Pages by part, in the order they are listed. What is in no part is listed last. */
export const pageGroups: Readonly<Record<Exclude<PageGroup, 'other'>, readonly string[]>> = {
  choosing: [
    'icons',
    'less',
    'tarot',
    'dsir',
    'trusted-filter',
    'tracin',
    'trak',
    'influence',
    'facility-location',
    'combined',
    'gtp',
    'herding',
    'graph-cut',
    'k-center',
    'dataset-quantization',
    'density-pruning',
    'semdedup',
    'difficulty',
    'loss-window',
    'mixtures',
    'given-list',
    'stratified-random',
    'random',
    'repeated-random',
    'check'
  ],
  tiny: [
    'soft-labels',
    'real-items',
    'realistic-tiles',
    'infer',
    'distribution-matching',
    'attention-matching',
    'gradient-matching',
    'feature-ridge',
    'self-supervised',
    'kernel-ridge',
    'addressable-memories',
    'trajectory-matching',
    'distributional',
    'recovery',
    'pair-matching',
    'label-compression',
    'own-helper',
    'second-order',
    'tiny-set-check',
    'tiny-set-analysis'
  ],
  data: [
    'features',
    'similarity-map',
    'data-health',
    'joined-matrices',
    'unseen-synthesis',
    'perceptual-groups'
  ],
  traces: [
    'trace-formats',
    'first-wrong-step',
    'evolving-graph',
    'structured-reflection',
    'trace-exports'
  ]
}

/** The part a page is listed in. */
export function groupOfPage(page: string): PageGroup {
  for (const [group, pages] of Object.entries(pageGroups))
    if (pages.includes(page)) return group as PageGroup // keys of the object above
  return 'other'
}
