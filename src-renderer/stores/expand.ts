// Expanding small sets: models, plans, made pictures and what was decided about them.
import { defineStore } from 'pinia'
import type { OutputOf } from '@api/contract.ts'
import type {
  ExpandEstimate,
  ExpandExported,
  ExpandModel,
  ExpandPixels,
  ExpandPlan,
  ExpandResult,
  ExpandRun,
  PictureModelPlan
} from '@api/dto/expand.ts'
import { useConnection } from './connection.ts'

/** Calls about expanding small sets. */
export const useExpand = defineStore('expand', () => {
  const connection = useConnection()
  async function models(): Promise<readonly ExpandModel[]> {
    return (await connection.call('expand.models', {})).models
  }
  async function runs(): Promise<readonly ExpandRun[]> {
    return (await connection.call('expand.runs', {})).runs
  }
  const estimate = (plan: ExpandPlan): Promise<ExpandEstimate> =>
    connection.call('expand.estimate', plan)
  const start = (plan: ExpandPlan): Promise<{ job: string }> =>
    connection.call('expand.start', plan)
  const result = (job: string): Promise<ExpandResult> => connection.call('expand.result', { job })
  const pixels = (job: string): Promise<ExpandPixels> => connection.call('expand.pixels', { job })
  async function decide(job: string, accepted: readonly number[]): Promise<void> {
    await connection.call('expand.decide', { job, accepted: [...accepted] })
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
    models,
    runs,
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
