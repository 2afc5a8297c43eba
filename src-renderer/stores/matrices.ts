// Number files computed elsewhere and joined to a dataset: what a file holds, what is joined, and
// which of them items are compared by.
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import type { InputOf, OutputOf } from '@api/contract.ts'
import type { JoinedMatrix } from '@api/dto/matrices.ts'
import { useConnection } from './connection.ts'
import { useJobs } from './jobs.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** What is known of a dataset's joined files. */
export interface JoinedList {
  readonly matrices: readonly JoinedMatrix[] | undefined
  readonly problem: Problem | undefined
}

/** Joined files of the open project's datasets. */
export const useMatrices = defineStore('matrices', () => {
  const connection = useConnection()
  const project = useProject()
  const jobs = useJobs()
  const lists = shallowReactive(new Map<string, JoinedList>())
  watch(
    () => project.generation,
    () => lists.clear(),
    { flush: 'sync' }
  )
  connection.on('dataset', ({ id }) => {
    if (lists.has(id)) void load(id)
  })
  jobs.onEnd((job) => {
    if (job.kind === 'matrix' && job.dataset !== null && lists.has(job.dataset))
      void load(job.dataset)
  })

  function list(dataset: string): JoinedList | undefined {
    return lists.get(dataset)
  }
  /** Reads the list of a dataset. A failure is kept beside what was known. */
  async function load(dataset: string): Promise<void> {
    const { generation } = project
    try {
      const { matrices } = await connection.call('matrices.list', { dataset })
      if (generation === project.generation) lists.set(dataset, { matrices, problem: undefined })
    } catch (thrown) {
      if (generation !== project.generation) return
      lists.set(dataset, {
        matrices: lists.get(dataset)?.matrices,
        problem: describeProblem(thrown)
      })
    }
  }
  /** What a file holds, and which of it has one row for each item. */
  function preview(grant: string, dataset: string): Promise<OutputOf<'matrices.preview'>> {
    return connection.call('matrices.preview', { grant, dataset })
  }
  /** Starts joining; the job's id. */
  async function join(input: InputOf<'matrices.join'>): Promise<string> {
    return (await connection.call('matrices.join', input)).job
  }
  /** Compares items by a joined file; null = by the app's own fingerprints. */
  async function use(dataset: string, matrix: string | null): Promise<void> {
    await connection.call('matrices.use', { dataset, matrix })
    await load(dataset)
  }
  async function remove(dataset: string, matrix: string): Promise<void> {
    await connection.call('matrices.remove', { dataset, matrix })
    await load(dataset)
  }
  return { list, load, preview, join, use, remove }
})
