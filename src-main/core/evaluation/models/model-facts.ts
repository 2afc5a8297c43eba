// What is known of the check models without loading any of them: names, what they read, and
// whether their training holds luck. Imported by the backend thread, so free of tensor code.
import type { CheckModel } from '../../../api/dto/runs.ts'

/** A check model as plans, sentences and estimates need it. */
export interface ModelFacts {
  readonly id: CheckModel
  /** As a title: "Fast linear". */
  readonly name: string
  /** Inside a sentence, after "with": "the fast linear model". */
  readonly inWords: string
  readonly reads: 'fingerprints' | 'pictures'
  /**
   * Training draws random numbers (first weights, order, shifts), so two trainings on the same items
   * differ: every arm is then trained anew in every repeat.
   */
  readonly hasLuck: boolean
}

/** All check models by id. */
export const modelFacts: Readonly<Record<CheckModel, ModelFacts>> = {
  linear: {
    id: 'linear',
    name: 'Fast linear',
    inWords: 'the fast linear model',
    reads: 'fingerprints',
    hasLuck: false
  },
  knn: {
    id: 'knn',
    name: 'Most alike items (k-NN)',
    inWords: 'k-NN',
    reads: 'fingerprints',
    hasLuck: false
  },
  mlp: {
    id: 'mlp',
    name: 'Small network',
    inWords: 'a small network',
    reads: 'fingerprints',
    hasLuck: true
  },
  convnet: {
    id: 'convnet',
    name: 'Picture network (ConvNet)',
    inWords: 'a picture network',
    reads: 'pictures',
    hasLuck: true
  }
}
