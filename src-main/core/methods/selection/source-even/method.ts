// Equal shares: every source gives the same number of items, as far as it has them.
import { z } from 'zod'
import { checkInputs } from '../../check-inputs.ts'
import { defineMethod, type Selection } from '../../method.ts'
import { drawEstimate } from '../../mixtures/estimate.ts'
import { explainBySource, toSelection } from '../../mixtures/result.ts'
import { groupBySource } from '../../mixtures/source-groups.ts'

export default defineMethod({
  id: 'source-even',
  family: 'selection',
  version: 1,
  card: {
    name: 'Same from every source (stratified)',
    oneLine: 'Takes equally many items from every source.',
    description:
      'Every source gets the same number of places. A source that has fewer items gives all it has, and ' +
      'the others share its places. Within a source items are drawn by lot, and its mix of labels is kept ' +
      'where there are labels. Items without a source count as a source of their own. In the study of Aioli ' +
      'no earlier method that learns shares beat this plain rule throughout: it is the one to show beside them.',
    whenToUse: 'When small sources matter as much as large ones, and as a yardstick.',
    whenNotToUse:
      'When some sources are poor or have nothing to do with your goal: they get as much as the good ones.',
    reads: ['sources', 'labels, where there are any'],
    gives: 'An order of all items, with equally many of every source in the chosen part.',
    memory: '32 bytes x items.',
    reference: {
      title: 'Aioli: A unified optimization framework for language model data mixing',
      authors: 'Mayee F. Chen, Michael Y. Hu, Nicholas Lourie, Kyunghyun Cho, Christopher Ré',
      where: 'ICLR 2025, arXiv 2411.05735',
      note:
        '"Stratified" there means equal shares for all groups. Ours: the refill where a source is too small, ' +
        'and labels kept within a source.'
    }
  },
  params: z.object({}),
  inputs: { labels: false, tasks: false, sources: true },
  estimate: drawEstimate,
  // eslint-disable-next-line require-yield -- too quick to report progress
  async *run(context, inputs): AsyncGenerator<never, Selection, void> {
    checkInputs(inputs)
    context.signal.throwIfAborted()
    const groups = groupBySource(inputs)
    const sources = groups.names.length
    const outcome = {
      groups,
      shares: groups.names.map(() => 1 / sources),
      summary: { value: 1 / sources, meaning: 'Share of the set that every source was asked for' },
      details: {},
      notes: sources === 1 ? ['There is only one source.'] : []
    }
    return toSelection(context, inputs, outcome)
  },
  explain: explainBySource
})
