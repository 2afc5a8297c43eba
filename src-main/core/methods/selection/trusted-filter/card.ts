// What people read about the trusted-set filter.
import type { MethodCard } from '../../method.ts'

export const filterCard: MethodCard = {
  name: 'Like my trusted items (quality filter, DFN idea)',
  oneLine: 'Keeps the items a helper model cannot tell from the ones you trust.',
  description:
    'A small helper model learns to tell your example items, which you trust, from a random sample of ' +
    'the data. Every item gets a score for how much it looks like a trusted one, always from a model ' +
    'that has not seen it, and the highest scores are kept. How well a filter tells both apart says ' +
    'little about how good the chosen items are for training: judge it by the check.',
  whenToUse:
    'When the data holds much that does not belong (other topics, broken items, poor quality) and you ' +
    'have some dozens of items that are as you want them.',
  whenNotToUse:
    'When the data is all of one kind: the filter then picks what looks most typical. The style of the ' +
    'trusted items becomes the style of the chosen set, so they must be as varied as you want it to be. ' +
    'It does not see wrong labels.',
  reads: ['embeddings', 'example sets'],
  gives:
    'A score per item, an order of all items, and how well trusted items can be told apart (AUC).',
  memory: '40 bytes x items, plus the trusted items, up to 20,000 random ones and a block of rows.',
  reference: {
    title: 'Data Filtering Networks',
    authors:
      'Alex Fang, Albin Madappally Jose, Amit Jain, Ludwig Schmidt, Alexander Toshev, Vaishaal Shankar',
    where: 'ICLR 2024, arXiv 2309.17425',
    note:
      "The paper's: a small model trained on high-quality data alone filters a large pool, and a better " +
      'model can be a worse filter (their main finding). Ours: a logistic head over frozen features ' +
      'against a random sample, cross-fitted, in place of an image-text network; shares per label.'
  }
}
