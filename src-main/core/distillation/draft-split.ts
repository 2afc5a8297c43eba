// Which items a tiny set is made from, judged on while it is made, and tested on: worked out once
// before anything else, so that no choice ever sees a test item.
import type { DistilDraft } from '../../api/dto/distil.ts'
import type { ItemFilter } from '../../api/dto/browse.ts'
import { AppError } from '../../api/errors.ts'
import type { ItemLookup } from '../datasets/browse/browse.ts'
import { drawHoldout, drawStratified } from '../evaluation/draws.ts'
import { hashString } from '../compute/random.ts'
import type { DatasetRecord, ItemColumns, Store } from '../store/records.ts'
import { isPairs, pairClass } from './pairs/halves.ts'

/** Fewest items of a label that can be learned from. */
export const leastPerClass = 20
/** Share of the items that is kept for choices: epochs, rates, when to stop. */
const validationShare01 = 0.1
const mostValidation = 5000
const mostTest = 10_000

/** What working out a draft reads. */
export interface SplitSource {
  readonly store: Pick<Store, 'datasets' | 'items'>
  readonly items: ItemLookup
}

/** The items of a draft, in three parts that share no content. */
export interface DraftSplit {
  readonly dataset: DatasetRecord
  /** Labels that take part, in the dataset's order. */
  readonly classNames: readonly string[]
  /**
   * Items of each that could be learned from, those kept for choices and tests left out; of groups
   * that are not made yet, an equal part.
   */
  readonly available: readonly number[]
  /** Labels of the dataset that were not left out but have too few items, with their number. */
  readonly tooFew: readonly { readonly name: string; readonly items: number }[]
  /** Rows of the dataset, ascending. */
  readonly train: Uint32Array
  readonly validation: Uint32Array
  readonly test: Uint32Array
  /**
   * Class among `classNames` of each row of the dataset; -1 = takes no part. Where groups take the
   * place of labels it is 0 until they are made (group-items.ts).
   */
  readonly labels: Int32Array
  /** True when the test items are those of the dataset's own test part. */
  readonly hasTestSplit: boolean
  readonly scopeItems: number
  readonly meanBytes: number
}

async function scopeRows(source: SplitSource, draft: DistilDraft, items: number) {
  const inScope = new Uint8Array(items)
  const anySplit = new Uint8Array(items)
  if (draft.scope.kind === 'all') {
    inScope.fill(1)
    anySplit.fill(1)
  } else {
    const { filter } = draft.scope
    // The scope may say "training part only"; its test items still belong to it.
    const wider: ItemFilter = {
      ...filter,
      splits: [],
      not: filter.not.filter((part) => part !== 'splits')
    }
    for (const row of await source.items.rows(draft.dataset, filter)) inScope[row] = 1
    for (const row of await source.items.rows(draft.dataset, wider)) anySplit[row] = 1
  }
  return { inScope, anySplit }
}

/** Labels that were not left out and have items, as indices of the dataset. */
function takingPart(
  dataset: DatasetRecord,
  draft: DistilDraft,
  columns: ItemColumns,
  inScope: Uint8Array
): { readonly kept: number[]; readonly counts: number[] } {
  const counts = dataset.classNames.map(() => 0)
  columns.labels.forEach((label, row) => {
    if (label >= 0 && inScope[row] === 1 && columns.aside[row] === 0) counts[label]++
  })
  const out = new Set(draft.leaveOut)
  const kept = dataset.classNames.flatMap((name, i) => (counts[i] > 0 && !out.has(name) ? [i] : []))
  return { kept, counts }
}

/** The first row of every content among those that `isIn` takes. */
function uniqueRows(
  columns: ItemColumns,
  isIn: (row: number) => boolean,
  seen: Uint8Array
): Uint32Array {
  const rows: number[] = []
  for (let row = 0; row < columns.labels.length; row++) {
    const first = columns.firstSame[row]
    if (seen[first] === 1 || !isIn(row)) continue
    seen[first] = 1
    rows.push(row)
  }
  return Uint32Array.from(rows)
}

function without(rows: Uint32Array, taken: Uint32Array): Uint32Array {
  const out = new Set(taken)
  return rows.filter((row) => !out.has(row))
}

/** Every item in one class, but those of labels that were left out. */
function oneClass(dataset: DatasetRecord, draft: DistilDraft, columns: ItemColumns): Int32Array {
  const out = new Set(draft.leaveOut)
  return Int32Array.from(columns.labels, (label) =>
    label >= 0 && out.has(dataset.classNames[label]) ? -1 : 0
  )
}

type Classes = Pick<DraftSplit, 'classNames' | 'available' | 'tooFew'>

function byLabel(
  dataset: DatasetRecord,
  kept: readonly number[],
  counts: readonly number[],
  train: Uint32Array,
  labels: Int32Array
): Classes {
  const available = kept.map(() => 0)
  for (const row of train) available[labels[row]]++
  return {
    classNames: kept.map((label) => dataset.classNames[label]),
    available,
    tooFew: kept
      .filter((label) => counts[label] < leastPerClass)
      .map((label) => ({ name: dataset.classNames[label], items: counts[label] }))
  }
}

function byGroup(groups: number, train: Uint32Array): Classes {
  const classNames = groupNames(groups)
  return {
    classNames,
    available: classNames.map(() => Math.floor(train.length / groups)),
    tooFew: []
  }
}

/** Pairs have one class: which text belongs to a picture takes the place of labels. */
function classesOf(
  draft: DistilDraft,
  dataset: DatasetRecord,
  { kept, counts }: ReturnType<typeof takingPart>,
  train: Uint32Array,
  labels: Int32Array
): Classes {
  if (isPairs(draft)) return { classNames: [pairClass], available: [train.length], tooFew: [] }
  if (draft.groups !== undefined) return byGroup(draft.groups, train)
  return byLabel(dataset, kept, counts, train, labels)
}

/** "Group 1" to "Group n": what groups are called in the place of labels. */
export function groupNames(count: number): string[] {
  return Array.from({ length: count }, (_, group) => `Group ${(group + 1).toLocaleString('en')}`)
}

/** Throws AppError "dataset-not-found". */
export async function splitDraft(source: SplitSource, draft: DistilDraft): Promise<DraftSplit> {
  const dataset = source.store.datasets.get(draft.dataset)
  if (dataset === undefined) throw new AppError('dataset-not-found')
  const columns = await source.items.columns(draft.dataset)
  const items = columns.labels.length
  const { inScope, anySplit } = await scopeRows(source, draft, items)
  const { kept, counts } = takingPart(dataset, draft, columns, inScope)
  const classOf = new Map(kept.map((label, index) => [label, index]))
  const labels =
    draft.groups === undefined && !isPairs(draft)
      ? Int32Array.from(columns.labels, (label) => classOf.get(label) ?? -1)
      : oneClass(dataset, draft, columns)
  const isUsable = (row: number): boolean => labels[row] >= 0 && columns.aside[row] === 0
  const seen = new Uint8Array(items)
  const own = uniqueRows(
    columns,
    (row) => isUsable(row) && anySplit[row] === 1 && columns.splits[row] === 2,
    seen
  )
  const free = uniqueRows(
    columns,
    (row) => isUsable(row) && inScope[row] === 1 && columns.splits[row] !== 2,
    seen
  )
  const hasTestSplit = own.length > 0
  const holdout = (rows: Uint32Array, fraction01: number, limit: number, seed: number) =>
    drawHoldout({ rows, labels, groups: undefined, fraction01, limit, seed })
  const test = hasTestSplit
    ? drawStratified(own, labels, mostTest, draft.seed)
    : holdout(free, draft.check.holdoutFraction01, mostTest, draft.seed)
  const rest = hasTestSplit ? free : without(free, test)
  const validation = holdout(
    rest,
    validationShare01,
    mostValidation,
    hashString('validation items', draft.seed)
  )
  const train = without(rest, validation)
  const sizes = train.reduce((sum, row) => sum + columns.sizes[row], 0)
  return {
    dataset,
    ...classesOf(draft, dataset, { kept, counts }, train, labels),
    train,
    validation,
    test,
    labels,
    hasTestSplit,
    scopeItems: inScope.reduce((sum, one) => sum + one, 0),
    meanBytes: train.length === 0 ? 0 : sizes / train.length
  }
}
