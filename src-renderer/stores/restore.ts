// What a project can be brought back to, what that would change, and doing it.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ProjectInfo, RestoreLoss, RestorePoint } from '@api/dto/projects.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'

/** Backups of the open project, or of one that cannot be opened. */
export const useRestore = defineStore('restore', () => {
  const connection = useConnection()
  const project = useProject()
  const points = shallowRef<readonly RestorePoint[]>()
  /** Name of the project they belong to. */
  const name = shallowRef('')
  let loadNumber = 0

  /** Reads the list; `grant` null = the open project. */
  async function load(grant: string | null): Promise<void> {
    const mine = ++loadNumber
    const answer = await connection.call('projects.restorePoints', { grant })
    if (mine !== loadNumber) return
    points.value = answer.points
    name.value = answer.name
  }
  function forget(): void {
    loadNumber += 1
    points.value = undefined
  }
  /** What restoring it would lose and bring back. */
  function loss(grant: string | null, point: string): Promise<RestoreLoss> {
    return connection.call('projects.restoreLoss', { grant, point })
  }
  /** Restores it; the project is open afterwards. */
  async function restore(grant: string | null, point: string): Promise<ProjectInfo> {
    const info = await project.take(connection.call('projects.restore', { grant, point }))
    project.damaged = undefined
    return info
  }
  return { points, name, load, forget, loss, restore }
})
