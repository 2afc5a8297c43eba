// What people read about herding.
import type { MethodCard } from '../../method.ts'

export const herdingCard: MethodCard = {
  name: 'Same average (herding)',
  oneLine: 'Keeps items whose average is the average of all.',
  description:
    'Items are picked one by one so that the average of what is kept stays as close as possible to the average ' +
    'of all items of the label. Typical items come first, and what one item has too much of the next one ' +
    'makes up for.',
  whenToUse: 'For small, typical sets that keep the proportions of the data, within each label.',
  whenNotToUse:
    'When rare kinds matter: an average says little about the edges. With the mix of labels set free ' +
    'it may forget labels at very small numbers.',
  reads: ['embeddings'],
  gives: 'An order of all items, and how close the average of the kept ones is after every pick.',
  memory:
    '256 MB for up to 8,000 items compared at once (64 MB above that, nothing for few picks), 24 bytes x items, ' +
    'and up to 256 MB of fingerprints, read again part by part where there are more.',
  reference: {
    title: 'Herding Dynamical Weights to Learn; iCaRL',
    authors:
      'Max Welling; Sylvestre-Alvise Rebuffi, Alexander Kolesnikov, Georg Sperl, Christoph Lampert',
    where: 'ICML 2009; CVPR 2017 (arXiv 1611.07725)',
    note:
      'Known: the rule, which takes the nearest item at each step (a widely used implementation takes the farthest ' +
      'one by mistake). Ours: centred fingerprints, the mix of labels, and parts for large sets with the average ' +
      'carried over.'
  }
}
