// The phase "Checking labels": five folds on all threads, then confident learning.
import { join } from 'node:path'
import { runBlocks, type PhaseContext } from '../run-blocks.ts'
import type { NeighbourFiles } from '../likeness/find-neighbours.ts'
import type { NoiseFilter } from './confident-learning.ts'
import { foldTask, type FoldInput } from './fold-task.ts'
import { stratifiedFolds } from './folds.ts'
import { wrongLabelsTask, type WrongLabels, type WrongLabelsInput } from './wrong-labels-task.ts'

export const foldCount = 5
/** Fewest items of a label, and of all, for predictions worth anything. */
const perClassLeast = 2 * foldCount
const itemsLeast = 50
/** Chosen on planted wrong labels, see docs/methods/data-health.md. */
export const noiseFilter: NoiseFilter = 'both'

/** What the check looks at: labels of the rows that take part, as dense classes. */
export interface LabelWork {
  /** Dense class per row of the dataset; -1 for rows that take no part. */
  readonly classes: Int32Array
  /** Label index of each dense class. */
  readonly labelOf: Int32Array
  readonly rows: number
}

/** The rows and labels to check, or why the check cannot run. */
export function planLabelCheck(
  labels: Int32Array,
  rows: Uint32Array
): { readonly work: LabelWork } | { readonly reason: string } {
  const counts = new Map<number, number>()
  for (const row of rows)
    if (labels[row] >= 0) counts.set(labels[row], (counts.get(labels[row]) ?? 0) + 1)
  if (counts.size < 2) return { reason: 'It needs items with at least two different labels.' }
  const usable = [...counts]
    .filter(([, count]) => count >= perClassLeast)
    .map(([label]) => label)
    .sort((a, b) => a - b)
  const total = usable.reduce((sum, label) => sum + (counts.get(label) ?? 0), 0)
  if (usable.length < 2 || total < itemsLeast)
    return {
      reason: `It needs at least ${itemsLeast} labelled items and two labels with ${perClassLeast} items each.`
    }
  const dense = new Map(usable.map((label, i) => [label, i]))
  const classes = new Int32Array(labels.length).fill(-1)
  for (const row of rows) classes[row] = dense.get(labels[row]) ?? -1
  return { work: { classes, labelOf: Int32Array.from(usable), rows: total } }
}

export interface LabelInputs {
  /** Fingerprints, one row per item. */
  readonly features: string
  /** A number per row of the dataset that copies share. */
  readonly groups: Uint32Array
  /** Neighbours for the second opinion, with the row of the first equal item of each row. */
  readonly neighbours:
    { readonly files: NeighbourFiles; readonly firstSame: Uint32Array } | undefined
  readonly filter?: NoiseFilter
}

/** Finds likely wrong labels. Suggested classes come back as label indices. */
export async function findWrongLabels(
  context: PhaseContext & { total(total: number): void },
  folder: string,
  work: LabelWork,
  inputs: LabelInputs
): Promise<WrongLabels> {
  const { features, groups, neighbours, filter = noiseFilter } = inputs
  const { classes, labelOf } = work
  const folds = stratifiedFolds(classes, groups, foldCount, 0)
  const rowsOf = Array.from({ length: foldCount }, (_, fold) => rowsWhere(folds, (f) => f === fold))
  const files = rowsOf.map((_, fold) => join(folder, `fold-${fold}.bin`))
  const labelsOf = (rows: Uint32Array): Int32Array => Int32Array.from(rows, (row) => classes[row])
  context.total(work.rows)
  await runBlocks(context, {
    journal: join(folder, 'folds.journal'),
    work: JSON.stringify(['folds', work.rows, labelOf.length]),
    blocks: foldCount,
    sizeOf: (fold) => rowsOf[fold].length,
    async run(fold, signal) {
      const trainRows = rowsWhere(folds, (f) => f !== fold && f !== 255)
      const input: FoldInput = {
        features,
        trainRows,
        trainLabels: labelsOf(trainRows),
        foldRows: rowsOf[fold],
        classes: labelOf.length,
        device: context.deviceRequest,
        output: files[fold]
      }
      await context.pool.run<FoldInput, { readonly done: number }, unknown>(foldTask, input, {
        signal,
        onEvent: () => context.breathe()
      })
    }
  })
  const input: WrongLabelsInput = {
    files,
    rows: rowsOf,
    labels: rowsOf.map(labelsOf),
    classes: labelOf.length,
    filter,
    neighbours: neighbours && { ...neighbours, classes }
  }
  const found = await context.pool.run<WrongLabelsInput, never, WrongLabels>(
    wrongLabelsTask,
    input,
    { signal: context.signal }
  )
  return { ...found, suggested: found.suggested.map((c) => (c < 0 ? -1 : labelOf[c])) }
}

function rowsWhere(folds: Uint8Array, isWanted: (fold: number) => boolean): Uint32Array {
  let count = 0
  for (const fold of folds) if (isWanted(fold)) count++
  const rows = new Uint32Array(count)
  let at = 0
  for (let row = 0; row < folds.length; row++) if (isWanted(folds[row])) rows[at++] = row
  return rows
}
