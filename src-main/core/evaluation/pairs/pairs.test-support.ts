// Made-up pairs whose halves are two views of the same hidden numbers, for tests.
import { createRandom } from '../../compute/random.ts'
import type { LabelledRows } from '../../methods/distillation/distillation-method.ts'
import { labelledValues } from '../../networks/normalisation.ts'

interface Columns {
  readonly pictureColumns: number
  readonly textColumns: number
}

/** Each half is another fixed mixture of four hidden numbers, with a little noise. */
export function rotatedPairs(
  { pictureColumns, textColumns }: Columns,
  count: number,
  unseen: number
): { readonly values: Float32Array; readonly rows: LabelledRows } {
  const random = createRandom(9)
  const columns = pictureColumns + textColumns
  const mixture = Float32Array.from({ length: 4 * columns }, () => random.normal())
  const draw = (rows: number, stream: string): Float32Array => {
    const own = random.fork(stream)
    const values = new Float32Array(rows * columns)
    for (let i = 0; i < rows; i++) {
      const hidden = Array.from({ length: 4 }, () => own.normal())
      for (let j = 0; j < columns; j++)
        values[i * columns + j] =
          hidden.reduce((sum, value, k) => sum + value * mixture[k * columns + j], 0) / 2 +
          0.05 * own.normal()
    }
    return values
  }
  return {
    values: draw(count, 'seen'),
    rows: labelledValues(draw(unseen, 'unseen'), new Int32Array(unseen))
  }
}
