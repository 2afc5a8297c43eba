// What people read about density and complexity pruning.
import type { MethodCard } from '../../method.ts'

export const densityCard: MethodCard = {
  name: 'Thin out crowded areas (density pruning)',
  oneLine: 'Keeps less of what is crowded and more of what is varied.',
  description:
    'Repeats go last. The other items are put into groups of alike ones. A group whose items differ a lot, and ' +
    'that is far from other groups, keeps more of its items; a tight group close to others keeps few.',
  whenToUse: 'For large data with uneven coverage: many items of a few kinds, few of many others.',
  whenNotToUse:
    'When junk is a kind of its own: it is varied and keeps a lot. For fewer than some thousand items groups say little.',
  reads: ['embeddings'],
  gives: 'An order of all items, the group of each and how many that group keeps, and repeats.',
  memory:
    '48 bytes x items, the largest group of alike items, some 30 MB, and the fingerprints where they take up to 256 MB.',
  reference: {
    title: 'Effective pruning of web-scale datasets based on complexity of concept clusters',
    authors:
      'Amro Abbas, Evgenia Rusak, Kushal Tirumala, Wieland Brendel, Kamalika Chaudhuri, Ari Morcos',
    where: 'ICLR 2024 (arXiv 2401.04578)',
    note:
      "The paper's: repeats first, distances inside and between groups, the softmax, the bounds. Ours: the exact closed form of the " +
      'quotas in place of a solver, the draw by lot inside groups as the default, the mix of labels, the number of groups.'
  }
}
