// Expanding small sets: models, plans, made pictures and what was decided about them.
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type {
  AddOwnModel,
  ExpandEstimate,
  ExpandExported,
  ExpandModel,
  ExpandPixels,
  ExpandPlan,
  ExpandResult,
  ExpandRun,
  ExpandSoFar,
  PictureModelPlan
} from '@api/dto/expand.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'

/** Calls about expanding small sets. */
export const useExpand = defineStore('expand', () => {
  const connection = useConnection()
  const project = useProject()
  /** What was last decided in this window, by job: the accepted ones. Screens follow it. */
  const decided = shallowReactive(new Map<string, ReadonlySet<number>>())
  watch(
    () => project.generation,
    () => decided.clear(),
    { flush: 'sync' }
  )
  async function models(): Promise<readonly ExpandModel[]> {
    return (await connection.call('expand.models', {})).models
  }
  async function runs(): Promise<readonly ExpandRun[]> {
    return (await connection.call('expand.runs', {})).runs
  }
  const addModel = (asked: AddOwnModel): Promise<ExpandModel> =>
    connection.call('expand.addModel', asked)
  async function removeModel(model: string): Promise<void> {
    await connection.call('expand.removeModel', { model })
  }
  const soFar = (job: string): Promise<ExpandSoFar> => connection.call('expand.soFar', { job })
  async function end(job: string): Promise<void> {
    await connection.call('expand.end', { job })
  }
  const estimate = (plan: ExpandPlan): Promise<ExpandEstimate> =>
    connection.call('expand.estimate', plan)
  const start = (plan: ExpandPlan): Promise<{ job: string }> =>
    connection.call('expand.start', plan)
  const result = (job: string): Promise<ExpandResult> => connection.call('expand.result', { job })
  const pixels = (job: string): Promise<ExpandPixels> => connection.call('expand.pixels', { job })
  async function decide(job: string, accepted: ReadonlySet<number>): Promise<void> {
    await connection.call('expand.decide', { job, accepted: [...accepted] })
    decided.set(job, accepted)
  }
  const measure = (job: string): Promise<{ job: string }> =>
    connection.call('expand.measure', { job })
  const save = (job: string, grant: string, name: string): Promise<ExpandExported> =>
    connection.call('expand.export', { job, grant, name })
  const trainEstimate = (plan: PictureModelPlan): Promise<OutputOf<'expand.trainEstimate'>> =>
    connection.call('expand.trainEstimate', plan)
  const train = (plan: PictureModelPlan): Promise<{ job: string }> =>
    connection.call('expand.train', plan)
  return {
    decided,
    models,
    addModel,
    removeModel,
    runs,
    soFar,
    end,
    estimate,
    start,
    result,
    pixels,
    decide,
    measure,
    save,
    trainEstimate,
    train
  }
})
