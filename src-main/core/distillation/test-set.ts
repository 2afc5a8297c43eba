// The "Testing the set" phase: students of the set, of random real items and of all data, on the pool
// of threads, each stored when done. Nothing is chosen on test items.
import { join } from 'node:path'
import type { DistilArm, DistilDraft, DistilResult } from '../../api/dto/distil.ts'
import { repeatSeed } from '../evaluation/draws.ts'
import { allDataRecipe, oppositeAugmentation, plainRecipe } from '../evaluation/distilled/judge.ts'
import { armsOfMeasure, measureOf } from '../evaluation/distilled/measures.ts'
import {
  choosingUnits,
  testUnits,
  unitCount,
  type TestedNetwork,
  type TestPlan,
  type TestUnit
} from '../evaluation/distilled/test-plan.ts'
import { testResult } from '../evaluation/distilled/test-result.ts'
import type { PairFacts } from '../evaluation/pairs/judge-pairs.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { describeNetwork } from '../networks/create-network.ts'
import { labelFormOf } from '../methods/distillation/label-compression/changed-labels.ts'
import { kernelOf, type KernelFacts } from '../networks/kernel-model.ts'
import type { NetworkSpec } from '../networks/network.ts'
import type { StudentRecipe } from '../networks/student-recipe.ts'
import type { DataPlace } from './distil-data.ts'
import type { DistilState } from './distil-state.ts'
import type { ArmItems, DistilTestInput, DistilTestOutput } from './distil-test-task.ts'
import { viewPlanOf } from './label-choice.ts'
import { ledgerBytes, ledgerOf, perClassOfBytes, realItemBytes } from './ledger.ts'
import type { ReadyExperts } from './make-experts.ts'
import { setFolder } from './make-set.ts'
import { otherNetworkFor } from './network-choice.ts'
import { pairJudgeOf } from './pairs/pair-test.ts'
import { drawPerClass } from '../evaluation/distilled/random-items.ts'
import type { SetFacts } from './run-files.ts'
import type { SavedSet } from './set-files.ts'
import type { Teacher } from './teacher.ts'

export interface TestSet {
  readonly context: JobContext
  readonly folder: string
  readonly draft: DistilDraft
  readonly method: string
  readonly set: SavedSet
  readonly facts: SetFacts
  readonly data: DataPlace
  readonly network: NetworkSpec
  readonly experts: ReadyExperts | undefined
  readonly phase: number
  state(): DistilState
  save(change: Partial<DistilState>): void
}

/** Step sizes tried for each set, as multiples of the recipe's. */
const ratesOf = { quick: [1], standard: [0.3, 1, 3], thorough: [0.1, 0.3, 1, 3] } as const

/** The moment and temperature a method took its labels from, where it says so. */
export function chosenMoment(
  set: Pick<SavedSet, 'info'>,
  experts: Pick<ReadyExperts, 'moments'>
): { readonly moment: number; readonly epoch: number; readonly temperature: number } | undefined {
  const epoch = numberIn(set.info, 'expertEpoch') ?? numberIn(set.info, 'epoch')
  if (epoch === undefined) return undefined
  const moment = experts.moments[0]?.findIndex((each) => Math.abs(each.epoch - epoch) < 1e-9) ?? -1
  if (moment < 0) return undefined
  return { moment, epoch, temperature: labelTemperature(set.info) }
}

/** The temperature labels were taken at, where a method says so; 1 elsewhere. */
export function labelTemperature(info: Readonly<Record<string, unknown>>): number {
  return numberIn(info, 'temperature') ?? 1 / (numberIn(info, 'inverseTemperature') ?? 1)
}

function numberIn(info: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = info[name]
  return typeof value === 'number' && value > 0 ? value : undefined
}

/** Why the set is not tested, in a sentence; undefined when it is. */
export function whyNotTested(
  draft: DistilDraft,
  data: Pick<DataPlace, 'test'>
): string | undefined {
  if (!draft.check.isOn) return 'The set was not tested, as asked.'
  if (data.test.rows.length === 0) return 'The set was not tested: there are no test items.'
  return undefined
}

function teacherOf(run: TestSet): Teacher | undefined {
  if (run.experts === undefined || run.set.targets.kind !== 'soft') return undefined
  const chosen = chosenMoment(run.set, run.experts)
  const { folder, request } = run.experts
  if (chosen === undefined) return undefined
  // Random items get their labels the way the set's own items did.
  const { labels, seed } = run.draft
  return {
    folder,
    request,
    moment: chosen.moment,
    temperature: chosen.temperature,
    averaged: numberIn(run.set.info, 'averagedMoments') ?? 1,
    teacherShare: numberIn(run.set.info, 'teacherShare') ?? 1,
    keep: labels.kind === 'soft' ? (labels.keep ?? undefined) : undefined,
    asked: askedOf(run.set.targets, labels, run.set.student, seed)
  }
}

function askedOf(
  targets: SavedSet['targets'],
  labels: DistilDraft['labels'],
  student: StudentRecipe,
  seed: number
): Teacher['asked'] {
  const form = labelFormOf(targets)
  if (form === 'teacher') return 'while learning'
  return form === 'views' && labels.kind === 'views' ? viewPlanOf(labels, student, seed) : undefined
}

/** What is compared with what. */
export function testPlanOf(run: TestSet): TestPlan {
  const { check, effort, seed } = run.draft
  const arms: DistilArm[] = []
  if (run.set.targets.kind !== 'hard') arms.push('distilled-soft')
  arms.push('distilled-hard')
  if (teacherOf(run) !== undefined) arms.push('random-soft')
  arms.push('random-hard')
  if (check.chosen === true) arms.push('chosen-hard')
  if (check.equalBytes && equalBytesPerClass(run) > run.draft.perClass) arms.push('equal-bytes')
  if (check.all) arms.push('all')
  return {
    seed,
    repeats: check.repeats,
    arms: armsOfMeasure(measureOf(run.set), arms),
    hasOther: check.otherNetwork,
    // Rows of numbers have nothing to turn or shift.
    hasOpposite:
      check.augmentations === true &&
      run.data.kind === 'pictures' &&
      kernelOf(run.set) === undefined,
    rates: ratesOf[effort]
  }
}

function equalBytesPerClass(run: TestSet): number {
  const { set, facts, data } = run
  const bytes = ledgerBytes(ledgerOf(set.stored))
  return Math.floor(perClassOfBytes(bytes, facts.shape, data.classNames.length, labelBytes(run)))
}

/** Positions of random real items; of equal seeds the larger draw holds the smaller one. */
function realPositions(run: TestSet, perClass: number, seed: number): Uint32Array {
  return drawPerClass(run.data.train.labels, run.data.classNames.length, perClass, seed)
}

function itemsOfArm(run: TestSet, arm: DistilArm, seed: number): ArmItems {
  const folder = join(run.folder, setFolder)
  const real = (perClass: number, teacher?: Teacher): ArmItems => ({
    kind: 'real',
    positions: realPositions(run, perClass, seed),
    teacher
  })
  switch (arm) {
    case 'distilled-soft':
      return { kind: 'set', folder, labels: 'own' }
    case 'distilled-hard':
      return { kind: 'set', folder, labels: 'plain' }
    case 'random-soft':
      return real(run.draft.perClass, teacherOf(run))
    case 'random-hard':
      return real(run.draft.perClass)
    case 'chosen-hard':
      return { kind: 'typical', perClass: run.draft.perClass }
    case 'equal-bytes':
      return real(equalBytesPerClass(run))
    case 'all':
      return real(Infinity)
  }
}

function recipeOf(run: TestSet, arm: DistilArm): StudentRecipe {
  const { student } = run.set
  const all = (): StudentRecipe => allDataRecipe(student, run.data.train.rows.length)
  if (measureOf(run.set) !== 'accuracy') {
    const { loss, temperature, optimizer, rate } = student
    return arm === 'all' ? { ...all(), loss, temperature, optimizer, rate } : student
  }
  if (arm === 'all') return all()
  return arm === 'distilled-soft' || arm === 'random-soft' ? student : plainRecipe(student)
}

function sizeOf(run: TestSet, arm: DistilArm): { readonly items: number; readonly bytes: number } {
  if (arm === 'distilled-soft' || arm === 'distilled-hard')
    return { items: run.set.count, bytes: ledgerBytes(ledgerOf(run.set.stored)) }
  const perClass =
    arm === 'all' ? Infinity : arm === 'equal-bytes' ? equalBytesPerClass(run) : run.draft.perClass
  const items = realPositions(run, perClass, repeatSeed(run.draft.seed, 0)).length
  return { items, bytes: items * (realItemBytes(run.facts.shape) + labelBytes(run)) }
}

/** Bytes of what one real item is learned as: its label, or a row of numbers as long as the set's. */
function labelBytes({ set }: Pick<TestSet, 'set'>): number {
  if (measureOf(set) === 'accuracy' || set.targets.kind !== 'values') return 1
  return (4 * set.targets.values.length) / Math.max(1, set.count)
}

/**
 * Who judges: the network and one of another kind. A set for kernel models is judged by its own model
 * first; the network is then the other kind.
 */
function judgeOf(
  run: TestSet,
  which: TestedNetwork
): {
  readonly name: string
  readonly network: NetworkSpec
  readonly kernel?: KernelFacts | undefined
  readonly heads?: PairFacts | undefined
} {
  const pairs = pairJudgeOf(run.set, which)
  if (pairs !== undefined) return { name: pairs.name, network: run.network, heads: pairs.facts }
  const kernel = kernelOf(run.set)
  if (kernel !== undefined && which === 'main')
    return { name: 'kernel model', network: run.network, kernel }
  const isOwn = kernel !== undefined || which === 'main'
  const network = isOwn ? run.network : otherNetworkFor(run.facts.shape)
  return { name: describeNetwork(network), network }
}

/** Runs the test, or goes on with it, and returns what it found. */
export async function testSet(run: TestSet): Promise<NonNullable<DistilResult['check']>> {
  const { context } = run
  const plan = testPlanOf(run)
  context.phase(run.phase, unitCount(plan), 'tests')
  await runAll(run, choosingUnits(plan, run.state().units))
  // The other network's units are known once the main one's are done.
  await runAll(run, choosingUnits(plan, run.state().units))
  await runAll(run, testUnits(plan, run.state().units))
  return testResult({
    plan,
    results: run.state().units,
    networks: { main: judgeOf(run, 'main').name, other: judgeOf(run, 'other').name },
    sizeOf: (arm) => sizeOf(run, arm),
    rateOf: (arm) => recipeOf(run, arm).rate,
    perClass: run.draft.perClass,
    testItems: run.data.test.rows.length,
    device: run.state().testDevice ?? '',
    consumer: run.set.consumer,
    isGrouped: run.draft.groups !== undefined,
    isAugmented: run.set.student.augment !== null
  })
}

/** Runs the units that are not finished, as many at once as there are threads. */
async function runAll(run: TestSet, units: readonly TestUnit[]): Promise<void> {
  const { context } = run
  const waiting = units.filter(({ key }) => run.state().units[key] === undefined)
  context.progress(Object.keys(run.state().units).length)
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < waiting.length) {
      context.signal.throwIfAborted()
      const unit = waiting[next++]
      await context.breathe()
      const output = await runUnit(run, unit)
      run.save({
        units: { ...run.state().units, [unit.key]: output.accuracy01 },
        testDevice: output.device
      })
      if (unit.on === 'test' && unit.network === 'main' && unit.augmentation === 'own')
        context.live(`test:${unit.arm}`, unit.repeat + 1, output.accuracy01)
      context.progress(Object.keys(run.state().units).length)
    }
  }
  const outcomes = await Promise.allSettled(
    Array.from({ length: Math.max(1, context.pool.size) }, () => worker())
  )
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  context.signal.throwIfAborted()
}

function runUnit(run: TestSet, unit: TestUnit): Promise<DistilTestOutput> {
  const own = recipeOf(run, unit.arm)
  const recipe = unit.augmentation === 'own' ? own : oppositeAugmentation(own)
  const { network, kernel, heads } = judgeOf(run, unit.network)
  const input: DistilTestInput = {
    data: run.data,
    arm: itemsOfArm(run, unit.arm, unit.seed),
    method: run.method,
    recipe: { ...recipe, rate: recipe.rate * unit.rate },
    network,
    measure: measureOf(run.set),
    kernel,
    heads,
    on: unit.on,
    seed: unit.seed,
    device: run.context.deviceRequest
  }
  return run.context.pool.run<DistilTestInput, never, DistilTestOutput>(
    { name: 'distil-test' },
    input,
    { signal: run.context.signal }
  )
}
