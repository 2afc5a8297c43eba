// Analyses of tiny sets as the contract sees them: start one, read what there is.
import { join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import type { AnalysisRequest, AnalysisResult } from '../../api/dto/analysis.ts'
import type { ItemRow } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import { itemRows } from '../datasets/item-row.ts'
import type { JobEngine } from '../jobs/engine.ts'
import type { Store } from '../store/records.ts'
import { loadAnalysis } from './analysis-file.ts'

export interface AnalysesDeps {
  readonly store: Store
  /** runs/ of the open project. */
  readonly runsFolder: string
  engine(): Pick<JobEngine, 'submit'>
}

export interface Analyses {
  /** Queues an analysis and returns its job. Throws AppError when the run has no set yet. */
  start(request: AnalysisRequest): string
  /** The last analysis with the test items it names; null without one. */
  read(run: string): Promise<{ analysis: AnalysisResult | null; items: ItemRow[] }>
}

/** Makes the analyses of an open project. */
export function createAnalyses({ store, runsFolder, engine }: AnalysesDeps): Analyses {
  return {
    start(request) {
      const record = store.runs.get(request.run)
      if (record === undefined || store.jobs.get(request.run)?.kind !== 'distil')
        throw new AppError('run-not-found')
      if (record.result === undefined) throw new AppError('run-not-finished')
      if (store.datasets.get(record.dataset) === undefined)
        throw new AppError(
          'dataset-not-found',
          'The data this set was made from is not in the project any more.'
        )
      const params = JSON.parse(JSON.stringify(request)) as JsonValue // a parsed request is plain
      const title = `What does it teach? ${record.name}`.slice(0, 120)
      const { dataset } = record
      return engine().submit({ kind: 'analyse', title, dataset, run: request.run, params }).id
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
