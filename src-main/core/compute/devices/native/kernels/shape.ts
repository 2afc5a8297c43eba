// Kernels that make, move, cut and join numbers.
import {
  backend_util,
  slice_util,
  type ConcatAttrs,
  type FillAttrs,
  type GatherV2Attrs,
  type LinSpaceAttrs,
  type MirrorPadAttrs,
  type OneHotAttrs,
  type PackAttrs,
  type PadV2Attrs,
  type RangeAttrs,
  type ReverseAttrs,
  type ScatterNdAttrs,
  type SliceAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  type TileAttrs,
  type TransposeAttrs,
  type UnpackAttrs,
  type UnsortedSegmentSumAttrs
} from '@tensorflow/tfjs-core'
import type { Recorder } from '../recorder.ts'
import {
  binary,
  cast,
  expand,
  fill,
  fillOf,
  reshape,
  select,
  slice,
  transpose
} from '../rewrites.ts'
import { sizeOf, type NumberType, type Value } from '../value.ts'
import { axesOf, type Kernel } from './kernel.ts'

const isNumberType = (type: string | undefined): type is NumberType =>
  type === 'float32' || type === 'int32' || type === 'bool'

function concat(g: Recorder, values: readonly Value[], axis: number): Value {
  const [first] = values
  if (values.length === 1) return first
  const shape = [...first.shape]
  shape[axis] = values.reduce((sum, value) => sum + value.shape[axis], 0)
  return g.record('Concat', { axis }, values, shape, first.type)
}

/** Parts of the given lengths along an axis. */
function split(g: Recorder, value: Value, axis: number, lengths: readonly number[]): Value[] {
  let from = 0
  return lengths.map((length) => {
    const begin = value.shape.map((_, i) => (i === axis ? from : 0))
    const size = value.shape.map((dim, i) => (i === axis ? length : dim))
    from += length
    return slice(g, value, begin, size)
  })
}

/** Updates (indices' leading shape x rest) added into zeros of `shape` at the indices. */
function scatter(g: Recorder, indices: Value, updates: Value, shape: readonly number[]): Value {
  return g.record('ScatterNd', {}, [indices, updates], shape, updates.type)
}

/** Kernels by the name that tfjs-core calls them by. */
export const shapeKernels: Readonly<Record<string, Kernel>> = {
  Transpose: (call) => transpose(call.g, call.value('x'), call.attributes<TransposeAttrs>().perm),
  Slice(call) {
    const x = call.value('x')
    const { begin, size } = call.attributes<SliceAttrs>()
    // The declared types leave out that both may be one number, which parseSliceParams takes.
    const [from, lengths] = slice_util.parseSliceParams(
      { shape: [...x.shape] } as never,
      begin,
      size
    )
    return slice(call.g, x, from, lengths)
  },
  StridedSlice(call) {
    const x = call.value('x')
    const a = call.attributes<StridedSliceAttrs>()
    const info = slice_util.sliceInfo(
      [...x.shape],
      a.begin,
      a.end,
      a.strides,
      a.beginMask,
      a.endMask,
      a.ellipsisMask,
      a.newAxisMask,
      a.shrinkAxisMask
    )
    const { begin, strides, finalShapeSparse, finalShape } = info
    if (strides.some((step) => step < 1)) return undefined
    const size = slice_util.computeOutShape(begin, info.end, strides)
    if (sizeOf(size) !== sizeOf(finalShapeSparse)) return undefined
    if (strides.every((step) => step === 1))
      return reshape(call.g, slice(call.g, x, begin, size), finalShape)
    const taken = call.g.record('Slice', { begin, size, steps: strides }, [x], size, x.type)
    return reshape(call.g, taken, finalShape)
  },
  Concat(call) {
    const values = call.list()
    const [axis] = axesOf(call.attributes<ConcatAttrs>().axis, values[0].shape.length)
    if (values.some((value) => value.type !== values[0].type)) return undefined
    return concat(call.g, values, axis)
  },
  Pack(call) {
    const values = call.list()
    const [axis] = axesOf(call.attributes<PackAttrs>().axis, values[0].shape.length + 1)
    const parts = values.map((value) => reshape(call.g, value, value.shape.toSpliced(axis, 0, 1)))
    return concat(call.g, parts, axis)
  },
  Unpack(call) {
    const value = call.value('value')
    const [axis] = axesOf(call.attributes<UnpackAttrs>().axis, value.shape.length)
    const ones = new Array<number>(value.shape[axis]).fill(1)
    const shape = value.shape.toSpliced(axis, 1)
    return split(call.g, value, axis, ones).map((part) => reshape(call.g, part, shape))
  },
  SplitV(call) {
    const value = call.value('x')
    const { numOrSizeSplits, axis } = call.attributes<SplitVAttrs>()
    const [at] = axesOf(axis, value.shape.length)
    const lengths = backend_util.prepareSplitSize(
      { shape: [...value.shape] } as never, // only the shape is read
      numOrSizeSplits,
      at
    )
    return split(call.g, value, at, lengths)
  },
  Tile(call) {
    const x = call.value('x')
    const { reps } = call.attributes<TileAttrs>()
    const shape = x.shape.map((dim, i) => dim * reps[i])
    if (fillOf(x) !== undefined || x.shape.every((dim, i) => dim === 1 || reps[i] === 1))
      return expand(call.g, x, shape)
    return call.g.record('Tile', { times: reps }, [x], shape, x.type)
  },
  PadV2(call) {
    const { paddings, constantValue } = call.attributes<PadV2Attrs>()
    return pad(call.g, call.value('x'), paddings, 'constant', constantValue)
  },
  MirrorPad(call) {
    const { paddings, mode } = call.attributes<MirrorPadAttrs>()
    return mode === 'reflect' ? pad(call.g, call.value('x'), paddings, 'reflect', 0) : undefined
  },
  Reverse(call) {
    const x = call.value('x')
    const axes = axesOf(call.attributes<ReverseAttrs>().dims, x.shape.length)
    if (axes.length === 0) return x
    return call.g.record('Reverse', { axes }, [x], x.shape, x.type)
  },
  Fill(call) {
    const { shape, value, dtype } = call.attributes<FillAttrs>()
    if (typeof value !== 'number') return undefined
    const type = dtype ?? 'float32'
    return isNumberType(type) ? fill(call.g, value, shape, type) : undefined
  },
  ZerosLike: (call) => like(call.g, call.value('x'), 0),
  OnesLike: (call) => like(call.g, call.value('x'), 1),
  Range(call) {
    const { start, stop, step, dtype } = call.attributes<RangeAttrs>()
    if (dtype !== 'float32' && dtype !== 'int32') return undefined
    const length = step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step))
    // Added up step by step, as tfjs does, so that the last digits agree.
    const numbers = dtype === 'float32' ? new Float32Array(length) : new Int32Array(length)
    for (let i = 0; i < length; i++) numbers[i] = i === 0 ? start : numbers[i - 1] + step
    return call.g.leaf(numbers, [length], dtype)
  },
  LinSpace(call) {
    const { start, stop, num } = call.attributes<LinSpaceAttrs>()
    const step = (stop - start) / (num - 1)
    const numbers = new Float32Array(num)
    for (let i = 0; i < num; i++) numbers[i] = i === 0 ? start : numbers[i - 1] + step
    return call.g.leaf(numbers, [num], 'float32')
  },
  OneHot(call) {
    const { depth, onValue, offValue, dtype } = call.attributes<OneHotAttrs>()
    const indices = cast(call.g, call.value('indices'), 'int32')
    if (dtype !== 'float32' && dtype !== 'int32') return undefined
    const attributes = { depth, on: onValue, off: offValue }
    return call.g.record('OneHot', attributes, [indices], [...indices.shape, depth], dtype)
  },
  GatherV2(call) {
    const { axis, batchDims } = call.attributes<GatherV2Attrs>()
    const x = call.value('x')
    const indices = cast(call.g, call.value('indices'), 'int32')
    const [at] = axesOf(axis, x.shape.length)
    if (batchDims !== 0) return undefined
    const shape = [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)]
    return call.g.record('Gather', { axis: at }, [x, indices], shape, x.type)
  },
  GatherNd(call) {
    const [params, indices] = [call.value('params'), call.value('indices')]
    const depth = indices.shape.at(-1) ?? 0
    const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)]
    return call.g.record('GatherNd', { batchDims: 0 }, [params, indices], shape, params.type)
  },
  ScatterNd(call) {
    const { shape } = call.attributes<ScatterNdAttrs>()
    const [indices, updates] = [call.value('indices'), call.value('updates')]
    return updates.type === 'bool' ? undefined : scatter(call.g, indices, updates, shape)
  },
  UnsortedSegmentSum(call) {
    const { g } = call
    const { numSegments } = call.attributes<UnsortedSegmentSumAttrs>()
    const x = call.value('x')
    const ids = cast(g, call.value('segmentIds'), 'int32')
    if (x.type === 'bool' || ids.shape.length !== 1) return undefined
    // Rows of no segment are summed beyond the last one, which is then cut off.
    const last = g.leaf([numSegments], [], 'int32')
    const isBelow = binary(g, 'Less', ids, fill(g, 0, [], 'int32'), 'bool')
    const isOutside = binary(g, 'Or', isBelow, binary(g, 'GreaterEqual', ids, last, 'bool'), 'bool')
    const rows = reshape(g, select(g, isOutside, last, ids), [ids.shape[0], 1])
    const rest = x.shape.slice(1)
    const sums = scatter(g, rows, x, [numSegments + 1, ...rest])
    return slice(g, sums, [0, ...rest.map(() => 0)], [numSegments, ...rest])
  }
}

function like(g: Recorder, value: Value, number: number): Value {
  return fill(g, number, value.shape, value.type)
}

function pad(
  g: Recorder,
  x: Value,
  paddings: readonly (readonly [number, number])[],
  mode: 'constant' | 'reflect',
  number: number
): Value {
  const shape = x.shape.map((dim, i) => dim + paddings[i][0] + paddings[i][1])
  const pads = [...paddings.map(([first]) => first), ...paddings.map(([, last]) => last)]
  if (pads.every((count) => count === 0)) return x
  return g.record('Pad', { pads, mode, value: number }, [x], shape, x.type)
}
