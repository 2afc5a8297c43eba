// Early-learning noise list: which labels disagree with what a noise-resistant model learned first.
import { z } from 'zod'
import { defineLens } from '../../difficulty/lens.ts'
import { measureEarlyLearning } from '../../difficulty/measures.ts'
import {
  balanceParam,
  dropParam,
  keepParam,
  keepRules,
  passesParam,
  runsParam
} from '../../difficulty/params.ts'

const params = z.object({
  keep: keepParam(
    ['unsuspicious', ...keepRules],
    'unsuspicious',
    ' unsuspicious: items whose label fits, by lot; the others come last.'
  ),
  dropFirst: dropParam(0),
  balance: balanceParam,
  runs: runsParam(3),
  passes: passesParam(20, 'Models agree on the clean labels first.'),
  beta: z
    .number()
    .min(0)
    .lt(1)
    .default(0.7)
    .meta({
      title: 'Memory of earlier opinions',
      description:
        "Share of an item's remembered opinion that stays at every pass. The authors use 0.7, and 0.9 " +
        'with many labels.'
    }),
  lambda: z
    .number()
    .min(0)
    .max(20)
    .default(1)
    .meta({
      title: 'Weight of earlier opinions',
      description:
        'How strongly a model holds on to what it learned first. 0 = plain training. The authors use ' +
        '3, and 7 with many labels.'
    })
})

export default defineLens({
  id: 'early-learning',
  version: 2,
  keeps: 'every',
  card: {
    name: 'Labels that fit (early learning, ELR)',
    oneLine: 'Leaves out items whose label disagrees with what helper models learn first.',
    description:
      'Models learn the clean labels first and the wrong ones later. Helper models that hold on to ' +
      'their early opinions are trained, and each item is compared with the remembered opinion about ' +
      'it. Where that names another label, the label is doubtful. The rest is drawn by lot.',
    whenToUse:
      'When you suspect wrong labels: as a second opinion to the label check, or to draw at random from ' +
      'the items whose label fits.',
    whenNotToUse:
      'On clean data it gains nothing over Stratified random and loses some true but unusual items (8 % of ' +
      'the digits). Choosing a few items from the hardest end is far worse than Random.',
    reads: ['embeddings', 'labels'],
    gives:
      'A list of doubtful labels with the opinion of the helper models, and an order of all items.',
    memory:
      '40 bytes x items, plus at most 128 MB of items to learn from, and 8 bytes x columns x labels x ' +
      'models x passes.',
    reference: {
      title: 'Early-Learning Regularization Prevents Memorization of Noisy Labels',
      authors: 'Sheng Liu, Jonathan Niles-Weed, Narges Razavian, Carlos Fernandez-Granda',
      where: 'NeurIPS 2020, arXiv 2007.00151',
      note:
        "The paper's: the loss with the running average of a model's own guesses, and its settings. Ours: " +
        'a linear head over frozen features, several runs, a weaker default weight, and the list of labels ' +
        'that disagree with the average (the paper trains through the noise instead of listing it), and ' +
        'judging that average as if all labels were as frequent.'
    }
  },
  params,
  words: {
    measured: (value) =>
      `its label is ${value <= 0.5 ? 'ahead' : 'behind'} by ${Math.round(Math.abs(1 - 2 * value) * 100)} points of 100`
  },
  measure: ({ beta }, classShares) => measureEarlyLearning(beta, classShares),
  earlyLearning: ({ beta, lambda }) => ({ beta, lambda })
})
