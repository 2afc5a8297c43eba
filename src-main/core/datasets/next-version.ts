// Adding data to a dataset makes its next version: a new dataset with the items of the one before,
// everything people changed in them kept, and the added ones behind them.
import type { ImportOptions } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { DatasetRecord, NewItem, Store } from '../store/records.ts'
import { createBreaks } from './browse/breaks.ts'
import { addedLocator } from './locators.ts'
import { compareNaturally, type ImportPlan } from './readers/reader.ts'

const rowsAtOnce = 1_000

/** The version an import adds to. */
export interface VersionBase {
  readonly record: DatasetRecord
  /** Items copied before the added ones. */
  readonly items: number
  /** Number of the added source, for locators. */
  readonly source: number
}

/** The base of an import that adds to a dataset. Throws AppError "dataset-not-found". */
export function versionBase(store: Store, addTo: string): VersionBase {
  const record = store.datasets.get(addTo)
  if (record?.state !== 'ready') throw new AppError('dataset-not-found')
  return { record, items: record.items, source: record.addedSources.length + 1 }
}

/** Fields of the next version's record before anything is read. */
export function nextVersion(
  { record }: VersionBase,
  path: string,
  storage: DatasetRecord['storage'],
  options: ImportOptions
): Pick<
  DatasetRecord,
  | 'kind'
  | 'format'
  | 'storage'
  | 'sourcePath'
  | 'options'
  | 'version'
  | 'previous'
  | 'addedSources'
  | 'purpose'
> {
  const { kind, format, sourcePath, purpose } = record
  return {
    ...{ kind, format, sourcePath, purpose },
    storage: record.storage,
    options: record.options,
    version: record.version + 1,
    previous: record.id,
    addedSources: [...record.addedSources, { format, storage, sourcePath: path, options }]
  }
}

const kindWords = { images: 'pictures', text: 'texts', table: 'rows of numbers' } as const

/** Refuses data that does not fit. Throws AppError "invalid-input". */
function checkFits({ record }: VersionBase, plan: ImportPlan): void {
  if (plan.kind !== record.kind)
    throw new AppError(
      'invalid-input',
      `“${record.name}” holds ${kindWords[record.kind]}, and this holds ${kindWords[plan.kind]}, so it cannot be added.`,
      { hint: 'Import it as a dataset of its own.' }
    )
  if ((plan.shape ?? undefined) !== record.shape)
    throw new AppError(
      'invalid-input',
      `The conversations of “${record.name}” are written in another way than these, so they cannot be added.`,
      { hint: 'Import them as a dataset of their own.' }
    )
}

/** How the labels of both parts are numbered in the next version. */
export interface JoinedLabels {
  readonly classNames: readonly string[]
  /** Old index -> new index. */
  readonly before: Int32Array
  readonly added: Int32Array
}

/** Both lists of labels in one, in natural order. */
export function joinLabels(before: readonly string[], added: readonly string[]): JoinedLabels {
  const classNames = [...new Set([...before, ...added])].sort(compareNaturally)
  const index = new Map(classNames.map((name, i) => [name, i]))
  const mapped = (names: readonly string[]): Int32Array =>
    Int32Array.from(names, (name) => index.get(name) ?? -1)
  return { classNames, before: mapped(before), added: mapped(added) }
}

/** What the record of the next version says once the added source was looked through. */
export function joinPlan(
  base: VersionBase,
  plan: ImportPlan,
  record: DatasetRecord
): Partial<DatasetRecord> {
  checkFits(base, plan)
  const own = base.record.columns
  const others = plan.columns.filter(({ name }) => !own.some((column) => column.name === name))
  return {
    shape: base.record.shape,
    columns: [...own, ...others],
    labelColumn: base.record.labelColumn ?? plan.labelColumn ?? undefined,
    classNames: joinLabels(base.record.classNames, plan.classNames).classNames,
    sizeBytes: base.record.sizeBytes + plan.sizeBytes,
    addedSources: record.addedSources.map((source, i) =>
      i === base.source - 1 ? { ...source, format: plan.format } : source
    )
  }
}

/** Copies the base's items, going on where an earlier try stopped. */
export async function copyBase(
  store: Store,
  context: JobContext,
  base: VersionBase,
  dataset: string,
  labels: Int32Array
): Promise<void> {
  const breaks = createBreaks()
  for (let first = store.items.count(dataset); first < base.items;) {
    const count = Math.min(rowsAtOnce, base.items - first)
    store.items.copyRows(base.record.id, dataset, labels, first, count)
    first += count
    if (!breaks.isDue()) continue
    await context.breathe()
    await breaks.take()
  }
}

/** An added item as it is stored behind the base's. */
export function addedItem(base: VersionBase, item: NewItem, labels: Int32Array): NewItem {
  const located = (locator: string): string => addedLocator(base.source, locator)
  return {
    ...item,
    row: base.items + item.row,
    label: item.label < 0 ? -1 : labels[item.label],
    locator: located(item.locator),
    pictures: item.pictures?.map(located)
  }
}
