// Size-proportional: every source gives the share of the set that it has of the data.
import { z } from 'zod'
import { checkInputs } from '../../check-inputs.ts'
import { defineMethod, type Selection } from '../../method.ts'
import { drawEstimate } from '../../mixtures/estimate.ts'
import { explainBySource, toSelection } from '../../mixtures/result.ts'
import { groupBySource, sizeShares } from '../../mixtures/source-groups.ts'

export default defineMethod({
  id: 'source-size',
  family: 'selection',
  version: 1,
  card: {
    name: 'Sources by size',
    oneLine: 'Keeps the mix of sources as it is and draws by lot within each.',
    description:
      'Every source gets places in proportion to the items it has (largest remainder). Within a source ' +
      'items are drawn by lot, and its mix of labels is kept where there are labels. Items without a ' +
      'source count as a source of their own.',
    whenToUse:
      'As the yardstick for every other mix of sources, and when the data is already mixed as you want it.',
    whenNotToUse:
      'When one large source drowns the others, or when large sources are the poor ones.',
    reads: ['sources', 'labels, where there are any'],
    gives: 'An order of all items, with the mix of sources kept in the chosen part.',
    memory: '32 bytes x items.',
    reference: {
      title: 'On the two different aspects of the representative method',
      authors: 'Jerzy Neyman',
      where: 'Journal of the Royal Statistical Society 97(4), 1934',
      note: 'Proportional allocation, here to sources and within each to labels; equal remainders go to the earlier one.'
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
    const summary = {
      value: inputs.budget / inputs.features.rows,
      meaning: 'Share kept of every source, up to rounding'
    }
    const shares = sizeShares(groups)
    return toSelection(context, inputs, { groups, shares, summary, details: {}, notes: [] })
  },
  explain: explainBySource
})
