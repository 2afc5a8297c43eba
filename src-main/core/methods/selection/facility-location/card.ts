// What people read about facility location.
import type { MethodCard } from '../../method.ts'

export const facilityLocationCard: MethodCard = {
  name: 'Stands for all (facility location)',
  oneLine: 'Keeps items so that every item has a similar one among the kept.',
  description:
    'Items are picked one by one. Each pick is the one that most improves how well all items are stood ' +
    'for by the kept item most similar to them. Typical items come first, rarer kinds follow, and a ' +
    'second copy of something is only picked when little else is left.',
  whenToUse:
    'To keep a small part (up to some 20 %) when there are no example items: it was the best all-round ' +
    'choice on small sets.',
  whenNotToUse:
    'When many items are junk: junk wants to be stood for as well. When you keep most of the data, ' +
    'random is as good and quicker.',
  reads: ['embeddings'],
  gives:
    'An order of all items, for every item the kept one nearest to it, and how many items each kept ' +
    'one stands for.',
  memory:
    '4 bytes x (items of one label) squared, up to the memory you allow; above that 144 MB, 24 bytes x items; ' +
    'and up to 256 MB of fingerprints, read again part by part where there are more.',
  reference: {
    title: 'Submodularity in machine learning; accelerated greedy algorithms',
    authors: 'Michel Minoux; George Nemhauser, Laurence Wolsey, Marshall Fisher',
    where: 'Optimization Techniques, 1978; Mathematical Programming 14, 1978',
    note:
      'Known: the objective, the greedy rule with its guarantee (1 - 1/e), and lazy evaluation. Ours: ' +
      'cosines of centred fingerprints moved to 0..1, the mix of labels, and for large sets groups of ' +
      'alike items, each compared in full, whose picks are merged by what they add.'
  }
}
