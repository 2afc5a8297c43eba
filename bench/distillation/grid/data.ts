// Fashion-MNIST as the distillation benchmarks use it: training, validation and test pictures with the
// published normalisation, and the networks' shape.
import { drawStratified } from '../../../src-main/core/evaluation/draws.ts'
import { someRows } from '../../../src-main/core/evaluation/distilled/judge.ts'
import type { LabelledRows } from '../../../src-main/core/methods/distillation/distillation-method.ts'
import {
  labelledPictures,
  publishedNormalisation
} from '../../../src-main/core/networks/normalisation.ts'
import { fashionMnist } from '../../features/fashion-mnist.ts'

export const shape = { height: 28, width: 28, channels: 1 }
export const normalisation = publishedNormalisation.fashionMnist
export const classNames = [
  'T-shirt',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Boot'
]

export interface BenchData {
  readonly train: LabelledRows
  readonly validation: LabelledRows
  readonly test: LabelledRows
}

/** The first `trainItems` training pictures, a twelfth of them for validation, and test pictures. */
export function benchData(trainItems: number, testItems: number): BenchData {
  const rowsOf = (part: 'train' | 't10k', count: number): LabelledRows => {
    const { pixels, labels } = fashionMnist(part, count)
    return labelledPictures(pixels, labels, shape, normalisation)
  }
  const all = rowsOf('train', trainItems)
  const rows = Uint32Array.from(all.labels, (_, row) => row)
  const held = drawStratified(rows, all.labels, Math.round(trainItems / 12), 0)
  const isHeld = new Set(held)
  return {
    train: someRows(
      all,
      rows.filter((row) => !isHeld.has(row))
    ),
    validation: someRows(all, held),
    test: rowsOf('t10k', testItems)
  }
}
