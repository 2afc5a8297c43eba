// The phase "Checking labels": five folds on all threads, then confident learning.
import { join } from 'node:path'
import type { NeighbourFiles } from '../likeness/find-neighbours.ts'
import { runBlocks, type PhaseContext } from '../run-blocks.ts'
import type { NoiseFilter } from './confident-learning.ts'
import { foldTask, type FoldInput } from './fold-task.ts'
import { foldCount, type LabelWork } from './plan-labels-task.ts'
import { wrongLabelsTask, type WrongLabels, type WrongLabelsInput } from './wrong-labels-task.ts'

/** Chosen on planted wrong labels, see docs/methods/data-health.md. */
export const noiseFilter: NoiseFilter = 'both'

export interface LabelInputs {
  /** Fingerprints, one row per item. */
  readonly features: string
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
  const { features, neighbours, filter = noiseFilter } = inputs
  const { classes, folds, labelOf } = work
  const files = Array.from({ length: foldCount }, (_, fold) => join(folder, `fold-${fold}.bin`))
  context.total(work.rows)
  await runBlocks(context, {
    journal: join(folder, 'folds.journal'),
    work: JSON.stringify(['folds', work.rows, labelOf.length]),
    blocks: foldCount,
    sizeOf: () => Math.floor(work.rows / foldCount),
    async run(fold, signal) {
      const input: FoldInput = {
        features,
        labels: classes,
        folds,
        fold,
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
    labels: classes,
    folds,
    classes: labelOf.length,
    filter,
    neighbours
  }
  const found = await context.pool.run<WrongLabelsInput, never, WrongLabels>(
    wrongLabelsTask,
    input,
    { signal: context.signal }
  )
  return { ...found, suggested: found.suggested.map((c) => (c < 0 ? -1 : labelOf[c])) }
}
