// What people read about k-center greedy.
import type { MethodCard } from '../../method.ts'

export const kCenterCard: MethodCard = {
  name: 'Spread out (k-center)',
  oneLine: 'Keeps items as far apart from each other as possible.',
  description:
    'Starts with a typical item and then always takes the item that is farthest from everything kept so ' +
    'far. In the end no item is far from a kept one.',
  whenToUse:
    'When nothing may be missed: rare kinds and edge cases are found early. Good from some 10 % upwards.',
  whenNotToUse:
    'For very small sets, or data with junk: the odd ones out are taken first, and random is often better below 10 %.',
  reads: ['embeddings'],
  gives:
    'An order of all items, for each the distance to the nearest kept one, and the largest such distance.',
  memory:
    '28 bytes x items, some 50 MB for blocks, and the fingerprints where they take up to 256 MB; otherwise ' +
    'they are read again.',
  reference: {
    title: 'Active Learning for Convolutional Neural Networks: A Core-Set Approach',
    authors: 'Ozan Sener, Silvio Savarese; farthest-first rule: Teofilo Gonzalez',
    where: 'ICLR 2018 (arXiv 1708.00489); Theoretical Computer Science 38, 1985',
    note:
      'Known: the greedy rule, whose largest distance is at most twice the best possible. Ours: centred ' +
      'fingerprints, the mix of labels, and that the farthest items are held in memory, which gives the ' +
      'same picks with few passes over the data.'
  }
}
