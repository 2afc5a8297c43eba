// Messages about how much to keep: too little, too much, units the data cannot be measured in, and
// what the search for the smallest set needs. Every button leaves the budget in its own unit.
import type { JsonValue, ValidationMessage } from '../../api/dto/common.ts'
import { noFilter } from '../../api/dto/browse.ts'
import { charactersPerToken } from './budget.ts'
import {
  budgetOf,
  bytesInWords,
  count,
  message,
  patch,
  things,
  type Action,
  type MessageInputs
} from './message-parts.ts'
import { leastForSmallest } from './smallest-plan.ts'

/** A button that asks for at least this many items, in the unit the budget is in. */
export function raiseTo(inputs: MessageInputs, items: number, verb = 'Raise to'): Action {
  const { draft, mean, scope } = inputs
  const { budget } = draft
  // One more than the product, so that rounding never leaves it an item short.
  if (budget.kind === 'bytes') {
    const bytes = Math.ceil(items * mean.bytes) + 1
    return {
      label: `${verb} ${bytesInWords(bytes)}`,
      patch: patch({ budget: { kind: 'bytes', bytes } })
    }
  }
  if (budget.kind === 'tokens') {
    const tokens = Math.ceil((items * mean.characters) / charactersPerToken) + 1
    return {
      label: `${verb} ${count(tokens)} tokens`,
      patch: patch({ budget: { kind: 'tokens', tokens } })
    }
  }
  if (budget.kind === 'smallest') {
    const share = items / Math.max(1, scope.candidates.length)
    const atMostPercent = Math.min(100, Math.ceil(share * 1000) / 10)
    return {
      label: `${verb} ${atMostPercent} % at most`,
      patch: patch({ budget: { ...budget, atMostPercent } })
    }
  }
  return { label: `${verb} ${count(items)}`, patch: budgetOf(items) }
}

function tooFewForGroups(inputs: MessageInputs): ValidationMessage[] {
  const { scope, draft, available, keep } = inputs
  const classes = available.filter((items) => items > 0).length
  if (classes <= keep || keep === 0) return []
  const largest = [...available.entries()]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, keep)
    .map(([index]) => scope.dataset.classNames[index])
  const filter = draft.scope.kind === 'filter' ? draft.scope.filter : noFilter
  return [
    message(
      'V1',
      'caution',
      'budget',
      `Keeping ${things(keep, 'item', 'items')} is too few for ${count(classes)} groups. You need at least ${count(classes)} to have one of each.`,
      [
        raiseTo(inputs, classes, 'Use'),
        {
          label: 'Leave some groups out',
          patch: patch({
            scope: { kind: 'filter', filter: { ...filter, labels: largest } },
            // A share of fewer items could be too few again.
            ...(draft.budget.kind === 'percent' ? { budget: { kind: 'count', count: keep } } : {}),
            ...(draft.budget.kind === 'smallest'
              ? { budget: { ...draft.budget, atMostPercent: 100 } }
              : {})
          })
        }
      ]
    )
  ]
}

function moreThanThereIs({ scope }: MessageInputs): ValidationMessage[] {
  const all = scope.candidates.length
  if (all === 0 || scope.asked <= all) return []
  return [
    message(
      'B1',
      'caution',
      'budget',
      `You asked to keep ${count(scope.asked)} items; only ${count(all)} can be chosen.`,
      [{ label: `Keep all ${count(all)}`, patch: budgetOf(all) }]
    )
  ]
}

/** V5: nothing is left to choose because of what must be kept. */
function filledByMustKeep(inputs: MessageInputs): ValidationMessage[] {
  const { scope, keep } = inputs
  const must = scope.mustKeep.length
  if (must === 0 || must >= scope.candidates.length) return []
  const { spend } = scope
  if (spend === undefined) {
    if (must < keep) return []
    const raised = Math.min(scope.candidates.length, Math.max(2 * keep, must + 1))
    return [filled(`${count(must)} of ${count(keep)}`, raiseTo(inputs, raised))]
  }
  let cost = 0
  for (const row of scope.mustKeep) cost += spend.costs[row]
  if (cost < spend.budget) return []
  const raised = 2 * Math.max(cost, spend.budget)
  return [
    spend.unit === 'bytes'
      ? filled(`${bytesInWords(cost)} of ${bytesInWords(spend.budget)}`, {
          label: `Raise to ${bytesInWords(raised)}`,
          patch: patch({ budget: { kind: 'bytes', bytes: raised } })
        })
      : filled(`${tokens(cost)} of ${tokens(spend.budget)} tokens`, {
          label: `Raise to ${tokens(raised)} tokens`,
          patch: patch({
            budget: { kind: 'tokens', tokens: Math.ceil(raised / charactersPerToken) }
          })
        })
  ]
}

function tokens(characters: number): string {
  return count(Math.ceil(characters / charactersPerToken))
}

function filled(how: string, raise: Action): ValidationMessage {
  return message(
    'V5',
    'error',
    'rules',
    `Must-keep items already fill the budget (${how}). Nothing is left to choose.`,
    [raise]
  )
}

/** The recommended share, for budgets that cannot be used. */
function tenPercent(inputs: MessageInputs): Action {
  const items = Math.max(1, Math.floor(inputs.scope.candidates.length / 10))
  return { label: `Keep ${count(items)} items instead`, patch: budgetOf(items) }
}

/** B2 to B4: budgets in bytes or tokens that the data cannot be measured in, or that hold nothing. */
function unitMessages(inputs: MessageInputs): ValidationMessage[] {
  const { draft, scope, mean } = inputs
  const { spend } = scope
  if (spend === undefined || scope.candidates.length === 0) return []
  const isBytes = spend.unit === 'bytes'
  if ((isBytes ? mean.bytes : mean.characters) === 0) {
    const text = isBytes
      ? 'The sizes of these items are not known, so a size cannot say how much to keep.'
      : 'These items have no text, so tokens cannot say how much to keep.'
    return [message(isBytes ? 'B2' : 'B3', 'error', 'budget', text, [tenPercent(inputs)])]
  }
  const list: ValidationMessage[] = []
  const known = scope.candidates.reduce((n, row) => n + (spend.costs[row] > 0 ? 1 : 0), 0)
  if (isBytes && known < scope.candidates.length) {
    const unknown = scope.candidates.length - known
    list.push(
      message(
        'B5',
        'note',
        'budget',
        `The size of ${things(unknown, 'item is', 'items are')} not known; ${unknown === 1 ? 'it counts' : 'they count'} as nothing.`
      )
    )
  }
  const least = scope.candidates.reduce((cost, row) => Math.min(cost, spend.costs[row]), Infinity)
  if (least <= spend.budget) return list
  const [words, change]: [string, Record<string, JsonValue>] = isBytes
    ? [bytesInWords(mean.bytes * 10), patch({ budget: { kind: 'bytes', bytes: mean.bytes * 10 } })]
    : [
        `${tokens(mean.characters * 10)} tokens`,
        patch({
          budget: {
            kind: 'tokens',
            tokens: Math.ceil((mean.characters * 10) / charactersPerToken)
          }
        })
      ]
  const asked =
    draft.budget.kind === 'bytes' ? bytesInWords(spend.budget) : `${tokens(spend.budget)} tokens`
  return [
    ...list,
    message('B4', 'error', 'budget', `Not even the smallest item fits into ${asked}.`, [
      { label: `Raise to ${words}`, patch: change }
    ])
  ]
}

/** L1 and L2: the search for the smallest set compares accuracy, so it needs enough labels. */
function smallestMessages(inputs: MessageInputs): ValidationMessage[] {
  const { draft, available, scope } = inputs
  if (draft.budget.kind !== 'smallest' || scope.candidates.length === 0) return []
  const instead = tenPercent(inputs)
  const classes = available.filter((items) => items > 0).length
  if (classes < 2) {
    const text =
      classes === 0
        ? 'The smallest set is found by comparing accuracy, and these items have no labels.'
        : 'The smallest set is found by comparing accuracy, and all these items have the same label.'
    return [
      message('L1', 'error', 'budget', text, [
        instead,
        { label: 'Pick a label column', open: 'data' }
      ])
    ]
  }
  const labelled = available.reduce((n, items) => n + items, 0)
  if (labelled >= leastForSmallest) return []
  return [
    message(
      'L2',
      'error',
      'budget',
      `Finding the smallest set needs at least ${count(leastForSmallest)} items with a label; there are ${count(labelled)}.`,
      [instead]
    )
  ]
}

/** Everything about how much to keep. */
export function budgetMessages(inputs: MessageInputs): ValidationMessage[] {
  return [
    ...tooFewForGroups(inputs),
    ...moreThanThereIs(inputs),
    ...filledByMustKeep(inputs),
    ...unitMessages(inputs),
    ...smallestMessages(inputs)
  ]
}
