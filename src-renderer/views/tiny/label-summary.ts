// How sure the labels of a tiny set are: for each label, over its items. Pure.
import type { DistilItem } from '@api/dto/distil.ts'
import { language } from '../../text/language.ts'

/** The items of one label together. */
export interface LabelSummary {
  readonly label: string
  readonly items: number
  /** Mean of the largest share; null where no item has shares. */
  readonly top01: number | null
  /** The name that is second most often, leaving out the label itself; null for none. */
  readonly second: string | null
}

function mostOften(names: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], language))
  return first?.[0] ?? null
}

/** One line for each label, in the order the labels come in. */
export function labelSummaries(items: readonly DistilItem[]): LabelSummary[] {
  const labels = [...new Set(items.map(({ label }) => label))]
  return labels.map((label) => {
    const own = items.filter((item) => item.label === label)
    const tops = own.flatMap(({ shares }) => shares[0]?.share01 ?? [])
    const seconds = own.flatMap(
      ({ shares }) => shares.find(({ name }) => name !== label)?.name ?? []
    )
    return {
      label,
      items: own.length,
      top01: tops.length === 0 ? null : tops.reduce((sum, top) => sum + top, 0) / tops.length,
      second: mostOften(seconds)
    }
  })
}
