// Random choice: the baseline every other method has to beat.
import { z } from 'zod'
import { AppError } from '../../../../api/errors.ts'
import { defineMethod, type Selection } from '../../method.ts'

const params = z.object({})

/** N scores falling evenly from 1 (first of the order) to 1 / N. */
function scoresFrom(order: Uint32Array): Float32Array {
  const score = new Float32Array(order.length)
  order.forEach((row, place) => {
    score[row] = (order.length - place) / order.length
  })
  return score
}

export default defineMethod({
  id: 'random',
  family: 'selection',
  version: 1,
  card: {
    name: 'Random',
    oneLine: 'Draws items by lot.',
    description:
      'Every item has the same chance. The repeat code decides the draw, so it can be made again.',
    whenToUse:
      'As the yardstick: a method that does not beat it did not help. Hard to beat when you keep a lot.',
    whenNotToUse: 'When some labels are rare, or the data holds many wrong labels or repeats.',
    reads: [],
    gives: 'An order of all items by lot.',
    memory: '8 bytes x items.',
    reference: {
      title: 'A method of generating random permutations',
      authors: 'Ronald A. Fisher, Frank Yates',
      where: 'Statistical Tables, 1938',
      note: 'A shuffle with a seeded generator.'
    }
  },
  params,
  inputs: { labels: false, tasks: false },
  estimate: ({ candidates }) => ({
    seconds: 0.05 + candidates * 5e-8,
    megabytes: 1 + (candidates * 8) / 1e6,
    why: 'One shuffle.'
  }),
  // eslint-disable-next-line require-yield -- too quick to report progress
  async *run(context, inputs): AsyncGenerator<never, Selection, void> {
    const { rows } = inputs.features
    if (!(inputs.budget >= 1 && inputs.budget <= rows)) throw new AppError('budget-not-possible')
    context.signal.throwIfAborted()
    const order = context.random
      .fork('random')
      .shuffle(Uint32Array.from({ length: rows }, (_, i) => i))
    return {
      order,
      got: inputs.budget,
      score: scoresFrom(order),
      summary: { value: inputs.budget / rows, meaning: 'Chance of every item to be kept' },
      tieShare: 0,
      columns: {},
      info: {},
      notes: []
    }
  },
  explain: ({ isChosen }) =>
    isChosen
      ? { code: 'drawn', text: 'Kept because it was drawn by lot.' }
      : { code: 'not-drawn', text: 'Left out: it was not drawn.' }
})
