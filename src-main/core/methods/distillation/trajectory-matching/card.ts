// What people read about trajectory matching.
import type { MethodCard } from '../../method.ts'

export const trajectoryCard: MethodCard = {
  name: 'Follow a training (MTT)',
  oneLine:
    'Makes new items that take a network along the way it goes when it learns from your data.',
  description:
    'Helper models are trained on all items, and kept on their way. Then, again and again, a network ' +
    'starts where a helper model was, takes a few lessons from the made items, and the items are moved so ' +
    'that it ends closer to where the helper model went. The size of a lesson is learned too, and labels ' +
    'if you like.',
  whenToUse:
    'For the best made items at 10 per class and more, with a graphics card or a night to spare.',
  whenNotToUse:
    'For a first try: training the helper models alone takes longer than most methods, and each step ' +
    'looks back through all lessons. Items suit the kind of network they were made with.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives: 'Made items with their class or with shares of all classes, and the size of a lesson.',
  memory:
    'About 500 MB, the network once for every lesson, and on disk once for every kept moment.',
  reference: {
    title: 'Dataset Distillation by Matching Training Trajectories; TESLA; FTD; DATM',
    authors: 'George Cazenavette et al.; Justin Cui et al.; Jiawei Du et al.; Ziyao Guo et al.',
    where: 'CVPR 2022 (arXiv 2203.11932); ICML 2023; CVPR 2023; ICLR 2024',
    note:
      "The papers': the distance, its exact slopes through the lessons, the learned size of a lesson (MTT); " +
      'constant memory, which is not the exact direction (TESLA); steadier helper models and the running ' +
      'average (FTD); learned labels and the part of the training by items per class (DATM). Ours: fewer and ' +
      'shorter trainings, Adam relative to the size of the numbers, labels that begin with the right class ahead.'
  }
}
