// From a method's selection to the chosen rows of a dataset: the rules applied to its order.
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { Selection } from '../methods/method.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import { applyRules, type ClassLimit } from './rules.ts'

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
  draft: SelectDraft,
  classNames: readonly string[]
): Map<number, ClassLimit> {
  const limits = new Map<number, ClassLimit>()
  for (const rule of draft.rules.perClass) {
    const label = classNames.indexOf(rule.label)
    if (label >= 0) limits.set(label, { min: rule.min ?? 0, max: rule.max ?? Infinity })
  }
  return limits
}

export interface ChosenSet {
  /** Chosen rows of the dataset, best first. */
  readonly rows: Uint32Array
  /** Rule byte per row of the dataset, the frozen exclusions included. */
  readonly codes: Uint8Array
  /** All candidates, best first: must-keep rows, then the method's order. */
  readonly order: Uint32Array
}

/** Applies the draft's rules to a selection over `rows` (see {@link methodRows}). */
export function chosenSet(
  choice: FrozenChoice,
  draft: SelectDraft,
  classNames: readonly string[],
  selection: Pick<Selection, 'order' | 'got'>,
  rows: Uint32Array
): ChosenSet {
  const order = Uint32Array.from(selection.order, (i) => rows[i])
  const outcome = applyRules({
    order,
    mustKeep: choice.mustKeep,
    // A method may find that fewer are enough, or that no more are good enough.
    budget: Math.min(
      choice.asked,
      choice.candidates.length,
      choice.mustKeep.length + selection.got
    ),
    labels: choice.labels,
    limits: classLimits(draft, classNames),
    groups: choice.groups
  })
  const codes = choice.codes.slice()
  for (let row = 0; row < codes.length; row++) if (codes[row] === 0) codes[row] = outcome.codes[row]
  return { rows: outcome.chosen, codes, order: Uint32Array.from([...choice.mustKeep, ...order]) }
}
