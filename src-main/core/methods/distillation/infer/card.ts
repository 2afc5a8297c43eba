// What people read about shared changes.
import type { MethodCard } from '../../method.ts'

export const inferCard: MethodCard = {
  name: 'Real items and shared changes (INFER)',
  oneLine: 'Adds one made change to a real item of every label, so that few bytes give many items.',
  description:
    'One real item of every label makes a row. For each row and helper model one change is made that, added to every ' +
    'item of the row, makes all of them clearer examples of their labels to that helper model. Only the real ' +
    'items and the changes are stored: with ten labels and two helper models a row of ten items and ' +
    'two changes gives twenty items.',
  whenToUse:
    'With many labels, where one change serves many items, and with helper models that have batch norm, whose memory ' +
    'of the data the changes can follow.',
  whenNotToUse: 'With few labels: the changes then take as much room as more real items would.',
  reads: ['pictures', 'labels'],
  gives: 'Real items, changes, and the items made of both with their labels.',
  memory: 'About 400 MB.',
  reference: {
    title:
      'Breaking Class Barriers: Efficient Dataset Distillation via Inter-Class Feature Compensator',
    authors: 'Xin Zhang, Jiawei Du, Ping Liu, Joey Tianyi Zhou',
    where: 'ICLR 2025 (arXiv 2408.06927)',
    note:
      "The paper's: one change for a real item of every class, cross-entropy and the batch statistics of a helper model, " +
      'how many rows and changes fit a number of items, fixed labels. Ours: helper models of one kind with ' +
      'different beginnings instead of four kinds, labels chosen on validation items, no mixtures of items ' +
      'while students learn.'
  }
}
