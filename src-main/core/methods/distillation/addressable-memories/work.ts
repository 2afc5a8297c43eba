// What a run of addressable memories costs, counted before any data is read.
import { createNetwork } from '../../../networks/create-network.ts'
import { inputSize, parameterCount } from '../../../networks/network.ts'
import type { DistillationShape, NetworkWork } from '../distillation-method.ts'
import { matchingNetwork } from '../matching/mean-run.ts'
import type { MemoryPlan } from './budget.ts'
import { mostSolved, mostTested } from './closed-form-step.ts'
import { memoryStudent } from './memory-set.ts'
import type { MemoryParams } from './params.ts'
import { keptKinds } from './stage-tests.ts'
import { stagePlans } from './stage-plan.ts'

/** The work of all stages, and of testing them. Throws AppError "method-not-possible". */
export function memoryWork(shape: DistillationShape, params: MemoryParams): NetworkWork {
  const stages = stagePlans(shape, params)
  const works = stages.map(({ classes, plan }) => stageWork({ ...shape, classes }, plan, params))
  const tests = params.stages > 1 ? testPasses(shape, stages) : 0
  const sum = (part: 'forward' | 'trained' | 'second' | 'otherSeconds'): number =>
    works.reduce((total, work) => total + work[part], 0)
  return {
    forward: sum('forward'),
    trained: sum('trained') + tests,
    second: sum('second'),
    otherSeconds: sum('otherSeconds'),
    megabytes: Math.max(...works.map(({ megabytes }) => megabytes))
  }
}

function stageWork(shape: DistillationShape, plan: MemoryPlan, params: MemoryParams): NetworkWork {
  const looked = params.window === 0 ? params.length : Math.min(params.window, params.length)
  const isWhole = params.networks > 0 || params.window === 0
  const before = isWhole ? 0 : (params.length - looked) / 2
  const batch = shape.classes * Math.min(params.slotsPerStep, plan.slots)
  const network = createNetwork(matchingNetwork(shape.network), shape.shape, shape.classes)
  const kept = (looked + 2 * params.networks + 8) * parameterCount(network) * 4
  const items = plan.slots * shape.classes * inputSize(shape.shape)
  const solved = Math.min(mostSolved, shape.classes * plan.slots)
  const tested = Math.min(mostTested, shape.classes * params.realPerClass)
  // Products with features on the device, the solving itself in plain loops.
  const pairs = solved * (solved + tested)
  const solving = (4 * pairs * network.featureWidth) / 2e10 + (60 * pairs) / 1e9
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
}

/** Passes of items through students after every stage; those of real items are fewer. */
function testPasses(
  shape: DistillationShape,
  stages: readonly { readonly classes: number; readonly plan: MemoryPlan }[]
): number {
  let count = 0
  let passes = 0
  for (const { classes, plan } of stages) {
    count += classes * plan.slots
    passes += keptKinds.length * count * memoryStudent(count, shape).epochs
  }
  return passes
}
