// Rows of a table of limits: what is shown, and what a typed value makes of the limits. Pure.

/** Limits of one label or source; null = none. */
export interface LimitRow {
  readonly name: string
  readonly min: number | null
  readonly max: number | null
  /** Wanted share of the kept items, 0..100. */
  readonly percent: number | null
}
/** A column of the table. */
export type LimitSide = 'min' | 'max' | 'percent'

/** Rows shown at once: a column can have a hundred thousand values. */
export const shownMost = 200

/** The number in a field; null for an empty one, undefined for what cannot be a limit. */
export function readLimit(text: string, side: LimitSide): number | null | undefined {
  if (text.trim() === '') return null
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) return undefined
  if (side === 'percent') return value <= 100 ? value : undefined
  return Number.isInteger(value) ? value : undefined
}

/** The limits with one value set; a row without any limit is gone. */
export function withLimit(
  limits: readonly LimitRow[],
  name: string,
  side: LimitSide,
  value: number | null
): LimitRow[] {
  const byName = new Map(limits.map((limit) => [limit.name, limit]))
  const old = byName.get(name) ?? { name, min: null, max: null, percent: null }
  byName.set(name, { ...old, [side]: value })
  return [...byName.values()].filter(
    ({ min, max, percent }) => min !== null || max !== null || percent !== null
  )
}

/** Rows to show: limited ones that the data does not have come first, so that they can be cleared. */
export function shownRows(
  rows: readonly { readonly name: string; readonly available: number }[],
  limits: readonly LimitRow[],
  find: string
): { readonly shown: { name: string; available: number }[]; readonly more: number } {
  const known = new Set(rows.map(({ name }) => name))
  const gone = limits
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => ({ name, available: 0 }))
  const wanted = find.trim().toLowerCase()
  const all = [...gone, ...rows].filter(({ name }) => name.toLowerCase().includes(wanted))
  return { shown: all.slice(0, shownMost), more: Math.max(0, all.length - shownMost) }
}

/** Sum of the shares; undefined while none is asked for. */
export function shareSum(limits: readonly LimitRow[]): number | undefined {
  const shares = limits.flatMap(({ percent }) => (percent === null ? [] : [percent]))
  return shares.length === 0
    ? undefined
    : Number(shares.reduce((sum, percent) => sum + percent, 0).toFixed(2))
}
