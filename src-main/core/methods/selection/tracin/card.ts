// What people read about TracIn.
import type { MethodCard } from '../../method.ts'

export const tracinCard: MethodCard = {
  name: 'Learning steps that help my examples (TracIn)',
  oneLine: 'Keeps the items whose learning steps would lower the error on your examples most.',
  description:
    'A small helper model learns briefly from a sample and is looked at after every pass. For every ' +
    'item it is worked out how far one learning step on it would lower or raise the error on your ' +
    'examples. Large steps count more than small ones, so items the helper model still gets wrong ' +
    'stand out, for better or worse.',
  whenToUse:
    'When you want to see which items push against your examples: the lowest values are where wrong ' +
    'labels gather. For choosing, keep "Mix of labels" on.',
  whenNotToUse:
    'When the data is clean and you only want a smaller set: above some 5 % a draw by lot did better on ' +
    'handwritten digits. Without "Mix of labels" the list comes from a few labels only. As a forecast of what leaving ' +
    'an item out would do it is weak (published: 0.28 to 0.33 of 1, influence functions 0.87).',
  reads: ['embeddings', 'labels', 'example sets'],
  gives: 'An order of all items with the size and direction of what each does for your examples.',
  memory:
    '4 bytes x items x tasks, one block of rows, and labels x columns x parts x passes x 8 bytes.',
  reference: {
    title: 'Estimating Training Data Influence by Tracing Gradient Descent',
    authors: 'Garima Pruthi, Frederick Liu, Satyen Kale, Mukund Sundararajan',
    where: 'NeurIPS 2020, arXiv 2002.08484 (TracInCP)',
    note:
      "The paper's: dot products of gradients at checkpoints, weighted by learning rates. Ours: a linear " +
      'helper model over fixed features, examples averaged per label, tasks joined by importance, places ' +
      'shared out over labels.'
  }
}
