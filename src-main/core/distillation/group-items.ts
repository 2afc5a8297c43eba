// Groups of items that look alike in the place of labels: the split of a draft that asks for them.
import type { DistilDraft } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import { hashString } from '../compute/random.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import { groupNames, leastPerClass, type DraftSplit } from './draft-split.ts'
import type { GroupInput, GroupOutput } from './group-task.ts'

/** A split with groups as its classes, and what is to be said about them. */
export interface GroupedSplit {
  readonly split: DraftSplit
  readonly notes: readonly string[]
}

/**
 * Groups the items of a split by their similarity fingerprints, which are made when needed. Same data
 * and repeat code, same groups. Throws AppError "method-not-possible" when items are too alike.
 */
export async function groupItems(
  context: JobContext,
  features: Pick<SelectFeatures, 'ensure'>,
  draft: DistilDraft,
  split: DraftSplit
): Promise<GroupedSplit> {
  if (draft.groups === undefined) return { split, notes: [] }
  const { path } = await features.ensure(context, split.dataset, undefined)
  const { train, validation, test } = split
  const input: GroupInput = {
    ...{ path, train, validation, test },
    groups: draft.groups,
    // Made items may begin as the same real item twice; real ones may not.
    least: draft.kind === 'made' ? leastPerClass : Math.max(leastPerClass, draft.perClass),
    seed: hashString('groups', draft.seed),
    device: context.deviceRequest
  }
  const found = await context.pool.run<GroupInput, never, GroupOutput>(
    { name: 'distil-groups' },
    input,
    { signal: context.signal, cores: 'all' }
  )
  const count = found.sizes.length
  if (count < 2)
    throw new AppError('method-not-possible', 'The items cannot be parted into groups.', {
      hint: 'They are too alike or too few. Ask for fewer groups, or for fewer items of each.'
    })
  return { split: withGroups(split, found), notes: groupNotes(draft.groups, count) }
}

function withGroups(split: DraftSplit, found: GroupOutput): DraftSplit {
  const labels = new Int32Array(split.labels.length).fill(-1)
  for (const part of ['train', 'validation', 'test'] as const)
    split[part].forEach((row, i) => (labels[row] = found[part][i]))
  return { ...split, classNames: groupNames(found.sizes.length), available: found.sizes, labels }
}

function groupNotes(asked: number, found: number): string[] {
  const given = asked - found
  return [
    `Items that look alike were put into ${found.toLocaleString('en')} groups. Groups are not labels: what they have in common is for you to see.`,
    ...(given > 0
      ? [
          `${given.toLocaleString('en')} of ${asked.toLocaleString('en')} groups had too few items; these joined the group most like them.`
        ]
      : [])
  ]
}
