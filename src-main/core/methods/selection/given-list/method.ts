// A list made elsewhere, or a chosen set changed by hand: what is on the list is kept, in the
// list's order, and nothing else. It is checked like any other choice.
import { z } from 'zod'
import { AppError } from '../../../../api/errors.ts'
import { checkRows } from '../../check-inputs.ts'
import { defineMethod, type SelectionInputs } from '../../method.ts'
import { explainListed, marks } from './explain.ts'

const params = z.object({})

/** Candidates by their mark, listed ones in the list's order; a row named twice counts once. */
function markRows({ features, given, givenBy }: SelectionInputs): {
  readonly listed: Uint32Array
  readonly mark: Uint8Array
} {
  const mark = new Uint8Array(features.rows)
  for (const row of givenBy?.removed ?? []) mark[row] = marks.removed
  const listed: number[] = []
  for (const row of given ?? []) {
    if (mark[row] === marks.listed) continue
    // What stands on the list was not taken out, whatever an older change says.
    mark[row] = marks.listed
    listed.push(row)
  }
  for (const row of givenBy?.added ?? []) if (mark[row] === marks.listed) mark[row] = marks.added
  return { listed: Uint32Array.from(listed), mark }
}

export default defineMethod({
  id: 'given-list',
  family: 'selection',
  version: 1,
  card: {
    name: 'A list of mine',
    oneLine: 'Keeps exactly the items on a list you give.',
    description:
      'Reads a list of items made elsewhere, or a chosen set that you changed by hand, and keeps what is on ' +
      'it in the order of the list. Items that cannot be chosen, because they are kept for testing or set ' +
      'aside, are named. The list is then tested like any other choice.',
    whenToUse:
      'To test a choice made by another program or by a person, and to see whether changes by hand helped.',
    whenNotToUse: 'When there is no list yet: it finds nothing by itself.',
    reads: ['a list'],
    gives: 'The list, in its order, without the items that cannot be chosen.',
    memory: '9 bytes x items.',
    reference: {
      title: 'No paper: the list is the choice',
      authors: 'You, or the program that made the list',
      where: 'docs/methods/given-list.md',
      note: 'Nothing is computed. Ours is that a list goes through the same rules and the same test as a method.'
    }
  },
  params,
  inputs: { labels: false, tasks: false, given: true },
  estimate: ({ candidates }) => ({
    seconds: 0.05 + candidates * 1e-7,
    megabytes: 1 + (candidates * 9) / 1e6,
    why: 'One walk over the list.'
  }),
  // eslint-disable-next-line require-yield -- too quick to report progress
  async *run(context, inputs) {
    checkRows(inputs)
    context.signal.throwIfAborted()
    const { listed, mark } = markRows(inputs)
    if (listed.length === 0)
      throw new AppError('method-not-possible', 'None of the items on the list can be chosen.', {
        hint: 'Check that the list belongs to this data, and what is set aside or kept for testing.'
      })
    const { rows } = inputs.features
    const order = new Uint32Array(rows)
    order.set(listed)
    let at = listed.length
    for (const wanted of [marks.none, marks.removed])
      for (let row = 0; row < rows; row++) if (mark[row] === wanted) order[at++] = row
    const score = new Float32Array(rows)
    listed.forEach((row, place) => {
      score[row] = 1 - (0.5 * place) / listed.length
    })
    const got = Math.min(inputs.budget, listed.length)
    return {
      order,
      got,
      score,
      summary: { value: got, meaning: 'Items of the list that are kept' },
      tieShare: 0,
      isExact: true,
      columns: { mark },
      info: { title: inputs.givenBy?.title ?? '', listed: listed.length },
      notes:
        got < listed.length
          ? [
              `The list has ${listed.length.toLocaleString('en')} items that can be chosen; the first ${got.toLocaleString('en')} are kept.`
            ]
          : []
    }
  },
  explain: explainListed
})
