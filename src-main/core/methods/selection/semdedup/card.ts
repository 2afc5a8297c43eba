// What people read about SemDeDup.
import type { MethodCard } from '../../method.ts'

export const semdedupCard: MethodCard = {
  name: 'Leave out repeats (SemDeDup)',
  oneLine: 'Leaves out items that mean nearly the same as another one.',
  description:
    'Items are put into groups of alike ones. Inside each group every item is compared with those before it; ' +
    'where the likeness is above your threshold it is a repeat. What is left is drawn from by lot, or leaving out goes on ' +
    'until the number fits.',
  whenToUse:
    'For data gathered from the web or from video, and as the first step before anything else.',
  whenNotToUse:
    'To choose a small part of data without repeats: then it is a draw by lot. Repeats in different groups are not found.',
  reads: ['embeddings'],
  gives:
    'An order of all items, for each how alike it is to one before it, and the share of repeats.',
  memory:
    '40 bytes x items, the largest group of alike items, some 30 MB, and the fingerprints where they take up to 256 MB.',
  reference: {
    title: 'SemDeDup: Data-efficient learning at web-scale through semantic deduplication',
    authors: 'Amro Abbas, Kushal Tirumala, Daniel Simig, Surya Ganguli, Ari Morcos',
    where: 'arXiv 2303.09540',
    note:
      "The paper's: k-means, pairs inside a group, a threshold on the largest likeness to an item before. Ours: centred " +
      'fingerprints (on which 95 % alike is a stricter test than on raw ones), one order that holds the selections of ' +
      'all thresholds, the draw by lot, the mix of labels.'
  }
}
