// Finished tiny sets side by side: whether their accuracies can be compared, which one does best, and
// which settings differ, in words.
import { join } from 'node:path'
import type { DistilDraft, DistilResult } from '../../api/dto/distil.ts'
import type { TinyComparison } from '../../api/dto/tiny-compare.ts'
import { mean, sd, studentTQuantile } from '../compute/statistics.ts'
import { percentOneDecimal, points } from '../evaluation/verdict.ts'
import { loadSplit } from './frozen-split.ts'

/** A set, and the rows of the dataset that it was tested on. */
export interface ComparedSet {
  readonly result: DistilResult
  readonly testRows: Uint32Array
}

export interface CompareDeps {
  /** Throws AppError "run-not-found" or "run-not-finished". */
  result(run: string): DistilResult
  /** runs/ of the open project. */
  readonly runsFolder: string
}

/** Reads the sets of these runs and compares them. Throws also AppError "file-damaged". */
export async function compareRunsOfSets(
  { result, runsFolder }: CompareDeps,
  runs: readonly string[]
): Promise<TinyComparison> {
  const sets: ComparedSet[] = []
  for (const run of runs) {
    const found = result(run)
    const { test } = await loadSplit(join(runsFolder, run, 'split'))
    sets.push({ result: found, testRows: test })
  }
  return compareSets(sets)
}

/** Compares sets; the first one sets what the others are held against. */
export function compareSets(sets: readonly ComparedSet[]): TinyComparison {
  const results = sets.map(({ result }) => result)
  const sameData = allEqual(
    results.map(({ dataset, provenance }) => `${dataset} ${String(provenance['contentHash'])}`)
  )
  const isTested = results.every(({ check }) => check !== null)
  const [first] = sets
  const sameRows = sets.every(({ testRows }) => isSameArray(testRows, first.testRows))
  const sameTest = sameData && isTested && sameRows && allEqual(results.map(measureOf))
  const differences = settingDifferences(results)
  return {
    results: [...results],
    sameData,
    sameTest,
    cautions: cautionsOf(results, sameData, sameRows),
    differences,
    sentence: sentenceOf(results, sameTest)
  }
}

function allEqual(values: readonly string[]): boolean {
  return new Set(values).size <= 1
}

function isSameArray(one: Uint32Array, other: Uint32Array): boolean {
  return one.length === other.length && one.every((value, i) => value === other[i])
}

function cautionsOf(
  results: readonly DistilResult[],
  sameData: boolean,
  sameRows: boolean
): string[] {
  const tested = results.flatMap(({ name, check, network }) =>
    check === null ? [] : [{ name, check, network }]
  )
  const untested = results.filter(({ check }) => check === null)
  const cautions: string[] = []
  if (!sameData)
    cautions.push(
      'The sets were made from different data, so their accuracies say nothing about which is better.'
    )
  else if (!sameRows && tested.length > 1)
    cautions.push(
      'The sets were tested on different items, so small differences between their accuracies say nothing.'
    )
  if (!allEqual(results.filter(({ check }) => check !== null).map(measureOf)))
    cautions.push('They were tested by different measures, which have nothing in common.')
  if (!allEqual(tested.map(({ network }) => network)))
    cautions.push(
      'Different check models learned from them. A better model gets more right with the same set.'
    )
  for (const { name, check, consumer } of results)
    if (consumer === 'kernel' && check !== null)
      cautions.push(
        `\u201c${name}\u201d is made for models that compare items; what networks learn from it is compared here.`
      )
  if (!allEqual(results.map(({ decodedItems }) => String(decodedItems))))
    cautions.push('They do not hold equally many items. A larger set has more to teach.')
  if (untested.length > 0)
    cautions.push(`Not tested: ${untested.map(({ name }) => `\u201c${name}\u201d`).join(', ')}.`)
  if (tested.some(({ check }) => check.repeats < 3))
    cautions.push('One of them was tested fewer than three times, which leaves much to chance.')
  return cautions
}

/** Accuracy of the students of the main network that count, repeat by repeat; null without a test. */
function countedArm({ check, network }: DistilResult): readonly number[] | null {
  if (check === null) return null
  const arms = check.arms.filter(({ arm }) => arm === check.chosenArm)
  return (arms.find((arm) => arm.network === network) ?? arms[0])?.perRepeat ?? null
}

function sentenceOf(results: readonly DistilResult[], sameTest: boolean): string {
  const tested = results
    .flatMap((result) => {
      const repeats = countedArm(result)
      return repeats === null || repeats.length === 0
        ? []
        : [{ name: `\u201c${result.name}\u201d`, repeats, mean: mean(repeats) }]
    })
    .sort((a, b) => b.mean - a.mean)
  const [best, next] = tested
  const isAccuracy = results.every((result) => measureOf(result) === 'accuracy')
  if (next === undefined) return 'Fewer than two of these sets were tested, so none is ahead.'
  if (!sameTest) {
    const of = isAccuracy ? 'of its own test items' : 'by its own test'
    return tested
      .map(({ name, mean: share }) => `${name}: ${percentOneDecimal(share)} ${of}.`)
      .join(' ')
  }
  const gap = best.mean - next.mean
  const [top, second] = [percentOneDecimal(best.mean), percentOneDecimal(next.mean)]
  const found = isAccuracy
    ? `Models that learned from ${best.name} are right on ${top} of the test items, from ${next.name} on ${second}`
    : `${best.name} reaches ${top} in the test, ${next.name} ${second}`
  return gap > leastClear(best.repeats, next.repeats)
    ? `${found}: ${points(gap)} points, more than the repeats vary.`
    : `${found}: ${points(gap)} points, which is within how much the repeats vary.`
}

/**
 * Half of the 95 % interval of the difference of two means with unequal spreads (Welch 1947, degrees
 * of freedom by Satterthwaite). Infinite where one of them has a single repeat.
 */
export function leastClear(one: readonly number[], other: readonly number[]): number {
  if (one.length < 2 || other.length < 2) return Infinity
  const parts = [one, other].map((values) => sd(values) ** 2 / values.length)
  const sum = parts[0] + parts[1]
  if (sum === 0) return 0
  const freedom = sum ** 2 / (parts[0] ** 2 / (one.length - 1) + parts[1] ** 2 / (other.length - 1))
  return studentTQuantile(0.975, freedom) * Math.sqrt(sum)
}

const kindWords: Readonly<Record<DistilDraft['kind'], string>> = {
  real: 'real items',
  made: 'made by the computer',
  mixed: 'made from real items'
}

function labelWords({ labels }: DistilDraft): string {
  if (labels.kind === 'hard') return 'plain'
  if (labels.kind === 'teacher') return 'richer, helper model asked'
  if (labels.kind === 'views') return `richer, of the changes of ${labels.passes} passes`
  return labels.keep === null ? 'richer, all shares' : `richer, ${labels.keep} largest shares`
}

function helperWords({ helper }: DistilDraft): string {
  return helper?.kind === 'file' ? helper.name : 'trained here'
}

/** What the check read off: sets whose measures differ have no figure in common. */
function measureOf({ check }: DistilResult): string {
  return check?.measure ?? 'accuracy'
}

/** "expertEpochs" as "Method, expert epochs". */
function settingName(name: string): string {
  return `Method, ${name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}`
}

/** Settings of a method, by name; they mean nothing beside those of another method. */
function methodSettings({ draft, provenance }: DistilResult): Record<string, string> {
  const params = provenance['params'] ?? draft.method.params
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return {}
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      settingName(name),
      typeof value === 'string' ? value : JSON.stringify(value)
    ])
  )
}

function settingsOf(result: DistilResult): Record<string, string> {
  const { draft } = result
  return {
    Data: result.datasetName,
    Scope: draft.scope.kind === 'all' ? 'all items' : JSON.stringify(draft.scope.filter),
    'Labels left out': draft.leaveOut.length === 0 ? 'none' : draft.leaveOut.join(', '),
    Kind: kindWords[draft.kind],
    Method: result.methodName,
    'Items for each label': draft.perClass.toLocaleString('en'),
    Effort: draft.effort,
    'Labels in the set': labelWords(draft),
    'Helper model': helperWords(draft),
    Groups: draft.groups === undefined ? 'none' : draft.groups.toLocaleString('en'),
    'Picture size': draft.side === null ? 'as they are' : `${draft.side} \u00d7 ${draft.side}`,
    'Check model': result.network,
    'Repeat code': String(draft.seed),
    Test: draft.check.isOn ? `${draft.check.repeats} repeats` : 'off'
  }
}

function settingDifferences(results: readonly DistilResult[]): TinyComparison['differences'] {
  const isOneMethod = allEqual(results.map(({ method }) => method))
  const settings = results.map((result) => ({
    ...settingsOf(result),
    ...(isOneMethod ? methodSettings(result) : {})
  }))
  return [...new Set(settings.flatMap((all) => Object.keys(all)))]
    .map((setting) => ({
      setting,
      values: settings.map((all: Record<string, string>) => all[setting] ?? 'not set')
    }))
    .filter(({ values }) => !allEqual(values))
}
