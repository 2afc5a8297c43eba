// Addressable memories ("Remember the Past", Deng and Russakovsky 2022): items mixed from shared bases,
// both learned through the training of networks.
import { defineDistillation } from '../distillation-method.ts'
import { inputSize, parameterCount } from '../../../networks/network.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { matchingNetwork } from '../matching/mean-run.ts'
import { mostSolved, mostTested } from './closed-form-step.ts'
import { memoryCard } from './card.ts'
import { memoryParams } from './params.ts'
import { plannedFor } from './plan.ts'
import { runMemories } from './run.ts'

export const memoryMethod = defineDistillation({
  id: 'addressable-memories',
  family: 'distillation',
  version: 1,
  card: memoryCard,
  params: memoryParams,
  makes: 'made',
  reads: ['pictures', 'vectors'],
  derivatives: 'second',
  efforts: {
    quick: { quickSteps: 150, steps: 15, slotsPerStep: 8, length: 10, realPerClass: 30 },
    standard: {},
    thorough: { quickSteps: 2000, steps: 5000, length: 40, slotsPerStep: 32, innerRate: 0.03 }
  },
  experts: () => undefined,
  work(shape, params) {
    const plan = plannedFor(shape, params)
    const looked = params.window === 0 ? params.length : Math.min(params.window, params.length)
    const isWhole = params.networks > 0 || params.window === 0
    const before = isWhole ? 0 : (params.length - looked) / 2
    const batch = shape.classes * Math.min(params.slotsPerStep, plan.slots)
    const network = createNetwork(matchingNetwork(shape.network), shape.shape, shape.classes)
    const kept = (looked + 2 * params.networks + 8) * parameterCount(network) * 4
    const items = plan.slots * shape.classes * inputSize(shape.shape)
    const solved = Math.min(mostSolved, shape.classes * plan.slots)
    const tested = Math.min(mostTested, shape.classes * params.realPerClass)
    const solving = (4 * solved * (solved + tested) * network.featureWidth) / 1e9
    return {
      forward: params.quickSteps * (solved + tested),
      trained:
        params.quickSteps * (solved + batch) +
        params.steps * ((before + looked) * batch + shape.classes * params.realPerClass),
      second: params.steps * looked * batch,
      otherSeconds:
        5 +
        params.quickSteps * solving +
        (params.quickSteps + params.steps) * (0.01 + (items * Math.max(1, plan.bases)) / 2e9),
      megabytes: 400 + Math.ceil((kept + 24 * items) / 1e6)
    }
  },
  run: runMemories
})
