// Stored views as a table of plain numbers, so that other programs can draw the same ones.
import type { InputShape } from '../../../networks/network.ts'
import type { AugmentationStage } from '../../../networks/siamese-augmentation.ts'
import type { ViewTable } from '../distillation-method.ts'
import { planViews, type ViewLabels } from './view-labels.ts'

/** Numbers of one change: its kind and up to four more. */
const numbers = 5

/** Every kept view of `items` items, batch after batch. See {@link ViewTable}. */
export function viewTable(labels: ViewLabels, items: number, shape: InputShape): ViewTable {
  const views = planViews(labels, items)
  const rows = new Int32Array(views.count)
  const starts = new Int32Array(views.batches + 1)
  const { groups, mode } = labels.augmentation
  const stages = mode === 'all' ? groups.length : 1
  const changes = new Float32Array(views.count * stages * numbers)
  for (let place = 0; place < views.batches; place++) {
    const batch = views.batch(place, shape)
    rows.set(batch.rows, batch.first)
    starts[place + 1] = batch.first + batch.rows.length
    batch.change.stages.forEach((stage, at) =>
      batch.rows.forEach((_, i) =>
        changes.set(numbersOf(stage, i), ((batch.first + i) * stages + at) * numbers)
      )
    )
  }
  const order = Int32Array.from({ length: views.steps }, (_, step) => views.placeAt(step))
  return { items: rows, starts, order, stages, changes, shares: labels.shares }
}

function numbersOf(stage: AugmentationStage, picture: number): number[] {
  switch (stage.kind) {
    case 'colour': {
      const { brightness, saturation, contrast } = stage.changes[picture]
      return [1, brightness, saturation, contrast]
    }
    case 'mask': {
      const { top, bottom, left, right } = stage.changes[picture]
      return [5, top, bottom, left, right]
    }
    case 'move': {
      const move = stage.changes[picture]
      if (move.kind === 'flip') return [2, move.isMirrored ? 1 : 0]
      return move.kind === 'shift' ? [3, move.down, move.right] : [4, ...move.matrix]
    }
  }
}
