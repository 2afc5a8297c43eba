// The open project and the ones opened before.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type { ProjectInfo, RecentProject } from '@api/dto/projects.ts'
import { AppError } from '@api/errors.ts'
import { useConnection } from './connection.ts'

/** The open project. */
export const useProject = defineStore('project', () => {
  const connection = useConnection()
  const current = shallowRef<ProjectInfo>()
  const isLoaded = ref(false)
  const recent = shallowRef<readonly RecentProject[]>([])
  /** Counts projects opened in this window: stores of a project start afresh when it changes. */
  const generation = ref(0)
  /** The project that could not be opened because its file is damaged, until that was dealt with. */
  const damaged = shallowRef<{ readonly grant: string }>()
  const isReadOnly = computed(() => current.value?.isReadOnly ?? false)
  connection.on('project', () => void refresh())
  connection.onRegain(async () => {
    await refresh()
    // What was read before the engine stopped may not be so any more.
    generation.value += 1
  })

  async function refresh(): Promise<void> {
    const { project } = await connection.call('projects.current', {})
    const wasAnother = current.value?.place !== project?.place
    current.value = project ?? undefined
    if (wasAnother) generation.value += 1
    isLoaded.value = true
  }
  async function loadRecent(): Promise<void> {
    recent.value = (await connection.call('projects.recent', {})).projects
  }
  /** Makes the project of an answer the open one. */
  async function take(info: Promise<ProjectInfo>): Promise<ProjectInfo> {
    current.value = await info
    generation.value += 1
    isLoaded.value = true
    return current.value
  }
  /** Makes a project; `place` null = the usual projects folder. */
  function create(name: string, place: string | null): Promise<ProjectInfo> {
    return take(connection.call('projects.create', { name, place }))
  }
  /** Opens a project. A damaged one is noted in `damaged` as well, so that it can be restored. */
  async function open(grant: string): Promise<ProjectInfo> {
    damaged.value = undefined
    try {
      return await take(connection.call('projects.open', { grant }))
    } catch (problem) {
      if (problem instanceof AppError && problem.code === 'project-damaged')
        damaged.value = { grant }
      throw problem
    }
  }
  function openSample(): Promise<ProjectInfo> {
    return take(connection.call('projects.openSample', {}))
  }
  async function close(): Promise<void> {
    await connection.call('projects.close', {})
    current.value = undefined
    generation.value += 1
  }
  /** Opens the project opened last, if it is still there. True when it is open then. */
  async function openLast(): Promise<boolean> {
    await loadRecent()
    const last = [...recent.value].sort((a, b) => b.openedAt - a.openedAt)[0]
    if (last === undefined || last.isMissing) return false
    await open(last.grant)
    return true
  }
  /** Takes a project off the list; its folder stays. */
  async function forget(grant: string): Promise<void> {
    await connection.call('projects.forget', { grant })
    await loadRecent()
  }
  /** Keeps a project on top of the list, or lets it go down again. */
  async function pin(grant: string, isPinned: boolean): Promise<void> {
    await connection.call('projects.pin', { grant, isPinned })
    await loadRecent()
  }
  /** What the open sample project lacks of what the sample holds in this version; none elsewhere. */
  async function sampleGaps(): Promise<readonly string[]> {
    if (current.value?.isSample !== true) return []
    return (await connection.call('projects.sampleGaps', {})).missing
  }
  /** Starts reading what the sample project lacks. */
  async function completeSample(): Promise<readonly string[]> {
    return (await connection.call('projects.completeSample', {})).added
  }
  /** Where a dropped project lies; null when this app never saw it there. */
  async function findDropped(
    name: string,
    file: File
  ): Promise<OutputOf<'projects.findDropped'>['found']> {
    const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer())
    const answer = await connection.call('projects.findDropped', {
      name,
      sizeBytes: file.size,
      modifiedAt: file.lastModified,
      head
    })
    return answer.found
  }
  function backup(): Promise<OutputOf<'projects.backup'>> {
    return connection.call('projects.backup', {})
  }
  function check(): Promise<OutputOf<'projects.check'>> {
    return connection.call('projects.check', {})
  }
  return {
    current,
    damaged,
    isLoaded,
    recent,
    generation,
    isReadOnly,
    refresh,
    loadRecent,
    take,
    create,
    open,
    openSample,
    openLast,
    close,
    forget,
    pin,
    sampleGaps,
    completeSample,
    findDropped,
    backup,
    check
  }
})
