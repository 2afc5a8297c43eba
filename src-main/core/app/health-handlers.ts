// Calls about data health: check, report, items of a finding, act, dismiss.
import type { JobState } from '../../api/dto/jobs.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { actOnFinding } from '../health/act.ts'
import { findingItems, healthReport, requireFinding } from '../health/report.ts'
import { writableArea, type AppState } from './app-state.ts'

const active: readonly JobState[] = ['queued', 'running', 'pausing', 'paused', 'finishing']

/** Handlers of `health.*`. */
export function createHealthHandlers(
  state: AppState
): Pick<Handlers, Extract<keyof Handlers, `health.${string}`>> {
  const runningCheck = (dataset: string): string | undefined =>
    state
      .area()
      .engine.list()
      .find((job) => job.kind === 'health' && job.dataset === dataset && active.includes(job.state))
      ?.id

  return {
    'health.start': async (input) => {
      const { engine, project } = writableArea(state)
      const dataset = requireDataset(project.store, input.dataset)
      // A second press of the button joins the check that is under way.
      const running = runningCheck(dataset.id)
      if (running !== undefined) return { job: running }
      const job = engine.submit({
        kind: 'health',
        title: `Checking “${dataset.name}”`,
        dataset: dataset.id,
        params: { dataset: dataset.id }
      })
      return { job: job.id }
    },
    'health.report': async (input) => {
      const { project, browse } = state.area()
      const record = requireDataset(project.store, input.dataset)
      const columns = await browse.columns(record.id)
      return healthReport(project.store, record, columns, runningCheck(record.id))
    },
    'health.items': async (input) => {
      const { project } = state.area()
      const record = requireDataset(project.store, input.dataset)
      return findingItems(project.store, record, input.finding, input.window)
    },
    'health.act': async (input) => {
      const { project, browse, edits } = writableArea(state)
      const record = requireDataset(project.store, input.dataset)
      return actOnFinding(
        {
          store: project.store,
          columns: (dataset) => browse.columns(dataset),
          apply: (request) => edits.apply(request)
        },
        record,
        input.finding,
        input.action,
        input.rows
      )
    },
    'health.dismiss': async (input) => {
      const { project } = writableArea(state)
      const record = requireDataset(project.store, input.dataset)
      requireFinding(project.store, record, input.finding)
      project.store.health.dismiss(record.id, input.finding, input.dismissed)
      return {}
    }
  }
}
