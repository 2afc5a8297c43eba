// Calls about similarity maps.
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import type { AppState } from './app-state.ts'

type MapHandlers = Pick<Handlers, Extract<keyof Handlers, `maps.${string}`>>

/** Handlers of `maps.*`. */
export function createMapHandlers(state: AppState): MapHandlers {
  return {
    'maps.start': async (input) => {
      const { project, maps } = state.area()
      const dataset = requireDataset(project.store, input.dataset)
      // A finished map can be looked at in a project that is open for reading only.
      const { stage } = await maps.points(dataset, null)
      if (stage !== 'umap' && project.store.isReadOnly) throw new AppError('project-read-only')
      return { job: await maps.start(dataset) }
    },
    'maps.points': async (input) => {
      const { project, maps } = state.area()
      return maps.points(requireDataset(project.store, input.dataset), input.known)
    }
  }
}
