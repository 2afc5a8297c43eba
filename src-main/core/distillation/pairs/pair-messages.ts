// What a review says about pairs of a picture and a text: that they are possible, or why they are not.
import type { JsonValue, ValidationMessage } from '../../../api/dto/common.ts'
import type { DistilDraft } from '../../../api/dto/distil.ts'
import { count, message, things } from '../../selection/message-parts.ts'
import { isPairs } from './halves.ts'
import { leastPairs } from './read-pairs.ts'

/** Pairs asked for where no number was, at most. */
const usualPairs = 100

/**
 * The draft as one of pairs, with the method a first try should take. What can be trained on is not known
 * before: without labels the draft had no training items.
 */
function asPairs(paired: number): Partial<DistilDraft> {
  const perClass = Math.max(1, Math.min(usualPairs, Math.floor(paired / 7)))
  return { pairs: true, kind: 'made', method: { id: 'pair-matching', params: {} }, perClass }
}

function patch(change: Partial<DistilDraft>): Record<string, JsonValue> {
  return JSON.parse(JSON.stringify(change)) as Record<string, JsonValue> // plain parts of a draft
}

/** @param paired rows of the data that have a picture beside their text */
export function pairMessages(
  draft: DistilDraft,
  paired: number,
  items: number
): ValidationMessage[] {
  if (!isPairs(draft))
    return paired < leastPairs
      ? []
      : [
          message(
            'D13',
            'note',
            'data',
            `${things(paired, 'item has', 'items have')} a picture and a text. A tiny set of pairs teaches which text belongs to a picture; no labels are needed.`,
            [{ label: 'Make a set of pairs', patch: patch(asPairs(paired)) }]
          )
        ]
  if (paired < leastPairs)
    return [
      message(
        'D14',
        'error',
        'data',
        paired === 0
          ? 'Pairs need items with a picture and a text each; these have none.'
          : `Only ${things(paired, 'item has', 'items have')} a picture beside the text; at least ${leastPairs} are needed.`,
        [{ label: 'Choose other data', open: 'data' }]
      )
    ]
  const list = [
    message(
      'D15',
      'note',
      'data',
      'Students learn which text belongs to a picture; labels are not looked at. The test says how often the right one is found first among up to 1,000.'
    )
  ]
  if (draft.groups !== undefined)
    list.push(
      message('D16', 'error', 'data', 'Pairs are not parted into groups.', [
        { label: 'Make a set of pairs', patch: patch(asPairs(paired)) }
      ])
    )
  if (paired < items)
    list.push(
      message(
        'D17',
        'note',
        'data',
        `${count(items - paired)} of ${things(items, 'item', 'items')} have no picture and take no part.`
      )
    )
  return list
}
