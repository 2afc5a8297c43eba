// The check of a chosen set: the same models trained on the chosen items, on random and stratified
// random draws of the same size from the same candidates, and on all candidates; one set of test
// items for all. Made of independent units, so that it runs in parallel and goes on after a stop.
import type { CheckModel } from '../../api/dto/runs.ts'
import { drawRandom, drawStratified, repeatSeed } from './draws.ts'
import { curveArm, curveSizes } from './learning-curve.ts'
import { modelFacts } from './models/model-facts.ts'

export interface CheckedSet {
  readonly method: string
  readonly name: string
  readonly rows: Uint32Array
}

export interface CheckPlan {
  readonly seed: number
  readonly repeats: number
  /** The model whose verdict counts, then those it is compared with; each once. */
  readonly models: readonly CheckModel[]
  /** Rows that could have been chosen, ascending. */
  readonly candidates: Uint32Array
  /** Class of each row of the dataset; -1 = no label. */
  readonly labels: Int32Array
  /** Best first. */
  readonly chosen: Uint32Array
  /** Sets of other methods tried beside; only the first model is trained on them. */
  readonly others: readonly CheckedSet[]
  /** Most rows one model is trained on (memory), by what it reads; larger sets are sampled. */
  readonly trainLimit: Readonly<Record<'fingerprints' | 'pictures', number>>
  /** All candidates best first, the chosen ones in front, for the learning curve; undefined = none. */
  readonly curveOrder: Uint32Array | undefined
}

/** One model to train. `rows` ascending. */
export interface CheckUnit {
  readonly key: string
  readonly model: CheckModel
  /** "chosen", "random", "stratified", "all", "other:0"; with a size for the curve: "random@300". */
  readonly arm: string
  readonly repeat: number
  readonly seed: number
  readonly rows: Uint32Array
}

/**
 * Key of a unit in checkpoints and records, for example "random/2" or "knn:random/2". The linear
 * model has no name in its keys: checkpoints of earlier versions knew no other.
 */
export function unitKey(arm: string, repeat: number, model: CheckModel = 'linear'): string {
  return `${model === 'linear' ? '' : `${model}:`}${arm}/${repeat}`
}

/** Most rows a model of the plan is trained on. */
export function limitOf(plan: CheckPlan, model: CheckModel): number {
  return plan.trainLimit[modelFacts[model].reads]
}

/** Arms whose rows are the same in every repeat. */
function fixedArms(
  plan: CheckPlan,
  isFirst: boolean
): readonly { arm: string; rows: Uint32Array }[] {
  const others = isFirst ? plan.others : []
  return [
    { arm: 'chosen', rows: plan.chosen.slice().sort() },
    { arm: 'all', rows: plan.candidates },
    ...others.map((other, i) => ({ arm: `other:${i}`, rows: other.rows.slice().sort() }))
  ]
}

/**
 * All models to train. A model without luck (the linear one is the optimum of a convex problem,
 * reached from zero; k-NN trains nothing) is trained once on an arm whose rows never change, and
 * stands for every repeat. A network's training holds luck: it is trained anew on every arm in every
 * repeat, all arms of a repeat with the same seed. The draws of the random arms change with the
 * repeat's seed and are the same for all models.
 */
export function checkUnits(plan: CheckPlan): readonly CheckUnit[] {
  const units = new Map<string, CheckUnit>()
  const add = (
    model: CheckModel,
    arm: string,
    repeat: number,
    rows: Uint32Array,
    drawSeed = repeatSeed(plan.seed, repeat)
  ): void => {
    const key = unitKey(arm, repeat, model)
    if (units.has(key)) return
    const limit = limitOf(plan, model)
    const limited = rows.length > limit ? drawRandom(rows, limit, drawSeed) : rows
    units.set(key, {
      key,
      model,
      arm,
      repeat,
      seed: repeatSeed(plan.seed, repeat),
      rows: limited
    })
  }
  plan.models.forEach((model, place) => {
    const trained = modelFacts[model].hasLuck ? plan.repeats : 1
    for (let repeat = 0; repeat < trained; repeat++)
      for (const { arm, rows } of fixedArms(plan, place === 0))
        // What is sampled for memory's sake stays one set over all repeats.
        add(model, arm, repeat, rows, repeatSeed(plan.seed, 0))
    addDraws(plan, plan.chosen.length, (arm, repeat, rows) => add(model, arm, repeat, rows))
  })
  addCurve(plan, (arm, repeat, rows) => add('linear', arm, repeat, rows))
  return [...units.values()]
}

type AddArm = (arm: string, repeat: number, rows: Uint32Array) => void

/** The random and the stratified draw of a size in every repeat. */
function addDraws(plan: CheckPlan, size: number, add: AddArm): void {
  const { candidates, labels, chosen } = plan
  for (let repeat = 0; repeat < plan.repeats; repeat++) {
    const seed = repeatSeed(plan.seed, repeat)
    const nameOf = (arm: string): string => curveArm(arm, size, chosen.length)
    add(nameOf('random'), repeat, drawRandom(candidates, size, seed))
    add(nameOf('stratified'), repeat, drawStratified(candidates, labels, size, seed))
  }
}

/** The learning curve's units; at the size of the chosen set they are those of the check itself. */
function addCurve(plan: CheckPlan, add: AddArm): void {
  const order = plan.curveOrder
  if (order === undefined) return
  add('all', 0, plan.candidates)
  for (const size of curveSizes(plan)) {
    const arm = curveArm('chosen', size, plan.chosen.length)
    if (size <= order.length) add(arm, 0, order.slice(0, size).sort())
    addDraws(plan, size, add)
  }
}

export interface RunUnits {
  /** Accuracies of units already done, by key (from a checkpoint). */
  readonly finished: ReadonlyMap<string, number>
  readonly parallel: number
  readonly signal: AbortSignal
  train(unit: CheckUnit): Promise<number>
  /** Called once per newly finished unit, in the order they finish. */
  onFinished(unit: CheckUnit, accuracy: number, done: number): void | Promise<void>
}

/** Runs the units that are not finished, at most `parallel` at once; returns all accuracies. */
export async function runUnits(
  units: readonly CheckUnit[],
  options: RunUnits
): Promise<ReadonlyMap<string, number>> {
  const results = new Map(options.finished)
  const waiting = units.filter((unit) => !results.has(unit.key))
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < waiting.length) {
      options.signal.throwIfAborted()
      const unit = waiting[next++]
      const accuracy = await options.train(unit)
      results.set(unit.key, accuracy)
      await options.onFinished(unit, accuracy, results.size)
    }
  }
  const outcomes = await Promise.allSettled(
    Array.from({ length: Math.max(1, options.parallel) }, () => worker())
  )
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  // Stopped while the last units were under way: they may have ended all the same.
  options.signal.throwIfAborted()
  return results
}
