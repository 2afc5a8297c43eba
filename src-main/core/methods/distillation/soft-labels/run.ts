// A run of the soft-label method: items, the search for their labels, and what else was asked for.
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import type { StudentRecipe } from '../../../networks/student-recipe.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet,
  StoredArray
} from '../distillation-method.ts'
import { meanEntropy, sharesOf } from '../label-compression/shares.ts'
import { readTeacher } from '../label-compression/teacher-labels.ts'
import { ownHelperNote, shortClassesNote, someRows } from '../real-items/real-rows.ts'
import { validationPart, type TrialBench } from '../real-items/student-trials.ts'
import { createTrialLedger, type TrialLedger } from '../real-items/trial-ledger.ts'
import {
  itemsOf,
  labelsOf,
  realSet,
  storedSoft,
  studentItems,
  type ChosenItems,
  type SoftChoice
} from './candidates.ts'
import { chooseItems } from './choose-items.ts'
import {
  createExpertLabels,
  meanMoments,
  type ExpertLabels,
  type MeanMoment
} from './expert-labels.ts'
import { dataKnowledgeFrontier, measureFrontier, type Frontier } from './frontier.ts'
import type { SoftLabelParams } from './params.ts'
import { asksHelper, frontierCounts, frontierMoments, searchPlan, studentRecipe } from './plan.ts'
import {
  plannedEpochs,
  searchLabels,
  type MeasuredTrial,
  type SearchOutcome,
  type SearchPlan,
  type Trial
} from './search.ts'
import { measureStructure, structureTrials } from './structure.ts'
import { decisionTable, labelsName, searchNotes, searchTable, type ReadyTable } from './tables.ts'

type Steps<T> = AsyncGenerator<DistillationProgress, T, void>

/** Everything that the stages of a run share. */
interface Run {
  readonly context: DistillationContext
  readonly inputs: DistillationInputs
  readonly params: SoftLabelParams
  readonly experts: ExpertSource
  readonly classes: number
  readonly moments: readonly MeanMoment[]
  readonly plan: SearchPlan
  readonly items: ChosenItems
  readonly labels: ExpertLabels
  /** Of each moment alone, as a helper model that is kept says it. */
  readonly single: ExpertLabels
  readonly recipe: StudentRecipe
  readonly bench: TrialBench
  readonly ledger: TrialLedger
  readonly notes: readonly string[]
}

/** See the card; yields the best set so far whenever a full training beat the ones before it. */
export async function* runSoftLabels(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: SoftLabelParams
): Steps<DistilledSet> {
  const run = yield* prepare(context, inputs, params)
  const outcome = yield* search(run)
  const entropies = await entropiesOf(run, run.plan.moments)
  const tables = [
    searchTable(outcome, run.moments, entropies),
    ...(run.plan.asks === true ? [searchTable(outcome, run.moments, entropies, true)] : []),
    decisionTable(outcome, run.moments),
    ...(params.experiments ? yield* measureTheLabels(run, outcome) : [])
  ]
  const frontier = params.frontier ? yield* measureKnowledge(run, outcome.bestSoft.rate) : undefined
  const best = await setOf(run, outcome.best)
  return {
    ...best,
    info: {
      ...best.info,
      plainAccuracy: outcome.bestPlain.accuracy,
      softAccuracy: outcome.bestSoft.accuracy,
      entropies: Array.from(entropies, ([moment, entropy]) => ({
        epoch: run.moments[moment].epoch,
        entropy
      })),
      tables,
      ...(frontier === undefined ? {} : { frontier })
    },
    notes: [...run.notes, ...searchNotes(outcome, run.moments)]
  }
}

async function* prepare(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: SoftLabelParams
): Steps<Run> {
  const { experts, classNames, perClass, shape } = inputs
  if (experts === undefined) throw new Error('soft labels need helper models, but there are none')
  await enableGradients()
  const { tf } = context.device
  const { signal } = context
  const classes = classNames.length
  const choosing = chooseItems(context, inputs, perClass, params)
  let step = await choosing.next()
  while (step.done !== true) {
    yield {
      phase: 'Choosing items',
      done: step.value,
      total: classes,
      unit: 'labels',
      isPrelude: true
    }
    step = await choosing.next()
  }
  const items = itemsOf(inputs, step.value)
  const random = context.random.fork('students')
  const validation = validationPart(inputs.validation, context.random)
  const network = createNetwork(inputs.network, shape, classes)
  const bench: TrialBench = { tf, network, validation, random, signal }
  const moments = meanMoments(experts)
  // Of a model of the analyst's own only answers are known: there is nothing to keep.
  const asks = asksHelper(inputs, params)
  const plan = searchPlan(params, moments, asks && experts.answer === undefined)
  const rows = someRows(inputs.train, items.rows)
  return {
    context,
    inputs,
    params,
    experts,
    classes,
    moments,
    plan,
    items,
    labels: createExpertLabels(tf, experts, shape, classes, rows, signal, params.averaged),
    single: createExpertLabels(tf, experts, shape, classes, rows, signal),
    recipe: studentRecipe(params, inputs.data),
    bench,
    ledger: createTrialLedger(
      context,
      bench,
      plan.students,
      passesOf(params, plan, inputs, moments)
    ),
    notes: [
      ...shortClassesNote(step.value, perClass, classNames),
      ...(asks ? ownHelperNote(experts) : [])
    ]
  }
}

/** Passes of students in all, for the progress. */
function passesOf(
  params: SoftLabelParams,
  plan: SearchPlan,
  { classNames, perClass }: DistillationInputs,
  moments: readonly MeanMoment[]
): number {
  const further =
    (params.experiments ? structureTrials(classNames.length) : 0) +
    (params.frontier ? frontierCounts(perClass).length * frontierMoments(moments).length : 0)
  return plannedEpochs(plan) + further * plan.students * plan.epochs
}

async function* search(run: Run): Steps<SearchOutcome> {
  const { plan, items, classes, recipe, ledger } = run
  const walk = searchLabels(plan, async function* (trial: Trial) {
    const soft = await softOf(run, trial)
    const own = { ...recipe, rate: trial.rate, epochs: trial.epochs }
    const changed = soft?.changed && { labels: soft.changed, shape: run.inputs.shape }
    const learned = studentItems(items, classes, soft?.labels.shares, changed)
    return yield* ledger.measure(learned, own)
  })
  let best: MeasuredTrial | undefined
  let trials = 0
  for (;;) {
    const step = await walk.next()
    if (step.done === true) return step.value
    const seen = step.value
    if (!('accuracy' in seen)) {
      yield seen
      continue
    }
    const series = seen.labels === undefined ? 'Plain labels' : 'Richer labels'
    const live = { series, x: ++trials, y: seen.accuracy }
    const isBest =
      seen.epochs === plan.epochs && (best === undefined || seen.accuracy > best.accuracy)
    if (isBest) best = seen
    const candidate = isBest ? { candidate: await setOf(run, seen) } : {}
    yield { ...ledger.now(), live, ...candidate }
  }
}

/** The labels of a trial and whose they are; undefined for plain ones. */
async function softOf(
  { labels, single, experts, items, classes, params, moments }: Run,
  trial: Pick<Trial, 'labels'>
): Promise<SoftChoice | undefined> {
  if (trial.labels === undefined) return undefined
  const { moment, isAsked } = trial.labels
  const logits = await (isAsked === true ? single : labels).logitsAt(moment)
  return {
    labels: labelsOf(logits, items, classes, trial.labels, params),
    from: `helper model at ${labelsName(trial.labels, moments)}`,
    ...(isAsked === true && { changed: await readTeacher(experts, moment, 1, trial.labels) })
  }
}

/** The set that a trial's students learned from. */
async function setOf(run: Run, trial: MeasuredTrial): Promise<DistilledSet> {
  const soft = await softOf(run, trial)
  const { labels, rate, accuracy } = trial
  const info = {
    labelKind: labels === undefined ? 'plain' : labels.isAsked === true ? 'teacher' : 'soft',
    expertEpoch: labels === undefined ? null : run.moments[labels.moment].epoch,
    inverseTemperature: labels?.tau ?? null,
    teacherShare: labels?.teacherShare ?? 0,
    rate,
    validationAccuracy: accuracy,
    choice: run.params.choice,
    averagedMoments: labels?.isAsked === true ? 1 : run.params.averaged,
    ...(soft === undefined
      ? {}
      : {
          labelEntropy: meanEntropy(soft.labels.shares, run.classes),
          labelBytes: bytesOf(storedSoft(soft, run.items.labels, run.classes)),
          labelDivergence: Number.isFinite(soft.labels.divergence) ? soft.labels.divergence : null,
          labelDropped: soft.labels.dropped
        })
  }
  const student = { ...run.recipe, rate }
  return realSet(run.inputs, run.items, soft, student, { info, notes: run.notes })
}

function bytesOf(stored: readonly StoredArray[]): number {
  return stored.reduce((sum, { values, bytesEach }) => sum + values.length * bytesEach, 0)
}

/** How even labels are at each moment that was tried: the entropy read-out. */
async function entropiesOf(run: Run, tried: readonly number[]): Promise<Map<number, number>> {
  const entropies = new Map<number, number>()
  for (const moment of tried) {
    const shares = sharesOf(await run.labels.logitsAt(moment), run.classes, 1)
    entropies.set(moment, meanEntropy(shares, run.classes))
  }
  return entropies
}

/** Experiments with the best soft labels, whether or not the set got them. */
async function* measureTheLabels(run: Run, { bestSoft }: SearchOutcome): Steps<ReadyTable[]> {
  const { items, inputs, recipe, context, bench, ledger } = run
  if (bestSoft.labels === undefined) return []
  // What is changed in these experiments is the labels of the items as they are.
  const soft = await softOf(run, { labels: { ...bestSoft.labels, isAsked: false } })
  if (soft === undefined) return []
  return yield* measureStructure(
    {
      items,
      shares: soft.labels.shares,
      classNames: inputs.classNames,
      recipe: { ...recipe, rate: bestSoft.rate },
      validation: bench.validation,
      random: context.random.fork('structure')
    },
    (changed, own, on) => ledger.measure(changed, own, on)
  )
}

/** Accuracy over numbers of items and moments of the helper model. */
async function* measureKnowledge(run: Run, rate: number): Steps<Frontier> {
  const { context, inputs, params, experts, bench, classes, recipe, ledger, moments } = run
  const tried = frontierMoments(moments)
  const counts = frontierCounts(inputs.perClass)
  const sets = new Map<number, Promise<{ items: ChosenItems; labels: ExpertLabels }>>()
  const setFor = async (
    perClass: number
  ): Promise<{ items: ChosenItems; labels: ExpertLabels }> => {
    const items = itemsOf(inputs, await finished(chooseItems(context, inputs, perClass, params)))
    const rows = someRows(inputs.train, items.rows)
    const { tf, signal } = bench
    return {
      items,
      labels: createExpertLabels(tf, experts, inputs.shape, classes, rows, signal, params.averaged)
    }
  }
  const grid = yield* measureFrontier(
    tried.map((moment) => moments[moment].epoch),
    counts,
    async function* (row, perClass) {
      const set = sets.get(perClass) ?? setFor(perClass)
      sets.set(perClass, set)
      const { items, labels } = await set
      const logits = await labels.logitsAt(tried[row])
      const shares = sharesOf(logits, classes, 1)
      return yield* ledger.measure(studentItems(items, classes, shares), { ...recipe, rate })
    }
  )
  return dataKnowledgeFrontier(grid, classes)
}

async function finished<T>(run: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value
  }
}
