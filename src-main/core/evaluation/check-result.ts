// From the accuracies of a check's units to everything the result page, the report and the command
// line show of it.
import type { CheckModel, CheckModelResult, CheckResult, VerdictKind } from '../../api/dto/runs.ts'
import { acrossModels, disagreement, modelSentence } from './across-models.ts'
import { limitOf, unitKey, type CheckPlan } from './check.ts'
import { learningCurve } from './learning-curve.ts'
import { modelFacts } from './models/model-facts.ts'
import { differenceInterval, meanSd } from './paired.ts'
import { verdictKind, verdictOf } from './verdict.ts'

type Results = ReadonlyMap<string, number>

/** Accuracy per repeat of one arm under a model; undefined when it was not made. */
function valuesOf(
  plan: CheckPlan,
  results: Results,
  model: CheckModel,
  arm: string
): number[] | undefined {
  const isDrawn = arm.startsWith('random') || arm.startsWith('stratified')
  const isAnew = isDrawn || modelFacts[model].hasLuck
  const values = Array.from({ length: plan.repeats }, (_, repeat) =>
    results.get(unitKey(arm, isAnew ? repeat : 0, model))
  )
  const known = values.filter((value) => value !== undefined)
  return known.length === values.length ? known : undefined
}

function perRepeat(plan: CheckPlan, results: Results, model: CheckModel, arm: string): number[] {
  const values = valuesOf(plan, results, model, arm)
  if (values === undefined) throw new Error(`the check has no result for ${model} on ${arm}`)
  return values
}

interface Arms {
  readonly chosen: number[]
  readonly random: number[]
  readonly stratified: number[]
  readonly all: number[]
}

function armsOf(plan: CheckPlan, results: Results, model: CheckModel): Arms {
  const [chosen, random, stratified, all] = ['chosen', 'random', 'stratified', 'all'].map((arm) =>
    perRepeat(plan, results, model, arm)
  )
  return { chosen, random, stratified, all }
}

function modelResult(plan: CheckPlan, results: Results, model: CheckModel): CheckModelResult {
  const arms = armsOf(plan, results, model)
  const difference = differenceInterval(arms.chosen, arms.random)
  const kind: VerdictKind = plan.repeats < 2 ? 'no-difference' : verdictKind(difference)
  return {
    model,
    name: modelFacts[model].name,
    chosen: meanSd(arms.chosen),
    random: meanSd(arms.random),
    stratified: meanSd(arms.stratified),
    all: meanSd(arms.all),
    difference,
    differenceToStratified: differenceInterval(arms.chosen, arms.stratified),
    kind,
    sentence: modelSentence({ model, kind, difference }, plan.repeats)
  }
}

/** What a reader should know about memory limits and missing labels. */
function planCautions(plan: CheckPlan): string[] {
  const cautions: string[] = []
  const items = (count: number): string => count.toLocaleString('en')
  const limited = new Map(
    plan.models
      .filter((model) => plan.candidates.length > limitOf(plan, model))
      .map((model) => [modelFacts[model].reads, limitOf(plan, model)])
  )
  const fingerprints = limited.get('fingerprints')
  if (fingerprints !== undefined)
    cautions.push(
      `Check models learned from at most ${items(fingerprints)} items each, drawn at random.`
    )
  const pictures = limited.get('pictures')
  if (pictures !== undefined)
    cautions.push(
      `The picture network learned from at most ${items(pictures)} pictures of each set, drawn at random.`
    )
  const unlabelled = plan.chosen.reduce((n, row) => n + (plan.labels[row] < 0 ? 1 : 0), 0)
  if (unlabelled > 0)
    cautions.push(
      `${items(unlabelled)} chosen ${unlabelled === 1 ? 'item has' : 'items have'} no label and took no part in the test.`
    )
  return cautions
}

/**
 * The result of a check. The verdict comes from the first model of the plan; the others are beside
 * it, with a caution where they disagree.
 */
export function checkResult(
  plan: CheckPlan,
  results: Results,
  testItems: number,
  device: string
): CheckResult {
  const [first] = plan.models
  const arms = armsOf(plan, results, first)
  const models = plan.models.map((model) => modelResult(plan, results, model))
  const { chosen, random, stratified, all, difference, differenceToStratified } = models[0]
  const verdict = verdictOf({
    repeats: plan.repeats,
    testItems,
    chosen,
    all,
    difference,
    differenceToStratified,
    keptShare01: plan.chosen.length / plan.candidates.length
  })
  const size = plan.chosen.length
  const against = disagreement(models, plan.repeats)
  return {
    repeats: plan.repeats,
    testItems,
    trainItems: {
      chosen: size,
      random: size,
      stratified: size,
      all: Math.min(plan.candidates.length, limitOf(plan, first))
    },
    chosen,
    random,
    stratified,
    all,
    perRepeat: arms,
    difference,
    differenceToStratified,
    others: plan.others.map((other, i) => {
      const values = perRepeat(plan, results, first, `other:${i}`)
      return {
        method: other.method,
        name: other.name,
        accuracy: meanSd(values),
        difference: differenceInterval(values, arms.random)
      }
    }),
    kind: verdict.kind,
    verdict: verdict.verdict,
    cautions: [
      ...verdict.cautions,
      ...(against === undefined ? [] : [against]),
      ...planCautions(plan)
    ],
    device,
    models,
    acrossModels: acrossModels(models, plan.repeats),
    curve:
      plan.curveOrder === undefined
        ? null
        : learningCurve(plan, (arm) => valuesOf(plan, results, 'linear', arm))
  }
}
