// What people read about LESS.
import type { MethodCard } from '../../method.ts'

export const lessCard: MethodCard = {
  name: 'Pulls the way of my examples (LESS)',
  oneLine: 'Keeps the items that pull a helper model in the same direction as your examples.',
  description:
    'A small helper model learns briefly from a sample and is looked at after every pass. Every item ' +
    'and every example pulls it in some direction; items whose direction agrees best with that of an ' +
    'example task come first. Only the direction counts, not how hard an item pulls.',
  whenToUse:
    'When you want items like a few examples out of a large mixed pile, for one purpose or several ' +
    'that have little in common. Keep "Mix of labels" on.',
  whenNotToUse:
    'Without "Mix of labels" the list collapses onto few labels: on handwritten digits the best 5 % came ' +
    'from about two of ten (22 % right instead of 79 % by lot). Repeats of a fitting item all rank high, ' +
    'so remove near-duplicates first. From some 10 % of clean data on a draw by lot did better. It is no ' +
    'finder of wrong labels: directions forget size, and in a published test such scores did no better ' +
    'than a coin.',
  reads: ['embeddings', 'labels', 'example sets'],
  gives: 'An order of all items, with the agreement of each with the example task it fits best.',
  memory:
    '4 bytes x items x tasks, one block of rows, and labels x columns x parts x passes x 8 bytes.',
  reference: {
    title: 'LESS: Selecting Influential Data for Targeted Instruction Tuning',
    authors: 'Mengzhou Xia, Sadhika Malladi, Suchin Gururangan, Sanjeev Arora, Danqi Chen',
    where: 'ICML 2024, arXiv 2402.04333',
    note:
      "The paper's: cosines at several checkpoints weighted by learning rates, the maximum over parts of " +
      'a task, the Adam form. Ours: gradients of a linear helper model in place of projected LoRA ' +
      'gradients (exact), plain steps as the default, importance of tasks, places shared out over labels.'
  }
}
