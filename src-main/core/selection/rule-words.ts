// Limits and shares of labels or sources in words, as comparisons and reports say them.
import type { SelectDraft } from '../../api/dto/runs.ts'

interface Limit {
  readonly min: number | null
  readonly max: number | null
}

/** "rose at least 20, at most 50; tulip at most 9". */
export function limitsWords(limits: readonly (readonly [name: string, limit: Limit])[]): string {
  const parts = limits.flatMap(([name, { min, max }]) => {
    const ends = [
      min === null ? '' : `at least ${min.toLocaleString('en')}`,
      max === null ? '' : `at most ${max.toLocaleString('en')}`
    ].filter((end) => end !== '')
    return ends.length === 0 ? [] : [`${name} ${ends.join(', ')}`]
  })
  return parts.length === 0 ? 'none' : parts.join('; ')
}

/** "rose 40 %, tulip 10 %". */
export function sharesWords(rules: SelectDraft['rules']): string {
  const shares = rules.perClass.filter(({ percent }) => percent !== null)
  return shares.length === 0
    ? 'as the method finds'
    : shares.map(({ label, percent }) => `${label} ${percent} %`).join(', ')
}
