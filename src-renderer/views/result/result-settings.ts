// Everything a run was asked and how it was made, as rows of name and value. Pure.
import type { JsonValue } from '@api/dto/common.ts'
import type { SelectDraft, SelectionResult } from '@api/dto/runs.ts'
import { coreWords } from '../../text/core-words.ts'
import { checkModels } from '../../text/check.ts'
import { budgetWords } from '../../text/budget-words.ts'
import { choose } from '../../text/choose.ts'
import { common } from '../../text/common.ts'
import { result as words } from '../../text/runs.ts'
import { formatNumber, formatPercent } from '../../text/format.ts'

/** One setting. */
export interface SettingRow {
  readonly label: string
  readonly value: string
  readonly mono?: boolean
}

function tasksText(draft: SelectDraft): string {
  switch (draft.tasks.kind) {
    case 'labels':
      return words.settingText.fromLabels(draft.tasks.perTask)
    case 'column':
      return words.settingText.fromColumn(draft.tasks.column, draft.tasks.perTask)
    case 'sets':
      return draft.tasks.sets.map((set) => set.name).join(', ')
  }
}

/** "rose 20–50 40 %". */
function limitText(
  name: string,
  { min, max }: { min: number | null; max: number | null },
  percent: number | null
): string {
  const range =
    min === null && max === null
      ? ''
      : ` ${formatNumber(min ?? 0)}–${max === null ? '∞' : formatNumber(max)}`
  const share = percent === null ? '' : ` ${formatNumber(percent, 2)} %`
  return `${name}${range}${share}`
}

/** What was asked, in words. */
export function askedRows(result: SelectionResult): SettingRow[] {
  const { draft } = result
  const { rules } = draft
  const names = words.setting
  const texts = words.settingText
  const limits = rules.perClass.map(({ label, percent, ...limit }) =>
    limitText(label, limit, percent)
  )
  const sources = rules.perSource.map(({ source, ...limit }) => limitText(source, limit, null))
  const similar = formatPercent(rules.nearDuplicates.similarity01, 1)
  return [
    { label: names.data, value: result.datasetName },
    {
      label: names.scope,
      value:
        draft.scope.kind === 'all'
          ? texts.allItems
          : texts.filter(draft.scope.filter.labels, draft.scope.filter.search)
    },
    { label: names.goal, value: choose.goal.names[draft.goal].title },
    {
      label: names.budget,
      value: budgetWords(draft.budget, result.asked)
    },
    { label: names.tasks, value: tasksText(draft) },
    { label: names.method, value: coreWords(result.methodName) },
    ...(draft.given === null
      ? []
      : [{ label: names.list, value: texts.list(draft.given.title, draft.given.keys.length) }]),
    { label: names.seed, value: String(draft.seed), mono: true },
    {
      label: names.repeats,
      value: rules.nearDuplicates.isOn ? texts.repeats(similar) : texts.repeatsOff
    },
    { label: names.mustKeep, value: texts.listed(rules.mustKeep.length) },
    { label: names.mustDrop, value: texts.listed(rules.mustDrop.length) },
    { label: names.limits, value: limits.length === 0 ? common.none : limits.join(', ') },
    ...(rules.sourceColumn === null
      ? []
      : [
          { label: choose.rules.source, value: rules.sourceColumn },
          {
            label: choose.rules.perSource,
            value: sources.length === 0 ? common.none : sources.join(', ')
          }
        ]),
    { label: names.protect, value: rules.protectTestSplit ? common.yes : common.no },
    { label: names.group, value: rules.groupColumn ?? common.none },
    {
      label: names.check,
      value: draft.check.isOn ? texts.check(draft.check.repeats, modelsText(draft)) : texts.checkOff
    },
    {
      label: names.alsoTried,
      value:
        draft.alsoTry.length === 0 ? common.none : draft.alsoTry.map((other) => other.id).join(', ')
    }
  ]
}

/** "Fast linear, also Small network". */
function modelsText({ check }: SelectionResult['draft']): string {
  const names = check.alsoModels.map((model) => checkModels[model].title)
  return [checkModels[check.model].title, ...names].join(', ')
}

/** "contentHash" -> "Content hash": the record's own names, readable. */
export function readableKey(key: string): string {
  const words = key.replaceAll(/[-_.]+/g, ' ').replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
  const lower = words.toLowerCase()
  return lower.charAt(0).toUpperCase() + lower.slice(1)
}

/** A value of the record as text: lists and records in one line. */
export function valueText(value: JsonValue): string {
  if (value === null) return common.notKnown
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  return Object.entries(value)
    .map(([key, part]) => `${readableKey(key)}: ${valueText(part)}`)
    .join('; ')
}

/** Versions, device and fingerprints of a result, exact. */
export function provenanceRows(provenance: Readonly<Record<string, JsonValue>>): SettingRow[] {
  return Object.entries(provenance).map(([key, value]) => ({
    label: readableKey(key),
    // The plan in one sentence and the device are the app's words; the rest is exact as it is.
    value:
      typeof value === 'string' && ['sentence', 'device'].includes(key)
        ? coreWords(value)
        : valueText(value),
    mono: /hash|fingerprint|sha/i.test(key)
  }))
}
