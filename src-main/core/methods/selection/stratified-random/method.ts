// Stratified random choice: every label keeps its share of the data, and the items within a label
// are drawn by lot.
import { z } from 'zod'
import { AppError } from '../../../../api/errors.ts'
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import { sortStable } from '../../../compute/kernels/ranking.ts'
import { defineMethod, type Selection } from '../../method.ts'

const params = z.object({})

export default defineMethod({
  id: 'stratified-random',
  family: 'selection',
  version: 1,
  card: {
    name: 'Stratified random',
    oneLine: 'Draws by lot, and keeps the mix of labels as it is.',
    description:
      'Each label gets places in proportion to how often it occurs (largest remainder), and its items are ' +
      'drawn by lot. Items without a label count as a label of their own.',
    whenToUse: 'When the data is clean, and as the stronger yardstick beside Random.',
    whenNotToUse:
      'When many labels are wrong, or many items are repeats: it keeps those in proportion too.',
    reads: ['labels'],
    gives: 'An order of all items, with the mix of labels kept in the chosen part.',
    memory: '16 bytes x items.',
    reference: {
      title: 'On the two different aspects of the representative method',
      authors: 'Jerzy Neyman',
      where: 'Journal of the Royal Statistical Society 97(4), 1934',
      note: 'Proportional allocation, rounded by largest remainders; equal remainders go to the earlier label.'
    }
  },
  params,
  inputs: { labels: true, tasks: false },
  estimate: ({ candidates }) => ({
    seconds: 0.05 + candidates * 1e-7,
    megabytes: 1 + (candidates * 16) / 1e6,
    why: 'One shuffle and one count per label.'
  }),
  // eslint-disable-next-line require-yield -- too quick to report progress
  async *run(context, inputs): AsyncGenerator<never, Selection, void> {
    const { rows } = inputs.features
    if (!(inputs.budget >= 1 && inputs.budget <= rows)) throw new AppError('budget-not-possible')
    context.signal.throwIfAborted()
    const groups = inputs.classNames.length + 1
    const groupOf = Int32Array.from(inputs.labels, (label) => (label < 0 ? groups - 1 : label))
    const counts = Array.from({ length: groups }, () => 0)
    for (const group of groupOf) counts[group]++
    const quota = shareOut(inputs.budget, counts, counts)
    const drawn = context.random
      .fork('stratified-random')
      .shuffle(Uint32Array.from({ length: rows }, (_, i) => i))
    const left = quota.slice()
    const isLate = new Uint32Array(rows)
    for (const row of drawn) isLate[row] = left[groupOf[row]]-- > 0 ? 0 : 1
    // Chosen rows first, both parts in the order of the draw.
    const order = sortStable(drawn, isLate)
    const score = new Float32Array(rows)
    order.forEach((row, place) => {
      score[row] = (rows - place) / rows
    })
    return {
      order,
      got: inputs.budget,
      score,
      summary: {
        value: inputs.budget / rows,
        meaning: 'Share kept of every label, up to rounding'
      },
      tieShare: 0,
      columns: {},
      info: { quota },
      notes:
        counts[groups - 1] > 0
          ? [`${counts[groups - 1]} items without a label were treated as one label.`]
          : []
    }
  },
  explain: ({ isChosen, label }) => {
    const of = label === undefined ? 'items without a label' : `"${label}"`
    return isChosen
      ? { code: 'drawn', text: `Kept because it was drawn by lot among ${of}.` }
      : {
          code: 'not-drawn',
          text: `Left out: it was not drawn; the places for ${of} were filled by others.`
        }
  }
})
