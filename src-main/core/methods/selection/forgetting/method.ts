// Forgetting events: how often helper models unlearn an item while they learn.
import { z } from 'zod'
import { defineLens } from '../../difficulty/lens.ts'
import { measureForgetting } from '../../difficulty/measures.ts'
import {
  balanceParam,
  dropParam,
  keepParam,
  keepRules,
  passesParam,
  runsParam
} from '../../difficulty/params.ts'

export default defineLens({
  id: 'forgetting',
  version: 1,
  keeps: 'every',
  card: {
    name: 'Items that are forgotten (forgetting events)',
    oneLine: 'Counts how often helper models get an item right and then wrong again.',
    description:
      'Several small helper models learn for some passes, each from its own draw of the items. After ' +
      'every pass it is noted whether an item is right. Each change from right to wrong is a forgetting ' +
      'event; items that are never right count most.',
    whenToUse:
      'To look at the data: items that are never learned are often wrongly labelled, items that are ' +
      'never forgotten can often be spared. As a choice only when you keep more than about 30 %.',
    whenNotToUse:
      'To choose a few items that are forgotten most: no better than Random in our measurements, and far ' +
      'worse with wrong labels. Most items are never forgotten; their order among each other is by lot.',
    reads: ['embeddings', 'labels'],
    gives: 'An order of all items by forgetting events, and in how many tries each was right.',
    memory:
      '40 bytes x items, plus at most 128 MB of items to learn from, and 8 bytes x columns x labels x ' +
      'models x passes.',
    reference: {
      title: 'An Empirical Study of Example Forgetting during Deep Neural Network Learning',
      authors:
        'Mariya Toneva, Alessandro Sordoni, Remi Tachet des Combes, Adam Trischler, Yoshua Bengio, ' +
        'Geoffrey J. Gordon',
      where: 'ICLR 2019, arXiv 1812.05159',
      note:
        "The paper's: changes from right to wrong, never learned items first. Ours: looked at after every " +
        'pass for all items instead of at each visit, linear heads over frozen features, several runs.'
    }
  },
  params: z.object({
    keep: keepParam(keepRules, 'middle'),
    dropFirst: dropParam(10),
    balance: balanceParam,
    runs: runsParam(5),
    passes: passesParam(12, 'Forgetting needs several of them.')
  }),
  words: {
    measured: (value, { passes }) =>
      value >= passes
        ? 'never right after any pass'
        : `${value.toFixed(1)} forgetting events per try; never right counts as ${passes}`
  },
  measure: () => measureForgetting
})
