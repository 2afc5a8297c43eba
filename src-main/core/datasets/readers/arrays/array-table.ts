// Tables held in arrays: number columns without names, beside labels from an array of their own.
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { ColumnInfo, ColumnRole, ImportOptions } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import type { ImportPlan } from '../reader.ts'
import type { ArrayLabels } from './array-labels.ts'
import type { ArraySet } from './array-set.ts'

/** Name of the column at place `i`. */
export function columnName(i: number): string {
  return `Column ${i + 1}`
}

const possible: readonly ColumnRole[] = ['number', 'keep', 'ignore']

/**
 * The columns of a table: numbers, unless the analyst says otherwise; the labels last. Throws
 * AppError "column-not-found", "invalid-input" for a role a number cannot have, and
 * "nothing-to-import" when no number is left.
 */
export function tableColumns(
  set: ArraySet,
  labels: ArrayLabels,
  options: ImportOptions
): ColumnInfo[] {
  const numbers = Array.from({ length: set.columns }, (_, i): ColumnInfo => {
    const name = columnName(i)
    const chosen = Object.hasOwn(options.roles, name) ? options.roles[name] : undefined
    if (chosen !== undefined && !possible.includes(chosen))
      throw new AppError(
        'invalid-input',
        `“${name}” of an array can be numbers, kept or left out.`,
        {
          hint: 'Labels come from an array of their own.'
        }
      )
    return {
      name,
      type: 'number',
      role: chosen ?? 'number',
      confidence01: chosen === undefined ? 0.9 : 1,
      distinct: null,
      missing: 0,
      examples: []
    }
  })
  const label = set.parts.find((part) => part.labels !== undefined)?.labels
  const columns: ColumnInfo[] =
    label === undefined ? numbers : [...numbers, labelColumn(label, labels)]
  for (const name of Object.keys(options.roles))
    if (!columns.some((column) => column.name === name))
      throw new AppError('column-not-found', `The data has no column “${name}”.`)
  if (!numbers.some(({ role }) => role === 'number'))
    throw new AppError('nothing-to-import', 'No column of numbers is left.', {
      hint: 'Set a column to Number.'
    })
  return columns
}

function labelColumn(array: string, { classNames }: ArrayLabels): ColumnInfo {
  return {
    name: array,
    type: 'category',
    role: 'label',
    confidence01: 0.95,
    distinct: classNames.length,
    missing: 0,
    examples: classNames.slice(0, 3)
  }
}

/** A row as an item's values; undefined when none of its features is a number. */
export function tableItem(
  numbers: Float64Array,
  plan: Pick<ImportPlan, 'columns'>
):
  | {
      readonly values: Readonly<Record<string, JsonValue>>
      readonly record: string
    }
  | undefined {
  const values: [string, JsonValue][] = []
  let hasNumber = false
  for (const [i, value] of numbers.entries()) {
    const { name, role } = plan.columns[i]
    if (role === 'ignore') continue
    const isNumber = Number.isFinite(value)
    if (isNumber && role === 'number') hasNumber = true
    values.push([name, isNumber ? value : null])
  }
  if (!hasNumber) return undefined
  return { values: Object.fromEntries(values), record: JSON.stringify(values) }
}
