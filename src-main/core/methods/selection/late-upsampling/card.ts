// What people read about late-phase upsampling.
import type { MethodCard } from '../../method.ts'

export const lateCard: MethodCard = {
  name: 'What helps at the end (late-phase upsampling)',
  oneLine:
    'Gives helper models more of one source at the end and sees which source lowers the loss.',
  description:
    'Small helper models learn from the sources by size. In the last part of the training each source in turn gets ' +
    'more, always from the same point and on the same lot. Sources that lower the loss beyond the spread of several ' +
    'repeats get a larger share of the chosen set than by size, those that raise it a smaller one; where nothing is ' +
    'clear, the shares stay by size. Fresh helper models check the shares against shares by size and equal shares.',
  whenToUse:
    'With example tasks, to see quickly which sources serve them and which harm. It moves away from shares by size ' +
    'only where there is evidence.',
  whenNotToUse:
    'When you keep nearly all items. When a source is only useful early or together with others: each is ' +
    'tried alone and late.',
  reads: ['sources', 'labels', 'embeddings', 'example sets, if given'],
  gives: 'An order of all items, the share of every source, and what more of each source did.',
  memory: '32 bytes x items, and at most 200 MB for the items the helper models learn from.',
  reference: {
    title:
      'Does your data spark joy? Performance gains from domain upsampling at the end of training',
    authors: 'Cody Blakeney, Mansheej Paul, Brett W. Larsen, Sean Owen, Jonathan Frankle',
    where: 'ES-FoMo II at ICML 2024, arXiv 2406.03476',
    note:
      "The paper's: more of small sources in the last 10 to 20 % of the training, and the last phase as a test of " +
      'what a source is good for. Ours: linear heads in place of a language model, each source tried in turn, the ' +
      'test for a clear gain, and the rule from gains to shares of a chosen set. The paper changes a training, not a set.'
  }
}
