// What a step did, in plain words with a count.
import type { EditChange } from '../../../api/dto/edits.ts'

const partNames = { train: 'training part', test: 'test part', none: '' } as const

function what(change: EditChange, items: string): string {
  switch (change.kind) {
    case 'aside':
      return change.aside ? `Set ${items} aside` : `Took ${items} back in`
    case 'label':
      return change.label === null
        ? `Took the label off ${items}`
        : `Labelled ${items} “${change.label.trim()}”`
    case 'labels':
      return `Changed the labels of ${items}`
    case 'split':
      return change.split === 'none'
        ? `Moved ${items} out of the training and test parts`
        : `Moved ${items} to the ${partNames[change.split]}`
    case 'tag':
      return change.on
        ? `Tagged ${items} “${change.tag}”`
        : `Took the tag “${change.tag}” off ${items}`
    case 'note':
      return change.text === '' ? `Removed the note of ${items}` : `Wrote a note on ${items}`
  }
}

/** "Set 12 items aside: near-duplicates". */
export function stepSentence(change: EditChange, changed: number, because: string | null): string {
  const items = changed === 1 ? '1 item' : `${changed.toLocaleString('en')} items`
  const reason = because?.trim() ?? ''
  return reason === '' ? what(change, items) : `${what(change, items)}: ${lowered(reason)}`
}

/** "Near-duplicates" within a sentence; words written large throughout stay so. */
function lowered(reason: string): string {
  return /^\p{Lu}\p{Ll}/u.test(reason) ? reason[0].toLowerCase() + reason.slice(1) : reason
}
