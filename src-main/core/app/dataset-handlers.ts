// Calls about datasets: preview, import, browsing, pictures, problems, similar pairs.
import type { ImportPreview, ItemRow } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { itemRows } from '../datasets/item-row.ts'
import { previewTask, type PreviewInput } from '../datasets/preview.ts'
import { newJobId } from '../jobs/engine.ts'
import { csvLine } from '../reports/csv.ts'
import { writableArea, type AppState } from './app-state.ts'
import type { ProjectArea } from './project-area.ts'
import { similarPairs } from './select-features.ts'

type DatasetHandlers = Pick<Handlers, Extract<keyof Handlers, `datasets.${string}`>>

const never = new AbortController().signal
const problemsAtOnce = 1000

/** The listed problems of a dataset as a CSV file's text. */
function problemsCsv({ datasets }: ProjectArea, dataset: string): string {
  const lines = [csvLine(['where', 'reason'], true)]
  let cursor: string | null = null
  do {
    const page: ReturnType<typeof datasets.problems> = datasets.problems(dataset, {
      cursor,
      limit: problemsAtOnce
    })
    for (const { where, reason } of page.problems) lines.push(csvLine([where, reason], true))
    cursor = page.next
  } while (cursor !== null)
  return lines.join('')
}

/** True while a job reads from a dataset, also one that adds to it. */
function isInUse({ project }: ProjectArea, dataset: string): boolean {
  return project.store.jobs
    .inStates(['queued', 'running', 'pausing', 'paused', 'finishing'])
    .some(({ dataset: own, params }) => {
      const addTo =
        typeof params === 'object' && params !== null && 'addTo' in params ? params.addTo : null
      return own === dataset || addTo === dataset
    })
}

/** Handlers of `datasets.*`. */
export function createDatasetHandlers(state: AppState): DatasetHandlers {
  const { grants } = state

  const writable = (): ReturnType<AppState['area']> => writableArea(state)

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
      const { store } = project
      if (store.datasets.byName(input.name)) throw new AppError('dataset-name-taken')
      const before = input.addTo === null ? undefined : requireDataset(store, input.addTo)
      const dataset = newJobId()
      const job = engine.submit({
        kind: 'import',
        title: before === undefined ? `Reading “${input.name}”` : `Adding to “${before.name}”`,
        dataset,
        params: {
          dataset,
          name: input.name,
          path,
          options: input.options,
          purpose: before?.purpose ?? input.purpose,
          addTo: input.addTo
        }
      })
      return { job: job.id, dataset }
    },
    'datasets.list': async () => ({ datasets: await state.area().datasets.list() }),
    'datasets.get': (input) => state.area().datasets.summary(input.dataset),
    'datasets.rename': (input) => writable().datasets.rename(input.dataset, input.name),
    'datasets.items': (input) => state.area().datasets.items(input),
    'datasets.item': async (input) => state.area().datasets.item(input.dataset, input.row),
    'datasets.thumbnails': async (input) => ({
      thumbnails: await state
        .area()
        .datasets.thumbnails(input.dataset, input.rows, input.size, never)
    }),
    'datasets.problems': async (input) => state.area().datasets.problems(input.dataset, input.page),
    'datasets.problemsCsv': async (input) => ({
      csv: problemsCsv(state.area(), input.dataset)
    }),
    'datasets.facets': (input) => state.area().datasets.facets(input.dataset, input.filter),
    'datasets.position': async ({ dataset, filter, sort, row }) => ({
      position: await state.area().datasets.position(dataset, filter, sort, row)
    }),
    'datasets.rows': async (input) => ({
      rows: await state.area().datasets.rows(input.dataset, input.filter)
    }),
    'datasets.keepSet': async (input) => {
      const { store } = writable().project
      const { items } = requireDataset(store, input.dataset)
      const rows = input.rows.slice().sort()
      if (rows.some((row, i) => row >= items || rows[i - 1] === row))
        throw new AppError('item-not-found')
      const set = newJobId()
      store.views.keepSet(set, input.dataset, input.sentence, rows, state.platform.now())
      return { set }
    },
    'datasets.picture': (input) =>
      state.area().datasets.picture(input.dataset, input.row, input.index, never),
    'datasets.remove': async (input) => {
      const area = writable()
      if (isInUse(area, input.dataset))
        throw new AppError('invalid-input', 'A run is using this dataset. Stop it first.')
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
      const row = (position: number): ItemRow => itemRows(area.project.store, record, [position])[0]
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
