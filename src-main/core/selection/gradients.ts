// Gradients made elsewhere and joined to the datasets of a draft: one matrix per checkpoint for the
// pool, and for every dataset that holds example items one of the same width for each checkpoint.
import type { SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { MatrixRecord, Store } from '../store/records.ts'
import type { PlannedTask } from './tasks.ts'

/** One checkpoint: the pool's matrix, and the matrix of each dataset of examples by its id. */
export interface PlannedCheckpoint {
  readonly name: string
  readonly pool: MatrixRecord
  readonly examples: ReadonlyMap<string, MatrixRecord>
}

function fits(pool: MatrixRecord, other: MatrixRecord): boolean {
  return other.use === 'gradients' && other.columns === pool.columns
}

/**
 * The matrix of a dataset of examples that belongs to a checkpoint of the pool: the one of the same
 * task or checkpoint name; else the only one of its width. undefined = none, or not to be told apart.
 */
function matching(
  store: Store,
  pool: MatrixRecord,
  dataset: string,
  isOnly: boolean
): MatrixRecord | undefined {
  if (dataset === pool.dataset) return pool
  const candidates = store.matrices.list(dataset).filter((matrix) => fits(pool, matrix))
  const named = candidates.filter(
    (matrix) => matrix.task === pool.task || matrix.name === pool.name
  )
  if (named.length === 1) return named[0]
  return isOnly && candidates.length === 1 ? candidates[0] : undefined
}

/** The draft's checkpoints, in its order; empty when it asks for none. Throws AppError "method-not-possible" with what is missing. */
export function planGradients(
  store: Store,
  draft: Pick<SelectDraft, 'dataset' | 'gradients'>,
  tasks: readonly PlannedTask[]
): readonly PlannedCheckpoint[] {
  const datasets = new Set(tasks.flatMap((task) => task.parts.map((part) => part.dataset)))
  return draft.gradients.map((id): PlannedCheckpoint => {
    const pool = store.matrices.get(id)
    if (pool?.dataset !== draft.dataset || pool.use !== 'gradients')
      throw new AppError(
        'method-not-possible',
        'Learning directions that this choice was to use are not joined to the data any more.',
        { hint: 'Pick others in the step Method, or join them again.' }
      )
    const examples = new Map<string, MatrixRecord>()
    for (const dataset of datasets) {
      const found = matching(store, pool, dataset, draft.gradients.length === 1)
      if (found === undefined) {
        const name = store.datasets.get(dataset)?.name ?? 'the example items'
        throw new AppError(
          'method-not-possible',
          `\u201c${name}\u201d has no learning directions that go with \u201c${pool.name}\u201d: the same task or checkpoint name and ${pool.columns.toLocaleString('en')} numbers a row are needed.`,
          { hint: 'Join them on the page of that data, under "Computed elsewhere".' }
        )
      }
      examples.set(dataset, found)
    }
    return { name: pool.task ?? pool.name, pool, examples }
  })
}

/** What is missing for the draft's gradients, in a sentence; undefined when nothing is. */
export function gradientProblem(
  store: Store,
  draft: Pick<SelectDraft, 'dataset' | 'gradients'>,
  tasks: readonly PlannedTask[]
): string | undefined {
  try {
    planGradients(store, draft, tasks)
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}
