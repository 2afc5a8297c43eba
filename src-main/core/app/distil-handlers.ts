// Calls about tiny training sets.
import { DistilDraft } from '../../api/dto/distil.ts'
import type { Handlers } from '../../api/rpc.ts'
import { compareRunsOfSets } from '../distillation/compare-sets.ts'
import { newJobId } from '../jobs/engine.ts'
import { writableArea, type AppState } from './app-state.ts'

type DistilHandlers = Pick<Handlers, Extract<keyof Handlers, `distil.${string}`>>

/** Handlers of `distil.*`. */
export function createDistilHandlers(state: AppState): DistilHandlers {
  const distillation = (): ReturnType<AppState['area']>['distillation'] => state.area().distillation
  return {
    'distil.addHelper': async (input) =>
      writableArea(state).distillation.addHelper(state.grants.resolve(input.grant, 'file').path),
    'distil.helpers': async () => ({ helpers: await distillation().helpers() }),
    'distil.storage': () => distillation().storage(),
    'distil.clearHelpers': async () => ({
      freedBytes: await writableArea(state).distillation.clearHelpers()
    }),
    'distil.defaults': (input) => distillation().defaults(input.dataset),
    'distil.review': (input) => distillation().review(input),
    'distil.start': async (input) => ({
      run: await writableArea(state).distillation.start(input)
    }),
    'distil.result': async (input) => distillation().result(input.run),
    'distil.items': (input) => distillation().items(input),
    'distil.picture': async (input) => ({
      png: await distillation().picture(input.run, input.index)
    }),
    'distil.preview': (input) => distillation().preview(input.run),
    'distil.stopEarly': async (input) => {
      await writableArea(state).distillation.stopEarly(input.run)
      return {}
    },
    'distil.analyse': async (input) => ({ job: writableArea(state).analyses.start(input) }),
    'distil.analysis': (input) => state.area().analyses.read(input.run),
    'distil.analysisTimes': async (input) => state.area().analyses.times(input),
    'distil.compare': (input) => {
      const { runsFolder } = state.area().project
      return compareRunsOfSets(
        { result: (run) => distillation().result(run), runsFolder },
        input.runs
      )
    },
    'distil.saveDraft': async (input) => {
      const { store } = writableArea(state).project
      const id = input.id ?? newJobId()
      const draft = JSON.parse(JSON.stringify(input.draft))
      store.drafts.save(id, input.step, draft, state.platform.now())
      return { id }
    },
    // Both wizards keep their drafts in one place; each offers those that it can read.
    'distil.drafts': async () => ({
      drafts: state
        .area()
        .project.store.drafts.list()
        .flatMap((saved) => {
          const draft = DistilDraft.safeParse(saved.draft)
          return draft.success ? [{ ...saved, draft: draft.data }] : []
        })
    }),
    'distil.removeDraft': async (input) => {
      writableArea(state).project.store.drafts.remove(input.id)
      return {}
    }
  }
}
