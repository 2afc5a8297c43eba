// What people read about gradient matching.
import type { MethodCard } from '../../method.ts'

export const gradientMatchingCard: MethodCard = {
  name: 'Match learning steps (DC, DSA)',
  oneLine: 'Makes new items that teach a network in the same direction as your data does.',
  description:
    'Each class begins as a few of its own items. In every step a network works out how it would change ' +
    'if it learned from many real items of a class, and how if it learned from the made ones. The made ' +
    'are moved until the two agree. Between steps the network learns a little from the made items, so ' +
    'that they also teach what comes later.',
  whenToUse:
    'For the best made items at 10 per class when there is time, best with a graphics card. Start with ' +
    'matching averages, which gives most of it in minutes.',
  whenNotToUse:
    'On a slow computer with many classes or items: each step works out how a change of every number ' +
    'changes the learning, which takes several times as long. Labels must be right.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives:
    'Made items with their class, stored as bytes; how far the directions were apart in each step.',
  memory: 'About 400 MB, more with many made items per class; the network twice.',
  reference: {
    title:
      'Dataset Condensation with Gradient Matching; Dataset Condensation with Differentiable Siamese Augmentation',
    authors: 'Bo Zhao, Konda Reddy Mopuri, Hakan Bilen',
    where: 'ICLR 2021; ICML 2021, PMLR 139:12674-12685',
    note:
      "The papers': the distance of each output's weights, the loops by items per class, rates, the same " +
      'random changes for both sides. Ours: the rate times 128 / filters; a number of steps in place of ' +
      'networks; values kept within black and white when stored as bytes. Options after IDC (Kim et al. ' +
      '2022): tiles, plain differences, lessons from real items.'
  }
}
