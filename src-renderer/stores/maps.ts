// The similarity maps of the open project: their points as far as they are made, and the jobs that
// make them. Points are read again whenever a job says that it got further.
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import { noFilter } from '@api/dto/browse.ts'
import type { Job } from '@api/dto/jobs.ts'
import type { MapPoints } from '@api/dto/maps.ts'
import { unlabelledIndex, type MapCategory } from '../components/map/map-categories.ts'
import { coreWords } from '../text/core-words.ts'
import { useBrowse } from './browse.ts'
import { useConnection } from './connection.ts'
import { useJobs } from './jobs.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** What is known of one dataset's map. */
export interface KnownMap {
  /** Undefined until the first answer. */
  readonly points: MapPoints | undefined
  readonly problem: Problem | undefined
}

const unknown: KnownMap = { points: undefined, problem: undefined }

/** Maps of the open project. */
export const useMaps = defineStore('maps', () => {
  const connection = useConnection()
  const project = useProject()
  const jobs = useJobs()
  const browse = useBrowse()
  const known = shallowReactive(new Map<string, KnownMap>())
  /** Datasets being read; true when they have to be read once more. */
  const loading = new Map<string, boolean>()
  let generation = 0

  watch(
    () => project.generation,
    () => {
      generation += 1
      known.clear()
      loading.clear()
    },
    { flush: 'sync' }
  )
  connection.on('job', ({ job }) => {
    if (job.kind === 'map' && job.dataset !== null && known.has(job.dataset)) void load(job.dataset)
  })

  function get(dataset: string): KnownMap {
    return known.get(dataset) ?? unknown
  }
  /** The newest job of a dataset's map, whatever became of it. */
  function job(dataset: string): Job | undefined {
    let newest: Job | undefined
    for (const one of jobs.jobs) {
      if (one.kind !== 'map' || one.dataset !== dataset) continue
      if (newest === undefined || one.createdAt >= newest.createdAt) newest = one
    }
    return newest
  }

  /** Reads the points; a request during a read is answered by one more after it. */
  async function load(dataset: string): Promise<void> {
    if (loading.has(dataset)) {
      loading.set(dataset, true)
      return
    }
    const mine = generation
    do {
      loading.set(dataset, false)
      const result = await read(dataset)
      // Another project is open by now.
      if (mine !== generation) return
      known.set(dataset, result)
    } while (loading.get(dataset) === true)
    loading.delete(dataset)
    // The first answer about a missing map comes at once, one with an estimate takes a moment.
    if (get(dataset).points?.revision === 'none') await load(dataset)
  }
  async function read(dataset: string): Promise<KnownMap> {
    const before = get(dataset).points
    try {
      const revision = before?.revision ?? null
      const found = await connection.call('maps.points', { dataset, known: revision })
      const answer = { ...found, sentence: coreWords(found.sentence) }
      const isSame = before !== undefined && before.revision === answer.revision
      const points = isSame ? { ...answer, x: before.x, y: before.y } : answer
      return { points, problem: undefined }
    } catch (thrown) {
      return { points: before, problem: describeProblem(thrown) }
    }
  }
  /** Starts making or refining the map; rejects when it may not. */
  async function start(dataset: string): Promise<void> {
    await connection.call('maps.start', { dataset })
    await jobs.load()
    await load(dataset)
  }

  /** Category index of every item, by the labels as they are now. */
  async function categoriesOf(
    dataset: string,
    items: number,
    categories: readonly MapCategory[]
  ): Promise<Uint8Array> {
    const found = new Uint8Array(items).fill(unlabelledIndex)
    await Promise.all(
      categories
        .filter(({ labels }) => labels.length > 0)
        .map(async ({ index, labels }) => {
          const filter = { ...noFilter, labels: [...labels], aside: 'show' as const }
          for (const row of await browse.rows(dataset, filter)) found[row] = index
        })
    )
    return found
  }
  return { get, job, load, start, categoriesOf }
})
