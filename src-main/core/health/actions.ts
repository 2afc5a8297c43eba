// What can be done about a finding, and on which items. Every action is one step of the undo list.
import type { FindingKind, HealthAction } from '../../api/dto/health.ts'
import type { DataKind } from '../../api/dto/datasets.ts'
import type { FindingRecord, ItemColumns } from '../store/records.ts'
import type { LiveFinding } from './live-rows.ts'
import { count, counted, titles } from './words.ts'

export type ActionId = HealthAction['id']

/** What actions are worked out from. */
export interface ActionSource {
  readonly kind: DataKind
  readonly finding: Pick<FindingRecord, 'kind' | 'rows' | 'groups' | 'best' | 'suggested'>
  readonly live: LiveFinding
  readonly columns: Pick<ItemColumns, 'splits'>
}

/** Actions that a kind of finding offers, the recommended one first. */
const offered: Readonly<Record<FindingKind, readonly ActionId[]>> = {
  'exact-duplicates': ['keep-first', 'tag', 'show'],
  'near-duplicates': ['keep-largest', 'keep-first', 'tag', 'show'],
  'wrong-labels': ['show', 'accept-suggestions', 'set-aside-all', 'tag'],
  outliers: ['show', 'set-aside-all', 'tag'],
  'unreadable-pictures': ['set-aside-all', 'tag', 'show'],
  'tiny-pictures': ['set-aside-all', 'tag', 'show'],
  'dark-pictures': ['set-aside-all', 'tag', 'show'],
  'bright-pictures': ['set-aside-all', 'tag', 'show'],
  'blurry-pictures': ['show', 'set-aside-all', 'tag'],
  'odd-shapes': ['show', 'set-aside-all', 'tag'],
  'empty-texts': ['set-aside-all', 'tag', 'show'],
  'long-texts': ['show', 'set-aside-all', 'tag'],
  'repeated-texts': ['show', 'set-aside-all', 'tag'],
  'mixed-languages': ['show', 'set-aside-all', 'tag'],
  secrets: ['set-aside-all', 'tag', 'show'],
  'personal-data': ['show', 'set-aside-all', 'tag'],
  'missing-labels': ['show', 'set-aside-all', 'tag'],
  'rare-labels': ['show', 'set-aside-all', 'tag'],
  'class-balance': [],
  'split-leakage': ['set-aside-all', 'move-to-train', 'tag', 'show'],
  'group-leakage': ['move-to-train', 'tag', 'show'],
  'conflicting-labels': ['show', 'accept-suggestions', 'set-aside-all', 'tag']
}

/** Tag that the action "tag" gives, by kind of finding. */
export function tagOf(kind: FindingKind): string {
  return `check: ${titles[kind].toLowerCase()}`
}

/** The actions a finding offers now; those that would change nothing are left out. */
export function actionsOf(source: ActionSource): HealthAction[] {
  if (source.live.places.length === 0) return []
  const actions = offered[source.finding.kind].flatMap((id): HealthAction[] => {
    const places = actionPlaces(source, id)
    if (places.length === 0 && id !== 'show') return []
    return [{ id, ...wordsOf(source, id, places.length), isRecommended: false }]
  })
  return actions.map((action, i) => ({ ...action, isRecommended: i === 0 }))
}

/** Places of the finding that an action changes; "show" changes none. */
export function actionPlaces(source: ActionSource, id: ActionId): Uint32Array {
  const { finding, live, columns } = source
  const { rows, best, suggested } = finding
  switch (id) {
    case 'show':
      return new Uint32Array(0)
    case 'tag':
      return live.places
    case 'accept-suggestions':
      return live.places.filter((i) => (suggested[i] ?? -1) >= 0)
    case 'keep-largest':
      return notKept(finding, live, (i) => best[i] === 1)
    case 'keep-first':
      // Exact copies are all the same: the best one (labelled, in training) is kept there.
      return finding.kind === 'exact-duplicates'
        ? notKept(finding, live, (i) => best[i] === 1)
        : notKept(finding, live, () => false)
    case 'move-to-train':
      return live.places.filter((i) => columns.splits[rows[i]] === 2)
    case 'set-aside-all':
      // Of copies on both sides, the training ones go: the test stays what it was.
      return finding.kind === 'split-leakage'
        ? live.places.filter((i) => columns.splits[rows[i]] === 1)
        : live.places
  }
}

/** All live members but one per group: the preferred one, else the first row. */
function notKept(
  { rows, groups }: ActionSource['finding'],
  live: LiveFinding,
  isPreferred: (place: number) => boolean
): Uint32Array {
  const kept = new Map<number, number>()
  for (const place of live.places) {
    const known = kept.get(groups[place])
    const isBetter =
      known === undefined ||
      (isPreferred(place) && !isPreferred(known)) ||
      (isPreferred(place) === isPreferred(known) && rows[place] < rows[known])
    if (isBetter) kept.set(groups[place], place)
  }
  const stays = new Set(kept.values())
  return live.places.filter((place) => !stays.has(place))
}

function wordsOf(
  { kind, finding, live }: ActionSource,
  id: ActionId,
  changed: number
): Pick<HealthAction, 'label' | 'sentence'> {
  const items = counted(kind, changed)
  const groups = count(live.groups)
  switch (id) {
    case 'show':
      return {
        label: `Look through ${counted(kind, live.places.length)}`,
        sentence: 'Shows them, the most striking first. Nothing is changed.'
      }
    case 'tag':
      return {
        label: `Tag ${items}`,
        sentence: `Marks them with the tag “${tagOf(finding.kind)}”, so that they can be found again.`
      }
    case 'accept-suggestions':
      return {
        label: `Give ${items} the suggested label`,
        sentence: 'Replaces the given labels; the step list keeps them and can bring them back.'
      }
    case 'keep-largest':
      return {
        label: `Set ${items} aside`,
        sentence: `Keeps the best of each of ${groups} groups: labelled before unlabelled, then the largest.`
      }
    case 'keep-first':
      return {
        label:
          finding.kind === 'exact-duplicates'
            ? `Set ${items} aside`
            : `Keep the first of each group`,
        sentence:
          finding.kind === 'exact-duplicates'
            ? `Keeps one of each of ${groups} groups.`
            : `Keeps the earliest item of each of ${groups} groups and sets ${items} aside.`
      }
    case 'move-to-train':
      return {
        label: `Move ${items} to training`,
        sentence: `Moves the test side of ${groups} groups to the training items; the test gets smaller.`
      }
    case 'set-aside-all':
      return finding.kind === 'split-leakage'
        ? {
            label: `Set ${counted(kind, changed)} of the training side aside`,
            sentence: 'The test items stay; their copies in training are not used any more.'
          }
        : {
            label: `Set ${items} aside`,
            sentence: 'They are not used any more, and can be brought back at any time.'
          }
  }
}
