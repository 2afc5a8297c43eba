// EL2N: how far helper models are from an item's label after a few passes.
import { z } from 'zod'
import { defineLens } from '../../difficulty/lens.ts'
import { measureEl2n } from '../../difficulty/measures.ts'
import {
  balanceParam,
  dropParam,
  keepParam,
  keepRules,
  passesParam,
  runsParam
} from '../../difficulty/params.ts'

export default defineLens({
  id: 'el2n',
  version: 1,
  keeps: 'last',
  card: {
    name: 'Hard items, by error (EL2N)',
    oneLine: 'Shows how far helper models are from the label of each item after a short training.',
    description:
      'Several small helper models learn briefly, each from its own draw of the items. For every item ' +
      'the distance between what they predict and its label is averaged. Large = hard, unusual or ' +
      'wrongly labelled; small = easy.',
    whenToUse:
      'To look at the data: the hardest items are where wrong labels and rare cases are. As a choice ' +
      'only when you keep more than about 30 %.',
    whenNotToUse:
      'To choose a few items by difficulty alone: the hardest or the easiest 2 % of a set of digits taught ' +
      'a model to get 15 % or 37 % right, 2 % by lot 63 %. The hardest are often wrong labels. The middle ' +
      'within each label, the setting here, does about as well as Stratified random.',
    reads: ['embeddings', 'labels'],
    gives: 'An order of all items by difficulty, and in how many tries each was right.',
    memory: '40 bytes x items, plus at most 128 MB of items to learn from.',
    reference: {
      title: 'Deep Learning on a Data Diet: Finding Important Examples Early in Training',
      authors: 'Mansheej Paul, Surya Ganguli, Gintare Karolina Dziugaite',
      where: 'NeurIPS 2021, arXiv 2107.07075',
      note:
        "The paper's: the length of the error early in training, averaged over runs. Ours: linear heads " +
        'over frozen features, runs that differ by what they draw, shares per label, the middle as a choice.'
    }
  },
  params: z.object({
    keep: keepParam(keepRules, 'middle'),
    dropFirst: dropParam(10),
    balance: balanceParam,
    runs: runsParam(10),
    passes: passesParam(4, 'Few are better: later all items look easy.')
  }),
  words: { measured: (value) => `error ${value.toFixed(2)} on a scale from 0 to 1.41` },
  measure: () => measureEl2n
})
