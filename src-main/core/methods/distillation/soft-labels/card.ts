// What people read about soft labels.
import type { MethodCard } from '../../method.ts'

export const softLabelsCard: MethodCard = {
  name: 'Real items with richer labels',
  oneLine: 'Keeps some of your own items and says for each how much it is like every label.',
  description:
    'A helper model is trained on all your items, and stopped at several moments on the way. A few real items of ' +
    'each label are kept; instead of one plain label each gets a share for every label, as the helper ' +
    'model saw it at the moment that teaches best. Which moment, and how even the shares should be, is tried ' +
    'out on items kept apart. If plain labels do better there, the set gets plain labels. Where the helper model may be ' +
    'kept with the set, it is also tried to ask it about every changed picture while students learn.',
  whenToUse:
    'The first method to try with ten or more items for each label, above all with many labels: the more ' +
    'labels, the more each item can say. Works for pictures, tables and texts.',
  whenNotToUse:
    'With one item for each label of a few: computer-made items do better there. With so many items that ' +
    'students on plain labels get close to the helper model, there is little left to gain.',
  reads: ['pictures or rows of numbers', 'labels'],
  gives:
    'The chosen items and their labels, what every moment and temperature gave on validation items, and plain ' +
    'labels beside them.',
  memory: 'About 300 MB, and 4 bytes x numbers of the chosen items.',
  reference: {
    title: 'A Label is Worth a Thousand Images in Dataset Distillation',
    authors: 'Tian Qin, Zhiwei Deng, David Alvarez-Melis',
    where: 'NeurIPS 2024 (arXiv 2406.10485)',
    note:
      "The paper's: random real items, labels of an early helper model, logits averaged over several, epoch and " +
      'temperature searched together. Ours: the choice on validation items (the published code uses test items), ' +
      'short trainings before long ones, plain labels tried on the same terms and taken where they are better, ' +
      'momentum for the helper model, a falling step size for students, items chosen as one of each group the helper model sees, neighbouring moments averaged. The mixture with ' +
      'plain labels is from "Distilling the Knowledge in Data Pruning" (Ben-Baruch et al. 2024).'
  }
}
