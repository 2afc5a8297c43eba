// What people read about the loss window.
import type { MethodCard } from '../../method.ts'

export const lossWindowCard: MethodCard = {
  name: 'Training plan by loss (SeTa, InfoBatch)',
  oneLine: 'Tests a plan that trains with fewer steps, and shows which items it goes to.',
  description:
    'A helper model is trained pass by pass. Instead of all items, each pass visits a window of items ' +
    'with alike loss that slides from easy to hard and starts again (SeTa), or skips some of the items ' +
    'with a small loss (InfoBatch). How many steps that saves and what it does to the accuracy is ' +
    'measured on items set aside, beside training with all steps and beside as few steps by lot. The ' +
    'items are listed by their average loss and by how often the plan comes to them.',
  whenToUse:
    'To see whether such a plan would shorten a long training on your data, and to look at items by ' +
    'their loss over a whole training.',
  whenNotToUse:
    'To keep a part of clean data: the plan goes through nearly all items in turn, and that is what it ' +
    'lives by. The hardest 10 % of a set of digits taught a model to get 65 % right, 10 % by lot 89 %. ' +
    'Only the middle within each label held its own, and with many wrong labels it was ahead.',
  reads: ['embeddings', 'labels'],
  gives:
    'Steps saved and accuracy with and without the plan, the average loss and the visits of every ' +
    'item, and an order of all items.',
  memory:
    '40 bytes x items, up to 20,000 items (128 MB) to learn from, and 4 bytes x columns x labels x passes x repeats.',
  reference: {
    title: 'Scale Efficient Training for Large Datasets (SeTa); InfoBatch',
    authors: 'Qing Zhou, Junyu Gao, Qi Wang; Ziheng Qin, Kai Wang and others',
    where: 'CVPR 2025, arXiv 2503.13385; ICLR 2024, arXiv 2303.04947',
    note:
      "The papers': the draw by lot, groups by loss and the sliding window; skipping below the mean " +
      'loss with larger weights; the last eighth without. Ours: a linear head over frozen features, the ' +
      'comparison on items set aside, visits of rows outside the training by the same rule, and ' +
      'every order made from them. The papers promise quicker training, not a good fixed part.'
  }
}
