// What people read about the kernel methods.
import type { MethodCard } from '../../method.ts'

export const kernelRidgeCard: MethodCard = {
  name: 'Sharpest for nearest-neighbour models (KIP)',
  oneLine: 'Shapes a few items and their labels so that a kernel model built on them is right.',
  description:
    'A kernel model compares a new item with every item of the set and adds up what these say, the near ' +
    'ones most. It has no training, so how each pixel and each label changes its errors can be worked ' +
    'out directly. Batches of your items are named again and again, and items and labels follow.',
  whenToUse:
    'When a kernel or nearest-neighbour model will use the set: nothing else gets as far with 1 to 10 ' +
    'items per class, in seconds to minutes on any computer.',
  whenNotToUse:
    'For training a network: little of the lead over random real items carries over. Take Match averages ' +
    'or real items with richer labels instead. Not beyond 1,000 items in all.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives:
    'Made items with a number for every class, the reach and smoothness of the kernel, and the range of ' +
    'the pixels.',
  memory: '100 MB, 16 bytes for each number of the items, and 60 bytes x items x (items + batch).',
  reference: {
    title: 'Dataset Meta-Learning from Kernel Ridge-Regression',
    authors: 'Timothy Nguyen, Zhourong Chen, Jaehoon Lee',
    where: 'ICLR 2021 (arXiv 2011.00050)',
    note:
      "The paper's: items and labels learned on the squared error of kernel ridge regression, lambda times " +
      'the mean of the diagonal. Ours: a radial kernel whose width is the median squared distance, in ' +
      'place of the kernel of an endless network (hours of a graphics card); a start from averages; pixels ' +
      'kept within black and white.'
  }
}

export const kernelLabelsCard: MethodCard = {
  name: 'Real items with labels for nearest-neighbour models (LS)',
  oneLine:
    'Keeps some of your items and works out the labels that make a kernel model right on all.',
  description:
    'A kernel model compares a new item with every item of the set and adds up what these say. For given ' +
    'items the labels that make it right on as many of your data as possible are the answer of one system ' +
    'of equations: each item then says for every class how much it speaks for or against it.',
  whenToUse:
    'When a kernel or nearest-neighbour model will use the set and the items must be real ones. Takes seconds, ' +
    'and nothing has to be chosen.',
  whenNotToUse:
    'For training a network. With one item per class, made items are far better. Not beyond 1,000 items in all.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives:
    'The chosen items, and for each a number for every class; the reach and smoothness of the kernel.',
  memory: '100 MB, and 16 bytes x items x items.',
  reference: {
    title: 'Dataset Meta-Learning from Kernel Ridge-Regression',
    authors: 'Timothy Nguyen, Zhourong Chen, Jaehoon Lee',
    where: 'ICLR 2021 (arXiv 2011.00050), label solve',
    note:
      "The paper's: the closed form. Ours: a radial kernel in place of the kernel of an endless network, the " +
      'choices of items.'
  }
}
