// What people read about real items with plain labels.
import type { MethodCard } from '../../method.ts'

export const realItemsCard: MethodCard = {
  name: 'Real items with plain labels',
  oneLine: 'Keeps some of your own items of each label, by lot or by a simple rule.',
  description:
    'The yardstick that every other tiny training set has to beat. Items are taken by lot, or the most typical, ' +
    'those whose average is the average of their label, the farthest from each other, one of each group, or a ' +
    'share of every layer from typical to particular. Only the step size of students is tried out. Where a helper ' +
    'model may be kept with the set, students also learn from it, at several weights beside the plain label and from ' +
    'early and late moments of its training, where that does better on items kept apart.',
  whenToUse: 'To see what a tiny set is worth, and when nothing but your own items may be used.',
  whenNotToUse: 'When accuracy counts: richer labels for the same items are better in most cases.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives: 'The chosen items with their plain labels.',
  memory: 'The items of one label at a time, and 16 MB for layers.',
  reference: {
    title:
      'DC-BENCH: Dataset Condensation Benchmark; Dataset Quantization; Distilling the Knowledge in Data Pruning',
    authors:
      'Justin Cui, Ruochen Wang, Si Si, Cho-Jui Hsieh; Daquan Zhou and others; Emanuel Ben-Baruch and others',
    where: 'NeurIPS 2022 (arXiv 2207.09639); ICCV 2023 (arXiv 2308.10524); arXiv 2403.07854',
    note:
      'Known: the rules (herding, k-center, k-means centres, layers). Ours: they look at the items themselves, not at ' +
      'features of a trained network; layers are made of at most 2,000 items of a label, drawn by lot; an early moment of ' +
      'the helper model in the place of a smaller one; both parts of the loss at temperature 1 for students.'
  }
}
