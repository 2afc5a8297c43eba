// Real pictures, shrunk, for tests of what made items are worth.
import { join } from 'node:path'
import { loadIdxPair } from '../../../datasets/samples.ts'
import { labelledPictures, pictureNormalisation } from '../../../networks/normalisation.ts'
import type { DistillationInputs, LabelledRows } from '../distillation-method.ts'
import { smallConvnet } from './matching.test-support.ts'

const folder = join(import.meta.dirname, '../../../../../resources/samples/fashion')
const side = 14

/** Fashion pictures of 14 x 14 and items to test with, which methods never see. */
export async function fashionInputs(
  perClass: number,
  train: number,
  test: number
): Promise<{ readonly inputs: DistillationInputs; readonly test: LabelledRows }> {
  const { images, labels } = await loadIdxPair(
    join(folder, 't10k-images-idx3-ubyte.gz'),
    join(folder, 't10k-labels-idx1-ubyte.gz')
  )
  const each = side * side
  const pixels = Uint8Array.from({ length: (train + test) * each }, (_, i) => {
    const place = i % each
    const from =
      (Math.floor(i / each) * 28 + 2 * Math.floor(place / side)) * 28 + 2 * (place % side)
    return [0, 1, 28, 29].reduce((sum, step) => sum + images.pixels[from + step], 0) / 4
  })
  const shape = { height: side, width: side, channels: 1 }
  const normalisation = pictureNormalisation(pixels.subarray(0, train * each), 1)
  const part = (from: number, to: number): LabelledRows =>
    labelledPictures(
      pixels.subarray(from * each, to * each),
      Int32Array.from(labels.subarray(from, to)),
      shape,
      normalisation
    )
  const rows = part(0, train)
  const inputs: DistillationInputs = {
    data: 'pictures',
    shape,
    normalisation,
    classNames: Array.from({ length: 10 }, (_, c) => `class ${c}`),
    train: rows,
    validation: part(train, train),
    perClass,
    network: { ...smallConvnet, width: 8 }
  }
  return { inputs, test: part(train, train + test) }
}
