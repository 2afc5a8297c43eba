// What people read about addressable memories.
import type { MethodCard } from '../../method.ts'

export const memoryCard: MethodCard = {
  name: 'Shared pictures (addressable memories)',
  oneLine: 'Mixes many items from a few shared pictures, so that far more fit into the same space.',
  description:
    'Instead of items it stores a few small pictures that all classes share, and for each item how much ' +
    'of every picture goes into it. Both are learned: networks learn from the mixed items, are tested on ' +
    'your data, and every number is moved so that the next ones do better. Labels may also come in stages, ' +
    'one group after the other.',
  whenToUse:
    'For the smallest sets: in the space of one item per class it holds dozens, and no other method ' +
    'teaches as much in so little. Also to keep what older data taught when new classes come.',
  whenNotToUse:
    'For items to look at: they are mixtures, not pictures of something. And where every minute counts: it ' +
    'takes longer than matching averages, and goes on getting better for hours.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives:
    'Shared pictures and the addresses of all items; items of a class, or of any mixture of classes.',
  memory: 'About 500 MB, and the network twice for every step that is looked back on.',
  reference: {
    title: 'Remember the Past: Distilling Datasets into Addressable Memories for Neural Networks',
    authors: 'Zhiwei Deng, Olga Russakovsky',
    where: 'NeurIPS 2022 (arXiv 2206.02916)',
    note:
      "The paper's: bases and addresses, how many fit, learning through training with momentum by the " +
      'exact reverse recursion, one change of pictures for both sides. After RaT-BPTT (Feng et al. 2024): ' +
      'a random part of the training only, Adam, slopes shortened to their usual length. After FRePo (Zhou ' +
      'et al. 2022): the quick steps, which usual settings take alone, and networks of all ages kept in ' +
      'training. Ours: the start from the main directions of real items, rates relative to the size of the ' +
      'numbers, the smaller number of passes for check models.'
  }
}
