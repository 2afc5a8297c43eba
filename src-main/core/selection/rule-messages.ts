// Messages about limits per label and per source: what cannot be met, alone or together. Each button leaves limits that can hold.
import type { ValidationMessage } from '../../api/dto/common.ts'
import type { SelectDraft } from '../../api/dto/runs.ts'
import { raiseTo } from './budget-messages.ts'
import { budgetWords } from './budget.ts'
import {
  budgetOf,
  count,
  message,
  rulesPatch,
  things,
  type MessageInputs
} from './message-parts.ts'
import { mixMessages } from './mix-messages.ts'
import { leastNeeded, mostKept, sourceTotals } from './rule-feasibility.ts'

type ClassRule = SelectDraft['rules']['perClass'][number]
type SourceRule = SelectDraft['rules']['perSource'][number]

/** The limits of one kind in a common shape, with the way back into a draft. */
interface LimitList {
  readonly what: 'labels' | 'sources'
  readonly codes: { readonly sum: string; readonly short: string; readonly crossed: string }
  readonly limits: readonly {
    readonly name: string
    readonly min: number | null
    readonly max: number | null
    readonly has: number
  }[]
  /** The draft's rules with the limits of this kind changed by name. */
  patch(
    change: (
      limit: { min: number | null; max: number | null },
      name: string
    ) => {
      min: number | null
      max: number | null
    }
  ): ReturnType<typeof rulesPatch>
}

function classList({ draft, scope, available }: MessageInputs): LimitList {
  const indexOf = new Map(scope.dataset.classNames.map((name, i) => [name, i]))
  const { perClass } = draft.rules
  return {
    what: 'labels',
    codes: { sum: 'V2', short: 'V3', crossed: 'R3' },
    limits: perClass.map(({ label, min, max }) => ({
      name: label,
      min,
      max,
      has: available[indexOf.get(label) ?? -1] ?? 0
    })),
    patch: (change) =>
      rulesPatch(draft, {
        perClass: perClass.map((rule): ClassRule => ({ ...rule, ...change(rule, rule.label) }))
      })
  }
}

function sourceList({ draft, scope, cells }: MessageInputs): LimitList {
  const totals = sourceTotals(cells)
  const indexOf = new Map((scope.sources?.names ?? []).map((name, i) => [name, i]))
  const perSource = scope.sources === undefined ? [] : draft.rules.perSource
  return {
    what: 'sources',
    codes: { sum: 'V2-sources', short: 'V3-sources', crossed: 'R3-sources' },
    limits: perSource.map(({ source, min, max }) => ({
      name: source,
      min,
      max,
      has: totals[indexOf.get(source) ?? -1] ?? 0
    })),
    patch: (change) =>
      rulesPatch(draft, {
        perSource: perSource.map((rule): SourceRule => ({ ...rule, ...change(rule, rule.source) }))
      })
  }
}

/** Where items are not counted, how many fit is only known about. */
function sumText(inputs: MessageInputs, sum: string): string {
  return inputs.scope.spend === undefined
    ? `${sum} but you asked to keep ${count(inputs.keep)}.`
    : `${sum}, and about ${things(inputs.keep, 'item fits', 'items fit')} into ${budgetWords(inputs.draft.budget)}.`
}

/** V2, V3, R3: each kind of limit for itself. */
function ownMessages(inputs: MessageInputs, list: LimitList): ValidationMessage[] {
  const { keep, scope } = inputs
  const found: ValidationMessage[] = []
  const sum = list.limits.reduce((n, { min }) => n + (min ?? 0), 0)
  const severity = scope.spend === undefined ? 'error' : 'caution'
  if (sum > keep && keep > 0) {
    const text = `The minimums ${list.what === 'labels' ? '' : 'of sources '}add up to ${count(sum)}`
    found.push(
      message(list.codes.sum, severity, 'rules', sumText(inputs, text), [
        ...(sum <= scope.candidates.length ? [raiseTo(inputs, sum)] : []),
        {
          label: 'Scale minimums down',
          patch: list.patch(({ min, max }) => ({
            min: min === null ? null : Math.floor((min * keep) / sum),
            max
          }))
        }
      ])
    )
  }
  for (const { name, min, max, has } of list.limits) {
    if (min !== null && max !== null && min > max) {
      const only = (side: { min: number; max: number }): ReturnType<typeof rulesPatch> =>
        list.patch((limit, other) => (other === name ? side : limit))
      found.push(
        message(
          list.codes.crossed,
          'error',
          'rules',
          `\u2018${name}\u2019 cannot have at least ${count(min)} and at most ${count(max)} items.`,
          [
            { label: `At most ${count(min)}`, patch: only({ min, max: min }) },
            { label: `At least ${count(max)}`, patch: only({ min: max, max }) }
          ]
        )
      )
    }
    if (min === null || min <= has) continue
    found.push(
      message(
        list.codes.short,
        'caution',
        'rules',
        `\u2018${name}\u2019 has only ${things(has, 'item', 'items')}; a minimum of ${count(min)} cannot be met.`,
        [
          {
            label: `Use all ${count(has)}`,
            patch: list.patch((limit, other) => (other === name ? { ...limit, min: has } : limit))
          }
        ]
      )
    )
  }
  return found
}

/** Limits by index, with what is not limited filled in. */
function byIndex(
  names: readonly string[],
  list: LimitList,
  value: (limit: LimitList['limits'][number]) => number,
  otherwise: number
): number[] {
  const of = new Map(list.limits.map((limit) => [limit.name, limit]))
  return names.map((name) => {
    const limit = of.get(name)
    return limit === undefined ? otherwise : value(limit)
  })
}

/** R4, R5: limits that cannot hold together. */
function togetherMessages(
  inputs: MessageInputs,
  classes: LimitList,
  sources: LimitList
): ValidationMessage[] {
  const { scope, keep, cells, draft } = inputs
  if (classes.limits.length + sources.limits.length === 0 || keep === 0) return []
  const names = [scope.dataset.classNames, scope.sources?.names ?? []] as const
  const floors = (factor: number): [number[], number[]] => [
    byIndex(names[0], classes, ({ min, has }) => Math.min(has, Math.floor((min ?? 0) * factor)), 0),
    byIndex(names[1], sources, ({ min, has }) => Math.min(has, Math.floor((min ?? 0) * factor)), 0)
  ]
  const found: ValidationMessage[] = []
  const [classMin, sourceMin] = floors(1)
  const alone = [classMin, sourceMin].map((mins) => mins.reduce((n, min) => n + min, 0))
  const least = Math.max(...alone) > keep ? 0 : leastNeeded(cells, classMin, sourceMin)
  if (least > keep) {
    // Rounding can cost more than it saves, so a little less each time until it fits.
    let factor = keep / least
    while (leastNeeded(cells, ...floors(factor)) > keep) factor *= 0.95
    const scaled = (min: number | null): number | null =>
      min === null ? null : Math.floor(min * factor)
    found.push(
      message(
        'R5',
        scope.spend === undefined ? 'error' : 'caution',
        'rules',
        sumText(
          inputs,
          `The minimums of labels and of sources together need ${count(least)} items`
        ),
        [
          raiseTo(inputs, least),
          {
            label: 'Scale minimums down',
            patch: rulesPatch(draft, {
              perClass: draft.rules.perClass.map((rule) => ({ ...rule, min: scaled(rule.min) })),
              perSource: draft.rules.perSource.map((rule) => ({ ...rule, min: scaled(rule.min) }))
            })
          }
        ]
      )
    )
  }
  const most = mostKept(
    cells,
    byIndex(names[0], classes, ({ max }) => max ?? Infinity, Infinity),
    byIndex(names[1], sources, ({ max }) => max ?? Infinity, Infinity)
  )
  if (most < keep) {
    found.push(
      message(
        'R4',
        most === 0 ? 'error' : 'caution',
        'rules',
        most === 0
          ? 'Nothing can be kept with these maximums.'
          : `At most ${count(most)} can be kept with these maximums.`,
        [
          ...(most === 0 ? [] : [{ label: `Keep ${count(most)}`, patch: budgetOf(most) }]),
          {
            label: 'Remove the maximums',
            patch: rulesPatch(draft, {
              perClass: draft.rules.perClass.map((rule) => ({ ...rule, max: null })),
              perSource: draft.rules.perSource.map((rule) => ({ ...rule, max: null }))
            })
          }
        ]
      )
    )
  }
  return found
}

/** R10: limits by source without a column that names the sources. */
function columnMessages({ draft }: MessageInputs): ValidationMessage[] {
  if (draft.rules.sourceColumn !== null || draft.rules.perSource.length === 0) return []
  return [
    message(
      'R10',
      'caution',
      'rules',
      'There are limits by source, but no column says where items come from. They have no effect.',
      [{ label: 'Remove these limits', patch: rulesPatch(draft, { perSource: [] }) }]
    )
  ]
}

/** Everything about limits and the target mix. */
export function ruleMessages(inputs: MessageInputs): ValidationMessage[] {
  const [classes, sources] = [classList(inputs), sourceList(inputs)]
  return [
    ...ownMessages(inputs, classes),
    ...ownMessages(inputs, sources),
    ...togetherMessages(inputs, classes, sources),
    ...mixMessages(inputs),
    ...columnMessages(inputs)
  ]
}
