// Experts that are held in memory: for methods and tests that train a few small ones themselves.
import type { LabelledRows } from '../methods/distillation/distillation-method.ts'
import type { ExpertMoment, ExpertRequest, ExpertSource } from './experts.ts'
import type { NetworkCode, NetworkSpec } from './network.ts'
import { trainExpert, type ExpertContext } from './train-experts.ts'

/** A kept moment with the weights at it. */
export interface MomentWithWeights extends ExpertMoment {
  readonly parameters: readonly Float32Array[]
  /** Running mean and variance of each batch normalisation; empty without. */
  readonly statistics: readonly Float32Array[]
}

/** Experts by their moments, expert by expert; what is read is a copy. */
export function expertsInMemory(
  network: NetworkSpec,
  experts: readonly (readonly MomentWithWeights[])[]
): ExpertSource {
  const at = (expert: number, moment: number): MomentWithWeights => {
    const found = experts[expert]?.[moment]
    if (found === undefined) throw new RangeError(`no moment ${moment} of expert ${expert}`)
    return found
  }
  const copies = (arrays: readonly Float32Array[]): Float32Array[] =>
    arrays.map((array) => array.slice())
  return {
    network,
    count: experts.length,
    moments: experts.map((moments) =>
      moments.map(({ epoch, accuracy01, entropy }) => ({ epoch, accuracy01, entropy }))
    ),
    read: (expert, moment) => Promise.resolve().then(() => copies(at(expert, moment).parameters)),
    readStatistics: (expert, moment) =>
      Promise.resolve().then(() => copies(at(expert, moment).statistics))
  }
}

/** Trains all experts of a request, one after the other. */
export async function trainExpertsInMemory(
  context: Omit<ExpertContext, 'resume'>,
  network: NetworkCode,
  request: ExpertRequest,
  train: LabelledRows,
  validation: LabelledRows
): Promise<ExpertSource> {
  const experts: MomentWithWeights[][] = []
  for (let expert = 0; expert < request.count; expert++) {
    const moments: MomentWithWeights[] = []
    const fresh = { ...context, resume: undefined }
    for await (const { moment } of trainExpert(fresh, network, request, train, validation, expert))
      if (moment !== undefined) moments.push(moment)
    experts.push(moments)
  }
  return expertsInMemory(request.network, experts)
}
