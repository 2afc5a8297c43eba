// Learned picture-text pairs: trajectory matching of both heads (Wu et al. 2024, MTT-VL) with RepBlend's
// frozen fingerprints, blends and memory, and LoRS's learned similarity.
import { defineDistillation } from '../distillation-method.ts'
import { pairMatchingCard } from './card.ts'
import { helperBatch } from './helper-heads.ts'
import { pairMatchingParams } from './params.ts'
import { runPairs } from './run.ts'

/** Multiplications of one step of plain training a second, of both heads on the device. */
const multiplications = 4e9

export const pairMatchingMethod = defineDistillation({
  id: 'pair-matching',
  family: 'distillation',
  version: 1,
  card: pairMatchingCard,
  params: pairMatchingParams,
  makes: 'made',
  learns: 'pairs',
  reads: ['vectors'],
  // Second ones, too, but of two small matrices: no graphics card is needed.
  derivatives: 'first',
  efforts: {
    quick: { steps: 100, helpers: 2 },
    standard: {},
    thorough: { steps: 2000, helpers: 20 }
  },
  experts: () => undefined,
  work({ shape, perClass, trainItems }, params) {
    const { space, hidden, steps, lessons, perLesson, helpers, helperEpochs } = params
    const weights = hidden === 0 ? shape.channels * space : (shape.channels + 2 * space) * hidden
    const batch = Math.min(perLesson, perClass)
    // Forwards, forwards again and backwards: about eight plain passes.
    const matching = steps * lessons * batch * weights * 8
    const helping = helpers * helperEpochs * Math.max(trainItems, helperBatch) * weights * 3
    return {
      forward: 0,
      trained: 0,
      second: 0,
      otherSeconds: 5 + steps * lessons * 0.004 + (matching + helping) / multiplications,
      megabytes: 450 + (4 * weights * helpers * (helperEpochs + 1)) / 1e6
    }
  },
  run: runPairs
})
