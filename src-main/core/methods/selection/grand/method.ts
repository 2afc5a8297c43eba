// GraNd: how strongly an item pulls on helper models after a few passes.
import { z } from 'zod'
import { defineLens } from '../../difficulty/lens.ts'
import { measureGrand } from '../../difficulty/measures.ts'
import {
  balanceParam,
  dropParam,
  keepParam,
  keepRules,
  passesParam,
  runsParam
} from '../../difficulty/params.ts'

export default defineLens({
  id: 'grand',
  version: 1,
  keeps: 'last',
  card: {
    name: 'Hard items, by pull (GraNd)',
    oneLine: 'Shows how strongly each item pulls on helper models after a short training.',
    description:
      'Several small helper models learn briefly, each from its own draw of the items. For every item ' +
      'the length of its pull on the model is averaged: the error times the length of the similarity ' +
      'fingerprint. Items far from the others pull more strongly even when they are easy.',
    whenToUse:
      'To look at the data: items that are both wrong or hard and unusual come first. As a choice only ' +
      'when you keep more than about 30 %.',
    whenNotToUse:
      'To choose a few items by the strongest pull: that was far worse than Random in our measurements, ' +
      'as the strongest pulls come from wrong labels and broken items.',
    reads: ['embeddings', 'labels'],
    gives: 'An order of all items by pull, and in how many tries each was right.',
    memory: '40 bytes x items, plus at most 128 MB of items to learn from.',
    reference: {
      title: 'Deep Learning on a Data Diet: Finding Important Examples Early in Training',
      authors: 'Mansheej Paul, Surya Ganguli, Gintare Karolina Dziugaite',
      where: 'NeurIPS 2021, arXiv 2107.07075',
      note:
        "The paper's: the length of the loss gradient, averaged over runs. Ours: the exact gradient of a " +
        'linear head over frozen features (error times fingerprint), after a short training instead of at ' +
        'the start, where such a head makes the same error for all items of a label.'
    }
  },
  params: z.object({
    keep: keepParam(keepRules, 'middle'),
    dropFirst: dropParam(10),
    balance: balanceParam,
    runs: runsParam(10),
    passes: passesParam(4, 'Few are better: later all items look easy.')
  }),
  words: { measured: (value) => `pull ${value.toPrecision(3)}` },
  measure: () => measureGrand
})
