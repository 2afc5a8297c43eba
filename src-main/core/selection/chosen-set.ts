// From a method's selection to the chosen rows of a dataset: the rules applied to its order.
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { Selection } from '../methods/method.ts'
import { charactersPerToken } from './budget.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import { isChangedByHand } from './given-rows.ts'
import { bytesInWords, things } from './message-parts.ts'
import { shortfallNotes } from './rule-notes.ts'
import { applyRules, type PartLimit, type RulePartition } from './rules.ts'

/** Rows a method chooses from: candidates that are not kept anyway, ascending. */
export function methodRows(choice: FrozenChoice): Uint32Array {
  const keep = new Set(choice.mustKeep)
  return choice.candidates.filter((row) => !keep.has(row))
}

/** How many a method is asked for: the budget less what is kept anyway, within what there is. */
export function methodBudget(choice: FrozenChoice): number {
  const rows = choice.candidates.length - choice.mustKeep.length
  return Math.max(0, Math.min(rows, choice.asked - choice.mustKeep.length))
}

/** The draft's class limits by class index; unknown class names are passed over. */
export function classLimits(
  draft: Pick<SelectDraft, 'rules'>,
  classNames: readonly string[]
): Map<number, PartLimit> {
  const indexOf = new Map(classNames.map((name, i) => [name, i]))
  const limits = new Map<number, PartLimit>()
  for (const { label, min, max, percent } of draft.rules.perClass) {
    const index = indexOf.get(label)
    const share01 = percent === null ? undefined : percent / 100
    if (index !== undefined) limits.set(index, { min: min ?? 0, max: max ?? Infinity, share01 })
  }
  return limits
}

/** The draft's limits by source index; sources the data does not have are passed over. */
export function sourceLimits(
  draft: Pick<SelectDraft, 'rules'>,
  sourceNames: readonly string[]
): Map<number, PartLimit> {
  const indexOf = new Map(sourceNames.map((name, i) => [name, i]))
  const limits = new Map<number, PartLimit>()
  for (const { source, min, max } of draft.rules.perSource) {
    const index = indexOf.get(source)
    if (index !== undefined) limits.set(index, { min: min ?? 0, max: max ?? Infinity })
  }
  return limits
}

/** Everything the draft limits, ready for the rules; partitions without limits are left out. */
export function rulePartitions(
  draft: Pick<SelectDraft, 'rules'>,
  choice: Pick<FrozenChoice, 'labels' | 'sources'>,
  classNames: readonly string[]
): RulePartition[] {
  const classes = classLimits(draft, classNames)
  const sources = sourceLimits(draft, choice.sources?.names ?? [])
  const list: RulePartition[] = []
  if (classes.size > 0) list.push({ kind: 'class', ids: choice.labels, limits: classes })
  if (sources.size > 0 && choice.sources !== undefined)
    list.push({ kind: 'source', ids: choice.sources.ids, limits: sources })
  return list
}

export interface ChosenSet {
  /** Chosen rows of the dataset, best first. */
  readonly rows: Uint32Array
  /** Rule byte per row of the dataset, the frozen exclusions included. */
  readonly codes: Uint8Array
  /** All candidates, best first: must-keep rows, then the method's order. */
  readonly order: Uint32Array
  /** What could not be met, and what the kept items take of a budget in bytes or tokens. */
  readonly notes: readonly string[]
}

/** Applies the draft's rules to a selection over `rows` (see {@link methodRows}). */
export function chosenSet(
  choice: FrozenChoice,
  draft: SelectDraft,
  classNames: readonly string[],
  selection: Pick<Selection, 'order' | 'got' | 'isExact'>,
  rows: Uint32Array
): ChosenSet {
  const order = selection.order.map((i) => rows[i])
  const isAsIs = selection.isExact === true && isChangedByHand(draft)
  const outcome = applyRules({
    order: selection.isExact === true ? order.subarray(0, selection.got) : order,
    mustKeep: choice.mustKeep,
    items: choice.labels.length,
    ...purseOf(choice, selection.got),
    // A person's own changes stand above limits and groups: these were met before.
    partitions: isAsIs ? [] : rulePartitions(draft, choice, classNames),
    groups: isAsIs ? undefined : choice.groups
  })
  const codes = choice.codes.slice()
  for (let row = 0; row < codes.length; row++) if (codes[row] === 0) codes[row] = outcome.codes[row]
  return {
    rows: outcome.chosen,
    codes,
    order: joined(choice.mustKeep, order),
    notes: [
      ...shortfallNotes(outcome.shortfalls, classNames, choice.sources?.names ?? []),
      ...costNotes(choice, outcome.spent, outcome.chosen.length)
    ]
  }
}

/** What the rules may spend: items, or bytes or characters with the method's count as a limit. */
function purseOf(
  choice: FrozenChoice,
  got: number
): { budget: number; costs?: Float64Array; most?: number } {
  // A method may find that fewer are enough, or that no more are good enough.
  const foundFewer = got < methodBudget(choice)
  const most = choice.mustKeep.length + got
  if (choice.spend === undefined)
    return { budget: Math.min(choice.asked, choice.candidates.length, most) }
  const { costs, budget } = choice.spend
  return foundFewer ? { budget, costs, most } : { budget, costs }
}

function costNotes(choice: FrozenChoice, spent: number, got: number): string[] {
  if (choice.spend === undefined) return []
  const { unit, budget } = choice.spend
  const words = (cost: number): string =>
    unit === 'bytes'
      ? bytesInWords(cost)
      : things(Math.round(cost / charactersPerToken), 'token', 'tokens')
  return [
    `The ${things(got, 'kept item takes', 'kept items take')} ${words(spent)} of the ${words(budget)} asked for.`
  ]
}

function joined(first: Uint32Array, second: Uint32Array): Uint32Array {
  const all = new Uint32Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
