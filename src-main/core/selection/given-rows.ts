// A draft's list on the data at hand: which rows it names, what was changed on it by hand, and, once
// a run is through, how many of its items could not be kept and why.
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { GivenBy } from '../methods/method.ts'
import type { Store } from '../store/records.ts'
import { count } from './message-parts.ts'
import { ruleOfByte, type RuleCode } from './rule-reasons.ts'

type GivenSource = Pick<Store, 'items'>

/** Positions among `rows` of the dataset rows in `wanted`, in their order; others are passed over. */
export function positionsAmong(rows: Uint32Array, wanted: Iterable<number>): Uint32Array {
  const positions = new Map<number, number>()
  rows.forEach((row, i) => positions.set(row, i))
  return Uint32Array.from([...wanted].flatMap((row) => positions.get(row) ?? []))
}

/** The list's title and its changes as positions among `rows`. */
export function givenByOf(store: GivenSource, draft: SelectDraft, rows: Uint32Array): GivenBy {
  const rowsOf = (keys: readonly string[]): Uint32Array =>
    positionsAmong(rows, store.items.rowsOfKeys(draft.dataset, keys).rows)
  return {
    title: draft.given?.title ?? '',
    added: rowsOf(draft.given?.added ?? []),
    removed: rowsOf(draft.given?.removed ?? [])
  }
}

/** True when the draft's list is an earlier result that a person changed by hand. */
export function isChangedByHand({ given }: Pick<SelectDraft, 'given'>): boolean {
  return given !== null && given.run !== null
}

/**
 * Rows that stay although they repeat another one: those of a set that was changed by hand. The
 * rules of its run were applied before, and what a person adds is meant.
 */
export function rowsMeant(store: GivenSource, draft: SelectDraft): ReadonlySet<number> {
  if (!isChangedByHand(draft)) return new Set()
  return new Set(store.items.rowsOfKeys(draft.dataset, draft.given?.keys ?? []).rows)
}

/** Test items of the run that was changed, ascending: the changed set is tested on the same. */
export function earlierTestRows(store: GivenSource, draft: SelectDraft): Uint32Array {
  if (!isChangedByHand(draft)) return new Uint32Array(0)
  return store.items.rowsOfKeys(draft.dataset, draft.given?.test ?? []).rows.sort()
}

/** What each rule says of listed items that it kept out; several, one. */
const whyNot: Partial<Record<RuleCode, readonly [many: string, one: string]>> = {
  'out-of-scope': [
    'are not in the part of the data this run looked at',
    'is not in the part of the data this run looked at'
  ],
  'set-aside': ['are set aside', 'is set aside'],
  'must-drop': ['are on the list Must drop', 'is on the list Must drop'],
  test: ['are kept for testing', 'is kept for testing'],
  'same-as-test': ['are the same as test items', 'is the same as a test item'],
  example: ['are used as example items', 'is used as an example item'],
  'exact-duplicate': ['are exactly the same as other items', 'is exactly the same as another item'],
  'near-duplicate': ['are nearly the same as other items', 'is nearly the same as another item'],
  'source-full': [
    'come from where the most was already reached',
    'comes from where the most was already reached'
  ],
  'mix-full': [
    'belong to labels that already had their share',
    'belongs to a label that already had its share'
  ],
  'over-budget': [
    'are too large for the room that was left',
    'is too large for the room that was left'
  ],
  'class-full': ['belong to labels that were full', 'belongs to a label that was full'],
  'group-too-large': [
    'belong to groups that did not fit as a whole',
    'belongs to a group that did not fit as a whole'
  ]
}

/**
 * Says how many items of the draft's list were not kept, and why; empty when all were. `codes` has a
 * rule byte per row, `chosen` are the kept rows.
 */
export function givenNotes(
  store: GivenSource,
  draft: SelectDraft,
  codes: Uint8Array,
  chosen: Uint32Array
): string[] {
  if (draft.given === null) return []
  const { rows, unknown } = store.items.rowsOfKeys(draft.dataset, draft.given.keys)
  const isChosen = new Set(chosen)
  const left = new Map<string, { many: string; one: string; count: number }>()
  const add = (many: string, one: string, by: number): void => {
    const known = left.get(many)
    if (by > 0) left.set(many, { many, one, count: (known?.count ?? 0) + by })
  }
  add('are not in this data', 'is not in this data', unknown.length)
  for (const row of rows) {
    if (isChosen.has(row)) continue
    const [many, one] = whyNot[ruleOfByte(codes[row])] ?? [
      'are past the number of items to keep',
      'is past the number of items to keep'
    ]
    add(many, one, 1)
  }
  const missing = [...left.values()].sort((a, b) => b.count - a.count)
  if (missing.length === 0) return []
  const total = missing.reduce((sum, part) => sum + part.count, 0)
  const reasons = missing.map((part) =>
    part.count === 1 ? `1 ${part.one}` : `${count(part.count)} ${part.many}`
  )
  return [
    `${count(total)} of the ${count(draft.given.keys.length)} items on the list could not be kept: ${reasons.join(', ')}.`
  ]
}
