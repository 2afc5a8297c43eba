// What people read about ICONS.
import type { MethodCard } from '../../method.ts'

export const iconsCard: MethodCard = {
  name: 'Like my examples (ICONS)',
  oneLine: 'Keeps the items that most of your example tasks ask for.',
  description:
    'A small helper model learns briefly from a sample. For every item and every example task it ' +
    'is measured whether learning from the item pulls the model in the direction the task needs. ' +
    'Each task then votes for its best items, and items with the most votes are kept.',
  whenToUse:
    'When you have example items of what the data is for, in two or more tasks that have something ' +
    'in common, and especially when the data holds wrong labels, repeats or foreign items.',
  whenNotToUse:
    'When every task is about something else (for example one task per label on clean data): then ' +
    'there is little to agree on, and one task at a time (round-robin) or Stratified random is better.',
  reads: ['embeddings', 'labels', 'example sets'],
  gives: 'An order of all items, votes per item, who voted, and how much the tasks agree.',
  memory:
    '4 bytes x items x tasks for scores, twice that for ranks, one block of rows; between items with equal ' +
    'votes up to 256 MB, or 4 bytes x tied items x columns when more than 8,000 are tied.',
  reference: {
    title: 'ICONS: Influence Consensus for Vision-Language Data Selection',
    authors: 'Xindi Wu, Mengzhou Xia, Rulin Shao, Zhiwei Deng, Pang Wei Koh, Olga Russakovsky',
    where: 'arXiv 2501.00654',
    note:
      "The paper's: influence per task by gradient similarity, votes of each task at its own percentile, " +
      'items ranked by votes. Ours: gradients of a linear head over frozen features in place of LoRA ' +
      'gradients (exact, no projection), the tie rules (the paper names none), weights for importance, ' +
      'round-robin, and the advice when tasks conflict.'
  }
}
