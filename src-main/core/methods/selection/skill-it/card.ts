// What people read about Skill-It.
import type { MethodCard } from '../../method.ts'

export const skillItCard: MethodCard = {
  name: 'Sources that help each other (Skill-It)',
  oneLine: 'Takes more from sources that are still hard and that help with others.',
  description:
    'Small helper models find out which source helps which: one source helps another when the other is learned ' +
    'faster with it. Then a helper model is trained in rounds; each round takes more from sources whose own loss, or ' +
    'the loss of those they help, is still high. The mean mixture of the rounds gives the shares, and fresh helper ' +
    'models check them against shares by size and equal shares.',
  whenToUse:
    'When sources build on each other, for example easy and hard parts of one subject, or with example tasks that some ' +
    'sources serve better than others.',
  whenNotToUse:
    'When sources are noisy and there are no example tasks: a loss that stays high draws more items, whatever the ' +
    'reason. When no source helps another, or all do. In the study of Aioli such methods were up to 6.9 perplexity points worse ' +
    'than equal shares; show "Same from every source" beside it.',
  reads: ['sources', 'labels', 'embeddings', 'example sets, if given'],
  gives: 'An order of all items, the share of every source, and which source helps which.',
  memory: '32 bytes x items, and at most 200 MB for the items the helper models learn from.',
  reference: {
    title:
      'Skill-it! A Data-Driven Skills Framework for Understanding and Training Language Models',
    authors:
      'Mayee F. Chen, Nicholas Roberts, Kush Bhatia, Jue Wang, Ce Zhang, Frederic Sala, Christopher Ré',
    where: 'NeurIPS 2023, arXiv 2307.14430',
    note:
      "The paper's: the graph from pairs, the weights exp(eta A L), the window. Ours: linear heads in place of " +
      'language models, sources in place of skills, edges only beyond the spread of several repeats, learned edges ' +
      'to example tasks, and one fixed set of shares (the mean over the rounds) in place of an order of training.'
  }
}
