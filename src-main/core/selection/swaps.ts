// What to take in the place of an item: for a chosen one the left-out items most like it, for a
// left-out one the chosen items most like it.
import type { SwapChoices } from '../../api/dto/runs.ts'
import { createTopRows } from '../compute/blocks/top-rows.ts'
import { itemRows } from '../datasets/item-row.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { whyNotAdded } from './revise.ts'
import type { LoadedRun } from './run-items.ts'

/** The best places to swap with, most alike first. `similarity01` has one entry per item. */
export function swapChoices(
  store: Pick<Store, 'items'>,
  dataset: DatasetRecord,
  run: LoadedRun,
  row: number,
  similarity01: Float32Array,
  limit: number
): SwapChoices {
  const wanted = run.isChosen[row] === 1 ? 0 : 1
  const scores = similarity01.map((similarity, other) =>
    other !== row &&
    run.isChosen[other] === wanted &&
    (wanted === 1 || whyNotAdded(run.rules[other]) === null)
      ? similarity
      : NaN
  )
  const keeper = createTopRows(1, limit)
  keeper.offer({ first: 0, count: scores.length, scores })
  const [best] = keeper.best()
  const items = new Map(itemRows(store, dataset, best.rows).map((item) => [item.row, item]))
  return {
    items: [...best.rows].flatMap((found, i) => {
      const item = items.get(found)
      return item === undefined ? [] : [{ item, similarity01: best.scores[i] }]
    })
  }
}
