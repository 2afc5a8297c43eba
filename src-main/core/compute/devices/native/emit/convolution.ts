// Convolutions and their gradients over pictures as N x C x H x W. The filter comes as tfjs has it
// (h x w x C x O). Which form each takes was measured (docs/benchmarks.md, "Training steps").
import { blockedDomain } from '../blocked-layout.ts'
import type { Value } from '../value.ts'
import { attribute, type Emit, type Emitter } from './emitter.ts'

type Four = readonly [number, number, number, number]

/** Padding (top, left, bottom, right), strides and dilations of an operation. */
interface Window {
  readonly pads: Four
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
}

function windowOf(value: Value): Window {
  return {
    pads: attribute<Four>(value, 'pads'),
    strides: attribute<readonly [number, number]>(value, 'strides'),
    dilations: attribute<readonly [number, number]>(value, 'dilations')
  }
}

/** Pictures with their channels in blocks, made once per graph. */
function blockedPictures(to: Emitter, x: string): string {
  return to.once(`blocked ${x}`, () => to.node('ReorderInput', [x], { domain: blockedDomain }))
}

/** The filter as the blocked convolution wants it: O/b x C/b x h x w x b (of C) x b (of O). */
function blockedFilter(to: Emitter, filter: Value, isMirrored: boolean, block: number): string {
  return to.once(`blocked filter ${to.of(filter)} ${isMirrored}`, () => {
    const [height, width, from, into] = filter.shape
    const split = [height, width, from / block, block, into / block, block]
    const source = isMirrored ? mirrored(to, filter) : to.of(filter)
    const six = to.node('Reshape', [source, to.integers(split)])
    const perm = isMirrored ? [2, 4, 0, 1, 5, 3] : [4, 2, 0, 1, 3, 5]
    const moved = to.node('Transpose', [six], { attributes: { perm } })
    const shape = isMirrored ? [from, into, height, width] : [into, from, height, width]
    return to.node('Reshape', [moved, to.integers(shape)])
  })
}

/** The filter turned by half a circle. */
function mirrored(to: Emitter, filter: Value): string {
  const both = (number: number): string => to.integers([number, number])
  return to.node('Slice', [
    to.of(filter),
    both(-1),
    both(-2147483647),
    to.integers([0, 1]),
    both(-1)
  ])
}

/** x (N x C x H x W) with the filter and perhaps a bias (O): N x O x H' x W'. */
const convolution: Emit = (to, value, name) => {
  const [x, filter, bias] = value.inputs
  const { pads, strides, dilations } = windowOf(value)
  const isMirrored = attribute<boolean>(value, 'isMirrored')
  const [, channels] = x.shape
  const [, into] = value.shape
  const biases = bias === undefined ? [] : [to.of(bias)]
  const block = to.blocked?.block
  if (block !== undefined && channels % block === 0 && into % block === 0) {
    const inputs = [
      blockedPictures(to, to.of(x)),
      blockedFilter(to, filter, isMirrored, block),
      ...biases
    ]
    const attributes = { kernel_shape: filter.shape.slice(0, 2), pads, strides, dilations }
    const done = to.node('Conv', inputs, { attributes, domain: blockedDomain })
    to.node('ReorderOutput', [done], {
      attributes: { channels: into },
      domain: blockedDomain,
      name
    })
    return
  }
  const source = isMirrored ? mirrored(to, filter) : to.of(filter)
  const perm = isMirrored ? [2, 3, 0, 1] : [3, 2, 0, 1]
  const moved = to.node('Transpose', [source], { attributes: { perm } })
  const inputs = [to.of(x), moved, ...biases]
  to.node('Conv', inputs, { attributes: { pads, strides, dilations }, name })
}

/** The gradient for the pictures where the convolution had strides. */
const convolutionTransposed: Emit = (to, value, name) => {
  const [dy, filter] = value.inputs
  const { pads, strides, dilations } = windowOf(value)
  const moved = to.node('Transpose', [to.of(filter)], { attributes: { perm: [3, 2, 0, 1] } })
  const rest = attribute<readonly number[]>(value, 'rest')
  const attributes = { pads, strides, dilations, output_padding: rest }
  to.node('ConvTranspose', [to.of(dy), moved], { attributes, name })
}

/** Filters with at most this many numbers per output channel go through one product per picture. */
const fewNumbers = 64

/** The gradient for the filter, from x and dy (both N x channels x H x W): C x O x h x w. */
const filterGradient: Emit = (to, value, name) => {
  const [x, dy] = value.inputs
  const { strides, dilations } = windowOf(value)
  const [from, into, height, width] = value.shape
  const block = to.blocked?.block
  const isDense = [...strides, ...dilations].every((step) => step === 1)
  if (from * height * width <= fewNumbers) gradientByPatches(to, value, name)
  else if (block !== undefined && isDense && into % block === 0 && x.shape[0] % block === 0)
    gradientByConvolution(to, value, dy, block, name)
  else gradientByTaps(to, value, name)
}

// The gradient is itself a convolution: over x with pictures and channels swapped, with dy as a
// filter as large as the picture. Padding beforehand lets the kernel take all columns at once
// (17 instead of 35 ms for 128 pictures of 64 x 14 x 14).
function gradientByConvolution(
  to: Emitter,
  value: Value,
  dy: Value,
  block: number,
  name: string
): void {
  const [x] = value.inputs
  const [, into] = value.shape
  const [pictures, , outHeight, outWidth] = dy.shape
  const swapped = to.node('Transpose', [to.of(x)], { attributes: { perm: [1, 0, 2, 3] } })
  const padded = padRows(to, swapped, windowOf(value).pads, 'channels first')
  const source = to.node('ReorderInput', [padded], { domain: blockedDomain })
  // dy in blocks is also what the gradient for the pictures reads.
  const parts = to.node('Reshape', [
    blockedPictures(to, to.of(dy)),
    to.integers([pictures / block, block, into / block, outHeight * outWidth, block])
  ])
  const moved = to.node('Transpose', [parts], { attributes: { perm: [2, 0, 3, 1, 4] } })
  const filter = to.node('Reshape', [moved, to.integers([into, pictures, outHeight, outWidth])])
  const attributes = {
    kernel_shape: [outHeight, outWidth],
    pads: [0, 0, 0, 0],
    strides: [1, 1],
    dilations: [1, 1]
  }
  const done = to.node('Conv', [source, filter], { attributes, domain: blockedDomain })
  to.node('ReorderOutput', [done], {
    attributes: { channels: into },
    domain: blockedDomain,
    name
  })
}

function padRows(
  to: Emitter,
  x: string,
  [top, left, bottom, right]: Four,
  order: 'channels first' | 'channels last'
): string {
  if (top + left + bottom + right === 0) return x
  const pads =
    order === 'channels first'
      ? [0, 0, top, left, 0, 0, bottom, right]
      : [0, top, left, 0, 0, bottom, right, 0]
  return to.node('Pad', [x, to.integers(pads)])
}

/** x under every place of the filter, each N x H' W' x C, in the filter's order. */
function taps(to: Emitter, value: Value): string[] {
  const [x, dy] = value.inputs
  const { pads, strides, dilations } = windowOf(value)
  const [from, , height, width] = value.shape
  const [pictures, , outHeight, outWidth] = dy.shape
  const last = to.node('Transpose', [to.of(x)], { attributes: { perm: [0, 2, 3, 1] } })
  const padded = padRows(to, last, pads, 'channels last')
  const found: string[] = []
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const begin = [row * dilations[0], column * dilations[1]]
      const end = [
        begin[0] + (outHeight - 1) * strides[0] + 1,
        begin[1] + (outWidth - 1) * strides[1] + 1
      ]
      const lists = [begin, end, [1, 2], strides].map((list) => to.integers(list))
      const box = to.node('Slice', [padded, ...lists])
      const flat = to.integers([pictures, outHeight * outWidth, from])
      found.push(to.node('Reshape', [box, flat]))
    }
  }
  return found
}

/** dy as N x O x H'W'. */
function flatGradient(to: Emitter, dy: Value): string {
  const [pictures, into, outHeight, outWidth] = dy.shape
  return to.node('Reshape', [to.of(dy), to.integers([pictures, into, outHeight * outWidth])])
}

/** dy (N x O x P) times patches (N x P x K), summed over the pictures: O x K. */
function productOverPictures(to: Emitter, dy: string, patches: string): string {
  const products = to.node('MatMul', [dy, patches])
  return to.node('ReduceSum', [products, to.integers([0])], { attributes: { keepdims: 0 } })
}

/** O x (h, w, C) as C x O x h x w. */
function arrange(to: Emitter, flat: string, value: Value, name: string): void {
  const [from, into, height, width] = value.shape
  const four = to.node('Reshape', [flat, to.integers([into, height, width, from])])
  to.node('Transpose', [four], { attributes: { perm: [3, 0, 1, 2] }, name })
}

/** All places of the filter beside each other: for few channels, where they are small. */
function gradientByPatches(to: Emitter, value: Value, name: string): void {
  const all = taps(to, value)
  const patches = all.length === 1 ? all[0] : to.node('Concat', all, { attributes: { axis: 2 } })
  arrange(to, productOverPictures(to, flatGradient(to, value.inputs[1]), patches), value, name)
}

/** One product per place of the filter: for everything else. */
function gradientByTaps(to: Emitter, value: Value, name: string): void {
  const dy = flatGradient(to, value.inputs[1])
  const parts = taps(to, value).map((tap) => productOverPictures(to, dy, tap))
  const flat = parts.length === 1 ? parts[0] : to.node('Concat', parts, { attributes: { axis: 1 } })
  arrange(to, flat, value, name)
}

/** A convolution of every channel by itself: filter h x w x C x multiplier. */
const depthwise: Emit = (to, value, name) => {
  const [x, filter] = value.inputs
  const [, channels] = x.shape
  const [height, width, , multiplier] = filter.shape
  const first = to.node('Transpose', [to.of(filter)], { attributes: { perm: [2, 3, 0, 1] } })
  const shape = [channels * multiplier, 1, height, width]
  const weights = to.node('Reshape', [first, to.integers(shape)])
  to.node('Conv', [to.of(x), weights], {
    attributes: { ...windowOf(value), group: channels },
    name
  })
}

/** Emitters by kind of operation. */
export const convolutions: Readonly<Record<string, Emit>> = {
  Convolution: convolution,
  ConvolutionTransposed: convolutionTransposed,
  FilterGradient: filterGradient,
  Depthwise: depthwise
}

function lastAxesSwapped(to: Emitter, x: string, rank: number): string {
  const perm = Array.from({ length: rank }, (_, i) => i)
  perm.push(...perm.splice(-2).reverse())
  return to.node('Transpose', [x], { attributes: { perm } })
}

/** Matrix product; `transA` and `transB` swap the last two axes of an input. */
export const matrixProduct: Emit = (to, value, name) => {
  const inputs = value.inputs.map((input) => to.of(input))
  const [transA, transB] = ['transA', 'transB'].map((which) =>
    attribute<boolean>(value, which) ? 1 : 0
  )
  if (transA === 0 && transB === 0) to.node('MatMul', inputs, { name })
  else if (to.isForCard) {
    // The card has no FusedMatMul: the runtime would fetch both inputs and compute on the processor.
    const swap = [transA, transB]
    const turned = inputs.map((input, i) =>
      swap[i] === 1 ? lastAxesSwapped(to, input, value.inputs[i].shape.length) : input
    )
    to.node('MatMul', turned, { name })
  } else {
    to.node('FusedMatMul', inputs, {
      attributes: { transA, transB },
      domain: 'com.microsoft',
      name
    })
  }
}
