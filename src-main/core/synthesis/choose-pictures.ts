// Which pictures take part in an expansion: sources that pass the filter, pictures of the same and of
// other labels that are lent for the helper, and pictures held back to measure on. None is in two parts,
// and no copy of a source is lent or held back.
import type { ExpandPlan } from '../../api/dto/expand.ts'
import { createRandom, hashString } from '../compute/random.ts'
import type { ItemLookup } from '../datasets/browse/browse.ts'
import type { DatasetRecord, ItemColumns, Store } from '../store/records.ts'
import type { Frozen, Picked } from './expand-files.ts'

/** Sources below which nothing is made, and below which the person is warned. */
export const fewestSources = 10
/** Other labels that take part at most, and pictures lent and held back of each label. */
const mostLabels = 20
const mostLent = 60
const mostHeld = 60
const noLabel = 'No label'

export interface ChooseDeps {
  readonly store: Pick<Store, 'items'>
  readonly items: ItemLookup
}

/** Rows of a plan, before names and places are looked up. */
export interface ChosenRows {
  /** Pictures that pass. */
  readonly found: number
  readonly labels: readonly string[]
  readonly sources: readonly RowOf[]
  readonly lent: readonly RowOf[]
  readonly held: readonly RowOf[]
}

interface RowOf {
  readonly row: number
  /** Place in `labels`. */
  readonly label: number
}

/** Draws the rows of a plan. */
export async function chooseRows(
  deps: ChooseDeps,
  dataset: DatasetRecord,
  plan: Pick<ExpandPlan, 'filter' | 'most' | 'seed'>
): Promise<ChosenRows> {
  const rows = await deps.items.rows(dataset.id, plan.filter)
  const columns = await deps.items.columns(dataset.id)
  const random = createRandom(hashString('sources', plan.seed))
  const isFirst = distinct(columns)
  const passing = [...rows].filter(isFirst)
  // Pictures without a label are sources only where all are: nothing could say what a mix of both shows.
  const isLabelled = passing.some((row) => columns.labels[row] >= 0)
  const own = passing.filter((row) => !isLabelled || columns.labels[row] >= 0)
  const taken =
    own.length <= plan.most ? own : [...random.sample(own.length, plan.most)].map((at) => own[at])
  taken.sort((a, b) => a - b)
  const isPassing = new Set(rows)
  const isSource = new Set(taken)
  const kept = new Set(taken.map((row) => columns.firstSame[row]))
  const wanted = labelsOf(taken, columns)
  const rest = new Map<number, number[]>()
  const order = random.fork('rest').shuffle(Uint32Array.from(columns.labels, (_, row) => row))
  for (const row of order) {
    const label = columns.labels[row]
    if (label < 0 || columns.aside[row] !== 0 || isSource.has(row)) continue
    if (kept.has(columns.firstSame[row]) || !isFirst(row)) continue
    const group = rest.get(label)
    if (group === undefined) rest.set(label, [row])
    else group.push(row)
  }
  // Labels of the sources first, then the largest others.
  const others = (isLabelled ? [...rest.keys()] : [])
    .filter((label) => !wanted.includes(label))
    .toSorted((a, b) => (rest.get(b)?.length ?? 0) - (rest.get(a)?.length ?? 0) || a - b)
    .slice(0, Math.max(0, mostLabels - wanted.length))
    .toSorted((a, b) => a - b)
  const labels = [...wanted, ...others]
  const lent: RowOf[] = []
  const held: RowOf[] = []
  labels.forEach((label, place) => {
    const group = rest.get(label) ?? []
    const isExpanded = place < wanted.length
    // Test rows of the data are for measuring. The rest of a small set is held back by half.
    const tested = group.filter((row) => columns.splits[row] === 2 && !isPassing.has(row))
    const free = group.filter((row) => !tested.includes(row))
    const half = tested.length >= mostHeld / 2 ? 0 : Math.ceil(free.length / 2)
    const back = [...tested, ...free.slice(0, half)].slice(0, mostHeld)
    // Of expanded labels nothing is lent: the set would not be small for the helper.
    const lend = isExpanded ? [] : free.slice(half, half + mostLent)
    held.push(...back.map((row) => ({ row, label: place })))
    lent.push(...lend.map((row) => ({ row, label: place })))
  })
  return {
    found: rows.length,
    labels: labels.map((label) => dataset.classNames[label] ?? noLabel),
    sources: taken.map((row) => ({ row, label: wanted.indexOf(columns.labels[row]) })),
    lent,
    held
  }
}

/** Whether a row is the first of its copies. */
function distinct({ firstSame }: ItemColumns): (row: number) => boolean {
  return (row) => firstSame[row] === row
}

function labelsOf(rows: readonly number[], { labels }: ItemColumns): number[] {
  return [...new Set(rows.map((row) => labels[row]))].toSorted((a, b) => a - b)
}

/** Why so many pictures cannot be expanded, in a sentence; null when they can. */
export function choiceProblem({
  sources,
  labels
}: Pick<ChosenRows, 'sources' | 'labels'>): string | null {
  if (sources.length < fewestSources)
    return `${sources.length === 1 ? 'One picture is' : `${sources.length} pictures are`} chosen; at least ${fewestSources} are needed, as new pictures lie between two of them.`
  const counts = labels.map((_, label) => sources.filter((each) => each.label === label).length)
  return counts.some((count) => count >= 2)
    ? null
    : 'No label has two pictures among those chosen, and new pictures lie between two of one label.'
}

/** The rows with their names and places, to be kept. */
export function freeze(
  { store }: Pick<ChooseDeps, 'store'>,
  dataset: DatasetRecord,
  chosen: ChosenRows
): Frozen {
  const picked = (rows: readonly RowOf[]): Picked[] => {
    const found = new Map(
      store.items
        .rows(
          dataset.id,
          rows.map(({ row }) => row)
        )
        .map((item) => [item.row, item])
    )
    return rows.flatMap(({ row, label }) => {
      const item = found.get(row)
      return item === undefined ? [] : [{ row, label, name: item.name, locator: item.locator }]
    })
  }
  return {
    dataset: dataset.name,
    labels: [...chosen.labels],
    sources: picked(chosen.sources),
    lent: picked(chosen.lent),
    held: picked(chosen.held)
  }
}
