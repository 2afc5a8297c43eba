// From the sources' shares to one order over all candidates: whole places by largest remainder, and
// within a source a draw by lot that keeps its mix of labels.
import { shareOut } from '../../compute/kernels/largest-remainder.ts'
import { sortStable, tieOrder } from '../../compute/kernels/ranking.ts'
import { hashString } from '../../compute/random.ts'
import { interleave, type GroupOrder } from '../coverage/label-groups.ts'
import type { SelectionInputs } from '../method.ts'
import type { SourceGroups } from './source-groups.ts'

export interface SourceDraw {
  /** All candidates; the chosen first, and every beginning with about the same mix. */
  readonly order: Uint32Array
  /** Places per source; they add up to the budget. */
  readonly kept: readonly number[]
}

/**
 * Draws `budget` candidates with these shares per source. The lot hangs on seed and item ids alone, so
 * methods that give a source the same number of places keep the same items of it, and moved rows
 * change nothing. A source that is too small gives all it has; its places go to the others.
 */
export function drawByShares(
  inputs: Pick<SelectionInputs, 'labels' | 'classNames' | 'budget' | 'rowIds'>,
  { names, of, sizes }: SourceGroups,
  shares: readonly number[],
  seed: number
): SourceDraw {
  const { labels, classNames, budget, rowIds } = inputs
  const kept = shareOut(budget, shares, sizes)
  const kinds = classNames.length + 1
  const keys = Uint32Array.from(of, (source, row) => {
    return source * kinds + (labels[row] < 0 ? kinds - 1 : labels[row])
  })
  // Items of one source and label lie together, each in the order of the lot.
  const sorted = sortStable(tieOrder(hashString('draw by source', seed), rowIds), keys)
  const cells: Uint32Array[][] = names.map(() => [])
  for (let from = 0; from < sorted.length;) {
    let to = from + 1
    while (to < sorted.length && keys[sorted[to]] === keys[sorted[from]]) to++
    cells[of[sorted[from]]].push(sorted.subarray(from, to))
    from = to
  }
  const orders = cells.flatMap((own, source): GroupOrder[] => {
    const counts = own.map(({ length }) => length)
    const quotas = shareOut(kept[source], counts, counts)
    return own.map((rows, cell) => ({ rows, quota: quotas[cell] }))
  })
  return { order: interleave(orders, new Uint32Array(0), of.length), kept }
}
