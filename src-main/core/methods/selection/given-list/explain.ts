// Why an item of a list was kept or left out: on the list, added by hand, taken out by hand.
import type { ExplainInputs, Reason } from '../../method.ts'

/** How a candidate stands to the list, as stored per row. */
export const marks = { none: 0, listed: 1, added: 2, removed: 3 } as const

/** The sentence of one candidate. */
export function explainListed({ row, isChosen, columns, info }: ExplainInputs): Reason {
  const mark = columns['mark'][row]
  const title = typeof info['title'] === 'string' ? info['title'] : ''
  const list = title === '' ? 'your list' : `the list \u201c${title}\u201d`
  if (isChosen && mark === marks.added)
    return { code: 'added-by-hand', text: 'Kept because you added it by hand.' }
  if (isChosen) return { code: 'on-list', text: `Kept because it is on ${list}.` }
  if (mark === marks.removed)
    return { code: 'taken-out-by-hand', text: 'Left out because you took it out by hand.' }
  if (mark === marks.none) return { code: 'not-on-list', text: `Left out: it is not on ${list}.` }
  return {
    code: 'list-cut',
    text: `Left out: it is on ${list}, but past the number of items to keep.`
  }
}
