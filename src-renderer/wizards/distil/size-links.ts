// Items for each label, in total and as a file: linked, so that one decides the others. Pure.

/** What the links need to know. */
export interface SizeFacts {
  /** Labels that take part. */
  readonly labels: number
  /** About how much one item takes on disk, its label included; 0 = not known. */
  readonly bytesPerItem: number
}

/** One of the linked fields. */
export type SizeUnit = 'perClass' | 'total' | 'kilobytes'

/** Items for each label that the app can make. */
export const perClassRange = { least: 1, most: 1000 } as const

function inRange(perClass: number): number {
  return Math.min(perClassRange.most, Math.max(perClassRange.least, Math.round(perClass)))
}

/** All fields for a number of items for each label. */
export function linkedSize(
  perClass: number,
  { labels, bytesPerItem }: SizeFacts
): Readonly<Record<SizeUnit, number>> {
  const total = perClass * labels
  return { perClass, total, kilobytes: Number(((total * bytesPerItem) / 1000).toPrecision(3)) }
}

/** Items for each label that come closest to a value of one field; undefined when it cannot be told. */
export function perClassFrom(
  unit: SizeUnit,
  value: number,
  { labels, bytesPerItem }: SizeFacts
): number | undefined {
  if (!Number.isFinite(value)) return undefined
  if (unit === 'perClass') return inRange(value)
  if (labels === 0) return undefined
  if (unit === 'total') return inRange(value / labels)
  return bytesPerItem === 0 ? undefined : inRange((value * 1000) / bytesPerItem / labels)
}
