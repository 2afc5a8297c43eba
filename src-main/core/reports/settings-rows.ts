// Settings of a run as rows that anyone can read, for reports: no field names of records and no JSON.
import type { JsonValue } from '../../api/dto/common.ts'
import type { DistilDraft, DistilResult } from '../../api/dto/distil.ts'
import type { SelectDraft, SelectionResult } from '../../api/dto/runs.ts'
import { methodInfos } from '../methods/registry.ts'
import { budgetWords } from '../selection/budget.ts'
import { things } from '../selection/message-parts.ts'
import { limitsWords, sharesWords } from '../selection/rule-words.ts'
import { countText, dateText, percentText } from './words.ts'

/** A name and what it is set to. */
export type SettingRow = readonly [name: string, value: string]

type Rows = readonly SettingRow[]
type Fields = Readonly<Record<string, JsonValue>>

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')

const isFields = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** "labelsHash" -> "Labels hash": a name that has no words of its own yet. */
export function plainName(name: string): string {
  const words = name.replaceAll(/[-_.]+/g, ' ').replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()
}

/** A value without brackets and quotes: lists and groups of values in one line. */
export function plainValue(value: JsonValue): string {
  if (value === null || value === '') return 'none'
  if (typeof value === 'boolean') return yesNo(value)
  if (typeof value !== 'object') return String(value)
  const parts = Array.isArray(value)
    ? value.map(plainValue)
    : Object.entries(value).map(([name, part]) => `${plainName(name)} ${plainValue(part)}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}

/** Settings of a method under the names its own form shows. */
function methodRows(id: string, params: JsonValue | undefined): Rows {
  if (!isFields(params)) return []
  const schema = methodInfos().find((info) => info.id === id)?.params
  const fields = isFields(schema) && isFields(schema['properties']) ? schema['properties'] : {}
  return Object.entries(params).map(([name, value]): SettingRow => {
    const field = fields[name]
    const title = isFields(field) && typeof field['title'] === 'string' ? field['title'] : undefined
    return [title ?? plainName(name), plainValue(value)]
  })
}

function ruleRows({ rules }: SelectDraft): Rows {
  const { nearDuplicates: near, sourceColumn } = rules
  const sources: Rows =
    sourceColumn === null
      ? []
      : [
          ['Where items come from', `column “${sourceColumn}”`],
          [
            'Limits for sources',
            limitsWords(rules.perSource.map(({ source, ...limit }) => [source, limit]))
          ]
        ]
  return [
    ['Must keep', things(rules.mustKeep.length, 'item', 'items')],
    ['Must drop', things(rules.mustDrop.length, 'item', 'items')],
    [
      'Near-duplicates',
      near.isOn ? `one of each kept, from ${percentText(near.similarity01)} alike` : 'all kept'
    ],
    ['Limits for labels', limitsWords(rules.perClass.map(({ label, ...limit }) => [label, limit]))],
    ['Shares of labels', sharesWords(rules)],
    ...sources,
    ['Kept together', rules.groupColumn === null ? 'nothing' : `by column “${rules.groupColumn}”`],
    ['Test items protected', yesNo(rules.protectTestSplit)]
  ]
}

/** What the record of a run calls things, in words; what is not here keeps a readable name. */
const madeNames: Readonly<Record<string, string>> = {
  appVersion: 'Version of Winnow',
  methodVersion: 'Version of the method',
  dataset: 'Data',
  datasetVersion: 'Version of the data',
  contentHash: 'Fingerprint of the data',
  labelsHash: 'Fingerprint of the labels',
  rulesHash: 'Fingerprint of the rules',
  featureKey: 'Fingerprint of the similarity fingerprints',
  extractor: 'Similarity fingerprints made by',
  extractorVersion: 'Version of these',
  featureDevice: 'These were computed on',
  chosenHash: 'Fingerprint of the chosen items',
  setHash: 'Fingerprint of the set',
  splitHash: 'Fingerprint of the parts for learning and testing',
  hasTestSplit: 'The data has test items of its own',
  validationItems: 'Items kept apart for choices on the way',
  experts: 'Helper models',
  form: 'Form of the set',
  devices: 'Devices used',
  startedAt: 'Started'
}

/** Said elsewhere in the report. */
const said = new Set(['sentence', 'method', 'params', 'seed', 'device'])

/** "processor (native), 2 cores". */
function deviceWords(devices: JsonValue): string {
  if (!Array.isArray(devices) || devices.length === 0) return 'none'
  return devices
    .filter((device) => isFields(device))
    .map(({ name, cores }) => {
      const given = typeof cores === 'number' ? `, ${things(cores, 'core', 'cores')}` : ''
      return `${plainValue(name ?? null)}${given}`
    })
    .join('; ')
}

/** Versions, device and fingerprints of a run. */
function madeRows(made: Fields): Rows {
  return Object.entries(made)
    .filter(([name]) => !said.has(name))
    .map(([name, value]): SettingRow => {
      const label = madeNames[name] ?? plainName(name)
      if (name === 'devices') return [label, deviceWords(value)]
      if (name === 'startedAt' && typeof value === 'string') return [label, dateText(value)]
      return [label, plainValue(value)]
    })
}

/** Settings of a chosen set and of the computer that made it. */
export function selectionRows(result: SelectionResult): Rows {
  const { draft, provenance } = result
  return [
    ['Method', result.methodName],
    ...methodRows(result.method, provenance['params'] ?? draft.method.params),
    ['Repeat code', String(draft.seed)],
    ['How much', budgetWords(draft.budget)],
    ...ruleRows(draft),
    ['Time', things(Math.round(result.seconds), 'second', 'seconds')],
    ['Computed on', result.check?.device ?? plainValue(provenance['device'] ?? null)],
    ...madeRows(provenance)
  ]
}

function labelWords({ labels }: DistilDraft): string {
  switch (labels.kind) {
    case 'hard':
      return 'one plain label for each item'
    case 'soft':
      return labels.keep === null
        ? 'a share for every label, stored once'
        : `the ${countText(labels.keep)} largest shares for each item, stored once`
    case 'teacher':
      return 'the helper model is kept and asked about every changed picture'
    case 'views':
      return labels.keepOneOf === 1
        ? `stored for ${countText(labels.passes)} passes of changed pictures`
        : `stored for ${countText(labels.passes)} passes of changed pictures, one batch of ${countText(labels.keepOneOf)} kept`
  }
}

/** Settings of a tiny set and of the computer that made it. */
export function tinyRows(result: DistilResult): Rows {
  const { draft, provenance } = result
  return [
    ['Method', result.methodName],
    ...methodRows(draft.method.id, provenance['params'] ?? draft.method.params),
    ['Repeat code', String(draft.seed)],
    ['Items for each label', countText(result.perClass)],
    ['Effort', draft.effort],
    ['Model', result.network],
    ['Labels', labelWords(draft)],
    ['Time', things(Math.round(result.seconds), 'second', 'seconds')],
    ['Computed on', plainValue(provenance['device'] ?? null)],
    ...madeRows(provenance)
  ]
}
