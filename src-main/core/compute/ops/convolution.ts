// Convolution that may be differentiated any number of times. Convolution, its gradient for the
// picture and its gradient for the filter are three readings of one form that is linear in picture,
// filter and response; the gradients of each are the other two, so the three are closed.
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'
import type { Padding } from './network-ops.ts'

/** Zeros added on each side of a picture; a negative number takes rows or columns away. */
interface Border {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

type Size = readonly [height: number, width: number]

/**
 * Convolution on the device active in `tf`. x: N x H x W x C, filter: h x w x C x O, stride 1:
 * N x H' x W' x O. Throws a RangeError when the filter is larger than the padded picture.
 */
export function convolution(
  tf: TensorFlow
): (x: Tensor4D, filter: Tensor4D, padding: Padding) => Tensor4D {
  // <convolve(x, w), dy> = <x, spread(dy, w)> = <w, correlate(x, dy)>
  function convolve(x: Tensor4D, w: Tensor4D, border: Border): Tensor4D {
    const size = sizeOf(w)
    return product(tf, x, w, {
      value: (x, w) => plainConvolution(tf, x, w, border),
      gradients: (x, w, dy) => [spread(dy, w, border), correlate(x, dy, size, border)]
    })
  }

  function spread(dy: Tensor4D, w: Tensor4D, border: Border): Tensor4D {
    const size = sizeOf(w)
    return product(tf, dy, w, {
      value: (dy, w) => plainSpread(tf, dy, w, border),
      gradients: (dy, w, x) => [convolve(x, w, border), correlate(x, dy, size, border)]
    })
  }

  function correlate(x: Tensor4D, dy: Tensor4D, size: Size, border: Border): Tensor4D {
    return product(tf, x, dy, {
      value: (x, dy) => plainCorrelation(tf, x, dy, size, border),
      gradients: (x, dy, w) => [spread(dy, w, border), convolve(x, w, border)]
    })
  }
  return (x, filter, padding) => {
    const border = borderOf(padding, sizeOf(filter))
    const [height, width] = responseSize(x, sizeOf(filter), border)
    if (height < 1 || width < 1)
      throw new RangeError(`a filter of ${sizeOf(filter).join(' x ')} is larger than the picture`)
    return convolve(x, filter, border)
  }
}

interface Product {
  value(a: Tensor4D, b: Tensor4D): Tensor4D
  /** For a, then b, from both factors and the gradient of the product. */
  gradients(a: Tensor4D, b: Tensor4D, slope: Tensor4D): readonly [Tensor4D, Tensor4D]
}

/** An operation that is linear in both tensors, with gradients that are such operations again. */
function product(
  tf: TensorFlow,
  a: Tensor4D,
  b: Tensor4D,
  { value, gradients }: Product
): Tensor4D {
  return tf.customGrad<Tensor4D>((...args) => {
    // customGrad hands over the two tensors below and a function, all under one type.
    const [a, b, save] = args as [Tensor4D, Tensor4D, (tensors: Tensor[]) => void]
    save([a, b])
    return {
      value: value(a, b),
      // In a scope of its own: tfjs-core would hold what is made here until the last layer is done.
      gradFunc: (slope, saved) =>
        tf.tidy(() => [...gradients(saved[0] as Tensor4D, saved[1] as Tensor4D, slope)])
    }
  })(a, b)
}

function plainConvolution(tf: TensorFlow, x: Tensor4D, w: Tensor4D, border: Border): Tensor4D {
  const [picture, pad] = withNamedPadding(tf, x, sizeOf(w), border)
  return tf.conv2d(picture, w, 1, pad)
}

/** The gradient for the picture is a convolution too: with the filter turned by 180 degrees. */
function plainSpread(tf: TensorFlow, dy: Tensor4D, w: Tensor4D, border: Border): Tensor4D {
  const [height, width] = sizeOf(w)
  const turned = tf.transpose(tf.reverse(w, [0, 1]), [0, 1, 3, 2])
  return plainConvolution(tf, dy, turned, {
    top: height - 1 - border.top,
    bottom: height - 1 - border.bottom,
    left: width - 1 - border.left,
    right: width - 1 - border.right
  })
}

/** The gradient for the filter, by the device's own kernel where it has one. */
function plainCorrelation(
  tf: TensorFlow,
  x: Tensor4D,
  dy: Tensor4D,
  size: Size,
  border: Border
): Tensor4D {
  if (tf.getKernel(tf.Conv2DBackpropFilter, tf.getBackend()) === undefined)
    return correlationByProducts(tf, padded(tf, x, border), dy, size)
  const [picture, pad] = withNamedPadding(tf, x, size, border)
  const filterShape: [number, number, number, number] = [...size, x.shape[3], dy.shape[3]]
  const inputs = { x: picture, dy }
  const attributes = { strides: 1, pad, dataFormat: 'NHWC', filterShape }
  return tf.engine().runKernel(tf.Conv2DBackpropFilter, inputs, attributes)
}

/** For each place of the filter, the product of the shifted pictures with dy. */
function correlationByProducts(
  tf: TensorFlow,
  x: Tensor4D,
  dy: Tensor4D,
  [height, width]: Size
): Tensor4D {
  const [count, rows, columns, outputs] = dy.shape
  const channels = x.shape[3]
  const places = count * rows * columns
  const responses = tf.reshape(dy, [places, outputs])
  const taps: Tensor[] = []
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const shifted = tf.slice(x, [0, i, j, 0], [count, rows, columns, channels])
      // Turned first: the products of the WebAssembly device are slow on a turned left side.
      const left = tf.transpose(tf.reshape(shifted, [places, channels]))
      taps.push(tf.matMul(left, responses))
    }
  }
  return tf.reshape(tf.concat(taps, 0), [height, width, channels, outputs])
}

/**
 * The picture and a padding the device does by itself, which spares a copy; padded otherwise, also
 * for filters that are not square: with those tfjs-core takes a number for another size of result,
 * and its WebAssembly kernel then writes outside its memory.
 */
function withNamedPadding(
  tf: TensorFlow,
  x: Tensor4D,
  [height, width]: Size,
  border: Border
): readonly [Tensor4D, 'valid' | number] {
  const { top, bottom, left, right } = border
  const isEven = top === bottom && left === right && top === left
  if (isEven && height === width && top >= 0) return [x, top === 0 ? 'valid' : top]
  return [padded(tf, x, border), 'valid']
}

function padded(tf: TensorFlow, x: Tensor4D, { top, bottom, left, right }: Border): Tensor4D {
  const [count, height, width, channels] = x.shape
  const cut = (amount: number): number => Math.max(0, -amount)
  const add = (amount: number): number => Math.max(0, amount)
  let result = x
  if (Math.min(top, bottom, left, right) < 0)
    result = tf.slice(
      result,
      [0, cut(top), cut(left), 0],
      [count, height - cut(top) - cut(bottom), width - cut(left) - cut(right), channels]
    )
  if (Math.max(top, bottom, left, right) > 0)
    result = tf.pad(result, [
      [0, 0],
      [add(top), add(bottom)],
      [add(left), add(right)],
      [0, 0]
    ])
  return result
}

function sizeOf(filter: Tensor4D): Size {
  return [filter.shape[0], filter.shape[1]]
}

/** "same" puts the odd row or column of an even filter at the bottom and right, as tfjs does. */
function borderOf(padding: Padding, [height, width]: Size): Border {
  if (padding === 'valid') return { top: 0, bottom: 0, left: 0, right: 0 }
  if (padding !== 'same') return { top: padding, bottom: padding, left: padding, right: padding }
  const top = Math.floor((height - 1) / 2)
  const left = Math.floor((width - 1) / 2)
  return { top, bottom: height - 1 - top, left, right: width - 1 - left }
}

function responseSize(x: Tensor4D, [height, width]: Size, border: Border): Size {
  return [
    x.shape[1] + border.top + border.bottom - height + 1,
    x.shape[2] + border.left + border.right - width + 1
  ]
}
