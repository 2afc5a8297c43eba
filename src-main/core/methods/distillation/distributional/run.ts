// A run of the distributional method: decoders learn to draw real items, clouds and decoders are matched
// with real items, group by group, and labels are chosen. Everything that is drawn comes from the group
// and the number of the step, so that a run goes on from any checkpoint to the same bits.
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { NetworkCode } from '../../../networks/network.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { matchingNetwork } from '../matching/mean-run.ts'
import { candidateSteps, checkpointEvery } from '../matching/schedule.ts'
import { chooseLabels } from './choose-labels.ts'
import { groupsFrom, keepGroups, startGroup, type GroupState } from './group-state.ts'
import { groupDecoder, planLayout, type LatentLayout } from './layout.ts'
import { latentSet, type LatentFacts } from './made-latents.ts'
import { classesAtOnce, createMatcher } from './matcher.ts'
import type { DistributionalParams } from './params.ts'
import { startClouds, startDrawing, warmItems } from './warm-start.ts'

type Steps<T> = AsyncGenerator<DistillationProgress, T, void>

/** What all parts of a run share. */
interface Running {
  readonly context: DistillationContext
  readonly inputs: DistillationInputs
  readonly params: DistributionalParams
  readonly layout: LatentLayout
  readonly byClass: readonly Uint32Array[]
  /** First class of each group, and the number of classes. */
  readonly firsts: readonly number[]
  readonly notes: readonly string[]
}

/** Where a run is: changed as it goes on. */
interface Place {
  readonly groups: GroupState[]
  /** Steps of all groups in both phases. */
  done: number
  loss: number
}

/** The method's run; see {@link DistillationMethod.run}. */
export async function* runDistributional(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: DistributionalParams
): Steps<DistilledSet> {
  await enableGradients()
  const byClass = rowsByClass(inputs.train, inputs.classNames)
  const { layout, fits } = planLayout(inputs, params)
  const running: Running = {
    context,
    inputs,
    params,
    layout,
    byClass,
    firsts: layout.groups.map((_, g) =>
      layout.groups.slice(0, g).reduce((sum, { classes }) => sum + classes, 0)
    ),
    notes: fits ? [] : [tooSmall]
  }
  const place = begin(running)
  yield* drawRealItems(running, place)
  yield* matchItems(running, place)
  const made = (soft?: Parameters<typeof latentSet>[4]): DistilledSet => setOf(running, place, soft)
  if (params.labels === 'plain' || inputs.experts === undefined) return made()
  const { arrays } = checkpointOf(place)
  return yield* chooseLabels(context, inputs, params, layout, place.groups, made, arrays)
}

const tooSmall =
  'Even the smallest decoder takes more room than the items asked for; the storage figures tell how much.'

function setOf(
  { context, inputs, params, layout, notes }: Running,
  { groups, done, loss }: Place,
  soft?: Parameters<typeof latentSet>[4]
): DistilledSet {
  const facts: LatentFacts = { iterations: done, loss, studentEpochs: params.studentEpochs, notes }
  const random = context.random.fork('shown items')
  return latentSet(context.device.tf, inputs, groups, layout, soft, facts, random)
}

const stepName = 'clouds'

function begin({ context, inputs, params, layout }: Running): Place {
  const codes = layout.groups.map((_, g) => groupDecoder(layout, g, inputs.shape))
  const { resume } = context
  const total = layout.groups.length * (params.warmSteps + params.iterations)
  if (resume !== undefined)
    return {
      groups: groupsFrom(resume.arrays, codes),
      // Where labels are being chosen, the groups are finished.
      done: resume.step === stepName ? Number(resume.values.done) : total,
      loss: resume.arrays['loss'][0]
    }
  const groups = codes.map((code, g) => {
    const clouds = layout.groups[g].classes * layout.priors
    return startGroup(code, clouds, context.random.fork(`group ${g}`))
  })
  return { groups, done: 0, loss: NaN }
}

function checkpointOf({ groups, done, loss }: Place): MethodCheckpoint {
  const arrays = { ...keepGroups(groups), loss: Float32Array.of(loss) }
  return { step: stepName, arrays, values: { done } }
}

/** Steps of drawing between two checkpoints. */
const drawingEvery = 100
/** Milliseconds of steps between two looks at the event loop. */
const pauseEvery = 80

/** Every group in turn learns to draw its real items, and begins as clouds around them. */
async function* drawRealItems(running: Running, place: Place): Steps<void> {
  const { context, inputs, params, layout, byClass, firsts } = running
  const { tf } = context.device
  const { warmSteps } = params
  const total = layout.groups.length * (warmSteps + params.iterations)
  if (warmSteps === 0) return
  for (const [g, { classes }] of layout.groups.entries()) {
    if (place.done >= (g + 1) * warmSteps) continue
    const random = context.random.fork(`group ${g}`)
    const own = byClass.slice(firsts[g], firsts[g] + classes)
    const { latent, priors } = layout
    const { signal, seed } = context
    const items = await warmItems(tf, inputs.train, inputs.shape, own, latent, random, seed, signal)
    const code = groupDecoder(layout, g, inputs.shape)
    const drawing = startDrawing(
      tf,
      code,
      place.groups[g],
      items,
      inputs.train,
      layout,
      warmSteps,
      random
    )
    try {
      let paused = performance.now()
      for (let index = place.done - g * warmSteps; index < warmSteps; index++) {
        const error = drawing.step(index)
        place.done++
        const isKept = index + 1 < warmSteps && (index + 1) % drawingEvery === 0
        if (!isKept && performance.now() - paused < pauseEvery) continue
        if (isKept) place.groups[g] = drawing.state()
        await letMessagesIn()
        context.signal.throwIfAborted()
        yield {
          phase: 'Learning to draw',
          done: place.done,
          total,
          unit: 'steps',
          live: { series: 'drawing error', x: place.done, y: error },
          ...(isKept ? { checkpoint: checkpointOf(place) } : {})
        }
        paused = performance.now()
      }
      const clouds = startClouds(items, classes, priors, latent, random)
      // The next phase has an optimizer of its own.
      place.groups[g] = { decoder: drawing.state().decoder, ...clouds, memory: [], steps: 0 }
    } finally {
      drawing.dispose()
    }
    const isLast = g + 1 === layout.groups.length
    yield {
      phase: 'Learning to draw',
      done: place.done,
      total,
      unit: 'steps',
      checkpoint: checkpointOf(place),
      ...(isLast ? { candidate: setOf(running, place) } : {})
    }
  }
}

/** Every group in turn is matched; sets are offered on the way, with the others as they are by then. */
async function* matchItems(running: Running, place: Place): Steps<void> {
  const { context, inputs, params, layout, byClass, firsts } = running
  const { tf } = context.device
  const { iterations, warmSteps } = params
  const warm = layout.groups.length * warmSteps
  const total = layout.groups.length * (warmSteps + iterations)
  const network = viewNetwork(inputs, params)
  const offered = new Set(candidateSteps(layout.groups.length * iterations))
  for (const [g, { classes }] of layout.groups.entries()) {
    if (place.done >= warm + (g + 1) * iterations) continue
    const matching = {
      tf,
      code: groupDecoder(layout, g, inputs.shape),
      range: layout,
      network,
      train: inputs.train,
      byClass: byClass.slice(firsts[g], firsts[g] + classes),
      priors: layout.priors,
      realPerClass: params.realPerClass,
      madePerClass: params.madePerClass,
      rate: params.rate * usualRate
    }
    const passes =
      classesAtOnce(network, matching, classes) * (params.realPerClass + 3 * params.madePerClass)
    const keepEvery = checkpointEvery(passes, inputs.network.width)
    const random = context.random.fork(`group ${g}`)
    const matcher = createMatcher(matching, place.groups[g])
    try {
      for (let index = place.groups[g].steps; index < iterations; index++) {
        await letMessagesIn()
        context.signal.throwIfAborted()
        const stream = random.fork(`step ${index}`)
        const parameters = await viewParameters(inputs, params, network, stream)
        place.loss = matcher.step(index, stream, parameters)
        place.done++
        const isOffered = offered.has(place.done - warm)
        const isLast = index + 1 === iterations
        const isKept = isOffered || isLast || (index + 1) % keepEvery === 0
        if (isKept) place.groups[g] = matcher.state()
        yield {
          phase: 'Matching',
          done: place.done,
          total,
          unit: 'steps',
          live: { series: 'distance', x: place.done, y: place.loss },
          ...(isKept ? { checkpoint: checkpointOf(place) } : {}),
          ...(isOffered ? { candidate: setOf(running, place) } : {})
        }
      }
    } finally {
      matcher.dispose()
    }
  }
}

/** Adam's step size. */
const usualRate = 2e-3

function viewNetwork(inputs: DistillationInputs, { view }: DistributionalParams): NetworkCode {
  const spec =
    view === 'trained' && inputs.experts !== undefined
      ? inputs.experts.network
      : matchingNetwork(inputs.network)
  return createNetwork(spec, inputs.shape, inputs.classNames.length)
}

/** Weights of the network that looks in this step: a new one, or a helper model at its last moment. */
function viewParameters(
  { experts }: DistillationInputs,
  { view }: DistributionalParams,
  network: NetworkCode,
  random: DistillationContext['random']
): Promise<Float32Array[]> {
  const stream = random.fork('view')
  if (view === 'random' || experts === undefined) return Promise.resolve(network.start(stream))
  const expert = stream.below(experts.count)
  return experts.read(expert, experts.moments[expert].length - 1)
}
