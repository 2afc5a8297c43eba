// Trajectory matching (MTT, Cazenavette et al. 2022) with TESLA's memory, FTD's experts and average,
// and DATM's labels and segments.
import { createNetwork } from '../../../networks/create-network.ts'
import type { ExpertRequest } from '../../../networks/experts.ts'
import { parameterCount } from '../../../networks/network.ts'
import { defineDistillation, type DistillationShape } from '../distillation-method.ts'
import { matchingNetwork } from '../matching/mean-run.ts'
import { augmentationOf } from '../matching/siamese-change.ts'
import { expertMoments } from '../../../networks/train-experts.ts'
import { trajectoryCard } from './card.ts'
import { trajectoryParams, type TrajectoryParams } from './params.ts'
import { runTrajectories } from './run.ts'
import { requireMoments } from './segment.ts'

export const trajectoryMethod = defineDistillation({
  id: 'trajectory-matching',
  family: 'distillation',
  version: 1,
  card: trajectoryCard,
  params: trajectoryParams,
  makes: 'made',
  reads: ['pictures', 'vectors'],
  derivatives: 'second',
  efforts: {
    quick: {
      steps: 60,
      lessons: 5,
      helpers: 1,
      helperEpochs: 2,
      flatness: 0,
      perLesson: 64,
      changes: 'off'
    },
    standard: {},
    thorough: { steps: 5000, lessons: 30, helpers: 10, helperEpochs: 20 }
  },
  experts: expertRequest,
  work(shape, params) {
    const batch = Math.min(params.perLesson, shape.classes * shape.perClass)
    const lessons = params.steps * params.lessons * batch
    const network = createNetwork(matchingNetwork(shape.network), shape.shape, shape.classes)
    const kept = params.memory === 'exact' ? params.lessons : 0
    return {
      forward: 0,
      trained: lessons * (params.memory === 'exact' ? 1 : 2),
      second: lessons,
      otherSeconds: 2 + params.steps * 0.02,
      megabytes: 450 + Math.ceil(((kept + 10) * parameterCount(network) * 4) / 1e6)
    }
  },
  run: runTrajectories
})

/**
 * Plain SGD without momentum, as published: a lesson without memory can be followed. Throws AppError
 * "method-not-possible" where helper models would be kept too seldom, before any is trained.
 */
export function expertRequest(shape: DistillationShape, params: TrajectoryParams): ExpertRequest {
  const request = {
    network: matchingNetwork(shape.network),
    count: params.helpers,
    epochs: params.helperEpochs,
    firstEpochParts: 4,
    rate: 0.01,
    momentum: 0,
    decay: 0,
    batch: 256,
    augment: augmentationOf(params.changes, shape),
    sharpness: params.flatness
  }
  requireMoments(expertMoments(request, shape.trainItems).length, params.ahead)
  return request
}
