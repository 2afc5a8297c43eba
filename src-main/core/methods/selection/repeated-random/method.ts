// Repeated random sampling (RS2): a list of items for every pass of a training; the first is the choice.
import { z } from 'zod'
import { AppError } from '../../../../api/errors.ts'
import { defineMethod, type Selection } from '../../method.ts'
import { scoresFrom } from '../icons/result.ts'
import { mixParam } from '../../coverage/coverage-result.ts'
import { groupByLabel } from '../../coverage/label-groups.ts'
import { repeatedRandomCard } from './card.ts'
import { drawLists, maskColumn } from './lists.ts'

const params = z.object({
  mix: mixParam,
  epochs: z
    .int()
    .min(1)
    .max(256)
    .default(10)
    .meta({
      title: 'Training passes',
      description:
        'For how many passes a list is drawn. The first list is the chosen set; the others are kept with the ' +
        'result for export.'
    }),
  replacement: z.enum(['without', 'with']).default('without').meta({
    title: 'Draw again',
    description:
      'without: no item comes twice before all have come once. with: every pass draws anew among all items.'
  })
})

export default defineMethod({
  id: 'repeated-random',
  family: 'selection',
  version: 1,
  card: repeatedRandomCard,
  params,
  inputs: { labels: false, tasks: false },
  estimate: ({ candidates }, { epochs }) => ({
    seconds: 0.05 + candidates * (1e-6 + epochs * 3e-8),
    megabytes: 1 + (candidates * (24 + 4 * Math.ceil(epochs / 32))) / 1e6,
    why: `${epochs} lists are drawn.`
  }),
  async *run(context, inputs, { mix, epochs, replacement }) {
    const { rows } = inputs.features
    const { budget } = inputs
    if (!(Number.isInteger(budget) && budget >= 1 && budget <= rows))
      throw new AppError('budget-not-possible')
    const { groups, isMixed } = groupByLabel(inputs, new Uint8Array(rows), mix, context.seed)
    const masks = Array.from({ length: Math.ceil(epochs / 32) }, () => new Uint32Array(rows))
    const first = new Uint32Array(rows)
    const lists = drawLists(
      groups.map((group) => group.rows),
      budget,
      replacement === 'without',
      context.random
    )
    let chosen: Uint32Array = new Uint32Array(0)
    for (let epoch = 0; epoch < epochs; epoch++) {
      context.signal.throwIfAborted()
      const list = lists.next()
      if (epoch === 0) chosen = list
      for (const row of list) {
        masks[epoch >>> 5][row] |= 1 << (epoch & 31)
        if (first[row] === 0) first[row] = epoch + 1
      }
      yield { phase: 'Drawing', done: epoch + 1, total: epochs, unit: 'passes' }
    }
    const order = firstThenRest(chosen, first, lists.order(), epochs)
    const seen = first.reduce((count, epoch) => count + (epoch > 0 ? 1 : 0), 0)
    const missing = inputs.labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0)
    return {
      order,
      got: budget,
      score: scoresFrom(order),
      summary: { value: seen / rows, meaning: 'Share of the items that occur in one of the lists' },
      tieShare: 0,
      columns: {
        firstPass: first,
        ...Object.fromEntries(masks.map((mask, word) => [maskColumn(word), mask]))
      },
      info: {
        epochs,
        perPass: budget,
        replacement,
        mix,
        isMixed,
        passesForAll: Math.ceil(rows / budget)
      },
      notes: [
        `This is a way to train, not one fixed set: ${epochs} lists were drawn, and the first is shown as the chosen set. ` +
          'Set the learning-rate schedule for the shorter training.',
        ...(isMixed && missing > 0
          ? [`${missing.toLocaleString('en-US')} items without a label were treated as one label.`]
          : [])
      ]
    } satisfies Selection
  },
  explain({ columns, row, isChosen, info }) {
    const first = columns['firstPass'][row]
    const { epochs } = info as unknown as { epochs: number }
    if (isChosen)
      return { code: 'drawn', text: 'Kept because it was drawn by lot for the first pass.' }
    return first > 0
      ? {
          code: 'later-pass',
          text: `Not in the first list: it was drawn for pass ${first} of ${epochs}.`
        }
      : { code: 'not-drawn', text: `Left out: it was not drawn for any of the ${epochs} passes.` }
  }
})

/** The first list, then the others by the pass they first occur in, then the rest as shuffled. */
function firstThenRest(
  chosen: Uint32Array,
  first: Uint32Array,
  shuffled: Uint32Array,
  epochs: number
): Uint32Array {
  const later = Array.from({ length: epochs + 1 }, (): number[] => [])
  for (const row of shuffled)
    if (first[row] !== 1) later[first[row] === 0 ? epochs : first[row] - 1].push(row)
  const order = new Uint32Array(first.length)
  order.set(chosen)
  order.set(later.flat(), chosen.length)
  return order
}
