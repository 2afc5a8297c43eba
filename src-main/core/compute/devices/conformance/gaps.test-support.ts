// What a device is known to lack or to do otherwise than the reference, with the reason. The
// wasm entries were found by this suite with tfjs-backend-wasm 4.22.
import type { Call } from './operation.test-support.ts'

/** Which of an operation's tests: see propertiesOf. */
export type Kind = 'calls' | 'special' | 'gradient'

/** One thing that a device lacks. */
export interface Gap {
  /** Operation name. */
  readonly name: string
  /** Which of its tests. */
  readonly kinds: readonly Kind[]
  readonly why: string
  /** The calls concerned; all unless given. */
  readonly concerns?: (call: Call) => boolean
  /** Such calls read or write memory that is not theirs: neither they nor later ones repeat. */
  readonly isUnsafe?: boolean
}

const all: readonly Kind[] = ['calls', 'special', 'gradient']

function has(dtype: string): (call: Call) => boolean {
  return ({ inputs }) => inputs.some((input) => input.dtype === dtype)
}

/** Padding 'same' with strides beyond the filter. */
function hasWideStrides({ words }: Call): boolean {
  const found = /by (\d)x(\d), stride (\d)x(\d), pad "same"/.exec(words)
  if (found === null) return false
  const [height, width, down, across] = found.slice(1).map(Number)
  return down > height || across > width
}

const isEmpty = ({ inputs }: Call): boolean => inputs.some(({ shape }) => shape.includes(0))

const losesNaN = 'takes the other number where one is NaN, or the bound'
const misplacesSides = "pads 'same' otherwise where strides exceed the filter"
const noFilterGradient = 'has no kernel Conv2DBackpropFilter'

const wasm: readonly Gap[] = [
  { name: 'sign', kinds: ['special'], why: 'takes 3e-20 for 0' },
  { name: 'relu6', kinds: ['special'], why: losesNaN },
  { name: 'clipByValue', kinds: ['special'], why: losesNaN },
  { name: 'clipByValue', kinds: ['calls'], why: 'clips int32 as float32', concerns: has('int32') },
  { name: 'maximum', kinds: ['special'], why: losesNaN },
  { name: 'minimum', kinds: ['special'], why: losesNaN },
  {
    name: 'floorDiv',
    kinds: ['calls'],
    why: 'gives float32 for float32',
    concerns: has('float32')
  },
  {
    name: 'prelu',
    kinds: all,
    why: 'does not broadcast, and keeps an operator for every call until memory is full',
    isUnsafe: true
  },
  {
    name: 'where',
    kinds: ['calls'],
    why: 'writes 4 bytes for each bool',
    isUnsafe: true,
    concerns: ({ inputs }) => inputs[1].dtype === 'bool'
  },
  {
    name: 'floorDiv (large int32)',
    kinds: ['calls'],
    why: 'divides as float32'
  },
  { name: 'conv2d (channels first)', kinds: all, why: 'refuses them' },
  {
    name: 'sum',
    kinds: ['calls'],
    why: 'leaves the sum of nothing unset',
    concerns: isEmpty,
    isUnsafe: true
  },
  { name: 'prod', kinds: ['calls'], why: 'leaves the product of nothing unset', concerns: isEmpty },
  {
    name: 'stridedSlice',
    kinds: ['calls'],
    why: 'gives float32 for every type',
    concerns: ({ inputs }) => inputs[0].dtype !== 'float32'
  },
  {
    name: 'cast to bool',
    kinds: ['calls'],
    why: 'keeps the lowest byte instead of "is not 0"',
    concerns: ({ inputs }) => inputs[0].dtype !== 'bool'
  },
  { name: 'gather', kinds: ['gradient'], why: 'has no kernel UnsortedSegmentSum' },
  { name: 'gather batchDims', kinds: all, why: 'reads past the end' },
  { name: 'unsortedSegmentSum', kinds: all, why: 'has no kernel' },
  {
    name: 'oneHot',
    kinds: ['calls'],
    why: 'writes whole numbers into float32',
    concerns: ({ words }) => words.endsWith('float32')
  },
  {
    name: 'fused.matMul',
    kinds: ['calls'],
    why: 'adds the bias along the wrong axis',
    concerns: ({ inputs: [, b, bias], words }) =>
      bias !== undefined && (b.shape.length > 2 || words.includes('transposed'))
  },
  { name: 'einsum', kinds: all, why: 'has no kernel' },
  {
    name: 'conv2d',
    kinds: ['calls'],
    why: misplacesSides,
    concerns: hasWideStrides
  },
  {
    name: 'conv2d (wide)',
    kinds: ['calls'],
    why: misplacesSides,
    concerns: hasWideStrides
  },
  {
    name: 'fused.conv2d',
    kinds: ['calls'],
    why: misplacesSides,
    concerns: hasWideStrides
  },
  {
    name: 'depthwiseConv2d',
    kinds: ['calls'],
    why: misplacesSides,
    concerns: hasWideStrides
  },
  { name: 'conv2d', kinds: ['gradient'], why: noFilterGradient },
  { name: 'conv2d (wide)', kinds: ['gradient'], why: noFilterGradient },
  { name: 'conv2d (whole blocks)', kinds: ['gradient'], why: noFilterGradient },
  { name: 'fused.conv2d', kinds: ['gradient'], why: noFilterGradient },
  { name: 'conv2dTranspose', kinds: ['gradient'], why: noFilterGradient },
  { name: 'depthwiseConv2d', kinds: ['gradient'], why: 'has no kernels for it' },
  { name: 'maxPool', kinds: ['gradient'], why: 'gives other places than those of the largest' }
]

const native: readonly Gap[] = [
  { name: 'sign', kinds: ['special'], why: 'leaves NaN as it is, where the reference makes it 0' },
  { name: 'step', kinds: ['special'], why: 'counts NaN as not above 0' }
]

const known: Readonly<Record<string, readonly Gap[]>> = { wasm, native }

/** Devices with gaps. */
export const gapDevices: readonly string[] = Object.keys(known)

/** The gaps of a device; none for one that is not listed. */
export function gapsOf(id: string): readonly Gap[] {
  return known[id] ?? []
}

/** Whether a test of the operation runs on the device: no gap without `concerns` names it. */
export function isTested(id: string, name: string, kind: Kind): boolean {
  return !gapsAt(id, name, kind).some(({ concerns }) => concerns === undefined)
}

/** Whether a gap of the device covers the call. */
export function isGap(id: string, name: string, kind: Kind, call: Call): boolean {
  return gapsAt(id, name, kind).some(({ concerns }) => concerns === undefined || concerns(call))
}

function gapsAt(id: string, name: string, kind: Kind): readonly Gap[] {
  return gapsOf(id).filter((gap) => gap.name === name && gap.kinds.includes(kind))
}
