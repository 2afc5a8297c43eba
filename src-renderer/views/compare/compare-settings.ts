// Settings in which two chosen sets differ, in the words of the settings tab of a result. Pure.
import type { JsonValue } from '@api/dto/common.ts'
import type { SelectionResult } from '@api/dto/runs.ts'
import type { SchemaField } from '../../forms/schema-fields.ts'
import { common } from '../../text/common.ts'
import { result as words } from '../../text/runs.ts'
import { askedRows, readableKey, valueText } from '../result/result-settings.ts'

/** One setting, as both runs have it. */
export interface SettingDifference {
  readonly setting: string
  readonly first: string
  readonly second: string
}

type Values = Readonly<Record<string, JsonValue>>
type Both = readonly [SelectionResult, SelectionResult]

/** A record of settings; nothing where there is none. */
function recordOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Values) // JSON of a project
    : {}
}
/** The method's settings as they were used. */
function paramsOf({ provenance, draft }: SelectionResult): Values {
  return recordOf(provenance['params'] ?? draft.method.params)
}

/** A value as its field says it. */
function textOf(value: JsonValue | undefined, field: SchemaField | undefined): string {
  if (value === undefined) return common.none
  if (typeof value === 'boolean') return value ? common.yes : common.no
  if (field?.kind === 'choice')
    return field.options.find((option) => option.value === value)?.label ?? valueText(value)
  const unit = field?.unit
  return unit === undefined ? valueText(value) : `${valueText(value)} ${unit}`
}

/** Entries that differ between two records, each in words. */
function partsThatDiffer(
  first: Values,
  second: Values,
  nameOf: (key: string, field: SchemaField | undefined) => string,
  fieldOf: (key: string, side: 0 | 1) => SchemaField | undefined = () => undefined
): SettingDifference[] {
  const keys = new Set([...Object.keys(first), ...Object.keys(second)])
  return [...keys]
    .filter((key) => JSON.stringify(first[key]) !== JSON.stringify(second[key]))
    .map((key) => {
      const fields = [fieldOf(key, 0), fieldOf(key, 1)] as const
      return {
        setting: nameOf(key, fields[0] ?? fields[1]),
        first: textOf(first[key], fields[0]),
        second: textOf(second[key], fields[1])
      }
    })
}

/** What of a plan the rows of the settings tab say in short, with the rest behind it. */
const shortened: readonly (readonly [
  label: string,
  part: (result: SelectionResult) => JsonValue | undefined
])[] = [
  [
    words.setting.scope,
    ({ draft }) => (draft.scope.kind === 'all' ? {} : (draft.scope.filter as JsonValue))
  ],
  [words.setting.check, ({ draft }) => draft.check as JsonValue],
  [words.setting.list, ({ draft }) => draft.given as JsonValue]
]

/** The rows that differ. `fieldsOf` gives the settings that a method declares, by its id. */
export function settingDifferences(
  runs: Both,
  fieldsOf: (method: string) => readonly SchemaField[]
): SettingDifference[] {
  const [first, second] = runs.map(
    (run) => new Map(askedRows(run).map((row) => [row.label, row.value]))
  )
  const labels = new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])])
  const rows = [...labels].flatMap((setting): SettingDifference[] => {
    const row = {
      setting,
      first: first?.get(setting) ?? common.none,
      second: second?.get(setting) ?? common.none
    }
    if (row.first !== row.second) return [row]
    // Said alike, and yet not the same: what the short words leave out.
    const part = shortened.find(([label]) => label === setting)?.[1]
    return part === undefined
      ? []
      : partsThatDiffer(
          recordOf(part(runs[0])),
          recordOf(part(runs[1])),
          (key) => `${setting}: ${readableKey(key)}`
        )
  })
  const params = partsThatDiffer(
    paramsOf(runs[0]),
    paramsOf(runs[1]),
    (key, field) => words.methodSetting(field?.title ?? readableKey(key)),
    (key, side) => fieldsOf(runs[side].draft.method.id).find((field) => field.key === key)
  )
  return [...rows, ...params]
}
