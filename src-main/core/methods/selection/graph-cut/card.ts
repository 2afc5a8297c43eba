// What people read about graph cut.
import type { MethodCard } from '../../method.ts'

export const graphCutCard: MethodCard = {
  name: 'Typical but different (graph cut)',
  oneLine: 'Keeps items that are like many others, and unlike what is already kept.',
  description:
    'Each item earns points for being like all items and loses points for being like items already kept. ' +
    'The item with the most points is kept, again and again.',
  whenToUse: 'For typical items without repeats, when you want to set the balance yourself.',
  whenNotToUse:
    'When rare kinds matter. With the weight at 1 and a small share it keeps only what is most typical.',
  reads: ['embeddings'],
  gives: 'An order of all items, how typical each one is, and how like the kept ones.',
  memory:
    '256 MB for up to 8,000 items compared at once (64 MB above that), 24 bytes x items, and the fingerprints ' +
    'where they take up to 256 MB.',
  reference: {
    title: 'Submodularity in Data Subset Selection and Active Learning',
    authors:
      'Kai Wei, Rishabh Iyer, Jeff Bilmes; in the form of the libraries submodlib and DeepCore',
    where: 'ICML 2015',
    note:
      'Known: the gain lambda sum s - 2 sum over the kept s. Ours: with cosines both sums are one product with a ' +
      'running vector, so no pairs need to be kept for it; the automatic weight; the mix of labels; parts for ' +
      'large sets.'
  }
}
