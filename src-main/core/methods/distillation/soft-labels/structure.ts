// What in the labels teaches: students on changed labels, measured like those of the search
// ("A Label is Worth a Thousand Images", section on structured information).
import type { Random } from '../../../compute/random.ts'
import type { StudentRecipe } from '../../../networks/student-recipe.ts'
import { gather, type StudentItems } from '../../../networks/train-student.ts'
import type { LabelledRows } from '../distillation-method.ts'
import { someRows } from '../real-items/real-rows.ts'
import type { ChosenItems } from './candidates.ts'
import {
  hideClass,
  keepLargest,
  shuffleOthers,
  smoothOthers,
  swapRank,
  withoutClass
} from './experiments.ts'
import { percent, type ReadyTable } from './tables.ts'

/** Measures students on items, on all validation items or on some of them. */
export type MeasureItems<P> = (
  items: StudentItems,
  recipe: StudentRecipe,
  on?: LabelledRows
) => AsyncGenerator<P, number, void>

export interface StructureInputs {
  readonly items: ChosenItems
  /** Count x classes. */
  readonly shares: Float32Array
  readonly classNames: readonly string[]
  readonly recipe: StudentRecipe
  readonly validation: LabelledRows
  readonly random: Random
}

/** Classes that are left out one at a time. */
const mostLeftOut = 5
const mostRanks = 6

/** Trainings that {@link measureStructure} does for so many classes. */
export function structureTrials(classes: number): number {
  return topCounts(classes).length + swappedRanks(classes).length + 2 + 3 * leftOut(classes).length
}

/** Runs all experiments; yields what `measure` yields. */
export async function* measureStructure<P>(
  given: StructureInputs,
  measure: MeasureItems<P>
): AsyncGenerator<P, ReadyTable[], void> {
  const { items, shares, classNames, recipe } = given
  const classes = classNames.length
  const withShares = (changed: Float32Array): StudentItems => ({
    values: items.values,
    count: items.rows.length,
    targets: changed
  })
  const rows: (readonly string[])[] = []
  for (const k of topCounts(classes)) {
    const accuracy = yield* measure(withShares(keepLargest(shares, classes, k)), recipe)
    rows.push([k === 0 ? 'Only the largest, as 1' : `The ${k} largest`, percent(accuracy)])
  }
  const ranks: (readonly string[])[] = []
  for (const k of swappedRanks(classes)) {
    const accuracy = yield* measure(withShares(swapRank(shares, classes, k)), recipe)
    ranks.push([`Rank ${k} exchanged with the last`, percent(accuracy)])
  }
  const shuffled = shuffleOthers(shares, classes, given.random.fork('shuffle'))
  const others: (readonly string[])[] = []
  for (const [name, changed] of [
    ['All but the largest shuffled', shuffled],
    ['All but the largest made equal', smoothOthers(shares, classes)]
  ] as const)
    others.push([name, percent(yield* measure(withShares(changed), recipe))])
  return [
    {
      title: 'How many shares are needed',
      help: 'Accuracy with only the largest shares of each label; the others are 0 and nothing is scaled up.',
      header: ['Shares kept', 'Accuracy'],
      rows
    },
    {
      title: 'Which shares teach',
      help: 'Accuracy with parts of each label changed. If labels only had to be even, shuffling them would do no harm.',
      header: ['Change', 'Accuracy'],
      rows: [...ranks, ...others]
    },
    yield* measureLeftOut(given, measure)
  ]
}

/** Zero-shot: accuracy on a class whose items, or whose name, the students never saw. */
async function* measureLeftOut<P>(
  { items, shares, classNames, recipe, validation }: StructureInputs,
  measure: MeasureItems<P>
): AsyncGenerator<P, ReadyTable, void> {
  const classes = classNames.length
  const size = items.values.length / items.rows.length
  const rows: (readonly string[])[] = []
  for (const label of leftOut(classes)) {
    const places = Uint32Array.from(validation.labels.keys())
    const own = someRows(
      validation,
      places.filter((row) => validation.labels[row] === label)
    )
    const kept = withoutClass(items.labels, label)
    const unseen: StudentItems = {
      values: gather(items.values, kept, size),
      count: kept.length,
      targets: gather(shares, kept, classes)
    }
    const hidden = hideClass(shares, items.labels, classes, label)
    const all: StudentItems = { values: items.values, count: items.rows.length, targets: shares }
    const cells: string[] = []
    for (const set of [all, unseen, { ...all, targets: hidden }])
      cells.push(percent(yield* measure(set, recipe, own)))
    rows.push([classNames[label], ...cells])
  }
  return {
    title: 'Labels that were never shown',
    help:
      'Accuracy on the items of one label alone: with the whole set, without any item of that label, and ' +
      "without that label's share in the other items' labels.",
    header: ['Label', 'Whole set', 'No items of it', 'No shares of it'],
    rows
  }
}

/** 0, 1, 2, 4, ... and all. */
function topCounts(classes: number): number[] {
  const counts = [0]
  for (let k = 1; k < classes; k *= 2) counts.push(k)
  return [...counts, classes]
}

function swappedRanks(classes: number): number[] {
  return Array.from({ length: Math.min(mostRanks, classes - 1) }, (_, i) => i + 1)
}

/** Classes spread evenly over the list. */
function leftOut(classes: number): number[] {
  const count = Math.min(mostLeftOut, classes)
  return Array.from({ length: count }, (_, i) => Math.floor((i * classes) / count))
}
