// Kernels for matrix products, convolutions and pooling. tfjs has pictures as N x H x W x C; the
// transposes to N x C x H x W recorded here mostly meet their inverse and vanish (rewrites.ts).
import {
  backend_util,
  type AvgPoolAttrs,
  type BatchMatMulAttrs,
  type Conv2DAttrs,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropInputAttrs,
  type DepthwiseConv2dNativeAttrs,
  type FusedConv2DAttrs,
  type ResizeBilinearAttrs,
  type ResizeNearestNeighborAttrs,
  type _FusedMatMulAttrs
} from '@tensorflow/tfjs-core'
import type { Recorder } from '../recorder.ts'
import { binary, matMul, slice, transpose } from '../rewrites.ts'
import type { Value } from '../value.ts'
import { activate } from './elementwise.ts'
import type { Kernel, KernelCall } from './kernel.ts'

type Shape4 = [number, number, number, number]
type Info = backend_util.Conv2DInfo

const channelsFirst = (g: Recorder, value: Value): Value => transpose(g, value, [0, 3, 1, 2])
const channelsLast = (g: Recorder, value: Value): Value => transpose(g, value, [0, 2, 3, 1])
/** The kernels' own check says that a shape has four axes. */
const four = (shape: readonly number[]): Shape4 => [...shape] as Shape4

function padsOf({ padInfo }: Info): Shape4 {
  return [padInfo.top, padInfo.left, padInfo.bottom, padInfo.right]
}

function windowOf(info: Info): {
  pads: Shape4
  strides: readonly number[]
  dilations: readonly number[]
} {
  return {
    pads: padsOf(info),
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth]
  }
}

type ConvAttributes = Pick<Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'> & {
  readonly dataFormat?: string
  readonly dilations?: Conv2DAttrs['dilations']
}

/** Sizes of a convolution; undefined for channels-first pictures, which stay with the plain device. */
function infoOf(
  xShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvAttributes,
  isDepthwise = false
): Info | undefined {
  if (attributes.dataFormat === 'NCHW') return undefined
  return backend_util.computeConv2DInfo(
    four(xShape),
    four(filterShape),
    attributes.strides,
    attributes.dilations ?? 1,
    attributes.pad,
    attributes.dimRoundingMode,
    isDepthwise
  )
}

function convolve(g: Recorder, x: Value, filter: Value, info: Info): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth]
  const attributes = { ...windowOf(info), isMirrored: false }
  const inputs = [channelsFirst(g, x), filter]
  return channelsLast(g, g.record('Convolution', attributes, inputs, shape, 'float32'))
}

/** The gradient for the pictures. */
function backpropInput(call: KernelCall): Value | undefined {
  const { g } = call
  const attributes = call.attributes<Conv2DBackpropInputAttrs>()
  const [dy, filter] = [call.value('dy'), call.value('filter')]
  const info = infoOf(attributes.inputShape, filter.shape, attributes)
  if (info === undefined) return undefined
  const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth]
  const [top, left, bottom, right] = padsOf(info)
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info
  const source = channelsFirst(g, dy)
  if (strideHeight === 1 && strideWidth === 1) {
    // Without strides it is a convolution with the filter turned by half a circle.
    const [rows, columns] = [filterHeight - 1, filterWidth - 1]
    const sides: Shape4 = [rows - top, columns - left, rows - bottom, columns - right]
    const pads = sides.map((count) => Math.max(0, count))
    const window = { pads, strides: [1, 1], dilations: [1, 1], isMirrored: true }
    const inputs = [withoutBorder(g, source, sides), filter]
    return channelsLast(g, g.record('Convolution', window, inputs, shape, 'float32'))
  }
  const reached = (out: number, stride: number, size: number, pad: number): number =>
    (out - 1) * stride + size - pad
  const rest = [
    info.inHeight - reached(info.outHeight, strideHeight, filterHeight, top + bottom),
    info.inWidth - reached(info.outWidth, strideWidth, filterWidth, left + right)
  ]
  const window = { ...windowOf(info), rest }
  const transposed = g.record('ConvolutionTransposed', window, [source, filter], shape, 'float32')
  return channelsLast(g, transposed)
}

/**
 * Slopes (N x C x H x W) without the rows and columns that saw nothing but padding: those that a side
 * (top, left, bottom, right) of less than 0 takes away.
 */
function withoutBorder(g: Recorder, slopes: Value, sides: Shape4): Value {
  const [top, left, bottom, right] = sides.map((count) => Math.max(0, -count))
  const [pictures, channels, height, width] = slopes.shape
  const size = [pictures, channels, height - top - bottom, width - left - right]
  return slice(g, slopes, [0, 0, top, left], size)
}

/** The gradient for the filter. */
function backpropFilter(call: KernelCall): Value | undefined {
  const { g } = call
  const attributes = call.attributes<Conv2DBackpropFilterAttrs>()
  const [x, dy] = [call.value('x'), call.value('dy')]
  const info = infoOf(x.shape, attributes.filterShape, attributes)
  if (info === undefined) return undefined
  const [height, width, from, into] = attributes.filterShape
  const inputs = [channelsFirst(g, x), channelsFirst(g, dy)]
  const shape = [from, into, height, width]
  const gradient = g.record('FilterGradient', windowOf(info), inputs, shape, 'float32')
  return transpose(g, gradient, [2, 3, 0, 1])
}

function poolInfo(shape: readonly number[], attributes: AvgPoolAttrs): Info {
  const { filterSize, strides, pad, dimRoundingMode } = attributes
  return backend_util.computePool2DInfo(four(shape), filterSize, strides, 1, pad, dimRoundingMode)
}

function poolWindow(info: Info): Record<string, readonly number[]> {
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: padsOf(info)
  }
}

function pool(kind: 'AveragePool' | 'MaxPool'): Kernel {
  return (call) => {
    const x = call.value('x')
    const info = poolInfo(x.shape, call.attributes<AvgPoolAttrs>())
    const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth]
    const source = channelsFirst(call.g, x)
    return channelsLast(call.g, call.g.record(kind, poolWindow(info), [source], shape, 'float32'))
  }
}

/** The gradient of an average over squares beside each other: each square its share. */
function averagePoolGradient(call: KernelCall): Value | undefined {
  const { g } = call
  const dy = call.value('dy')
  const input = call.value('input')
  const info = poolInfo(input.shape, call.attributes<AvgPoolAttrs>())
  const [rows, columns] = [info.filterHeight, info.filterWidth]
  const isBeside = rows === info.strideHeight && columns === info.strideWidth
  if (!isBeside || padsOf(info).some((count) => count > 0)) return undefined
  const share = g.leaf([1 / (rows * columns)], [], 'float32')
  const source = binary(g, 'Mul', channelsFirst(g, dy), share)
  const [pictures, channels, outHeight, outWidth] = source.shape
  const shape = [pictures, channels, outHeight * rows, outWidth * columns]
  const large = g.record('Enlarge', { times: [rows, columns] }, [source], shape, 'float32')
  const [bottom, right] = [info.inHeight - shape[2], info.inWidth - shape[3]]
  if (bottom === 0 && right === 0) return channelsLast(g, large)
  const pads = [0, 0, 0, 0, 0, 0, bottom, right]
  const whole = [pictures, channels, info.inHeight, info.inWidth]
  const padded = g.record('Pad', { pads, mode: 'constant', value: 0 }, [large], whole, 'float32')
  return channelsLast(g, padded)
}

function maxPoolGradient(call: KernelCall): Value {
  const { g } = call
  const x = channelsFirst(g, call.value('input'))
  const dy = channelsFirst(g, call.value('dy'))
  const info = poolInfo(call.value('input').shape, call.attributes<AvgPoolAttrs>())
  return channelsLast(g, g.record('MaxPoolGradient', poolWindow(info), [dy, x], x.shape, 'float32'))
}

function resize(mode: 'linear' | 'nearest'): Kernel {
  return (call) => {
    const images = channelsFirst(call.g, call.value('images'))
    if (images.type !== 'float32') return undefined
    const { alignCorners, halfPixelCenters, size } = call.attributes<
      ResizeBilinearAttrs & ResizeNearestNeighborAttrs
    >()
    const [pictures, channels] = images.shape
    const coordinates = alignCorners
      ? 'align_corners'
      : halfPixelCenters
        ? 'half_pixel'
        : 'asymmetric'
    const nearest = alignCorners || halfPixelCenters ? 'round_prefer_ceil' : 'floor'
    const shape = [pictures, channels, ...size]
    const attributes = { mode, coordinates, nearest }
    return channelsLast(call.g, call.g.record('Resize', attributes, [images], shape, 'float32'))
  }
}

/** Adds a fused kernel's bias and activation. */
function finish(
  call: KernelCall,
  product: Value,
  attributes: FusedConv2DAttrs
): ReturnType<Kernel> {
  const bias = call.optional('bias')
  const sum = bias === undefined ? product : binary(call.g, 'Add', product, bias)
  const { activation, leakyreluAlpha } = attributes
  const weights = call.optional('preluActivationWeights')
  return activate(call.g, sum, activation, weights, leakyreluAlpha)
}

/** Kernels by the name that tfjs-core calls them by. */
export const productKernels: Readonly<Record<string, Kernel>> = {
  BatchMatMul(call) {
    const { transposeA, transposeB } = call.attributes<BatchMatMulAttrs>()
    const [a, b] = [call.value('a'), call.value('b')]
    if (a.type !== 'float32' || b.type !== 'float32') return undefined
    return matMul(call.g, a, b, transposeA, transposeB)
  },
  _FusedMatMul(call) {
    const attributes = call.attributes<_FusedMatMulAttrs>()
    const { transposeA, transposeB } = attributes
    const product = matMul(call.g, call.value('a'), call.value('b'), transposeA, transposeB)
    // Both fused kernels name bias, activation and its numbers alike.
    return finish(call, product, attributes as unknown as FusedConv2DAttrs)
  },
  Conv2D(call) {
    const [x, filter] = [call.value('x'), call.value('filter')]
    const info = infoOf(x.shape, filter.shape, call.attributes<Conv2DAttrs>())
    return info && convolve(call.g, x, filter, info)
  },
  FusedConv2D(call) {
    const [x, filter] = [call.value('x'), call.value('filter')]
    const attributes = call.attributes<FusedConv2DAttrs>()
    const info = infoOf(x.shape, filter.shape, attributes)
    return info && finish(call, convolve(call.g, x, filter, info), attributes)
  },
  Conv2DBackpropInput: backpropInput,
  Conv2DBackpropFilter: backpropFilter,
  DepthwiseConv2dNative(call) {
    const [x, filter] = [call.value('x'), call.value('filter')]
    const attributes = call.attributes<DepthwiseConv2dNativeAttrs>()
    const info = infoOf(x.shape, filter.shape, attributes, true)
    if (info === undefined) return undefined
    const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth]
    const inputs = [channelsFirst(call.g, x), filter]
    const result = call.g.record('Depthwise', windowOf(info), inputs, shape, 'float32')
    return channelsLast(call.g, result)
  },
  AvgPool: pool('AveragePool'),
  MaxPool: pool('MaxPool'),
  AvgPoolGrad: averagePoolGradient,
  MaxPoolGrad: maxPoolGradient,
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest')
}
