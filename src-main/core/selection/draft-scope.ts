// What a draft means on the data at hand, before anything is computed: scope, set aside, test
// items, example items, exact repeats, and how many items are asked for. Frozen at the start of a
// run, so that nothing done to the data later changes the run.
import type { ItemFilter } from '../../api/dto/browse.ts'
import type { SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { ItemLookup } from '../datasets/browse/browse.ts'
import { drawHoldout } from '../evaluation/draws.ts'
import type { Sources } from '../methods/method.ts'
import type { DatasetRecord, ItemColumns, Store } from '../store/records.ts'
import { askedItems, meanSize, spendOf, type SpendLimit } from './budget.ts'
import { readGroups, readSources } from './draft-columns.ts'
import { earlierTestRows, rowsMeant } from './given-rows.ts'
import { ruleByte } from './rule-reasons.ts'
import { resolveExampleSets, sampleTasks, type ExampleItems, type PlannedTask } from './tasks.ts'

/** Most test items a hold-out takes; more would not change what a person reads. */
export const holdoutLimit = 20_000

export interface DraftScope {
  readonly dataset: DatasetRecord
  readonly columns: ItemColumns
  /** Rule byte per row; 0 = can be chosen. Near-duplicates are not in it yet. */
  readonly codes: Uint8Array
  /** For repeats, the row that stands for them; else the row itself. */
  readonly twins: Uint32Array
  /** Rows in the scope. */
  readonly scopeItems: number
  /** Rows that can be chosen, ascending, must-keep rows among them. */
  readonly candidates: Uint32Array
  /** Must-keep rows that can be kept, ascending. */
  readonly mustKeep: Uint32Array
  /** Labelled rows to test on, ascending; empty without labels or with the check off. */
  readonly testRows: Uint32Array
  readonly hasTestSplit: boolean
  readonly tasks: readonly PlannedTask[]
  /** Example items that are also in the data (V9), whether or not they leave the choice. */
  readonly exampleMatches: number
  /** Ids in the lists that the dataset does not have (V11). */
  readonly unknownKeys: readonly string[]
  readonly knownKeys: number
  /** Rows on both lists (V4). */
  readonly onBothLists: number
  /** Must-keep rows that stay out because they are set aside or outside the scope. */
  readonly mustKeepOutside: number
  /** Their keys. */
  readonly mustKeepOutsideKeys: readonly string[]
  /** Must-keep rows that stay out because they are test items. */
  readonly mustKeepInTest: number
  readonly groups: Int32Array | undefined
  /** Where each row comes from; undefined while no column says so. */
  readonly sources: Sources | undefined
  /** Rows of the given list that can be chosen, in its order; undefined without a list. */
  readonly given: Uint32Array | undefined
  readonly asked: number
  /** Set for budgets in bytes or tokens: what each row costs, and what may be spent. */
  readonly spend: SpendLimit | undefined
  readonly notes: readonly string[]
}

/** What working out a draft reads: the store, and items by filter as they are now. */
export interface DraftSource {
  readonly store: Store
  readonly items: ItemLookup
}

function setCode(codes: Uint8Array, rows: Iterable<number>, code: number): void {
  for (const row of rows) if (codes[row] === 0) codes[row] = code
}

function rowsWithCode(codes: Uint8Array, code: number): Uint32Array {
  const rows: number[] = []
  for (let row = 0; row < codes.length; row++) if (codes[row] === code) rows.push(row)
  return Uint32Array.from(rows)
}

/** Free rows, each content once: the first free row of every content. */
function freeUnique(
  codes: Uint8Array,
  columns: ItemColumns,
  except: ReadonlySet<number>
): Uint32Array {
  const seen = new Uint8Array(codes.length)
  const rows: number[] = []
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] !== 0 || seen[columns.firstSame[row]] === 1) continue
    seen[columns.firstSame[row]] = 1
    if (!except.has(row)) rows.push(row)
  }
  return Uint32Array.from(rows)
}

/** Labelled test rows of the dataset's own split that belong to the scope. */
async function splitTestRows(
  items: ItemLookup,
  draft: SelectDraft,
  columns: ItemColumns
): Promise<Uint32Array> {
  const isTest = (row: number): boolean =>
    columns.labels[row] >= 0 && columns.aside[row] === 0 && columns.splits[row] === 2
  if (draft.scope.kind === 'filter') {
    const { filter } = draft.scope
    // The scope may say "training part only"; its test items still belong to it.
    const anySplit: ItemFilter = {
      ...filter,
      splits: [],
      not: filter.not.filter((part) => part !== 'splits')
    }
    return (await items.rows(draft.dataset, anySplit)).filter(isTest)
  }
  const rows: number[] = []
  for (let row = 0; row < columns.labels.length; row++) if (isTest(row)) rows.push(row)
  return Uint32Array.from(rows)
}

/** Takes every free copy of a test item's content out of the choice. */
function markSameAsTest(codes: Uint8Array, columns: ItemColumns, testRows: Uint32Array): void {
  const isTest = new Uint8Array(codes.length)
  for (const row of testRows) isTest[columns.firstSame[row]] = 1
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] === 0 && isTest[columns.firstSame[row]] === 1)
      codes[row] = ruleByte('same-as-test')
  }
}

/** Marks free rows that repeat an example or another free row; returns the representative of each row. */
function markRepeats(
  codes: Uint8Array,
  columns: ItemColumns,
  mustKeep: ReadonlySet<number>,
  keepExamplesOut: boolean
): Uint32Array {
  const items = codes.length
  const isExample = new Uint8Array(items)
  const example = ruleByte('example')
  for (let row = 0; row < items; row++)
    if (codes[row] === example) isExample[columns.firstSame[row]] = 1
  const twins = Uint32Array.from({ length: items }, (_, row) => row)
  const keeper = new Int32Array(items).fill(-1)
  for (const row of mustKeep) {
    const first = columns.firstSame[row]
    if (codes[row] === 0 && keeper[first] < 0) keeper[first] = row
  }
  for (let row = 0; row < items; row++) {
    if (codes[row] !== 0) continue
    const first = columns.firstSame[row]
    if (isExample[first] === 1 && keepExamplesOut && !mustKeep.has(row)) codes[row] = example
    else if (keeper[first] < 0) keeper[first] = row
    else if (keeper[first] !== row && !mustKeep.has(row)) {
      codes[row] = ruleByte('exact-duplicate')
      twins[row] = keeper[first]
    }
  }
  return twins
}

interface Lists {
  /** Known must-keep keys in the list's order, with their rows. */
  readonly keepKeys: readonly string[]
  readonly keepRows: Uint32Array
  readonly keep: ReadonlySet<number>
  readonly drop: ReadonlySet<number>
  readonly unknown: readonly string[]
  readonly known: number
}

function readLists(store: Store, draft: SelectDraft): Lists {
  const keep = store.items.rowsOfKeys(draft.dataset, draft.rules.mustKeep)
  const drop = store.items.rowsOfKeys(draft.dataset, draft.rules.mustDrop)
  const missing = new Set(keep.unknown)
  return {
    keepKeys: draft.rules.mustKeep.filter((key) => !missing.has(key)),
    keepRows: keep.rows,
    keep: new Set(keep.rows),
    drop: new Set(drop.rows),
    unknown: [...keep.unknown, ...drop.unknown],
    known: keep.rows.length + drop.rows.length
  }
}

/** Test items: the dataset's own, else those of the run that is changed, else a fresh hold-out. */
function findTestRows(
  own: Uint32Array,
  earlier: Uint32Array,
  draft: SelectDraft,
  columns: ItemColumns,
  codes: Uint8Array,
  keep: ReadonlySet<number>,
  groups: Int32Array | undefined
): { rows: Uint32Array; hasSplit: boolean } {
  const hasSplit = draft.rules.protectTestSplit && own.length > 0
  if (!draft.check.isOn) return { rows: new Uint32Array(0), hasSplit }
  if (hasSplit) return { rows: own, hasSplit }
  const same = earlier.filter((row) => codes[row] === 0 && columns.labels[row] >= 0)
  if (same.length > 0) {
    setCode(codes, same, ruleByte('test'))
    return { rows: same, hasSplit }
  }
  const labelled = freeUnique(codes, columns, keep).filter((row) => columns.labels[row] >= 0)
  if (labelled.length === 0) return { rows: new Uint32Array(0), hasSplit }
  const rows = drawHoldout({
    rows: labelled,
    labels: columns.labels,
    groups,
    fraction01: draft.check.holdoutFraction01,
    limit: holdoutLimit,
    seed: draft.seed
  })
  setCode(codes, rows, ruleByte('test'))
  return { rows, hasSplit }
}

/**
 * Works out a draft on its dataset. Throws AppError "dataset-not-found" or "column-not-found".
 * Order matters: what a person set aside or dropped goes first, then test items, then example
 * items, then repeats, so that each item carries the strongest reason.
 */
export async function resolveDraft(
  { store, items: lookup }: DraftSource,
  draft: SelectDraft
): Promise<DraftScope> {
  const dataset = store.datasets.get(draft.dataset)
  if (dataset === undefined) throw new AppError('dataset-not-found')
  const columns = await lookup.columns(draft.dataset)
  const items = columns.labels.length
  const codes = new Uint8Array(items)
  if (draft.scope.kind === 'filter') {
    codes.fill(ruleByte('out-of-scope'))
    for (const row of await lookup.rows(draft.dataset, draft.scope.filter)) codes[row] = 0
  }
  const scopeItems = codes.reduce((n, code) => n + (code === 0 ? 1 : 0), 0)
  const lists = readLists(store, draft)
  const groups = readGroups(store, draft, dataset)
  const aside = ruleByte('set-aside')
  for (let row = 0; row < items; row++)
    if (columns.aside[row] === 1 && codes[row] === 0) codes[row] = aside
  // Until the analyst decides (V4), an item on both lists is kept.
  setCode(
    codes,
    [...lists.drop].filter((row) => !lists.keep.has(row)),
    ruleByte('must-drop')
  )
  if (draft.rules.protectTestSplit) {
    const test = ruleByte('test')
    for (let row = 0; row < items; row++)
      if (columns.splits[row] === 2 && codes[row] === 0) codes[row] = test
  }
  const ownTest = await splitTestRows(lookup, draft, columns)
  const keepOut = draft.rules.keepExamplesOut !== false
  const examples = resolveExampleSets(store, draft, dataset, columns, codes, ownTest)
  if (keepOut)
    setCode(
      codes,
      examples.poolRows.filter((row) => !lists.keep.has(row)),
      ruleByte('example')
    )
  const test = findTestRows(
    ownTest,
    earlierTestRows(store, draft),
    draft,
    columns,
    codes,
    lists.keep,
    groups
  )
  markSameAsTest(codes, columns, test.rows)
  const sampled = sampledExamples(store, draft, dataset, columns, codes, lists.keep)
  const meant = new Set([...lists.keep, ...rowsMeant(store, draft)])
  setCode(
    codes,
    sampled.poolRows.filter((row) => !meant.has(row)),
    ruleByte('example')
  )
  const twins = markRepeats(codes, columns, meant, keepOut)
  const candidates = rowsWithCode(codes, 0)
  const isOutside = (row: number): boolean =>
    codes[row] === aside || codes[row] === ruleByte('out-of-scope')
  return {
    dataset,
    columns,
    codes,
    twins,
    scopeItems,
    candidates,
    mustKeep: candidates.filter((row) => lists.keep.has(row)),
    testRows: test.rows,
    hasTestSplit: test.hasSplit,
    tasks: [...examples.tasks, ...sampled.tasks],
    exampleMatches: examples.poolRows.length,
    unknownKeys: [...lists.unknown, ...examples.unknownKeys],
    knownKeys: lists.known,
    onBothLists: [...lists.keep].filter((row) => lists.drop.has(row)).length,
    mustKeepOutside: [...lists.keep].filter(isOutside).length,
    mustKeepOutsideKeys: lists.keepKeys.filter((_, i) => isOutside(lists.keepRows[i])),
    mustKeepInTest: [...lists.keep].filter((row) => isTestCode(codes[row])).length,
    groups,
    sources: readSources(store, draft, dataset),
    given: draft.given === null ? undefined : givenRows(store, draft, codes),
    asked: askedItems(draft.budget, candidates.length, meanSize(candidates, columns)),
    spend: spendOf(draft.budget, columns),
    notes: [...examples.notes, ...sampled.notes]
  }
}

function isTestCode(code: number): boolean {
  return code === ruleByte('test') || code === ruleByte('same-as-test')
}

function sampledExamples(
  store: Store,
  draft: SelectDraft,
  dataset: DatasetRecord,
  columns: ItemColumns,
  codes: Uint8Array,
  keep: ReadonlySet<number>
): ExampleItems {
  const free = freeUnique(codes, columns, keep).filter((row) => columns.labels[row] >= 0)
  return sampleTasks(store, draft, dataset, columns, free)
}

function givenRows(store: Store, draft: SelectDraft, codes: Uint8Array): Uint32Array {
  const { rows } = store.items.rowsOfKeys(draft.dataset, draft.given?.keys ?? [])
  return rows.filter((row) => codes[row] === 0)
}
