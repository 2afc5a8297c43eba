// Which source every candidate comes from, as the methods over sources see it: only sources that
// occur, and items of unknown source as one more source of their own.
import { AppError } from '../../../api/errors.ts'
import type { SelectionInputs } from '../method.ts'

/** How items without a source are called. */
export const noSource = 'no source'

export interface SourceGroups {
  /** Sources with at least one candidate, in the order of the names; unknown ones last. */
  readonly names: readonly string[]
  /** N indices into `names`. */
  readonly of: Uint32Array
  /** Candidates per source. */
  readonly sizes: readonly number[]
  /** Index of the items without a source; -1 when every item has one. */
  readonly unknown: number
}

/** Throws AppError where the data has no sources, and a RangeError where ids do not fit. */
export function groupBySource({
  sources,
  features
}: Pick<SelectionInputs, 'sources' | 'features'>): SourceGroups {
  if (sources === undefined)
    throw new AppError('method-not-possible', 'The data does not say where its items come from.', {
      hint: 'Name the column with the sources first, or use a method that needs none.'
    })
  const { ids, names } = sources
  if (ids.length !== features.rows) throw new RangeError('every candidate needs a source id')
  const counts = Array.from({ length: names.length + 1 }, () => 0)
  for (const id of ids) {
    if (id >= names.length) throw new RangeError(`source ${id} has no name`)
    counts[id < 0 ? names.length : id]++
  }
  const present = counts.flatMap((count, id) => (count > 0 ? [id] : []))
  const indexOf = new Map(present.map((id, index) => [id, index]))
  return {
    names: present.map((id) => (id < names.length ? names[id] : freeName(names))),
    of: Uint32Array.from(ids, (id) => indexOf.get(id < 0 ? names.length : id) ?? 0),
    sizes: present.map((id) => counts[id]),
    unknown: indexOf.get(names.length) ?? -1
  }
}

/** A name for items without a source that no source has. */
function freeName(names: readonly string[]): string {
  let name = noSource
  while (names.includes(name)) name = `(${name})`
  return name
}

/** Share of every source in the candidates, 0..1. */
export function sizeShares({ sizes }: SourceGroups): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return sizes.map((size) => size / total)
}

/**
 * Cuts shares to what the sources have for `budget` places and gives the rest to the others in
 * proportion to their shares (evenly where these are 0). Shares stay in sum 1 where that is possible.
 */
export function capShares(
  shares: readonly number[],
  sizes: readonly number[],
  budget: number
): number[] {
  const caps = sizes.map((size) => size / budget)
  let out = shares.map((share, i) => Math.min(share, caps[i]))
  // Every round fills at least one source, so there are at most as many rounds as sources.
  for (let round = 0; round < shares.length; round++) {
    const left = 1 - out.reduce((sum, share) => sum + share, 0)
    if (left < 1e-12) break
    const open = out.map((share, i) => share < caps[i])
    const weight = open.reduce((sum, isOpen, i) => sum + (isOpen ? shares[i] : 0), 0)
    const count = open.filter(Boolean).length
    if (count === 0) break
    out = out.map((share, i) => {
      if (!open[i]) return share
      return Math.min(caps[i], share + left * (weight > 0 ? shares[i] / weight : 1 / count))
    })
  }
  return out
}
