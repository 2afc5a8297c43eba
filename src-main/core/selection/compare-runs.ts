// Two finished runs side by side: what they share, what chance would share, and which settings
// differ, in words.
import type { RunComparison, SelectDraft, SelectionResult } from '../../api/dto/runs.ts'
import { percentOneDecimal, signedPoints } from '../evaluation/verdict.ts'
import { budgetWords } from './budget.ts'

/**
 * Jaccard index two independent random sets of these sizes have on average, to first order:
 * expected shared / expected union.
 */
export function chanceJaccard(first: number, second: number, candidates: number): number {
  if (candidates === 0 || first + second === 0) return 0
  const shared = (first * second) / candidates
  return shared / (first + second - shared)
}

function tasksWords(draft: SelectDraft): string {
  switch (draft.tasks.kind) {
    case 'labels':
      return `one task per label, ${draft.tasks.perTask} examples each`
    case 'column':
      return `one task per value of \u201c${draft.tasks.column}\u201d, ${draft.tasks.perTask} examples each`
    case 'sets':
      return draft.tasks.sets.map((set) => set.name).join(', ')
  }
}

function settings(result: SelectionResult): Record<string, string> {
  const { draft } = result
  const { rules } = draft
  return {
    Data: result.datasetName,
    Scope: draft.scope.kind === 'all' ? 'all items' : JSON.stringify(draft.scope.filter),
    'How much to keep': budgetWords(draft.budget),
    Method: result.methodName,
    'Method settings': JSON.stringify(result.provenance['params'] ?? draft.method.params),
    'Target tasks': tasksWords(draft),
    'Repeat code': String(draft.seed),
    'Near-repeats': rules.nearDuplicates.isOn
      ? `one of each kept, from ${Math.round(rules.nearDuplicates.similarity01 * 1000) / 10} % alike`
      : 'all kept',
    'Must keep': `${rules.mustKeep.length.toLocaleString('en')} items`,
    'Must drop': `${rules.mustDrop.length.toLocaleString('en')} items`,
    'Class limits': rules.perClass.length === 0 ? 'none' : JSON.stringify(rules.perClass),
    'Groups kept together by': rules.groupColumn ?? 'none'
  }
}

function accuracySentence(first: SelectionResult, second: SelectionResult): string {
  if (first.check === null || second.check === null) return ''
  const gap = first.check.chosen.mean - second.check.chosen.mean
  const scores = `${percentOneDecimal(first.check.chosen.mean)} and ${percentOneDecimal(second.check.chosen.mean)}`
  return ` A model trained on them is right on ${scores} of their test items (${signedPoints(gap)} points).`
}

/** Compares two results; `firstRows` and `secondRows` are their chosen rows. */
export function compareRuns(
  first: SelectionResult,
  second: SelectionResult,
  firstRows: Uint32Array,
  secondRows: Uint32Array
): RunComparison {
  const sameData =
    first.dataset === second.dataset &&
    first.provenance['contentHash'] === second.provenance['contentHash']
  const other = new Set(secondRows)
  const both = sameData ? firstRows.reduce((n, row) => n + (other.has(row) ? 1 : 0), 0) : 0
  const union = firstRows.length + secondRows.length - both
  const names = [...new Set([...first.classes, ...second.classes].map((entry) => entry.name))]
  const countOf = (result: SelectionResult, name: string): number =>
    result.classes.find((entry) => entry.name === name)?.chosen ?? 0
  const left = settings(first)
  const right = settings(second)
  const smaller = Math.min(firstRows.length, secondRows.length)
  const share = smaller === 0 ? 0 : Math.round((100 * both) / smaller)
  const sentence = sameData
    ? `The two sets share ${both.toLocaleString('en')} items (${share} % of the smaller one).${accuracySentence(first, second)}`
    : 'The two runs chose from different data, so their items cannot be compared.'
  return {
    runs: [first, second],
    sameData,
    both,
    onlyFirst: firstRows.length - both,
    onlySecond: secondRows.length - both,
    jaccard01: union === 0 ? 0 : both / union,
    chanceJaccard01: sameData
      ? chanceJaccard(
          firstRows.length,
          secondRows.length,
          Math.max(first.candidates, second.candidates)
        )
      : 0,
    classes: names.map((name) => ({
      name,
      first: countOf(first, name),
      second: countOf(second, name)
    })),
    differences: Object.keys(left)
      .filter((key) => left[key] !== right[key])
      .map((key) => ({ setting: key, first: left[key], second: right[key] })),
    sentence
  }
}
