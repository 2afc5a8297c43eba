// The run of trajectory matching. All randomness of a step comes from its number; what is learned,
// its descent and its running average are in every checkpoint.
import { AppError } from '../../../../api/errors.ts'
import { requireSecondOrder } from '../../../compute/ops/second-order-guard.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import type { NetworkCode } from '../../../networks/network.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { keepWithin } from '../matching/made-items.ts'
import { classLabels, pictureRange } from '../matching/made-set.ts'
import { candidateSteps, checkpointEvery } from '../matching/schedule.ts'
import { augmentationOf, siameseChange } from '../matching/siamese-change.ts'
import { startValues } from '../matching/start-items.ts'
import {
  descendParts,
  descentFrom,
  keepDescent,
  startDescent,
  type Descent,
  type DescentRule,
  type Parts
} from '../unrolled/outer-descent.ts'
import { trajectoryMatcher, type MadeTrajectory, type TrajectoryMatcher } from './matcher.ts'
import type { TrajectoryParams } from './params.ts'
import { requireMoments, segmentAt } from './segment.ts'
import { startLogits } from './start-labels.ts'
import { trajectorySet } from './trajectory-set.ts'

const stepName = 'trajectories'
/** A second-order pass costs about as much as so many forward ones. */
const secondOrderCost = 20

interface Course {
  readonly context: DistillationContext
  readonly inputs: DistillationInputs
  readonly params: TrajectoryParams
  readonly experts: ExpertSource
  readonly network: NetworkCode
  readonly matcher: TrajectoryMatcher
}

/** Items, labels and rate, as they move and as their running average. */
interface State {
  readonly now: Parts
  readonly average: Parts
  readonly descent: Descent
  done: number
  distance: number
}

/** Runs the comparisons; the result is the set after the last one. */
export async function* runTrajectories(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: TrajectoryParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { tf } = context.device
  await requireSecondOrder(tf)
  const course = prepare(context, inputs, params)
  try {
    const state = await begin(course)
    const offered = new Set(candidateSteps(params.steps))
    const batch = Math.min(params.perLesson, inputs.perClass * course.network.classes)
    const keepEvery = checkpointEvery(
      params.lessons * batch * (3 + secondOrderCost),
      inputs.network.width
    )
    const result = (): DistilledSet =>
      trajectorySet(tf, inputs, madeOf(params.average > 0 ? state.average : state.now), params, {
        steps: state.done,
        distance: state.distance
      })
    while (state.done < params.steps) {
      await advance(course, state)
      const isOffered = offered.has(state.done)
      const isKept = isOffered || state.done % keepEvery === 0
      yield {
        phase: 'Following helper models',
        done: state.done,
        total: params.steps,
        unit: 'steps',
        live: { series: 'distance to the goal', x: state.done, y: state.distance },
        ...(isKept ? { checkpoint: checkpointOf(state) } : {}),
        ...(isOffered ? { candidate: result() } : {})
      }
    }
    return result()
  } finally {
    course.matcher.dispose()
  }
}

function prepare(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: TrajectoryParams
): Course {
  const { experts, shape, classNames } = inputs
  const { tf } = context.device
  if (experts === undefined || experts.count === 0)
    throw new AppError('method-not-possible', 'There are no helper models to follow.', {
      hint: 'Ask for at least one.'
    })
  const shortest = Math.min(...experts.moments.map(({ length }) => length))
  requireMoments(shortest, params.ahead)
  const network = createNetwork(experts.network, shape, classNames.length)
  const change = siameseChange(tf, shape, augmentationOf(params.changes, inputs))
  const options = {
    lessons: params.lessons,
    perLesson: params.perLesson,
    learnsLabels: params.labels === 'learned',
    isConstant: params.memory === 'constant'
  }
  const matcher = trajectoryMatcher(tf, network, change, options, context.signal)
  return { context, inputs, params, experts, network, matcher }
}

function madeOf([items, labels, [rate]]: Parts): MadeTrajectory {
  return { items, labels, rate }
}

async function begin({ context, inputs, params, experts, network }: Course): Promise<State> {
  const { resume, random, device, signal } = context
  if (resume?.step === stepName) return stateFrom(resume)
  const { tf } = device
  const { train, shape, perClass } = inputs
  const { classes } = network
  const byClass = rowsByClass(train, inputs.classNames)
  const values = await startValues(
    { tf, train, byClass, shape, perClass, factor: 1, random: random.fork('start'), signal },
    params.start
  )
  const labels = classLabels(classes, perClass)
  const made = { values, labels, classes }
  const begun =
    params.labels === 'learned'
      ? await startLogits(tf, experts, shape, made, firstGoal(experts, inputs, params), signal)
      : oneHotShares(labels, classes)
  const now = [values, begun, Float32Array.of(params.lessonRate)]
  return {
    now,
    average: now.map((part) => part.slice()),
    descent: startDescent(now),
    done: 0,
    distance: NaN
  }
}

/** The last moment that the first comparisons aim at. */
function firstGoal(
  { moments }: ExpertSource,
  { perClass }: DistillationInputs,
  { ahead, latest, steps }: TrajectoryParams
): number {
  const shortest = Math.min(...moments.map(({ length }) => length))
  return segmentAt({ perClass, ahead, latest }, shortest, 0, steps).to + ahead
}

/** One comparison and one move of everything learned. */
async function advance(course: Course, state: State): Promise<void> {
  const { context, inputs, params, experts, matcher } = course
  const random = context.random.fork(`step ${state.done}`)
  const expert = random.below(experts.count)
  const { from, to } = segmentAt(
    { ...params, perClass: inputs.perClass },
    experts.moments[expert].length,
    state.done,
    params.steps
  )
  const moment = from + random.below(to - from + 1)
  const goal = {
    from: await experts.read(expert, moment),
    to: await experts.read(expert, moment + params.ahead)
  }
  const match = await matcher.match(madeOf(state.now), goal, random.fork('lessons'))
  state.distance = match.distance
  const slopes = [match.items, match.labels, Float32Array.of(match.rate)]
  descendParts(state.now, slopes, state.descent, ruleOf(params, inputs.perClass))
  const range = params.storage === 'bytes' ? pictureRange(inputs) : undefined
  if (range !== undefined) keepWithin(state.now[0], range)
  // The rate of lessons stays a rate.
  state.now[2][0] = Math.max(1e-5, state.now[2][0])
  state.done++
  follow(state, params.average)
}

/** The running average; it forgets sooner at first, when items still move far. */
function follow({ now, average, done }: State, most: number): void {
  const kept = Math.min(most, (1 + done) / (10 + done))
  average.forEach((part, i) => {
    for (let j = 0; j < part.length; j++) part[j] = kept * part[j] + (1 - kept) * now[i][j]
  })
}

/**
 * SGD as published: items 100 (1,000 from 50 per class on), labels 2, rate 1e-5, momentum 0.5. Adam is
 * ours, relative to the size of the numbers.
 */
export function ruleOf(
  { follow, rate, labels }: Pick<TrajectoryParams, 'follow' | 'rate' | 'labels'>,
  perClass: number
): DescentRule {
  const isAdam = follow === 'adam'
  const items = isAdam ? 0.02 : perClass >= 50 ? 1000 : 100
  const forLabels = labels === 'plain' ? 0 : isAdam ? 0.02 : 2
  return {
    kind: follow,
    rates: [rate * items, rate * forLabels, isAdam ? 0.02 : 1e-5],
    momentum: isAdam ? 0.9 : 0.5,
    squares: 0.99,
    isRelative: isAdam,
    clip: undefined
  }
}

const partNames = ['items', 'labels', 'rate'] as const

function checkpointOf({ now, average, descent, done, distance }: State): MethodCheckpoint {
  const { arrays, values } = keepDescent(descent)
  const kept: Record<string, Float32Array> = {}
  partNames.forEach((name, i) => {
    kept[name] = now[i].slice()
    kept[`average ${name}`] = average[i].slice()
  })
  return {
    step: stepName,
    arrays: { ...arrays, ...kept },
    values: { ...values, done, distance }
  }
}

function stateFrom(resume: MethodCheckpoint): State {
  const read = (name: string): Float32Array => {
    const found = resume.arrays[name]
    if (!(found instanceof Float32Array)) throw new Error(`the checkpoint does not hold "${name}"`)
    return found.slice()
  }
  const now = partNames.map(read)
  return {
    now,
    average: partNames.map((name) => read(`average ${name}`)),
    descent: descentFrom(resume, now),
    done: Number(resume.values.done),
    distance: Number(resume.values.distance)
  }
}
