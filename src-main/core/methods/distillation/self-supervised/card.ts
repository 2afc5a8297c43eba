// What people read about self-supervised sets.
import type { MethodCard } from '../../method.ts'

export const selfSupervisedCard: MethodCard = {
  name: 'Teach likeness without labels (KRR-ST)',
  oneLine: 'Shapes items that teach a network what is like what, from data without labels.',
  description:
    'Every real item has a similarity fingerprint. Made items and their targets are moved so that a last ' +
    'layer solved from them alone foretells the fingerprints of your data, in several small networks that ' +
    'learn from the set meanwhile. A network trained on the set knows what is like what, before it has seen a label.',
  whenToUse: 'For pictures without labels, or with labels for a few of them only.',
  whenNotToUse:
    'When most items have labels: sets made with these teach more. With two or ten labels a class, a network was no ' +
    'better for having learned from such a set first (Fashion pictures). Not for rows of numbers, which are their own ' +
    'fingerprint, and not beyond 1,000 items in all.',
  reads: ['pictures', 'similarity fingerprints'],
  gives: 'Made items, each with a row of numbers to learn in place of a label.',
  memory: 'About 300 MB, 12 bytes for each number of the items, and 1 KB for each real item.',
  reference: {
    title: 'Self-Supervised Dataset Distillation for Transfer Learning',
    authors: 'Dong Bok Lee, Seanie Lee, Joonho Ko, Kenji Kawaguchi, Juho Lee, Sung Ju Hwang',
    where: 'ICLR 2024 (arXiv 2310.06511)',
    note:
      "The paper's: learned items and targets, a pool of networks trained on them by squared error, kernel ridge " +
      'regression on their features and a bias, targets that begin as the representation of the real item, a rate that ' +
      "falls in a line. Ours: the app's fingerprints in place of a large network trained by Barlow Twins, real items " +
      'unchanged, narrow networks with instance norm and a shorter life, a larger lambda, items stored as bytes.'
  }
}
