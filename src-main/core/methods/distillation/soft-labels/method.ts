// Soft labels: real items with the shares a helper model gives every class, taken at the moment of
// its training that teaches best (Qin et al. 2024).
import { defineDistillation, type DistillationShape } from '../distillation-method.ts'
import { mostValidation } from '../real-items/student-trials.ts'
import { softLabelsCard } from './card.ts'
import { softLabelParams, type SoftLabelParams } from './params.ts'
import {
  asksHelper,
  firstPassParts,
  frontierCounts,
  frontierMoments,
  helperRequest,
  searchPlan
} from './plan.ts'
import { runSoftLabels } from './run.ts'
import { plannedEpochs, plannedTrials } from './search.ts'
import { structureTrials } from './structure.ts'

export const softLabelsMethod = defineDistillation({
  id: 'soft-labels',
  family: 'distillation',
  version: 2,
  card: softLabelsCard,
  params: softLabelParams,
  makes: 'real',
  reads: ['pictures', 'vectors'],
  derivatives: 'first',
  efforts: {
    quick: { expertEpochs: 3, moments: 3, rates: 1, finalists: 1, studentEpochs: 200 },
    standard: {},
    thorough: {
      experts: 3,
      expertEpochs: 30,
      expertAugment: true,
      moments: 10,
      temperatures: 4,
      rates: 4,
      finalists: 4,
      students: 3,
      studentEpochs: 1000,
      teacherShares: true,
      experiments: true
    }
  },
  experts: helperRequest,
  // The first full training of students with plain labels.
  firstCandidate01: (shape, params) =>
    (params.students * params.studentEpochs) / studentWork(shape, params).passes,
  itemsAsked: (shape, params) =>
    (params.averaged + (params.frontier ? 4 : 0)) * shape.perClass * shape.classes +
    (params.choice === 'random' ? 0 : Math.min(shape.trainItems, 3000 * shape.classes)),
  work(shape, params) {
    const { passes, trials, asked } = studentWork(shape, params)
    const items = shape.perClass * shape.classes
    const validation = Math.min(mostValidation, shape.trainItems / 5)
    return {
      forward:
        trials * params.students * validation +
        asked * params.experts * items +
        params.moments * params.averaged * params.experts * items +
        (params.choice === 'random' ? 0 : Math.min(shape.trainItems, 3000 * shape.classes)),
      trained: passes * items,
      second: 0,
      otherSeconds: 1,
      megabytes:
        300 + (4 * items * shape.shape.height * shape.shape.width * shape.shape.channels) / 1e6
    }
  },
  run: runSoftLabels
})

/**
 * Trainings of students and the passes they take, the larger sets of the frontier counted as more, and
 * the passes in which a helper model is asked.
 */
function studentWork(
  shape: DistillationShape,
  params: SoftLabelParams
): { readonly passes: number; readonly trials: number; readonly asked: number } {
  const epochs = Array.from({ length: params.expertEpochs + firstPassParts }, (_, i) => ({
    epoch: i + 1
  }))
  const plan = searchPlan(params, epochs, asksHelper(shape, params))
  const own = plannedEpochs(plan)
  const structure = params.experiments ? structureTrials(shape.classes) : 0
  const curves = params.frontier ? frontierMoments(epochs).length : 0
  const counts = curves === 0 ? [] : frontierCounts(shape.perClass)
  const relative = counts.reduce((sum, count) => sum + count / shape.perClass, 0)
  return {
    trials: plannedTrials(plan) + structure + curves * counts.length,
    asked: plan.asks === true ? own - plannedEpochs({ ...plan, asks: false }) : 0,
    passes: own + plan.students * plan.epochs * (structure + curves * relative)
  }
}
