// What people read about attention matching.
import type { MethodCard } from '../../method.ts'

export const attentionMatchingCard: MethodCard = {
  name: 'Match where networks look (DataDAM)',
  oneLine: 'Makes new pictures that untrained networks look at in the same places as at your own.',
  description:
    'As in matching averages, made pictures begin as real ones, and a fresh network that has learned ' +
    'nothing compares them with many real ones in every step. Here the places that make each of its ' +
    'layers active are compared, whatever the strength, together with the last layer.',
  whenToUse:
    'A second try beside matching averages, at 10 or more per class: it also uses the early layers, ' +
    'which see edges and outlines.',
  whenNotToUse:
    'For anything but pictures. With hurry: each step costs as much as one of matching averages, and ' +
    'the published runs are long.',
  reads: ['pictures', 'labels'],
  gives:
    'Made pictures with their class, stored as bytes; how far attention was apart in each step.',
  memory: 'About 300 MB, and 12 bytes for each number of the made pictures.',
  reference: {
    title: 'DataDAM: Efficient Dataset Distillation with Attention Matching',
    authors:
      'Ahmad Sajedi, Samir Khaki, Ehsan Amjadian, Lucy Z. Liu, Yuri A. Lawryshyn, Konstantinos N. Plataniotis',
    where: 'ICCV 2023, pages 17097-17107',
    note:
      "The paper's: attention of all layers but the last, the averages of the last, power 4, weights, rate " +
      'and momentum. Ours: a small number inside the length, so that dead layers have no infinite ' +
      'gradient; the last layer is what the linear layer reads; the set is never chosen by test items, ' +
      "as the authors' code does."
  }
}
