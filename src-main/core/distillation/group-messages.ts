// Messages about data without labels: the offer of groups by likeness, and what groups mean.
import type { JsonValue, ValidationMessage } from '../../api/dto/common.ts'
import type { DistilDraft, DistilMethodChoice } from '../../api/dto/distil.ts'
import { count, message, things } from '../selection/message-parts.ts'
import { leastPerClass, type DraftSplit } from './draft-split.ts'
import { recommendFor } from './recommend.ts'

/** Groups that are made where no other number is asked for. */
const usualGroups = 10

function patch(change: Partial<DistilDraft>): Record<string, JsonValue> {
  return JSON.parse(JSON.stringify(change)) as Record<string, JsonValue> // a draft is plain JSON
}

/** The button that puts groups in the place of labels, with a method that needs none. */
export function groupByLikeness({
  split,
  choices,
  draft
}: {
  readonly split: DraftSplit
  readonly choices: readonly DistilMethodChoice[]
  readonly draft: DistilDraft
}): {
  readonly label: string
  readonly patch: Record<string, JsonValue>
} {
  const most = Math.floor(split.dataset.items / (2 * leastPerClass))
  const groups = Math.min(usualGroups, Math.max(2, most))
  const data = split.dataset.kind === 'images' ? 'pictures' : 'vectors'
  const { kind, method } = recommendFor(choices, { ...draft, groups }, data)
  return {
    label: 'Group by likeness',
    patch: patch({ groups, kind, method: { id: method, params: {} } })
  }
}

/** What groups mean, and an error where there are too few items for so many. */
export function groupMessages(
  { split }: { readonly split: Pick<DraftSplit, 'train'> },
  groups: number
): ValidationMessage[] {
  const most = Math.floor(split.train.length / leastPerClass)
  const list = [
    message(
      'D12',
      'note',
      'data',
      'Groups of items that look alike stand in for labels; labels are not looked at. Where the result is a percent right, it says how often the group of an item is found.'
    )
  ]
  if (most < groups)
    list.push(
      message(
        'D11',
        'error',
        'data',
        `${things(split.train.length, 'item', 'items')} cannot be parted into ${count(groups)} groups of at least ${leastPerClass}.`,
        most >= 2 ? [{ label: `Use ${count(most)} groups`, patch: patch({ groups: most }) }] : []
      )
    )
  return list
}
