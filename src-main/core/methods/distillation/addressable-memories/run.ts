// The run of addressable memories: improvement after improvement, with the memory, its descent and
// the networks in training in every checkpoint. All randomness of a step comes from its number.
import { AppError } from '../../../../api/errors.ts'
import { requireSecondOrder } from '../../../compute/ops/second-order-guard.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { createNetworkFeatures } from '../feature-ridge/network-features.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { matchingNetwork } from '../matching/mean-run.ts'
import { candidateSteps, checkpointEvery } from '../matching/schedule.ts'
import { augmentationOf, siameseChange } from '../matching/siamese-change.ts'
import {
  descendParts,
  descentFrom,
  keepDescent,
  startDescent,
  type Descent,
  type DescentRule
} from '../unrolled/outer-descent.ts'
import { unrollNetwork } from '../unrolled/unrolled-network.ts'
import { improveInClosedForm } from './closed-form-step.ts'
import type { MemoryCourse } from './course.ts'
import { memoryCode, type Memory } from './memory.ts'
import { memorySet } from './memory-set.ts'
import { improve } from './outer-step.ts'
import type { MemoryParams } from './params.ts'
import { plannedFor } from './plan.ts'
import { keepPool, poolFrom, type Learner } from './pool.ts'
import { startMemory } from './start-memory.ts'

/** Name of the step in checkpoints. */
export const memoryStep = 'memories'
/** mu of the networks' training, as published. */
export const innerMomentum = 0.9
/** A second-order pass costs about as much as so many forward ones. */
export const secondOrderCost = 20

interface State {
  readonly memory: Memory
  descent: Descent
  readonly pool: (Learner | undefined)[]
  done: number
}

/** Runs the steps; the result is the set after the last one. */
export async function* runMemories(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: MemoryParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { tf } = context.device
  await requireSecondOrder(tf)
  const course = prepare(context, inputs, params)
  try {
    const state = await begin(course, context, params)
    const total = params.quickSteps + params.steps
    const offered = new Set(candidateSteps(total))
    const passes = passesOf(course)
    const keepEvery = checkpointEvery(passes, inputs.network.width)
    const result = (): DistilledSet =>
      memorySet(inputs, course.code, state.memory, params, state.done)
    if (state.done === 0) yield { ...progressOf(state, params), candidate: result() }
    while (state.done < total) {
      const series = isQuick(state, params) ? 'error of the last layer' : 'loss on real items'
      const loss = await advance(course, context, state, params)
      const isOffered = offered.has(state.done)
      const isKept = isOffered || state.done % keepEvery === 0
      yield {
        ...progressOf(state, params),
        ...(Number.isFinite(loss) ? { live: { series, x: state.done, y: loss } } : {}),
        ...(isKept ? { checkpoint: checkpointOf(state) } : {}),
        ...(isOffered ? { candidate: result() } : {})
      }
    }
    if (total > 0 && state.descent.steps === 0) throw nothingLearned()
    return result()
  } finally {
    course.unrolled.dispose()
    course.features.dispose()
  }
}

function nothingLearned(): AppError {
  return new AppError('method-not-possible', 'No network could learn from the shared pictures.', {
    hint: 'Take a wider check model, or a smaller step size of the networks.'
  })
}

/** Whether the next step solves the last layer only. */
function isQuick({ done }: State, { quickSteps }: MemoryParams): boolean {
  return done < quickSteps
}

function progressOf({ done }: State, { quickSteps, steps }: MemoryParams): DistillationProgress {
  return { phase: 'Improving the memory', done, total: quickSteps + steps, unit: 'steps' }
}

function prepare(
  { device, signal }: DistillationContext,
  inputs: DistillationInputs,
  params: MemoryParams
): MemoryCourse {
  const { tf } = device
  const classes = inputs.classNames.length
  const plan = plannedFor({ ...inputs, classes }, params)
  const network = createNetwork(matchingNetwork(inputs.network), inputs.shape, classes)
  return {
    tf,
    inputs,
    byClass: rowsByClass(inputs.train, inputs.classNames),
    params,
    code: memoryCode(plan, inputs.shape, classes),
    network,
    change: siameseChange(tf, inputs.shape, augmentationOf(params.changes, inputs)),
    unrolled: unrollNetwork(tf, network, innerMomentum),
    features: createNetworkFeatures(tf, network, signal),
    signal
  }
}

/** Passes of one item in a step, in forward ones. */
function passesOf({ params, code, byClass }: MemoryCourse): number {
  const looked = params.window === 0 ? params.length : params.window
  const batch = byClass.length * Math.min(params.slotsPerStep, code.plan.slots)
  return 3 * byClass.length * params.realPerClass + looked * batch * (3 + secondOrderCost)
}

async function begin(
  course: MemoryCourse,
  { resume, random, signal }: DistillationContext,
  params: MemoryParams
): Promise<State> {
  if (resume?.step === memoryStep) return stateFrom(resume, params)
  const { tf, byClass, code, inputs } = course
  const given = { tf, train: inputs.train, byClass, random: random.fork('start'), signal }
  const memory = await startMemory(code, given, params.start)
  return {
    memory,
    descent: startDescent(partsOf(memory)),
    pool: poolFrom(empty, placesOf(params)),
    done: 0
  }
}

const empty = { arrays: {}, values: {} }

function partsOf({ bases, coefficients }: Memory): Float32Array[] {
  return [bases, coefficients]
}

/** Networks in training; quick steps need some in any case. */
function placesOf({ networks, quickSteps }: MemoryParams): number {
  return networks === 0 && quickSteps > 0 ? usualPlaces : networks
}

const usualPlaces = 8

/** One step; returns the loss on real items before the memory moved. */
async function advance(
  course: MemoryCourse,
  { random }: DistillationContext,
  state: State,
  params: MemoryParams
): Promise<number> {
  const { memory, pool, done } = state
  const quick = isQuick(state, params)
  // Slopes of another loss are of another size.
  if (done === params.quickSteps) state.descent = startDescent(partsOf(memory))
  const keepsNetworks = quick || params.networks > 0
  const place = keepsNetworks ? done % pool.length : 0
  const step = quick ? improveInClosedForm : improve
  const { loss, slopes, learner } = await step(
    course,
    memory,
    keepsNetworks ? pool[place] : undefined,
    random.fork(`step ${done}`)
  )
  const phase = quick
    ? { done, total: params.quickSteps }
    : { done: done - params.quickSteps, total: params.steps }
  const share = 0.5 * (1 + Math.cos((Math.PI * phase.done) / phase.total))
  const rule = quick ? quickRule(params) : ruleOf(params)
  // A network that ran away says nothing; its place is taken by a new one.
  if (Number.isFinite(loss))
    descendParts(partsOf(memory), partsOf(slopes), state.descent, rule, share)
  if (keepsNetworks) {
    const isOld = learner.age >= learner.until || !Number.isFinite(loss)
    pool[place] = isOld ? undefined : learner
  }
  state.done++
  return loss
}

/** Adam with larger steps than later, when trainings are looked back on. */
function quickRule({ rate }: Pick<MemoryParams, 'rate'>): DescentRule {
  return { ...ruleOf({ follow: 'adam', rate }), rates: [0.06 * rate, 0.06 * rate] }
}

/** SGD as published: rate 0.1, momentum 0.5, slopes no longer than 2. Adam is ours. */
export function ruleOf({ follow, rate }: Pick<MemoryParams, 'follow' | 'rate'>): DescentRule {
  const isAdam = follow === 'adam'
  const by = rate * (isAdam ? 0.006 : 0.1)
  return {
    kind: follow,
    rates: [by, by],
    momentum: isAdam ? 0.9 : 0.5,
    squares: 0.95,
    isRelative: isAdam,
    clip: isAdam ? 'usual' : { longest: 2 }
  }
}

function checkpointOf({ memory, descent, pool, done }: State): MethodCheckpoint {
  const [followed, learners] = [keepDescent(descent), keepPool(pool)]
  const { bases, coefficients } = memory
  return {
    step: memoryStep,
    arrays: {
      bases: bases.slice(),
      coefficients: coefficients.slice(),
      ...followed.arrays,
      ...learners.arrays
    },
    values: { done, ...followed.values, ...learners.values }
  }
}

function stateFrom(resume: MethodCheckpoint, params: MemoryParams): State {
  const { bases, coefficients } = resume.arrays
  if (!(bases instanceof Float32Array) || !(coefficients instanceof Float32Array))
    throw new Error('the checkpoint holds no memory')
  const memory = { bases: bases.slice(), coefficients: coefficients.slice() }
  return {
    memory,
    descent: descentFrom(resume, partsOf(memory)),
    pool: poolFrom(resume, placesOf(params)),
    done: Number(resume.values.done)
  }
}
