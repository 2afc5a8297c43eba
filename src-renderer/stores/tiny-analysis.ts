// "What does it teach?" of tiny sets: the report of a run, its times, and the work under way.
import { defineStore } from 'pinia'
import type { OutputOf } from '@api/contract.ts'
import type { AnalysisPanel, AnalysisRequest, AnalysisTimes } from '@api/dto/analysis.ts'
import type { Job } from '@api/dto/jobs.ts'
import type { TinyComparison } from '@api/dto/tiny-compare.ts'
import { useConnection } from './connection.ts'
import { useJobs } from './jobs.ts'

/** A report with the test items it names. */
export type AnalysisRead = OutputOf<'distil.analysis'>

/** Analyses of the tiny sets of the open project. */
export const useTinyAnalysis = defineStore('tiny-analysis', () => {
  const connection = useConnection()
  const jobs = useJobs()

  function read(run: string): Promise<AnalysisRead> {
    return connection.call('distil.analysis', { run })
  }
  /** How long each effort would take; none where it cannot be told. */
  function times(run: string, panels: readonly AnalysisPanel[]): Promise<AnalysisTimes> {
    return connection.call('distil.analysisTimes', { run, panels: [...panels] })
  }
  /** Starts the work and shows its job at once, before the first event about it. */
  async function start(request: AnalysisRequest): Promise<void> {
    await connection.call('distil.analyse', request)
    await jobs.load()
  }
  /** The last analysis of a run that was started: under way, stopped or ended. */
  function jobOf(run: string): Job | undefined {
    return jobs.jobs
      .filter((job) => job.kind === 'analyse' && job.run === run)
      .reduce<Job | undefined>(
        (last, job) => (last === undefined || job.createdAt > last.createdAt ? job : last),
        undefined
      )
  }
  function compare(runs: readonly string[]): Promise<TinyComparison> {
    return connection.call('distil.compare', { runs: [...runs] })
  }
  return { read, times, start, jobOf, compare }
})
