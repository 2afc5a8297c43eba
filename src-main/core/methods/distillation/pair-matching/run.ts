// The run of pair matching: helpers first, then comparisons. All randomness of a step comes from its
// number; what is learned, its descent and its running average are in every checkpoint.
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { requireSecondOrder } from '../../../compute/ops/second-order-guard.ts'
import type { PairFacts } from '../../../evaluation/pairs/judge-pairs.ts'
import { pairHeads } from '../../../evaluation/pairs/pair-heads.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { candidateSteps } from '../matching/schedule.ts'
import {
  descendParts,
  descentFrom,
  keepDescent,
  startDescent,
  type Descent,
  type DescentRule,
  type Parts
} from '../unrolled/outer-descent.ts'
import { choosePairs } from './choose-pairs.ts'
import { pairFacts } from './head-params.ts'
import { trainHelpers, type HelperHeads } from './helper-heads.ts'
import { pairMatcher, type MadePairs, type PairMatcher } from './matcher.ts'
import { pairSet, readingTables, readSet } from './pair-set.ts'
import type { PairMatchingParams } from './params.ts'

const stepName = 'pairs'
/** Steps between two checkpoints: a second or two. */
const keepEvery = 20

interface Course {
  readonly context: DistillationContext
  readonly inputs: DistillationInputs
  readonly params: PairMatchingParams
  readonly facts: PairFacts
  readonly helpers: readonly HelperHeads[]
  readonly matcher: PairMatcher
}

/** Pairs, what belongs together and rate, as they move and as their running average. */
interface State {
  readonly now: Parts
  readonly average: Parts
  readonly descent: Descent
  done: number
  distance: number
}

/** Runs the comparisons; the result is the set after the last one. */
export async function* runPairs(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: PairMatchingParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { device, random, signal } = context
  const { tf } = device
  await enableGradients()
  await requireSecondOrder(tf)
  const facts = pairFacts(inputs, params)
  const heads = pairHeads(facts)
  const helpers = yield* helpersOf(context, inputs, params, facts)
  const matcher = pairMatcher(
    tf,
    heads,
    {
      lessons: params.lessons,
      perLesson: params.perLesson,
      temperature: params.temperature,
      mix: params.mix,
      rank: params.similarity === 'learned' ? params.rank : 0,
      isConstant: params.memory === 'constant'
    },
    signal
  )
  const course: Course = { context, inputs, params, facts, helpers, matcher }
  try {
    const state = await begin(course, random.fork('start'))
    const offered = new Set(candidateSteps(params.steps))
    while (state.done < params.steps) {
      await advance(course, state)
      const isOffered = offered.has(state.done)
      yield {
        phase: 'Following helpers',
        done: state.done,
        total: params.steps,
        unit: 'steps',
        live: { series: 'distance to the goal', x: state.done, y: state.distance },
        ...(isOffered || state.done % keepEvery === 0 ? { checkpoint: checkpointOf(state) } : {}),
        ...(isOffered ? { candidate: setOf(course, state) } : {})
      }
    }
    const set = setOf(course, state)
    const reading = await readSet(context, inputs, set, facts)
    return { ...set, info: { ...set.info, tables: readingTables(reading) } }
  } finally {
    matcher.dispose()
  }
}

async function* helpersOf(
  { device, random, signal }: DistillationContext,
  { train }: DistillationInputs,
  params: PairMatchingParams,
  facts: PairFacts
): AsyncGenerator<DistillationProgress, readonly HelperHeads[], void> {
  const heads = pairHeads(facts)
  const training = trainHelpers(device.tf, heads, train, params, random.fork('helpers'), signal)
  for (;;) {
    const step = await training.next()
    if (step.done === true) return step.value
    yield {
      phase: 'Training helpers',
      done: step.value,
      total: params.helpers,
      unit: 'helpers',
      isPrelude: true
    }
  }
}

async function begin(course: Course, random: DistillationContext['random']): Promise<State> {
  const { context, inputs, params } = course
  if (context.resume?.step === stepName) return stateFrom(context.resume)
  const { device, signal } = context
  const chosen = await choosePairs(
    { tf: device.tf, random, signal },
    inputs.train,
    inputs.perClass,
    params.start
  )
  const now: Parts = [
    inputs.train.read(chosen),
    ...(params.similarity === 'learned' ? plainSimilarity(chosen.length, params.rank, random) : []),
    Float32Array.of(Math.log(params.lessonRate))
  ]
  return {
    now,
    average: now.map((part) => part.slice()),
    descent: startDescent(now),
    done: 0,
    distance: NaN
  }
}

/** Begins as plain pairs: ones, drawn numbers, and zeros that make these count for nothing at first. */
function plainSimilarity(
  count: number,
  rank: number,
  random: DistillationContext['random']
): Parts {
  const left = random.fork('similarity')
  return [
    new Float32Array(count).fill(1),
    Float32Array.from({ length: count * rank }, () => left.normal()),
    new Float32Array(count * rank)
  ]
}

/** The parts as pairs: rows, (own, left, right), logarithm of the rate, which so stays above 0. */
function madeOf(parts: Parts): MadePairs {
  const [rows, ...rest] = parts
  const rate = Math.exp(rest.at(-1)?.[0] ?? 0)
  if (rest.length < 4) return { rows, rate }
  const [own, left, right] = rest
  return { rows, belongs: { own, left, right }, rate }
}

/** One comparison and one move of everything learned. */
async function advance({ context, params, helpers, matcher }: Course, state: State): Promise<void> {
  const random = context.random.fork(`step ${state.done}`)
  const moments = helpers[random.below(helpers.length)]
  const ahead = Math.min(params.ahead, moments.length - 1)
  const last = Math.round(params.latest * (moments.length - 1 - ahead))
  const moment = random.below(last + 1)
  const goal = { from: moments[moment], to: moments[moment + ahead] }
  const made = madeOf(state.now)
  const match = await matcher.match(made, goal, random.fork('lessons'))
  state.distance = match.pictures + match.texts
  const slopes = match.slopes.map((part, i) =>
    i < match.slopes.length - 1 ? part : part.map((slope) => slope * made.rate)
  )
  descendParts(state.now, slopes, state.descent, ruleOf(params, state.now.length))
  state.done++
  follow(state, params.average)
}

/** Adam. Rows have spread 1 in every column, similarities are about 1. */
function ruleOf({ rate }: PairMatchingParams, parts: number): DescentRule {
  const own = [0.1 * rate]
  const similarity = parts > 2 ? [0.01, 0.01, 0.01] : []
  return {
    kind: 'adam',
    rates: [...own, ...similarity, 0.02],
    momentum: 0.9,
    squares: 0.99,
    isRelative: false,
    clip: undefined
  }
}

/** The running average; it forgets sooner at first, when pairs still move far. */
function follow({ now, average, done }: State, most: number): void {
  const kept = most === 0 ? 0 : Math.min(most, (1 + done) / (10 + done))
  average.forEach((part, i) => {
    for (let j = 0; j < part.length; j++) part[j] = kept * part[j] + (1 - kept) * now[i][j]
  })
}

function setOf({ inputs, facts }: Course, { average, done, distance }: State): DistilledSet {
  const { rows, belongs, rate } = madeOf(average.map((part) => part.slice()))
  return pairSet(inputs, {
    values: rows,
    belongs,
    facts,
    info: {
      iterations: done,
      distance: Number.isFinite(distance) ? distance : null,
      lessonRate: rate
    },
    notes: []
  })
}

function checkpointOf({ now, average, descent, done, distance }: State): MethodCheckpoint {
  const { arrays, values } = keepDescent(descent)
  const kept: Record<string, Float32Array> = {}
  now.forEach((part, i) => {
    kept[`now ${i}`] = part.slice()
    kept[`average ${i}`] = average[i].slice()
  })
  return {
    step: stepName,
    arrays: { ...arrays, ...kept },
    values: { ...values, parts: now.length, done, distance }
  }
}

function stateFrom(resume: MethodCheckpoint): State {
  const read = (name: string): Float32Array => {
    const found = resume.arrays[name]
    if (!(found instanceof Float32Array)) throw new Error(`the checkpoint does not hold "${name}"`)
    return found.slice()
  }
  const places = Array.from({ length: Number(resume.values.parts) }, (_, i) => i)
  const now = places.map((i) => read(`now ${i}`))
  return {
    now,
    average: places.map((i) => read(`average ${i}`)),
    descent: descentFrom(resume, now),
    done: Number(resume.values.done),
    distance: Number(resume.values.distance)
  }
}
