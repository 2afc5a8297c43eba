// Calls about saved views of a dataset.
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { newJobId } from '../jobs/engine.ts'
import { writableArea, type AppState } from './app-state.ts'

/** Handlers of `views.*`. */
export function createViewHandlers(
  state: AppState
): Pick<Handlers, Extract<keyof Handlers, `views.${string}`>> {
  return {
    'views.list': async (input) => {
      const { store } = state.area().project
      requireDataset(store, input.dataset)
      return { views: [...store.views.list(input.dataset)] }
    },
    'views.save': async ({ id, ...view }) => {
      const { store } = writableArea(state).project
      requireDataset(store, view.dataset)
      const known = id === null ? undefined : store.views.get(id)
      const saved = {
        ...view,
        // A view of another dataset is never overwritten by its id.
        id: known?.dataset === view.dataset ? known.id : newJobId(),
        createdAt: known?.createdAt ?? state.platform.now()
      }
      store.views.save(saved)
      return saved
    },
    'views.remove': async (input) => {
      writableArea(state).project.store.views.remove(input.id)
      return {}
    }
  }
}
