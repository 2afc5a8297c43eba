// Fingerprints from a matrix that was computed elsewhere and joined to the dataset: its rows as
// float32, block by block. Rows that hold something that is no number become zeros, which are like
// nothing.
import { AppError } from '../../api/errors.ts'
import { countNonFinite } from '../datasets/readers/arrays/array-types.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { openMatrixRows, placeOfMatrix, type MatrixPlace } from '../matrices/matrix-rows.ts'
import type { OpenProject } from '../projects/open-project.ts'
import type { Store } from '../store/records.ts'
import type { ExtractionContext, ExtractionPlan } from './extraction-plans.ts'
import type { FeatureRequest } from './feature-key.ts'

// Bytes of one block as float32.
const blockBytes = 8 << 20

/** Says in words what rows without numbers mean, for the result card. */
export function matrixGapNote(count: number): string {
  return count === 1
    ? '1 row of the joined matrix holds values that are no numbers; its item counts as unlike anything.'
    : `${count} rows of the joined matrix hold values that are no numbers; their items count as unlike anything.`
}

/** The plan of a joined matrix. Throws AppError "file-not-readable" when its file has changed. */
export async function planMatrix(
  context: ExtractionContext,
  project: OpenProject,
  id: string
): Promise<ExtractionPlan> {
  const record = project.store.matrices.get(id)
  if (record === undefined)
    throw new AppError('file-not-readable', 'The joined matrix is not in the project any more.', {
      hint: 'Go back to the app’s own fingerprints, or join it again.'
    })
  const place = placeOfMatrix(record, project.mediaFolder)
  // Says at once what is wrong with the file, before any block is begun.
  await (await openMatrixRows(place)).close()
  const rowBytes = record.columns * 4
  return {
    columns: record.columns,
    device: { id: 'processor', name: 'processor', isReference: false },
    blockRows: Math.max(1, Math.min(8192, Math.floor(blockBytes / rowBytes))),
    async block(first, count, signal, onDone) {
      const input: MatrixBlockInput = { place, first, count }
      const made = await context.pool.run<MatrixBlockInput, never, MatrixBlock>(
        matrixBlockTask,
        input,
        { signal }
      )
      onDone(count)
      return made
    }
  }
}

/**
 * Both matrices of a comparison must have the same columns. Throws AppError "method-not-possible";
 * does nothing where no joined matrix is used.
 */
export function requireSameColumns(
  store: Pick<Store, 'matrices'>,
  { dataset, fittedFrom }: FeatureRequest
): void {
  const columnsOf = (id: string | undefined): number | undefined =>
    id === undefined ? undefined : store.matrices.get(id)?.columns
  const [own, other] = [columnsOf(dataset.matrix), columnsOf(fittedFrom?.matrix)]
  if (own === undefined || other === undefined || own === other) return
  throw new AppError(
    'method-not-possible',
    `The matrix of “${dataset.name}” has ${own} columns, that of the data ${other}, so the two cannot be compared.`,
    { hint: 'Use matrices made by the same model for both.' }
  )
}

export interface MatrixBlockInput {
  readonly place: MatrixPlace
  readonly first: number
  readonly count: number
}

interface MatrixBlock {
  readonly values: Float32Array
  readonly failed: number
}

/** Reads one block of a joined matrix. */
export const matrixBlockTask: ComputeTask<MatrixBlockInput, never, MatrixBlock> = {
  name: 'features.matrix-block',
  // eslint-disable-next-line require-yield -- a few megabytes; its result is its only event
  async *run({ place, first, count }, context) {
    const source = await openMatrixRows(place)
    try {
      // A copy with a buffer of its own, which can be handed over.
      const values = new Float32Array(await source.readBlock(first, count))
      const failed = clearBadRows(values, place.columns)
      context.transfer(values.buffer)
      return { values, failed }
    } finally {
      await source.close()
    }
  }
}

/** Turns rows with a value that is no number into zeros; returns how many there were. */
function clearBadRows(values: Float32Array, columns: number): number {
  const bytes = new Uint8Array(values.buffer)
  if (countNonFinite(bytes, 'float32') === 0) return 0
  let failed = 0
  for (let start = 0; start < values.length; start += columns) {
    const row = values.subarray(start, start + columns)
    if (row.every(Number.isFinite)) continue
    row.fill(0)
    failed++
  }
  return failed
}
