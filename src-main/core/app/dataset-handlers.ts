// Calls about datasets: preview, import, browsing, setting aside, similar pairs.
import type { ImportPreview } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset, toItemRow } from '../datasets/datasets.ts'
import { previewTask, type PreviewInput } from '../datasets/preview.ts'
import { newJobId } from '../jobs/engine.ts'
import type { AppState } from './app-state.ts'
import { similarPairs } from './select-features.ts'

type DatasetHandlers = Pick<Handlers, Extract<keyof Handlers, `datasets.${string}`>>

const never = new AbortController().signal

/** Handlers of `datasets.*`. */
export function createDatasetHandlers(state: AppState): DatasetHandlers {
  const { grants } = state

  function writable(): ReturnType<AppState['area']> {
    const area = state.area()
    if (area.project.store.isReadOnly) throw new AppError('project-read-only')
    return area
  }

  return {
    'datasets.preview': (input) =>
      state.pool.run<PreviewInput, never, ImportPreview>(
        previewTask,
        { path: grants.resolve(input.grant).path, options: input.options },
        { signal: never, isLight: true }
      ),
    'datasets.import': async (input) => {
      const { engine, project } = writable()
      const { path } = grants.resolve(input.grant)
      if (project.store.datasets.byName(input.name)) throw new AppError('dataset-name-taken')
      const dataset = newJobId()
      const job = engine.submit({
        kind: 'import',
        title: `Reading “${input.name}”`,
        dataset,
        params: { dataset, name: input.name, path, options: input.options, purpose: input.purpose }
      })
      return { job: job.id, dataset }
    },
    'datasets.list': async () => ({ datasets: await state.area().datasets.list() }),
    'datasets.get': (input) => state.area().datasets.summary(input.dataset),
    'datasets.rename': (input) => writable().datasets.rename(input.dataset, input.name),
    'datasets.items': async (input) => state.area().datasets.items(input),
    'datasets.item': async (input) => state.area().datasets.item(input.dataset, input.row),
    'datasets.thumbnails': async (input) => ({
      thumbnails: await state
        .area()
        .datasets.thumbnails(input.dataset, input.rows, input.size, never)
    }),
    'datasets.problems': async (input) => state.area().datasets.problems(input.dataset, input.page),
    'datasets.setAside': async (input) =>
      writable().datasets.setAside(input.dataset, input.rows, input.aside),
    'datasets.remove': async (input) => {
      const area = writable()
      const busy = area.engine
        .list()
        .some(
          (job) =>
            job.dataset === input.dataset && ['running', 'queued', 'paused'].includes(job.state)
        )
      if (busy) throw new AppError('invalid-input', 'A run is using this dataset. Stop it first.')
      await area.datasets.remove(input.dataset)
      return {}
    },
    'datasets.prepare': async (input) => {
      const { engine, project } = writable()
      const dataset = requireDataset(project.store, input.dataset)
      const job = engine.submit({
        kind: 'features',
        title: `Fingerprints of “${dataset.name}”`,
        dataset: dataset.id,
        params: { dataset: dataset.id }
      })
      return { job: job.id }
    },
    'datasets.similarPairs': async (input) => {
      const area = state.area()
      const record = requireDataset(area.project.store, input.dataset)
      const { device } = state.settings.get()
      const found = await similarPairs(
        area.features,
        state.pool,
        device,
        record,
        input.similarity01
      )
      if (!found) return { pairs: null, removed: null }
      const row = (position: number): ReturnType<typeof toItemRow> => {
        const item = area.project.store.items.get(record.id, position)
        if (!item) throw new AppError('item-not-found')
        return toItemRow(item, record)
      }
      return {
        pairs: found.pairs.map((pair) => ({
          first: row(pair.first),
          second: row(pair.second),
          similarity01: pair.similarity01
        })),
        removed: found.removed
      }
    }
  }
}
