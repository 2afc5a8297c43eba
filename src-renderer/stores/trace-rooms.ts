// Buildings and paths: sets that have them, plans, measurements and their results.
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type {
  RoomsEpisode,
  RoomsEstimate,
  RoomsPlan,
  RoomsPreview,
  RoomsResult,
  RoomsRun,
  RoomsSet
} from '@api/dto/trace-rooms.ts'
import { useConnection } from './connection.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** Calls about buildings and paths, and the sets of the open project that have them. */
export const useTraceRooms = defineStore('trace-rooms', () => {
  const connection = useConnection()
  const project = useProject()
  const sets = shallowRef<readonly RoomsSet[]>([])
  const isLoaded = ref(false)
  const problem = shallowRef<Problem>()
  watch(
    () => project.generation,
    () => {
      sets.value = []
      isLoaded.value = false
    },
    { flush: 'sync' }
  )

  async function load(): Promise<void> {
    const mine = project.generation
    try {
      const answer = await connection.call('rooms.sets', {})
      if (mine !== project.generation) return
      sets.value = answer.sets
      problem.value = undefined
      isLoaded.value = true
    } catch (thrown) {
      if (mine === project.generation) problem.value = describeProblem(thrown)
    }
  }
  function preview(grant: string): Promise<RoomsPreview> {
    return connection.call('rooms.preview', { grant })
  }
  function add(grant: string, name: string): Promise<OutputOf<'rooms.import'>> {
    return connection.call('rooms.import', { grant, name })
  }
  function buildings(set: string): Promise<OutputOf<'rooms.buildings'>> {
    return connection.call('rooms.buildings', { set })
  }
  function estimate(plan: RoomsPlan): Promise<RoomsEstimate> {
    return connection.call('rooms.estimate', plan)
  }
  function start(plan: RoomsPlan): Promise<{ job: string }> {
    return connection.call('rooms.start', plan)
  }
  async function runs(set: string): Promise<readonly RoomsRun[]> {
    return (await connection.call('rooms.runs', { set })).runs
  }
  function result(job: string): Promise<RoomsResult> {
    return connection.call('rooms.result', { job })
  }
  function episode(job: string, run: number, at: number): Promise<RoomsEpisode> {
    return connection.call('rooms.episode', { job, run, at })
  }
  async function figures(job: string, format: 'csv' | 'json'): Promise<string> {
    return (await connection.call('rooms.figures', { job, format })).text
  }
  return {
    sets,
    isLoaded,
    problem,
    load,
    preview,
    add,
    buildings,
    estimate,
    start,
    runs,
    result,
    episode,
    figures
  }
})
