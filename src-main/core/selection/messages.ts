// What a draft's review tells the analyst: each message a sentence with the buttons that fix it.
// A button's patch replaces whole top-level parts of the draft. Errors keep Start from working.
import { noFilter } from '../../api/dto/browse.ts'
import type { ValidationMessage } from '../../api/dto/common.ts'
import { listMessages, scopeMessages } from './data-messages.ts'
import {
  budgetOf,
  bytesInWords,
  count,
  message,
  patch,
  rulesPatch,
  things,
  type Action,
  type MessageInputs
} from './message-parts.ts'

function budgetMessages(inputs: MessageInputs): ValidationMessage[] {
  const { scope, draft, available, keep } = inputs
  const list: ValidationMessage[] = []
  const classes = available.filter((items) => items > 0).length
  if (classes > keep && keep > 0) {
    const largest = [...available.entries()]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, keep)
      .map(([index]) => scope.dataset.classNames[index])
    const filter = { ...noFilter, labels: largest }
    const kept = draft.scope.kind === 'filter' ? { ...draft.scope.filter, labels: largest } : filter
    list.push(
      message(
        'V1',
        'caution',
        'budget',
        `Keeping ${things(keep, 'item', 'items')} is too few for ${count(classes)} groups. You need at least ${count(classes)} to have one of each.`,
        [
          { label: `Use ${count(classes)}`, patch: budgetOf(classes) },
          {
            label: 'Leave some groups out',
            patch: patch({ scope: { kind: 'filter', filter: kept } })
          }
        ]
      )
    )
  }
  if (scope.candidates.length > 0 && scope.asked > scope.candidates.length) {
    const all = count(scope.candidates.length)
    list.push(
      message(
        'B1',
        'caution',
        'budget',
        `You asked to keep ${count(scope.asked)} items; only ${all} can be chosen.`,
        [{ label: `Keep all ${all}`, patch: budgetOf(scope.candidates.length) }]
      )
    )
  }
  const must = scope.mustKeep.length
  if (must > 0 && must >= keep && must < scope.candidates.length) {
    const raised = Math.min(scope.candidates.length, Math.max(2 * keep, must + 1))
    list.push(
      message(
        'V5',
        'error',
        'rules',
        `Must-keep items already fill the budget (${count(must)} of ${count(keep)}). Nothing is left to choose.`,
        [{ label: `Raise to ${count(raised)}`, patch: budgetOf(raised) }]
      )
    )
  }
  return list
}

function classMessages({ draft, scope, available, keep }: MessageInputs): ValidationMessage[] {
  const list: ValidationMessage[] = []
  const { perClass } = draft.rules
  const sum = perClass.reduce((n, rule) => n + (rule.min ?? 0), 0)
  if (sum > keep) {
    const scaled = perClass.map((rule) => ({
      ...rule,
      min: rule.min === null ? null : Math.floor((rule.min * keep) / sum)
    }))
    list.push(
      message(
        'V2',
        'error',
        'rules',
        `The minimums add up to ${count(sum)} but you asked to keep ${count(keep)}.`,
        [
          { label: `Raise to ${count(sum)}`, patch: budgetOf(sum) },
          { label: 'Scale minimums down', patch: rulesPatch(draft, { perClass: scaled }) }
        ]
      )
    )
  }
  for (const rule of perClass) {
    const index = scope.dataset.classNames.indexOf(rule.label)
    const has = index < 0 ? 0 : available[index]
    if (rule.min === null || rule.min <= has) continue
    const met = perClass.map((other) =>
      other.label === rule.label ? { ...other, min: has } : other
    )
    list.push(
      message(
        'V3',
        'caution',
        'rules',
        `\u2018${rule.label}\u2019 has only ${things(has, 'item', 'items')}; a minimum of ${count(rule.min)} cannot be met.`,
        [{ label: `Use all ${count(has)}`, patch: rulesPatch(draft, { perClass: met }) }]
      )
    )
  }
  return list
}

function methodMessages(inputs: MessageInputs): ValidationMessage[] {
  const { draft, scope, available, keep, recommended, method } = inputs
  const list: ValidationMessage[] = []
  const use: Action = {
    label: 'Use the recommended method',
    patch: patch({ method: recommended.choice })
  }
  if (!method.isPossible) {
    list.push(
      message(
        'M1',
        'error',
        'method',
        `${method.name} cannot be used here. ${method.reason ?? ''}`.trim(),
        [use]
      )
    )
  }
  for (const note of scope.notes) list.push(message('T1', 'caution', 'goal', note))
  const labelled = available.reduce((n, items) => n + items, 0)
  if (labelled === 0 && draft.check.isOn && scope.candidates.length > 0) {
    list.push(
      message(
        'V6',
        'caution',
        'check',
        'No labels found, so the check cannot compare accuracy. You can still choose by similarity.',
        [
          { label: 'Pick a label column', open: 'data' },
          { label: 'Continue without', patch: patch({ check: { ...draft.check, isOn: false } }) }
        ]
      )
    )
  }
  const top = labelled === 0 ? 0 : Math.max(...available) / labelled
  const isBalancing = draft.method.id !== 'random' && draft.method.id !== 'stratified-random'
  if (top >= 0.9 && isBalancing && draft.rules.perClass.length === 0) {
    const fair = Math.floor(keep / Math.max(1, available.filter((items) => items > 0).length))
    const perClass = scope.dataset.classNames.map((label, i) => ({
      label,
      min: Math.min(fair, available[i]),
      max: null,
      percent: null
    }))
    list.push(
      message(
        'V10',
        'caution',
        'method',
        `${Math.floor(top * 100)} % of items share one label. A balanced choice will not look like your real data.`,
        [
          {
            label: 'Keep real mix',
            patch: patch({ method: { id: 'stratified-random', params: {} } })
          },
          { label: 'Balance anyway', patch: rulesPatch(draft, { perClass }) }
        ]
      )
    )
  }
  return list
}

function computerMessages({
  estimate,
  freeMemoryBytes,
  freeDiskBytes
}: MessageInputs): ValidationMessage[] {
  if (estimate === undefined) return []
  const list: ValidationMessage[] = []
  const memory = estimate.megabytes * 1e6
  if (memory > freeMemoryBytes) {
    list.push(
      message(
        'V8',
        'caution',
        'review',
        `This needs about ${bytesInWords(memory)} of memory; this computer has ${bytesInWords(freeMemoryBytes)} free.`,
        [
          {
            label: 'Use the lighter method',
            patch: patch({ method: { id: 'stratified-random', params: {} } })
          }
        ]
      )
    )
  }
  const disk = estimate.diskMegabytes * 1e6
  if (disk > freeDiskBytes) {
    list.push(
      message(
        'V12',
        'error',
        'review',
        `Free disk is ${bytesInWords(freeDiskBytes)}, the run needs about ${bytesInWords(disk)} for fingerprints.`,
        [{ label: 'Choose another folder', open: 'settings' }]
      )
    )
  }
  return list
}

/** All messages for a draft, in wizard order within each severity. */
export function draftMessages(inputs: MessageInputs): readonly ValidationMessage[] {
  const all = [
    ...scopeMessages(inputs),
    ...budgetMessages(inputs),
    ...classMessages(inputs),
    ...listMessages(inputs),
    ...methodMessages(inputs),
    ...computerMessages(inputs)
  ]
  const weight = { error: 0, caution: 1, note: 2 }
  return all.sort((a, b) => weight[a.severity] - weight[b.severity])
}
