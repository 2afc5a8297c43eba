// A run of addressable memories where labels come in stages: one memory after the other, each from the
// data of its own labels, then the tests of what is still known ("Remember the Past", section 5).
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { stageInputs, testStage, type StageMemory } from './continual.ts'
import type { Memory } from './memory.ts'
import type { MemoryParams } from './params.ts'
import { memoryStep, runMemories } from './run.ts'
import { stageClasses } from './stage-plan.ts'
import { keptKinds, keptOf, stageTable, type KeptKind } from './stage-tests.ts'
import { stagedSet, stageSet } from './staged-set.ts'

const stepName = 'stages'

/** What a run has so far. */
interface Staged {
  /** Of the stages that ended. */
  readonly memories: Memory[]
  /** Accuracies by {@link resultName}. */
  readonly results: Map<string, number>
}

function resultName(kind: KeptKind, stage: number): string {
  return `accuracy ${kind} ${stage}`
}

/** Runs all stages and their tests. Throws AppError "method-not-possible" as {@link stageClasses}. */
export async function* runStages(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: MemoryParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const stages = stageClasses(inputs.classNames.length, params.stages)
  const each = params.quickSteps + params.steps
  const total = stages.length * (each + keptKinds.length)
  const at = (done: number): Omit<DistillationProgress, 'phase'> => ({ done, total, unit: 'steps' })
  const staged = stagedFrom(context.resume)
  const setOf = (stage: number): DistilledSet =>
    stageSet(inputs, stages[stage], staged.memories[stage], params, each)

  while (staged.memories.length < stages.length) {
    const stage = staged.memories.length
    const memory = yield* makeStage(context, inputs, stages, staged, params, ({ done }) =>
      at(stage * each + done)
    )
    staged.memories.push(memory)
    const isLast = staged.memories.length === stages.length
    yield {
      phase: stagePhase(stage, stages.length),
      ...at((stage + 1) * each),
      checkpoint: checkpointOf(staged),
      // Before the last stage labels are missing, so nothing could be kept of an early stop.
      ...(isLast
        ? {
            candidate: stagedSet(
              inputs,
              stages,
              stages.map((_, k) => setOf(k)),
              []
            )
          }
        : {})
    }
  }
  const sets = stages.map((_, stage) => setOf(stage))
  yield* testAll(context, inputs, stages, sets, staged, (done) => at(stages.length * each + done))
  const table = stageTable(
    stages,
    inputs.classNames,
    (kind, stage) => staged.results.get(resultName(kind, stage)) ?? NaN
  )
  return stagedSet(inputs, stages, sets, [table])
}

function stagePhase(stage: number, stages: number): string {
  return `Stage ${stage + 1} of ${stages}: improving the memory`
}

/** One stage's memory. Its checkpoints hold what earlier stages left, too. */
async function* makeStage(
  context: DistillationContext,
  inputs: DistillationInputs,
  stages: readonly (readonly number[])[],
  staged: Staged,
  params: MemoryParams,
  at: (progress: DistillationProgress) => Omit<DistillationProgress, 'phase'>
): AsyncGenerator<DistillationProgress, Memory, void> {
  const stage = staged.memories.length
  const own = stageInputs(inputs, stages[stage])
  const random = context.random.fork(`stage ${stage}`)
  const run = runMemories(
    { ...context, random, resume: withinStage(context.resume, stage) },
    own,
    params
  )
  let step = await run.next()
  while (step.done !== true) {
    const { checkpoint, live } = step.value
    const place = at(step.value)
    yield {
      phase: stagePhase(stage, stages.length),
      ...place,
      ...(live === undefined ? {} : { live: { ...live, x: place.done } }),
      ...(checkpoint === undefined ? {} : { checkpoint: checkpointOf(staged, checkpoint) })
    }
    step = await run.next()
  }
  const arrayOf = (part: 'items' | 'coefficients'): Float32Array => {
    const values =
      step.done === true
        ? step.value.stored.find((array) => array.part === part)?.values
        : undefined
    return values instanceof Float32Array ? values : new Float32Array(0)
  }
  return { bases: arrayOf('items'), coefficients: arrayOf('coefficients') }
}

/** Tests what was not tested yet, a checkpoint after each. */
async function* testAll(
  { device, random, signal }: DistillationContext,
  inputs: DistillationInputs,
  stages: readonly (readonly number[])[],
  sets: readonly DistilledSet[],
  staged: Staged,
  at: (done: number) => Omit<DistillationProgress, 'phase'>
): AsyncGenerator<DistillationProgress, void, void> {
  const { tf } = device
  const given = {
    data: inputs.data,
    shape: inputs.shape,
    classes: inputs.classNames.length,
    network: inputs.network,
    test: inputs.validation
  }
  let done = 0
  for (const kind of keptKinds) {
    const known: StageMemory[] = []
    for (const [stage, set] of sets.entries()) {
      done++
      const name = resultName(kind, stage)
      const choosing = { tf, random: random.fork(`items of stage ${stage}`), signal }
      known.push(await keptOf(kind, inputs, stages[stage], set, choosing))
      if (staged.results.has(name)) continue
      // The same first weights for all kinds.
      const stream = random.fork(`student of stage ${stage}`)
      const { accuracy01 } = await testStage(tf, known, given, stream, signal)
      staged.results.set(name, accuracy01)
      yield { phase: 'Asking what is still known', ...at(done), checkpoint: checkpointOf(staged) }
    }
  }
}

function checkpointOf(staged: Staged, inner?: MethodCheckpoint): MethodCheckpoint {
  const arrays: Record<string, Float32Array> = {}
  staged.memories.forEach(({ bases, coefficients }, stage) => {
    arrays[`kept bases ${stage}`] = bases
    arrays[`kept coefficients ${stage}`] = coefficients
  })
  return {
    step: stepName,
    arrays: { ...inner?.arrays, ...arrays },
    values: {
      ...inner?.values,
      ...Object.fromEntries(staged.results),
      stagesDone: staged.memories.length,
      isWithinStage: inner === undefined ? 0 : 1
    }
  }
}

function stagedFrom(resume: MethodCheckpoint | undefined): Staged {
  const staged: Staged = { memories: [], results: new Map() }
  if (resume?.step !== stepName) return staged
  const { arrays, values } = resume
  for (let stage = 0; stage < Number(values.stagesDone); stage++) {
    const bases = arrays[`kept bases ${stage}`]
    const coefficients = arrays[`kept coefficients ${stage}`]
    if (!(bases instanceof Float32Array) || !(coefficients instanceof Float32Array))
      throw new Error(`the checkpoint does not hold stage ${stage}`)
    staged.memories.push({ bases: bases.slice(), coefficients: coefficients.slice() })
  }
  for (const [name, value] of Object.entries(values))
    if (name.startsWith('accuracy ')) staged.results.set(name, Number(value))
  return staged
}

/** What the checkpoint holds of the stage's own run. */
function withinStage(
  resume: MethodCheckpoint | undefined,
  stage: number
): MethodCheckpoint | undefined {
  if (resume?.step !== stepName) return undefined
  const { stagesDone, isWithinStage } = resume.values
  if (Number(stagesDone) !== stage || Number(isWithinStage) !== 1) return undefined
  return { ...resume, step: memoryStep }
}
