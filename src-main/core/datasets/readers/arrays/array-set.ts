// Which arrays of a source are a dataset: pictures or tables of numbers, their labels, their parts
// and the names of their classes. What the analyst chose comes before what the names say.
import type { ImportOptions } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import type { PartName } from '../split-names.ts'
import type { FoundTensor } from './array-file.ts'
import { readArrayName, type ArrayNameParts } from './array-names.ts'
import { pictureLayout, type PictureLayout } from './array-pictures.ts'
import type { ArrayStore } from './array-store.ts'
import { isFloatType, type ArrayType } from './array-types.ts'

/** One array of items and what belongs to it. */
export interface ArrayPart {
  readonly data: string
  readonly labels: string | undefined
  readonly part: PartName | undefined
  readonly count: number
}

/** The arrays of a dataset. */
export interface ArraySet {
  readonly kind: 'images' | 'table'
  readonly parts: readonly ArrayPart[]
  /** Of pictures. */
  readonly layout: PictureLayout | undefined
  readonly type: ArrayType
  /** Of tables. */
  readonly columns: number
  /** Array with the names of the label values 0, 1, 2 ... */
  readonly classNames: string | undefined
  readonly notes: readonly string[]
}

/** Widest table read as columns. Wider ones are features of items, and far quicker as a matrix. */
export const widestTable = 256

interface Candidate extends ArrayNameParts {
  readonly tensor: FoundTensor
  readonly type: ArrayType
  readonly layout: PictureLayout | undefined
}

/**
 * Chooses the arrays. Throws AppError "column-not-found" for a chosen array that is not there,
 * "file-not-recognised" when nothing can be items or the chosen labels do not fit, "too-large" for
 * a table that is too wide.
 */
export function chooseArrays(store: ArrayStore, options: ImportOptions, name: string): ArraySet {
  const candidates = store.arrays.flatMap((tensor): Candidate[] => {
    if (tensor.type === undefined || tensor.problem !== undefined) return []
    const layout = pictureLayout(tensor.shape)
    return [{ tensor, type: tensor.type, layout, ...readArrayName(tensor.name) }]
  })
  const chosen = options.array ?? store.picked
  const items =
    chosen === undefined
      ? bestItems(candidates, options, name, store)
      : chosenItems(candidates, chosen, store, name)
  const notes: string[] = []
  const labels = labelsFor(items, candidates, store, options, notes)
  const [first] = items
  const columns = first.layout === undefined ? first.tensor.shape[1] : 0
  if (columns > widestTable)
    throw new AppError(
      'too-large',
      `“${first.tensor.name}” has ${columns} numbers per row; tables are read up to ${widestTable} columns.`,
      { hint: 'Import the items themselves, then join this array to them as a matrix.' }
    )
  // One part alone splits nothing, and would leave nothing to choose from.
  const isSplit = new Set(items.map(({ part }) => part)).size > 1
  return {
    kind: first.layout === undefined ? 'table' : 'images',
    parts: items.map((item, i) => ({
      data: item.tensor.name,
      labels: labels[i],
      part: isSplit ? item.part : undefined,
      count: item.tensor.shape[0]
    })),
    layout: first.layout,
    type: first.type,
    columns,
    classNames: classNamesOf(store),
    notes
  }
}

function isTable({ tensor, layout }: Candidate): boolean {
  return layout === undefined && tensor.shape.length === 2 && tensor.shape[1] > 1
}

function chosenItems(
  candidates: readonly Candidate[],
  chosen: string,
  store: ArrayStore,
  name: string
): readonly Candidate[] {
  const found = store.arrays.find((tensor) => tensor.name === chosen)
  if (found === undefined)
    throw new AppError('column-not-found', `“${name}” has no array “${chosen}”.`)
  if (found.problem !== undefined) throw new AppError('file-not-recognised', found.problem)
  const item = candidates.find(({ tensor }) => tensor === found)
  if (item === undefined || (item.layout === undefined && !isTable(item)))
    throw new AppError(
      'file-not-recognised',
      `“${chosen}” is ${shapeWords(found.shape)}: neither pictures nor rows of numbers.`
    )
  return [item]
}

/** "60,000 x 28 x 28" without separators: "60000 × 28 × 28". */
export function shapeWords(shape: readonly number[]): string {
  return shape.length === 0 ? 'a single number' : shape.join(' × ')
}

/** The best array of items, with the arrays that are its other parts. */
function bestItems(
  candidates: readonly Candidate[],
  options: ImportOptions,
  name: string,
  store: ArrayStore
): readonly Candidate[] {
  const fits = candidates.filter(
    (item) =>
      item.role !== 'labels' &&
      item.tensor.shape[0] > 0 &&
      (options.as === 'images'
        ? item.layout !== undefined
        : options.as === 'table'
          ? isTable(item)
          : item.layout !== undefined || isTable(item))
  )
  const score = (item: Candidate): number =>
    (item.layout === undefined ? 0 : 4) + (item.role === 'data' ? 2 : 0)
  const [best] = [...fits].sort(
    (a, b) => score(b) - score(a) || b.tensor.sizeBytes - a.tensor.sizeBytes
  )
  if (best === undefined) throw nothingFound(store, name)
  const group = new Map<PartName | undefined, Candidate>([[best.part, best]])
  for (const item of fits)
    if (isSameGroup(item, best) && !group.has(item.part)) group.set(item.part, item)
  return [...group.values()].sort(byPart)
}

function nothingFound(store: ArrayStore, name: string): AppError {
  const problem = store.arrays.find((tensor) => tensor.problem !== undefined)?.problem
  return new AppError(
    'file-not-recognised',
    `“${name}” holds no pictures and no table of numbers.${problem === undefined ? '' : ` ${problem}`}`,
    { hint: 'Pictures are rows × height × width, tables are rows × columns.' }
  )
}

function isSameGroup(a: Candidate, b: Candidate): boolean {
  const sizes = ({ tensor }: Candidate): string => tensor.shape.slice(1).join()
  return a.stem === b.stem && a.role === b.role && a.type === b.type && sizes(a) === sizes(b)
}

const partOrder = ['train', 'validation', 'test', undefined]

function byPart(a: Candidate, b: Candidate): number {
  return partOrder.indexOf(a.part) - partOrder.indexOf(b.part)
}

/** True for an array with one label for each of `count` items. */
function isLabels(tensor: FoundTensor, count: number): boolean {
  const [rows, columns = 1] = tensor.shape
  const isKind = tensor.dtype === 'text' || tensor.type !== undefined
  return isKind && tensor.shape.length <= 2 && columns === 1 && rows === count
}

function labelsFor(
  items: readonly Candidate[],
  candidates: readonly Candidate[],
  store: ArrayStore,
  options: ImportOptions,
  notes: string[]
): (string | undefined)[] {
  const { labelArray } = options
  if (labelArray === '') return items.map(() => undefined)
  if (labelArray !== null) return chosenLabels(items, labelArray, store)
  const texts = store.arrays
    .filter(({ dtype }) => dtype === 'text')
    .map((tensor) => ({ tensor, type: undefined, ...readArrayName(tensor.name) }))
  const all = [...candidates, ...texts]
  const taken = new Set(items.map(({ tensor }) => tensor.name))
  return items.map((item) => {
    const fits = all.filter(
      (other) => !taken.has(other.tensor.name) && isLabels(other.tensor, item.tensor.shape[0])
    )
    const best = bestLabels(item, fits, store.picked !== undefined)
    if (best === undefined) notes.push(`No labels were found for “${item.tensor.name}”.`)
    else taken.add(best)
    return best
  })
}

type LabelCandidate = ArrayNameParts & {
  readonly tensor: FoundTensor
  readonly type: ArrayType | undefined
}

/** By name; without one by being the only list of whole numbers, unless it is a mere neighbour. */
function bestLabels(
  item: Candidate,
  fits: readonly LabelCandidate[],
  isStrict: boolean
): string | undefined {
  const sameParts = fits.filter(({ part }) => part === item.part)
  const named = sameParts.filter(({ role }) => role === 'labels')
  const [best] = [...named].sort(
    (a, b) => Number(b.stem === item.stem) - Number(a.stem === item.stem)
  )
  if (best !== undefined) return best.tensor.name
  const plain = sameParts.filter(
    ({ type, role }) => role === undefined && (type === undefined || !isFloatType(type))
  )
  return plain.length === 1 && !isStrict ? plain[0].tensor.name : undefined
}

function chosenLabels(
  items: readonly Candidate[],
  labelArray: string,
  store: ArrayStore
): (string | undefined)[] {
  const found = store.arrays.find(({ name }) => name === labelArray)
  if (found === undefined)
    throw new AppError('column-not-found', `There is no array “${labelArray}”.`)
  const labels = items.map((item) =>
    isLabels(found, item.tensor.shape[0]) ? found.name : undefined
  )
  if (labels.every((name) => name === undefined))
    throw new AppError(
      'file-not-recognised',
      `“${labelArray}” is ${shapeWords(found.shape)}: it does not hold one label for each of the ${items[0].tensor.shape[0]} items.`
    )
  return labels
}

function classNamesOf(store: ArrayStore): string | undefined {
  return store.arrays.find(
    (tensor) =>
      tensor.dtype === 'text' &&
      tensor.shape.length === 1 &&
      readArrayName(tensor.name).role === 'names'
  )?.name
}
