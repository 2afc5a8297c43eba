// Random geometries of pictures N x H x W x C under a moving window: what convolutions and pools
// share.
import fc from 'fast-check'
import type { TensorFlow } from '../../device.ts'
import type { Operation, Call } from '../operation.test-support.ts'
import { seeds, type AnyTensor } from '../tensors.test-support.ts'
import { derived, summed } from '../tolerances.test-support.ts'

/** tfjs-core's type of a tensor with four axes. */
export type Picture = ReturnType<TensorFlow['tensor4d']>
/** Around a picture: by name, the same number everywhere, or each side. */
export type Padding =
  'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]]

/** tfjs-core's types ask for the rank; the tensors here were made with four axes. */
export const asPictures = (tensors: readonly AnyTensor[]): readonly Picture[] =>
  tensors as readonly Picture[]

/** A picture and the window that moves over it. */
export interface Geometry {
  readonly picture: number[]
  readonly filter: [number, number]
  readonly strides: [number, number]
  readonly pad: Padding
  readonly depth: number
  readonly seed: number
}

const paddings = fc.constantFrom<Padding>('same', 'valid', 0, 1, 2, [
  [0, 0],
  [1, 0],
  [0, 2],
  [0, 0]
])

/** Filters no larger than the picture; strides that divide evenly or leave a rest. */
export const geometries: fc.Arbitrary<Geometry> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 3, max: 8 }),
    width: fc.integer({ min: 3, max: 8 }),
    channels: fc.integer({ min: 1, max: 4 }),
    filterHeight: fc.integer({ min: 1, max: 3 }),
    filterWidth: fc.integer({ min: 1, max: 3 }),
    depth: fc.integer({ min: 1, max: 4 }),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    pad: paddings,
    seed: seeds
  })
  .map(
    ({ batch, height, width, channels, filterHeight, filterWidth, depth, strides, pad, seed }) => {
      // With one number for all sides tfjs-core computes the width with the height's filter and stride.
      const isSquare = typeof pad === 'number'
      return {
        picture: [batch, height, width, channels],
        filter: [filterHeight, isSquare ? filterHeight : filterWidth],
        strides: [strides[0], isSquare ? strides[0] : strides[1]],
        pad,
        depth,
        seed
      }
    }
  )

/** "[2,5,5,3] by 3x3, stride 1x2, pad ..."; gaps read it. */
export function wordsOf({ picture, filter, strides, pad }: Geometry): string {
  return `[${picture.join()}] by ${filter.join('x')}, stride ${strides.join('x')}, pad ${JSON.stringify(pad)}`
}

/** An operation that is differentiated on the calls it is tested with. */
export function differentiable(name: string, calls: fc.Arbitrary<Call>, runs = 20): Operation {
  return { name, tolerance: summed, gradientTolerance: derived, calls, gradientCalls: calls, runs }
}
