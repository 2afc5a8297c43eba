// Messages about a draft in plain sentences, each with the button that would fix it.
import type { JsonValue, ValidationMessage } from '../../api/dto/common.ts'
import type { DistilDraft, DistilMethodChoice, DistilReview } from '../../api/dto/distil.ts'
import type { CostEstimate } from '../../api/dto/runs.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import { bytesInWords, count, message, things } from '../selection/message-parts.ts'
import { aboutRange } from './duration-words.ts'
import { leastPerClass, type DraftSplit } from './draft-split.ts'
import { groupByLikeness, groupMessages } from './group-messages.ts'
import { methodParams } from './method-params.ts'
import { isPairs } from './pairs/halves.ts'
import { methodOfKind } from './recommend.ts'

export interface MessageInputs {
  readonly draft: DistilDraft
  readonly split: DraftSplit
  readonly choices: readonly DistilMethodChoice[]
  readonly method: DistillationMethod | undefined
  readonly recommended: DistilReview['recommended']
  readonly efforts: DistilReview['efforts']
  readonly estimate: CostEstimate | undefined
  readonly hasGraphicsCard: boolean
  readonly freeMemoryBytes: number
  readonly freeDiskBytes: number
  /** A newer version of the dataset, when there is one. */
  readonly newer: { readonly id: string; readonly version: number } | undefined
}

/** A patch of whole top-level parts of a draft. */
function patch(change: Partial<DistilDraft>): Record<string, JsonValue> {
  return JSON.parse(JSON.stringify(change)) as Record<string, JsonValue>
}

/** Labels that are named in a sentence rather than counted. */
const namedLabels = 3

function dataMessages(inputs: MessageInputs): ValidationMessage[] {
  const { draft, split, newer } = inputs
  const list: ValidationMessage[] = []
  if (isPairs(draft)) {
    // Labels are not looked at; pair-messages.ts says what is needed instead.
  } else if (draft.groups !== undefined) list.push(...groupMessages(inputs, draft.groups))
  else if (split.dataset.classNames.length === 0)
    list.push(
      message(
        'D1',
        'error',
        'data',
        'No labels found. A tiny training set is made of items with labels, or of groups of items that look alike.',
        [groupByLikeness(inputs), { label: 'Pick a label column', open: 'data' }]
      )
    )
  else if (split.classNames.length < 2)
    list.push(
      message('D2', 'error', 'data', 'At least two labels with items are needed to learn from.', [
        ...(draft.leaveOut.length > 0
          ? [{ label: 'Take all labels', patch: patch({ leaveOut: [] }) }]
          : []),
        groupByLikeness(inputs)
      ])
    )
  if (split.tooFew.length > 0) {
    const [first] = split.tooFew
    const names = split.tooFew.map(({ name }) => name)
    const text =
      names.length === 1
        ? `Group \u2018${first.name}\u2019 has ${things(first.items, 'item', 'items')}; at least ${leastPerClass} are needed to learn from.`
        : `${count(names.length)} groups have fewer than ${leastPerClass} items (${names
            .slice(0, namedLabels)
            .map((name) => `\u2018${name}\u2019`)
            .join(
              ', '
            )}${names.length > namedLabels ? ' \u2026' : ''}); that is too few to learn from.`
    list.push({
      ...message('D3', 'error', 'data', text, [
        {
          label: names.length === 1 ? 'Leave it out' : 'Leave them out',
          patch: patch({ leaveOut: [...draft.leaveOut, ...names] })
        },
        { label: 'Merge labels', open: 'data' }
      ]),
      details: {
        label: 'Groups with too few items',
        lines: split.tooFew.slice(0, 300).map(({ name, items }) => `${name}: ${count(items)}`)
      }
    })
  }
  if (newer !== undefined)
    list.push(
      message(
        'D8',
        'note',
        'data',
        `This plan is for version ${split.dataset.version} of the data; version ${newer.version} is current.`,
        [{ label: `Use version ${newer.version}`, patch: patch({ dataset: newer.id }) }]
      )
    )
  return list
}

function methodMessages(inputs: MessageInputs): ValidationMessage[] {
  const { draft, choices, method, recommended } = inputs
  const choice = choices.find((each) => each.method === draft.method.id)
  const use = {
    label: 'Use the recommended method',
    patch: patch({
      kind: recommended.kind,
      method: { id: recommended.method, params: {} }
    })
  }
  if (choice === undefined || method === undefined)
    return [message('M1', 'error', 'kind', 'The app has no method with this name.', [use])]
  if (!choice.isPossible)
    return [
      message('M1', 'error', 'kind', `${choice.name} cannot be used here: ${choice.reason ?? ''}`, [
        use
      ])
    ]
  if (choice.kind !== draft.kind) {
    const other = methodOfKind(choices, draft.kind)
    return [
      message('M2', 'error', 'kind', `${choice.name} makes another kind of set.`, [
        { label: 'Take its kind', patch: patch({ kind: choice.kind }) },
        ...(other === undefined
          ? []
          : [
              {
                label: `Use ${other.name}`,
                patch: patch({ method: { id: other.method, params: {} } })
              }
            ])
      ])
    ]
  }
  try {
    methodParams(method, draft)
  } catch {
    return [
      message('M3', 'error', 'effort', 'A setting of the method is not possible.', [
        {
          label: 'Take the usual settings',
          patch: patch({ method: { id: draft.method.id, params: {} } })
        }
      ])
    ]
  }
  return []
}

function sizeMessages({ draft, split }: MessageInputs): ValidationMessage[] {
  const list: ValidationMessage[] = []
  const labels = split.classNames.length
  const fewest = Math.min(...split.available)
  const smallest = split.classNames[split.available.indexOf(fewest)]
  if (labels > 0 && fewest < draft.perClass && fewest >= 1 && draft.kind !== 'made')
    list.push(
      message(
        'D4',
        'error',
        'size',
        `\u2018${smallest}\u2019 has only ${things(fewest, 'item', 'items')} to take from; ${count(draft.perClass)} for each label cannot be met.`,
        [{ label: `Use ${count(fewest)}`, patch: patch({ perClass: fewest }) }]
      )
    )
  const total = draft.perClass * labels
  if (split.train.length > 0 && total >= split.train.length * 0.4)
    list.push(
      message(
        'D5',
        total >= split.train.length ? 'error' : 'caution',
        'size',
        `${count(draft.perClass)} per class \u00d7 ${things(labels, 'class', 'classes')} is ${things(total, 'item', 'items')} \u2013 ${total >= split.train.length ? 'all your data or more' : 'nearly half your data'}. Choosing real items may serve you better.`,
        [
          { label: 'Choose real items', open: 'choose' },
          ...(draft.perClass > 1
            ? [{ label: 'Use 1 per label', patch: patch({ perClass: 1 }) }]
            : [])
        ]
      )
    )
  return list
}

/** Longer than this is worth a word. */
const longSeconds = 3600

function computerMessages(inputs: MessageInputs): ValidationMessage[] {
  const { draft, efforts, estimate, choices } = inputs
  const list: ValidationMessage[] = []
  const own = efforts.find(({ effort }) => effort === draft.effort)
  const quick = efforts.find(({ effort }) => effort === 'quick')
  const wantsCard = choices.some(
    ({ method, wantsGraphicsCard }) => method === draft.method.id && wantsGraphicsCard
  )
  const name = { quick: 'Quick', standard: 'Standard', thorough: 'Thorough' }[draft.effort]
  if (
    !inputs.hasGraphicsCard &&
    own !== undefined &&
    (own.highSeconds > longSeconds || wantsCard)
  ) {
    const first = `No graphics card was found. ${name} would take ${aboutRange(own.lowSeconds, own.highSeconds)} here`
    const hasQuick = quick !== undefined && draft.effort !== 'quick'
    list.push(
      message(
        'D6',
        own.highSeconds > longSeconds ? 'caution' : 'note',
        'effort',
        hasQuick
          ? `${first}; Quick ${aboutRange(quick.lowSeconds, quick.highSeconds)}.`
          : `${first}.`,
        hasQuick ? [{ label: 'Use Quick', patch: patch({ effort: 'quick' }) }] : []
      )
    )
  }
  if (estimate === undefined) return list
  const memory = estimate.megabytes * 1e6
  if (memory > inputs.freeMemoryBytes)
    list.push(
      message(
        'V8',
        'caution',
        'review',
        `This needs about ${bytesInWords(memory)} of memory; this computer has ${bytesInWords(inputs.freeMemoryBytes)} free.`,
        draft.effort === 'quick' ? [] : [{ label: 'Use Quick', patch: patch({ effort: 'quick' }) }]
      )
    )
  const disk = estimate.diskMegabytes * 1e6
  if (disk > inputs.freeDiskBytes)
    list.push(
      message(
        'V12',
        'error',
        'review',
        `Free disk is ${bytesInWords(inputs.freeDiskBytes)}, the run needs about ${bytesInWords(disk)}.`,
        [{ label: 'Choose another folder', open: 'projects' }]
      )
    )
  return list
}

/** Methods whose items carry one plain label whatever is asked: they learn nothing else. */
const plainLabels: ReadonlySet<string> = new Set([
  'distribution-matching',
  'attention-matching',
  'gradient-matching',
  'addressable-memories'
])

function labelMessages({ draft, method }: MessageInputs): ValidationMessage[] {
  if (draft.labels.kind === 'hard' || method === undefined || !plainLabels.has(method.id)) return []
  return [
    message(
      'D10',
      'note',
      'effort',
      `${method.card.name} gives its items plain labels; richer labels are not part of it.`,
      [{ label: 'Ask for plain labels', patch: patch({ labels: { kind: 'hard' } }) }]
    )
  ]
}

function checkMessages({ draft, split }: MessageInputs): ValidationMessage[] {
  if (!draft.check.isOn || split.test.length >= 200 || split.test.length === 0) return []
  return [
    message(
      'D9',
      'note',
      'check',
      `There are only ${things(split.test.length, 'test item', 'test items')}, so the test will be a rough estimate.`
    )
  ]
}

/** All messages for a draft, errors first. */
export function draftMessages(inputs: MessageInputs): ValidationMessage[] {
  const all = [
    ...dataMessages(inputs),
    ...methodMessages(inputs),
    ...sizeMessages(inputs),
    ...labelMessages(inputs),
    ...checkMessages(inputs),
    ...computerMessages(inputs)
  ]
  const weight = { error: 0, caution: 1, note: 2 }
  return all.sort((a, b) => weight[a.severity] - weight[b.severity])
}
