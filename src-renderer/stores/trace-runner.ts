// Playing pages: what there is to play, starting, and how attempts go while a run is under way.
import { defineStore } from 'pinia'
import type { InputOf, OutputOf } from '@api/contract.ts'
import type { RunnerPages, RunnerTasks, TrialNews } from '@api/dto/trace-runner.ts'
import { useConnection } from './connection.ts'

/** Calls about playing pages. */
export const useTraceRunner = defineStore('trace-runner', () => {
  const connection = useConnection()

  function tasks(pages: RunnerPages): Promise<RunnerTasks> {
    return connection.call('runner.tasks', pages)
  }
  function start(input: InputOf<'runner.start'>): Promise<OutputOf<'runner.start'>> {
    return connection.call('runner.start', input)
  }
  /** Attempts after those that are known. */
  async function more(job: string, known: readonly TrialNews[]): Promise<readonly TrialNews[]> {
    const all = [...known]
    for (;;) {
      const { trials, total } = await connection.call('runner.trials', { job, from: all.length })
      all.push(...trials)
      if (trials.length === 0 || all.length >= total) return all
    }
  }
  return { tasks, start, more }
})
