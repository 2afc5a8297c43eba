// What people read about feature ridge.
import type { MethodCard } from '../../method.ts'

export const featureRidgeCard: MethodCard = {
  name: 'Right on the last layer (FRePo)',
  oneLine: 'Shapes items so that a last layer solved from them alone names your data rightly.',
  description:
    'Several small networks learn from the set while it is made. In each step one of them looks at the ' +
    'made items and at real ones; the best last layer for the made items is the answer of one system of ' +
    'equations, and items and labels are moved so that this layer names the real items better.',
  whenToUse:
    'For made items that teach networks, when labels with a number for every class are welcome. It looks ' +
    'at what a network would learn, not only at averages, and needs no helper model.',
  whenNotToUse:
    'When models that learn from plain labels only will use the set, with which it does about as well as ' +
    'Match averages (DM) and no better. Not beyond 1,000 items in all.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives: 'Made items with a number for every class.',
  memory: 'About 300 MB, 12 bytes for each number of the items, and 12 bytes x weights x networks.',
  reference: {
    title: 'Dataset Distillation using Neural Feature Regression',
    authors: 'Yongchao Zhou, Ehsan Nezhadarya, Jimmy Ba',
    where: 'NeurIPS 2022 (arXiv 2206.00719)',
    note:
      "The paper's: a pool of networks trained on the set, the last layer solved by ridge regression, slopes " +
      'through that solve and the features but not through the training, centred labels that are learned. ' +
      'Ours: narrow networks with instance norm and a shorter life, Adam in place of LAMB, squared error ' +
      'alone, a larger lambda, a start from averages, items stored as bytes.'
  }
}
