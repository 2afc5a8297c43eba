// What people read about TAROT.
import type { MethodCard } from '../../method.ts'

export const tarotCard: MethodCard = {
  name: 'Neighbours of my examples (TAROT)',
  oneLine: 'Takes the nearest items of every example in turn, so that no example is forgotten.',
  description:
    'The numbers of the similarity fingerprint are first evened out, so that a few strong ones do not ' +
    'decide everything. Then every example gets its nearest item, then its second nearest, and so on ' +
    'until the places are filled. In the last round the items are taken that bring the chosen set as a ' +
    'whole closest to the examples (optimal transport). With learning directions made elsewhere these ' +
    'take the place of the fingerprints.',
  whenToUse:
    'When your examples show several different things and all of them should be covered; also to ask how ' +
    'many items the examples can make use of (automatic size).',
  whenNotToUse:
    'When the examples are few or all alike: then it keeps near copies of them. It does not look at ' +
    'labels, so wrong labels pass.',
  reads: ['embeddings', 'example sets'],
  gives:
    'An order of all items, the round each was taken in, its nearest example, and how close the chosen ' +
    'set comes to the examples beside a random one.',
  memory:
    '32 bytes x items, 16 bytes x columns x columns, up to 128 MB of neighbour lists; with learning ' +
    'directions made elsewhere 8 bytes x their numbers x those they are projected to.',
  reference: {
    title: 'TAROT: Targeted Data Selection via Optimal Transport',
    authors: 'Lan Feng, Fan Nie, Yuejiang Liu, Alexandre Alahi',
    where: 'ICML 2025, PMLR 267:16837-16852',
    note:
      "From the authors' code: whitened distance, layers of neighbours, dual potentials in the last layer, " +
      'size by folds. Ours: fingerprints, or joined gradients of length 1, a relative ridge, ' +
      'matching until the sums fit, and the set before the first rise of the distance where the code keeps the one after it.'
  }
}
