// Analyses of tiny sets as the contract sees them: start one, read what there is.
import { join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import type {
  AnalysisRequest,
  AnalysisResult,
  AnalysisTimes,
  AnalysisTimesRequest
} from '../../api/dto/analysis.ts'
import { DistilResult } from '../../api/dto/distil.ts'
import type { ItemRow } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { itemRows } from '../datasets/item-row.ts'
import type { JobEngine } from '../jobs/engine.ts'
import type { DatasetRecord, RunRecord, Store } from '../store/records.ts'
import { estimateAnalysis, type AnalyseEstimateDeps } from './analyse-estimate.ts'
import { loadAnalysis } from './analysis-file.ts'
import { isPairs } from './pairs/halves.ts'

export interface AnalysesDeps extends AnalyseEstimateDeps {
  readonly store: Store
  engine(): Pick<JobEngine, 'submit'>
}

export interface Analyses {
  /** Queues an analysis and returns its job. Throws AppError when the run has no set yet. */
  start(request: AnalysisRequest): string
  /** How long it would take. Throws AppError as `start`, and "file-damaged". */
  times(request: AnalysisTimesRequest): Promise<AnalysisTimes>
  /** The last analysis with the test items it names; null without one. */
  read(run: string): Promise<{ analysis: AnalysisResult | null; items: ItemRow[] }>
}

/** Makes the analyses of an open project. */
export function createAnalyses(deps: AnalysesDeps): Analyses {
  const { store, runsFolder, engine } = deps

  /** A finished run that made a tiny set, and its data. */
  function finished(run: string): { readonly record: RunRecord; readonly dataset: DatasetRecord } {
    const record = store.runs.get(run)
    if (record === undefined || store.jobs.get(run)?.kind !== 'distil')
      throw new AppError('run-not-found')
    if (record.result === undefined) throw new AppError('run-not-finished')
    const { draft, check } = DistilResult.parse(record.result)
    if (
      isPairs(draft) ||
      draft.groups !== undefined ||
      (check?.measure ?? 'accuracy') !== 'accuracy'
    )
      throw new AppError(
        'invalid-input',
        'This set teaches no labels, and the analysis asks what models take items for.',
        { hint: 'Analyse a set that was made from labelled data.' }
      )
    const dataset = store.datasets.get(record.dataset)
    if (dataset === undefined)
      throw new AppError(
        'dataset-not-found',
        'The data this set was made from is not in the project any more.'
      )
    return { record, dataset }
  }

  return {
    start(request) {
      const { record } = finished(request.run)
      const params = JSON.parse(JSON.stringify(request)) as JsonValue // a parsed request is plain
      const title = `What does it teach? ${record.name}`.slice(0, 120)
      const { dataset } = record
      return engine().submit({ kind: 'analyse', title, dataset, run: request.run, params }).id
    },
    times({ run, panels }) {
      const { record, dataset } = finished(run)
      return estimateAnalysis(deps, DistilResult.parse(record.result), dataset, panels)
    },
    async read(run) {
      const record = store.runs.get(run)
      if (record === undefined) throw new AppError('run-not-found')
      const analysis = await loadAnalysis(join(runsFolder, run))
      const dataset = store.datasets.get(record.dataset)
      const helped = analysis?.parts.influence?.items.flatMap(({ helps }) => helps) ?? []
      const rows = [...new Set(helped.map(({ row }) => row))].sort((a, b) => a - b)
      return {
        analysis,
        items: dataset === undefined || rows.length === 0 ? [] : itemRows(store, dataset, rows)
      }
    }
  }
}
