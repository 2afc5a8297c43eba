// Support for tests of reports: a finished selection with every part filled in, and a reader that
// pages through given items.
import type { RunItem, SelectionResult } from '../../api/dto/runs.ts'
import type { SelectionReader } from './export-rows.ts'

const evenly = { mean: 0.8, sd: 0.01 }
const interval = { mean: 0.05, low: 0.02, high: 0.08 }

/** A result with a check and votes. */
export function selectionResult(change: Partial<SelectionResult> = {}): SelectionResult {
  return {
    run: 'run',
    name: 'Best 10 %',
    dataset: 'd',
    datasetName: 'Flowers',
    method: 'icons',
    methodName: 'Like my examples',
    asked: 2,
    got: 2,
    candidates: 20,
    tieShare: 0.25,
    seconds: 12.3,
    check: {
      repeats: 5,
      testItems: 200,
      trainItems: { chosen: 2, random: 2, stratified: 2, all: 20 },
      chosen: evenly,
      random: evenly,
      stratified: evenly,
      all: evenly,
      perRepeat: { chosen: [0.8], random: [0.8], stratified: [0.8], all: [0.8] },
      difference: interval,
      differenceToStratified: interval,
      others: [],
      kind: 'helped',
      verdict: 'Choosing helped: +5.0 points (2.0 to 8.0).',
      cautions: ['Rough estimate.'],
      device: 'processor',
      models: [],
      acrossModels: null,
      curve: null
    },
    votes: {
      tasks: [
        {
          name: 'roses',
          examples: 20,
          votedFor: 9,
          votedForAndChosen: 2,
          threshold: 0.1,
          isConstant: false
        }
      ],
      histogram: [11, 9],
      chosenHistogram: [0, 2],
      cutLevel: 0,
      tieShare: 0.25,
      tieRule: 'variety',
      overlap: [[1]],
      meanOverlap: 0.5,
      chanceOverlap: 0.1,
      advice: null
    },
    classes: [
      { name: 'rose', available: 12, chosen: 2, random: 1 },
      { name: 'tulip', available: 8, chosen: 0, random: 1 }
    ],
    measures: [{ name: 'Coverage', value: 0.5, unit: 'of 1', meaning: 'higher is better' }],
    leftOutReasons: [{ code: 'budget', text: 'The budget was full.', count: 18 }],
    notes: ['Two pictures could not be read.'],
    draft: {
      name: 'Best 10 %',
      dataset: 'd',
      scope: { kind: 'all' },
      goal: 'train-images',
      tasks: { kind: 'labels', perTask: 20 },
      budget: { kind: 'count', count: 2 },
      rules: {
        mustKeep: [],
        mustDrop: [],
        perClass: [],
        sourceColumn: null,
        perSource: [],
        nearDuplicates: { isOn: true, similarity01: 0.98 },
        protectTestSplit: true,
        groupColumn: null
      },
      method: { id: 'icons', params: {} },
      gradients: [],
      given: null,
      alsoTry: [],
      seed: 7,
      check: {
        isOn: true,
        repeats: 5,
        model: 'linear',
        alsoModels: [],
        curve: false,
        holdoutFraction01: 0.2
      }
    },
    provenance: { device: 'processor', version: 1 },
    ...change
  }
}

/** Keys as the store gives them. */
export const keyOf = (row: number): string => row.toString(16).padStart(16, '0')

/** The item of a row as a run lists it. */
export function runItem(
  row: number,
  change: Partial<RunItem['item']> = {},
  own: Partial<RunItem> = {}
): RunItem {
  return {
    item: {
      row,
      key: keyOf(row),
      name: `photo ${row}.jpg`,
      label: 'rose',
      split: 'train',
      isAside: false,
      duplicateOf: null,
      text: null,
      width: 8,
      height: 8,
      hasPicture: true,
      tags: [],
      hasNote: false,
      givenLabel: null,
      ...change
    },
    rank: row + 1,
    score: 0.123456789,
    votes: 1,
    reasonCode: 'kept-votes',
    reason: 'Kept because one task voted for it.',
    evidence: null,
    whyFixed: null,
    ...own
  }
}

/** Reads given items, `size` to a page whatever was asked for. */
export function readerOf(
  result: SelectionResult,
  chosen: readonly RunItem[],
  leftOut: readonly RunItem[] = [],
  size = 3
): SelectionReader {
  return {
    result: () => result,
    items({ part, window }) {
      const all = part === 'chosen' ? chosen : leftOut
      const { first, limit } = window
      return { items: all.slice(first, first + Math.min(size, limit)), total: all.length }
    }
  }
}
