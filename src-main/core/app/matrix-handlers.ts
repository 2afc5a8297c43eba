// Calls about matrices computed elsewhere.
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import {
  matrixPreviewTask,
  type MatrixPreview,
  type MatrixPreviewInput
} from '../matrices/matrix-fit.ts'
import { writableArea, type AppState } from './app-state.ts'

type MatrixHandlers = Pick<Handlers, Extract<keyof Handlers, `matrices.${string}`>>

const never = new AbortController().signal

/** Handlers of `matrices.*`. */
export function createMatrixHandlers(state: AppState): MatrixHandlers {
  const { grants } = state
  return {
    'matrices.preview': (input) => {
      const { items } = requireDataset(state.area().project.store, input.dataset)
      const { path } = grants.resolve(input.grant, 'file')
      return state.pool.run<MatrixPreviewInput, never, MatrixPreview>(
        matrixPreviewTask,
        { path, items },
        { signal: never, isLight: true }
      )
    },
    'matrices.join': async (input) => {
      const { engine, project } = writableArea(state)
      requireDataset(project.store, input.dataset)
      const { grant, ...params } = input
      const job = engine.submit({
        kind: 'matrix',
        title: `Joining “${input.name}”`,
        dataset: input.dataset,
        params: { ...params, path: grants.resolve(grant, 'file').path }
      })
      return { job: job.id }
    },
    'matrices.list': async (input) => ({
      matrices: await state.area().matrices.list(input.dataset)
    }),
    'matrices.use': async (input) => {
      const area = writableArea(state)
      requireIdle(area, input.dataset)
      await area.matrices.use(input.dataset, input.matrix)
      return {}
    },
    'matrices.remove': async (input) => {
      const area = writableArea(state)
      requireIdle(area, input.dataset)
      await area.matrices.remove(input.dataset, input.matrix)
      return {}
    }
  }
}

const atWork = ['running', 'pausing', 'paused', 'finishing']

/** A run in the middle must not find its fingerprints replaced. */
function requireIdle(area: ReturnType<AppState['area']>, dataset: string): void {
  const isBusy = area.engine
    .list()
    .some((job) => job.dataset === dataset && atWork.includes(job.state))
  if (isBusy)
    throw new AppError(
      'invalid-input',
      'A run is using this dataset. Stop it first, or let it finish.'
    )
}
