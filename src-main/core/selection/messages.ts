// What a draft's review tells the analyst: each message a sentence with the buttons that fix it.
// A button's patch replaces whole top-level parts of the draft. Errors keep Start from working.
import type { ValidationMessage } from '../../api/dto/common.ts'
import { budgetMessages } from './budget-messages.ts'
import { listMessages, scopeMessages } from './data-messages.ts'
import { gradientMessages } from './gradient-messages.ts'
import {
  bytesInWords,
  message,
  patch,
  rulesPatch,
  type Action,
  type MessageInputs
} from './message-parts.ts'
import { ruleMessages } from './rule-messages.ts'

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

/** The method that holds least in memory. */
const lightest = { id: 'stratified-random', params: {} }

function computerMessages({
  draft,
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
          ...(draft.method.id === lightest.id
            ? []
            : [
                { label: 'Use the lighter method', patch: patch({ method: lightest, alsoTry: [] }) }
              ]),
          ...(draft.check.isOn
            ? [
                {
                  label: 'Continue without the test',
                  patch: patch({ check: { ...draft.check, isOn: false } })
                }
              ]
            : [])
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
        [{ label: 'Choose another folder', open: 'projects' }]
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
    ...ruleMessages(inputs),
    ...listMessages(inputs),
    ...methodMessages(inputs),
    ...gradientMessages(inputs),
    ...computerMessages(inputs)
  ]
  const weight = { error: 0, caution: 1, note: 2 }
  return all.sort((a, b) => weight[a.severity] - weight[b.severity])
}
