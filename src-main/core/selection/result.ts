// The result of a selection from its parts: class mix, quality measures, votes of the final set,
// and left-out reasons counted. Pure; what is on disk was read before.
import {
  VoteResult,
  type CheckResult,
  type SelectDraft,
  type SelectionResult
} from '../../api/dto/runs.ts'
import type { JsonValue } from '../../api/dto/common.ts'
import type { Reason, Selection, SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord } from '../store/records.ts'
import type { ChosenSet } from './chosen-set.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import type { MeasureTaskOutput } from './measure-task.ts'
import { findingsOf } from './findings.ts'
import { positionsAmong } from './given-rows.ts'
import { methodSummary } from './method-summaries.ts'
import { ruleOfByte, ruleSummary } from './rule-reasons.ts'

export interface ResultParts {
  readonly run: string
  readonly name: string
  readonly draft: SelectDraft
  readonly dataset: DatasetRecord
  readonly method: SelectionMethod
  readonly choice: FrozenChoice
  readonly selection: Selection
  /** Dataset rows the method saw, in its own numbering. */
  readonly rows: Uint32Array
  readonly set: ChosenSet
  /** A random set of the same size, for comparison. */
  readonly random: Uint32Array
  readonly reasons: readonly RowReason[]
  readonly check: CheckResult | undefined
  readonly measures: MeasureTaskOutput | undefined
  readonly seconds: number
  readonly notes: readonly string[]
  readonly provenance: Readonly<Record<string, JsonValue>>
}

/** A left-out or kept row with the code shown in filters. */
export interface RowReason {
  readonly row: number
  readonly code: string
  readonly text: string
}

/**
 * The reason of one candidate row that no rule decided: the method's own, or, where the rules moved
 * the end of the list past or before it, that and its place. A method can only speak for the items it
 * would have kept itself.
 */
export function methodReason(
  method: SelectionMethod,
  selection: Selection,
  position: number,
  rank: number,
  isChosen: boolean,
  label: string | undefined
): Reason {
  const place = `place ${rank.toLocaleString('en')} of ${selection.order.length.toLocaleString('en')}`
  if (isChosen && rank > selection.got)
    return {
      code: 'moved-up',
      text: `Kept because there was still room for it: the method put it in ${place}.`
    }
  if (!isChosen && rank >= 1 && rank <= selection.got)
    return {
      code: 'no-room',
      text: `Left out for want of room, although the method put it in ${place}.`
    }
  return method.explain({
    row: position,
    isChosen,
    rank,
    candidates: selection.order.length,
    label,
    columns: selection.columns,
    info: selection.info
  })
}

function countByClass(rows: Uint32Array, labels: Int32Array, classes: number): Uint32Array {
  const counts = new Uint32Array(classes)
  for (const row of rows) if (labels[row] >= 0) counts[labels[row]]++
  return counts
}

/** Available, chosen and random items per class, in class order. */
export function classMix(
  parts: Pick<ResultParts, 'choice' | 'dataset' | 'set' | 'random'>
): SelectionResult['classes'] {
  const { classNames } = parts.dataset
  const { labels } = parts.choice
  const available = countByClass(parts.choice.candidates, labels, classNames.length)
  const chosen = countByClass(parts.set.rows, labels, classNames.length)
  const random = countByClass(parts.random, labels, classNames.length)
  return classNames.map((name, i) => ({
    name,
    available: available[i],
    chosen: chosen[i],
    random: random[i]
  }))
}

/** Left-out rows in scope, counted by reason, most frequent first. */
export function leftOutReasons(reasons: readonly RowReason[]): SelectionResult['leftOutReasons'] {
  const groups = new Map<string, { text: string; count: number; texts: Map<string, number> }>()
  for (const { code, text } of reasons) {
    const group = groups.get(code)
    if (group === undefined) groups.set(code, { text, count: 1, texts: new Map([[text, 1]]) })
    else {
      group.count++
      // Bounded: reasons that differ per item need no full tally to name a typical one.
      if (group.texts.size < 1000 || group.texts.has(text))
        group.texts.set(text, (group.texts.get(text) ?? 0) + 1)
    }
  }
  return [...groups]
    .map(([code, group]) => ({
      code,
      text: summaryText(code, group.texts, group.text),
      count: group.count
    }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}

function summaryText(code: string, texts: ReadonlyMap<string, number>, first: string): string {
  const rule = ruleOfByte(ruleIndex(code))
  if (rule !== 'none') return ruleSummary(rule)
  return methodSummary(code) ?? [...texts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? first
}

function ruleIndex(code: string): number {
  for (let byte = 1; ruleOfByte(byte) !== 'none'; byte++) if (ruleOfByte(byte) === code) return byte
  return 0
}

function overlapWithRandom(chosen: Uint32Array, random: Uint32Array): number {
  const set = new Set(chosen)
  return random.reduce((n, row) => n + (set.has(row) ? 1 : 0), 0) / Math.max(1, chosen.length)
}

/** The quality measures of specs B10 that apply, each with its meaning. */
export function qualityMeasures(parts: ResultParts): SelectionResult['measures'] {
  const list: SelectionResult['measures'] = []
  const percent = (share: number): number => Math.round(share * 1000) / 10
  const { measures } = parts
  if (measures !== undefined) {
    const sampled = measures.isSampled ? ' Measured on a seeded sample.' : ''
    const add = (name: string, value: number, unit: string, meaning: string): void => {
      list.push({ name, value, unit, meaning: meaning + sampled })
    }
    add(
      'Near-repeats inside',
      percent(measures.chosen.duplicateShare01),
      '%',
      `Chosen items with another chosen item more than 95 % alike; a random set has ${percent(measures.random.duplicateShare01)} %.`
    )
    add(
      'Mean distance to the nearest chosen item',
      measures.chosen.meanDistance,
      '',
      `0 = every item of the data has a twin among the chosen; a random set has ${measures.random.meanDistance.toFixed(3)}.`
    )
    add(
      'Largest distance to the nearest chosen item',
      measures.chosen.maxDistance,
      '',
      `How far the least covered item is; a random set has ${measures.random.maxDistance.toFixed(3)}.`
    )
  }
  list.push({
    name: 'Decided by the tie rule',
    value: percent(parts.selection.tieShare),
    unit: '%',
    meaning:
      'Share of the kept items that were equal with left-out ones until the tie rule decided.'
  })
  list.push({
    name: 'Shared with a random set',
    value: percent(overlapWithRandom(parts.set.rows, parts.random)),
    unit: '%',
    meaning: `Chosen items that a random set of the same size also holds; by chance ${percent(parts.set.rows.length / Math.max(1, parts.choice.candidates.length))} %.`
  })
  const gradient = parts.selection.info['gradientError']
  if (typeof gradient === 'number') {
    list.push({
      name: 'Distance from what the tasks ask for',
      value: gradient,
      unit: '',
      meaning:
        'Relative error of the chosen items\u2019 pull on the model; 0 = exactly what the tasks ask for.'
    })
  }
  return list
}

/** Votes as the method counted them, with the chosen set's figures brought up to the rules. */
export function votesOf(parts: Pick<ResultParts, 'selection' | 'rows' | 'set'>): VoteResult | null {
  const stored = parts.selection.info['votes']
  if (stored === undefined) return null
  // Thresholds of tasks without examples are not numbers; JSON keeps those as null.
  const text = JSON.stringify(stored, (key, value: unknown) =>
    key === 'threshold' && value === null ? 0 : value
  )
  const parsed = VoteResult.safeParse(JSON.parse(text))
  if (!parsed.success) return null
  const points = parts.selection.columns['votes']
  if (points === undefined) return parsed.data
  const isChosen = new Set(parts.set.rows)
  const histogram = parsed.data.histogram.map(() => 0)
  const counts = parsed.data.tasks.map(() => 0)
  const masks = Object.entries(parts.selection.columns).filter(([name]) =>
    /^voteMask\d*$/.test(name)
  )
  parts.rows.forEach((row, position) => {
    if (!isChosen.has(row)) return
    if (points[position] < histogram.length) histogram[points[position]]++
    for (const [name, mask] of masks) {
      const word = Number(name.slice('voteMask'.length) || 0)
      for (let bit = 0; bit < 32 && word * 32 + bit < counts.length; bit++) {
        if ((mask[position] & (1 << bit)) !== 0) counts[word * 32 + bit]++
      }
    }
  })
  const tasks = parsed.data.tasks.map((task, i) =>
    masks.length > 0 ? { ...task, votedForAndChosen: counts[i] } : task
  )
  return { ...parsed.data, tasks, chosenHistogram: histogram }
}

/** The whole result as stored and shown. */
export function selectionResult(parts: ResultParts): SelectionResult {
  const isChosen = new Set(parts.set.rows)
  const got = parts.set.rows.length
  const notes = [...parts.notes]
  if (got < parts.choice.asked) {
    notes.push(
      `${parts.choice.asked.toLocaleString('en')} items were asked for; ${got.toLocaleString('en')} could be kept.`
    )
  }
  return {
    run: parts.run,
    name: parts.name,
    dataset: parts.dataset.id,
    datasetName: parts.dataset.name,
    method: parts.method.id,
    methodName: parts.method.card.name,
    asked: parts.choice.asked,
    got,
    candidates: parts.choice.candidates.length,
    tieShare: parts.selection.tieShare,
    seconds: parts.seconds,
    check: parts.check ?? null,
    votes: votesOf(parts),
    classes: classMix(parts),
    measures: qualityMeasures(parts),
    leftOutReasons: leftOutReasons(parts.reasons.filter(({ row }) => !isChosen.has(row))),
    notes,
    findings: findingsOf(
      parts.method.id,
      parts.selection,
      positionsAmong(parts.rows, parts.set.rows)
    ),
    draft: parts.draft,
    provenance: { ...parts.provenance }
  }
}
