// The facts of one item as rows of name and value, for the quick look and the item page.
import type { ItemDetail, ItemRow } from '@api/dto/datasets.ts'
import { data } from './data.ts'
import { gallery } from './common.ts'
import { formatBytes } from './format.ts'

/** One fact. */
export interface Fact {
  readonly label: string
  readonly value: string
  readonly mono?: boolean | undefined
}

/** Facts of an item; `detail` adds size, fingerprint and the other columns once it is there. */
export function itemFacts(item: ItemRow, detail: ItemDetail | undefined): Fact[] {
  const facts: Fact[] = [
    { label: data.fact.label, value: item.label ?? gallery.noLabel },
    { label: data.fact.split, value: data.splitWords[item.split] }
  ]
  if (item.width !== null && item.height !== null) {
    facts.push({ label: data.fact.size, value: `${item.width} × ${item.height}` })
  }
  if (item.isAside) facts.push({ label: data.fact.state, value: gallery.setAside })
  if (item.duplicateOf !== null) {
    facts.push({ label: data.fact.duplicateOf, value: data.itemNumber(item.duplicateOf + 1) })
  }
  if (detail === undefined) return facts
  if (detail.sizeBytes !== null)
    facts.push({ label: data.fact.bytes, value: formatBytes(detail.sizeBytes) })
  for (const [name, value] of Object.entries(detail.values)) {
    facts.push({ label: name, value: typeof value === 'string' ? value : JSON.stringify(value) })
  }
  facts.push({ label: data.fact.fingerprint, value: detail.fingerprint, mono: true })
  return facts
}
