// Calls about changes people make: make one, list them, take back and make again.
import type { Handlers } from '../../api/rpc.ts'
import { writableArea, type AppState } from './app-state.ts'

/** Handlers of `edits.*`. */
export function createEditHandlers(
  state: AppState
): Pick<Handlers, Extract<keyof Handlers, `edits.${string}`>> {
  return {
    'edits.apply': (input) => writableArea(state).edits.apply(input),
    'edits.list': async (input) => ({ steps: state.area().edits.list(input.dataset) }),
    'edits.stepTo': (input) => writableArea(state).edits.stepTo(input.dataset, input.number)
  }
}
