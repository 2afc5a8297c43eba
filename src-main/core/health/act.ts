// Doing a finding's action: one change of the step list, so that it can be taken back.
import type { EditChange, EditRequest, EditStep } from '../../api/dto/edits.ts'
import { AppError } from '../../api/errors.ts'
import type { DatasetRecord, ItemColumns, Store } from '../store/records.ts'
import { actionPlaces, tagOf, type ActionId } from './actions.ts'
import { liveFinding } from './live-rows.ts'
import { requireFinding } from './report.ts'
import { titles } from './words.ts'

/** Rows of one change that names each item's own label, at most (the contract's limit). */
const labelsMost = 100_000

export interface ActDeps {
  readonly store: Store
  columns(dataset: string): Promise<ItemColumns>
  apply(request: EditRequest): Promise<Acted>
}

export interface Acted {
  readonly changed: number
  readonly step: EditStep | null
}

/**
 * Does an action on all items of a finding that count now, or on those among `only`. Throws
 * AppError "item-not-found" for an unknown finding and "invalid-input" for too many labels.
 */
export async function actOnFinding(
  deps: ActDeps,
  record: DatasetRecord,
  id: string,
  action: ActionId,
  only: readonly number[] | null
): Promise<Acted> {
  const columns = await deps.columns(record.id)
  const finding = requireFinding(deps.store, record, id)
  const live = liveFinding(finding, columns)
  const source = { kind: record.kind, finding, live, columns }
  const wanted = only === null ? undefined : new Set(only)
  const places = actionPlaces(source, action).filter(
    (place) => wanted?.has(finding.rows[place]) ?? true
  )
  if (places.length === 0) return { changed: 0, step: null }
  const labelOf = (place: number): string | null =>
    record.classNames[finding.suggested[place]] ?? null
  const change = changeOf(action, () => Array.from(places, labelOf), finding.kind)
  if (change.kind === 'labels' && places.length > labelsMost)
    throw new AppError('invalid-input', 'These are too many labels to change in one step.', {
      hint: 'Choose some of the items first.'
    })
  return deps.apply({
    dataset: record.id,
    scope: { kind: 'rows', rows: places.map((place) => finding.rows[place]) },
    change,
    because: titles[finding.kind]
  })
}

function changeOf(
  action: ActionId,
  labels: () => (string | null)[],
  kind: keyof typeof titles
): EditChange {
  switch (action) {
    case 'accept-suggestions':
      return { kind: 'labels', labels: labels() }
    case 'move-to-train':
      return { kind: 'split', split: 'train' }
    case 'tag':
      return { kind: 'tag', tag: tagOf(kind), on: true }
    case 'set-aside-all':
    case 'keep-first':
    case 'keep-largest':
      return { kind: 'aside', aside: true }
    case 'show':
      throw new AppError('invalid-input', 'Showing items changes nothing.')
  }
}
