// Pooling and resizing of pictures as N x C x H x W, and their gradients.
import { attribute, type Emit, type Emitter } from './emitter.ts'
import { sizeOf, type Value } from '../value.ts'

type Numbers = readonly number[]

function windowOf(value: Value): { kernel_shape: Numbers; strides: Numbers; pads: Numbers } {
  return {
    kernel_shape: attribute<Numbers>(value, 'size'),
    strides: attribute<Numbers>(value, 'strides'),
    pads: attribute<Numbers>(value, 'pads')
  }
}

function enlarge(to: Emitter, x: string, times: Numbers, name?: string): string {
  const scales = to.numbers([1, 1, ...times], 'float32', [4])
  return to.node('Resize', [x, '', scales], {
    attributes: {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor'
    },
    name
  })
}

/** Emitters by kind of operation. */
export const pooling: Readonly<Record<string, Emit>> = {
  AveragePool: (to, value, name) =>
    void to.node('AveragePool', [to.of(value.inputs[0])], { attributes: windowOf(value), name }),
  MaxPool: (to, value, name) =>
    void to.node('MaxPool', [to.of(value.inputs[0])], { attributes: windowOf(value), name }),
  // Every number `times` times in both directions.
  Enlarge: (to, value, name) =>
    void enlarge(to, to.of(value.inputs[0]), attribute<Numbers>(value, 'times'), name),
  // dy goes back to where the largest number was; the runtime tells its place in the whole array.
  MaxPoolGradient(to, value, name) {
    const [dy, x] = value.inputs
    const places = to.secondOf('MaxPool', [to.of(x)], windowOf(value))
    const total = sizeOf(value.shape)
    const flat = to.integers([-1])
    const zeros = to.node('Expand', [to.number(0), to.integers([total])])
    const moved = to.node(
      'ScatterElements',
      [zeros, to.node('Reshape', [places, flat]), to.node('Reshape', [to.of(dy), flat])],
      { attributes: { axis: 0, reduction: 'add' } }
    )
    to.node('Reshape', [moved, to.integers(value.shape)], { name })
  },
  Resize(to, value, name) {
    const sizes = to.integers(value.shape)
    to.node('Resize', [to.of(value.inputs[0]), '', '', sizes], {
      attributes: {
        mode: attribute<string>(value, 'mode'),
        coordinate_transformation_mode: attribute<string>(value, 'coordinates'),
        nearest_mode: attribute<string>(value, 'nearest')
      },
      name
    })
  }
}
