// Small pictures that a small ConvNet learns in a second, for the tests of distillation methods.
import { createRandom, type Random } from '../compute/random.ts'
import type { LabelledRows, Normalisation } from '../methods/distillation/distillation-method.ts'
import type { InputShape } from './network.ts'
import { labelledPictures, pictureNormalisation } from './normalisation.ts'

export interface PictureSample {
  readonly train: LabelledRows
  readonly validation: LabelledRows
  readonly test: LabelledRows
  readonly shape: InputShape
  readonly classes: number
  readonly classNames: readonly string[]
  readonly normalisation: Normalisation
  /** Of the training pictures, count x height x width x channels. */
  readonly trainPixels: Uint8Array
}

const classNames = ['bar', 'pole', 'box', 'cross'] as const

export interface SampleSize {
  /** Of each class. */
  readonly train?: number
  readonly validation?: number
  readonly test?: number
  readonly side?: number
  readonly channels?: 1 | 3
}

/** Bars, poles, boxes and crosses at random places of noisy pictures, 12 x 12 and grey by default. */
export function smallPictures(seed: number, size: SampleSize = {}): PictureSample {
  const { train = 40, validation = 15, test = 25, side = 12, channels = 1 } = size
  const shape = { height: side, width: side, channels }
  const random = createRandom(seed)
  const parts = [train, validation, test].map((perClass, at) =>
    draw(random.fork(`part ${at}`), perClass, side, channels)
  )
  const normalisation = pictureNormalisation(parts[0].pixels, channels)
  const [trainRows, validationRows, testRows] = parts.map(({ pixels, labels }) =>
    labelledPictures(pixels, labels, shape, normalisation)
  )
  return {
    train: trainRows,
    validation: validationRows,
    test: testRows,
    shape,
    classes: classNames.length,
    classNames,
    normalisation,
    trainPixels: parts[0].pixels
  }
}

function draw(
  random: Random,
  perClass: number,
  side: number,
  channels: number
): { pixels: Uint8Array; labels: Int32Array } {
  const labels = Int32Array.from({ length: perClass * classNames.length }, (_, i) => i % 4)
  const pixels = Uint8Array.from({ length: labels.length * side * side * channels }, () =>
    random.below(90)
  )
  labels.forEach((label, i) => {
    const paint = random.below(100) + 120
    const length = Math.max(4, Math.round(side / 2))
    const [top, left] = [random.below(side - length + 1), random.below(side - length + 1)]
    const middle = Math.floor(length / 2)
    for (let at = 0; at < length * length; at++) {
      const [row, column] = [Math.floor(at / length), at % length]
      const isEdge = [row, column].some((place) => place === 0 || place === length - 1)
      const isPart = [
        row === middle,
        column === middle,
        isEdge,
        row === column || row + column === length - 1
      ][label]
      if (!isPart) continue
      const from = ((i * side + top + row) * side + left + column) * channels
      for (let c = 0; c < channels; c++) pixels[from + c] = paint
    }
  })
  return { pixels, labels }
}
