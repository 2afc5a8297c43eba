// What people read about the combined aims.
import type { MethodCard } from '../../method.ts'

export const combinedCard: MethodCard = {
  name: 'Several aims at once (weights)',
  oneLine:
    'Keeps items for variety, typical items, hard items and likeness to examples, as you weigh them.',
  description:
    'You give four aims a weight from 0 to 100. Items are picked one by one, each time the one that adds ' +
    'most to all aims together. The aims are made comparable first: each is measured by what its own ' +
    'best set of that size gains over a choice by lot. The result says how much of that each aim got.',
  whenToUse:
    'When one aim alone goes too far: variety that also wants junk and wrong labels stood for, or items ' +
    'like your examples that are all the same. The weights set here were never behind Stratified random ' +
    'on a set of digits, clean or spoiled, and far ahead where labels were wrong.',
  whenNotToUse:
    'When you keep most of clean data: variety alone is a little better there. Weight on hard items costs ' +
    'accuracy where labels are wrong or the part is small.',
  reads: ['embeddings', 'labels', 'example sets'],
  gives:
    'An order of all items, the aim each kept one serves most, its places in the other aims, and how ' +
    'much of every aim was reached.',
  memory:
    '4 bytes x (items of one label) squared for variety, up to the memory you allow; above that 144 MB; 60 ' +
    'bytes x items, and the fingerprints where they take up to 256 MB.',
  reference: {
    title: 'A Class of Submodular Functions for Document Summarization',
    authors: 'Hui Lin, Jeff Bilmes; guarantee: George Nemhauser, Laurence Wolsey, Marshall Fisher',
    where: 'ACL 2011; Mathematical Programming 14, 1978',
    note:
      'Known: coverage plus a weighted sum over the items is monotone and submodular, and greedy reaches ' +
      '1 - 1/e of the best set. Ours: the four aims, the common unit, the mix of labels, groups of ' +
      'alike items for large sets, and the reasons.'
  }
}
