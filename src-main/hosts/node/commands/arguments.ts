// Reading the command line: options per command, checked, with plain messages.
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { ColumnRole } from '../../../api/dto/datasets.ts'
import { UsageError } from './output.ts'

type OptionTable = NonNullable<ParseArgsConfig['options']>

export interface ParsedArguments {
  readonly positionals: readonly string[]
  text(name: string): string | undefined
  /** Throws UsageError when missing. */
  required(name: string): string
  flag(name: string): boolean
  many(name: string): readonly string[]
  /** Share between 0 and 1; throws UsageError for anything else. */
  share(name: string): number | undefined
  /** Whole number; throws UsageError for anything else. */
  integer(name: string, fallback: number): number
}

/**
 * Parses `args` strictly: an unknown option, or more than `words` words, is an error, not a guess.
 */
export function readArguments(
  args: readonly string[],
  options: OptionTable,
  words = 0
): ParsedArguments {
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, ...options },
      allowPositionals: true
    })
  } catch (error) {
    // Node's first sentence says what is wrong; its advice about "--" does not fit here.
    const text = error instanceof Error ? error.message : String(error)
    throw new UsageError(text.replace(/\. To specify .*$/s, '.'))
  }
  const surplus = parsed.positionals[words]
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one word too many.`)
  const text = (name: string): string | undefined => {
    const value = parsed.values[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    positionals: parsed.positionals,
    text,
    required(name) {
      const value = text(name)
      if (value === undefined || value === '') throw new UsageError(`--${name} is missing.`)
      return value
    },
    flag: (name) => parsed.values[name] === true,
    many(name) {
      const value = parsed.values[name]
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
    },
    share(name) {
      const value = text(name)
      if (value === undefined) return undefined
      const share = value.trim() === '' ? Number.NaN : Number(value)
      if (!(share > 0 && share < 1))
        throw new UsageError(`--${name} must be between 0 and 1, not "${value}".`)
      return share
    },
    integer(name, fallback) {
      const value = text(name)
      if (value === undefined) return fallback
      if (!/^\d+$/.test(value))
        throw new UsageError(`--${name} must be a whole number, not "${value}".`)
      return Number(value)
    }
  }
}

/** "label=class,text=body" to column roles: { class: "label", body: "text" }. */
export function readColumnMap(text: string | undefined): Record<string, ColumnRole> {
  const roles: Record<string, ColumnRole> = {}
  if (text === undefined) return roles
  for (const part of text.split(',')) {
    const at = part.indexOf('=')
    const role = ColumnRole.safeParse(part.slice(0, at).trim())
    const column = part.slice(at + 1).trim()
    if (at < 1 || !role.success || column === '') {
      throw new UsageError(
        `--map wants role=COLUMN pairs; roles are ${ColumnRole.options.join(', ')}. "${part}" is not one.`
      )
    }
    roles[column] = role.data
  }
  return roles
}
