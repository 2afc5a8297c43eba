// Pictures of tiles from chosen crops, as they come back from storage.
import { inputSize } from '../../../networks/network.ts'
import { labelledPictures, toPixels } from '../../../networks/normalisation.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import type { ScoredCrop } from './choose-crops.ts'
import { placeTile, resizeCrop, tileBoxes } from './crops.ts'

export interface TiledPictures {
  /** Count x size, normalised, rounded to bytes. */
  readonly values: Float32Array
  readonly labels: Int32Array
  /** Every tile brought to full size, as helper models see it: count x tiles x size. */
  readonly parts: Float32Array
  /** Count x tiles. */
  readonly sourceRows: Uint32Array
  /** Cross-entropy of each tile, count x tiles; ascending within a class. */
  readonly losses: readonly number[]
}

/** Fills pictures with the crops of each class in turn, factor x factor in each; a rest is left out. */
export function tilePictures(
  { train, shape, normalisation }: Pick<DistillationInputs, 'train' | 'shape' | 'normalisation'>,
  byClass: readonly (readonly ScoredCrop[])[],
  factor: number
): TiledPictures {
  const size = inputSize(shape)
  const boxes = tileBoxes(shape, factor)
  const each = boxes.length
  const used = byClass.map((crops) => crops.slice(0, each * Math.floor(crops.length / each)))
  const all = used.flat()
  const count = all.length / each
  const values = new Float32Array(count * size)
  const parts = new Float32Array(all.length * size)
  all.forEach(({ row, box }, i) => {
    const picture = train.read(Uint32Array.of(row))
    const target = boxes[i % each]
    const tile = resizeCrop(picture, shape, box, target)
    const at = Math.floor(i / each) * size
    placeTile(values.subarray(at, at + size), shape, target, tile)
    const whole = { top: 0, left: 0, height: target.height, width: target.width }
    const tileShape = { ...whole, channels: shape.channels }
    parts.set(resizeCrop(tile, tileShape, whole, shape), i * size)
  })
  const labels = Int32Array.from(
    used.flatMap((crops, label) => Array.from({ length: crops.length / each }, () => label))
  )
  // As they come back from storage.
  const pixels = toPixels(values, shape.channels, normalisation)
  const stored = labelledPictures(pixels, labels, shape, normalisation)
  return {
    values: stored.read(Uint32Array.from(labels.keys())),
    labels,
    parts,
    sourceRows: Uint32Array.from(all, ({ row }) => row),
    losses: all.map(({ loss }) => loss)
  }
}
