// What belongs together: plans, learnings, their results, groups of one picture, parts.
import { defineStore } from 'pinia'
import type {
  GroupsEstimate,
  GroupsPartPictures,
  GroupsPartRequest,
  GroupsParts,
  GroupsPicture,
  GroupsPictureRequest,
  GroupsPlan,
  GroupsResult,
  GroupsRun
} from '@api/dto/groups.ts'
import { useConnection } from './connection.ts'

/** Calls about what belongs together. */
export const useGroups = defineStore('groups', () => {
  const connection = useConnection()
  function estimate(plan: GroupsPlan): Promise<GroupsEstimate> {
    return connection.call('groups.estimate', plan)
  }
  function start(plan: GroupsPlan): Promise<{ job: string }> {
    return connection.call('groups.start', plan)
  }
  async function runs(dataset: string): Promise<readonly GroupsRun[]> {
    return (await connection.call('groups.runs', { dataset })).runs
  }
  function result(job: string): Promise<GroupsResult> {
    return connection.call('groups.result', { job })
  }
  function picture(request: GroupsPictureRequest): Promise<GroupsPicture> {
    return connection.call('groups.picture', request)
  }
  function parts(job: string): Promise<GroupsParts> {
    return connection.call('groups.parts', { job })
  }
  function part(request: GroupsPartRequest): Promise<GroupsPartPictures> {
    return connection.call('groups.part', request)
  }
  async function use(job: string): Promise<string> {
    return (await connection.call('groups.use', { job })).matrix
  }
  return { estimate, start, runs, result, picture, parts, part, use }
})
