// Addressable memories ("Remember the Past", Deng and Russakovsky 2022): items mixed from shared bases,
// both learned through the training of networks.
import { defineDistillation } from '../distillation-method.ts'
import { memoryCard } from './card.ts'
import { memoryFiles } from './export-files.ts'
import { memoryParams } from './params.ts'
import { runMemories } from './run.ts'
import { runStages } from './staged-run.ts'
import { memoryWork } from './work.ts'

export const memoryMethod = defineDistillation({
  id: 'addressable-memories',
  family: 'distillation',
  version: 2,
  card: memoryCard,
  params: memoryParams,
  makes: 'made',
  reads: ['pictures', 'vectors'],
  derivatives: 'second',
  // Quick steps take first derivatives only; whole trainings come with the effort "thorough".
  needsNoCard: true,
  efforts: {
    quick: { quickSteps: 300 },
    standard: {},
    thorough: { quickSteps: 6000, steps: 300 }
  },
  experts: () => undefined,
  work: memoryWork,
  exportFiles: (set, { shape }) => Promise.resolve(memoryFiles(set, shape)),
  run: (context, inputs, params) =>
    params.stages > 1 ? runStages(context, inputs, params) : runMemories(context, inputs, params)
})
