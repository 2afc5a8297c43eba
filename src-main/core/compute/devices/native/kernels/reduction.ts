// Kernels over axes: sums, extremes, softmax, running sums.
import type {
  ArgMaxAttrs,
  CumsumAttrs,
  LogSoftmaxAttrs,
  MaxAttrs,
  SoftmaxAttrs,
  SumAttrs
} from '@tensorflow/tfjs-core'
import { cast, numeric, reduce } from '../rewrites.ts'
import { axesOf, type Kernel, type KernelCall } from './kernel.ts'

function position(name: 'ArgMax' | 'ArgMin'): Kernel {
  return (call) => {
    const x = numeric(call.g, call.value('x'))
    const [axis] = axesOf(call.attributes<ArgMaxAttrs>().axis, x.shape.length)
    const shape = x.shape.filter((_, i) => i !== axis)
    return call.g.record(name, { axis }, [x], shape, 'int32')
  }
}

/** Sum and the like take `axis`; the maximum calls it `reductionIndices`. */
function over(name: string): Kernel {
  return (call) => {
    const { axis, keepDims } = call.attributes<SumAttrs>()
    const x = numeric(call.g, call.value('x'))
    return reduce(call.g, name, x, axesOf(axis, x.shape.length), keepDims)
  }
}

/** Whether all or any hold: the least or the largest of 0 and 1. */
function every(name: 'Min' | 'Max'): Kernel {
  return (call) => {
    const { axis, keepDims } = call.attributes<SumAttrs>()
    const x = cast(call.g, cast(call.g, call.value('x'), 'bool'), 'int32')
    const found = reduce(call.g, name, x, axesOf(axis, x.shape.length), keepDims)
    return cast(call.g, found, 'bool')
  }
}

function softmax(call: KernelCall, input: string, axis: number, log: boolean): ReturnType<Kernel> {
  const x = call.value(input)
  if (x.type !== 'float32' || axesOf(axis, x.shape.length)[0] !== x.shape.length - 1)
    return undefined
  return call.g.record('Softmax', { log }, [x], x.shape, 'float32')
}

/** Kernels by the name that tfjs-core calls them by. */
export const reductionKernels: Readonly<Record<string, Kernel>> = {
  Sum: over('Sum'),
  Min: over('Min'),
  Prod: over('Prod'),
  Max(call) {
    const { reductionIndices, keepDims } = call.attributes<MaxAttrs>()
    const x = numeric(call.g, call.value('x'))
    return reduce(call.g, 'Max', x, axesOf(reductionIndices, x.shape.length), keepDims)
  },
  Mean(call) {
    const { axis, keepDims } = call.attributes<SumAttrs>()
    const x = cast(call.g, call.value('x'), 'float32')
    return reduce(call.g, 'Mean', x, axesOf(axis, x.shape.length), keepDims)
  },
  All: every('Min'),
  Any: every('Max'),
  ArgMax: position('ArgMax'),
  ArgMin: position('ArgMin'),
  Softmax: (call) => softmax(call, 'logits', call.attributes<SoftmaxAttrs>().dim, false),
  LogSoftmax: (call) => softmax(call, 'logits', call.attributes<LogSoftmaxAttrs>().axis, true),
  Cumsum(call) {
    const { axis, exclusive, reverse } = call.attributes<CumsumAttrs>()
    const x = numeric(call.g, call.value('x'))
    const [at] = axesOf(axis, x.shape.length)

    const attributes = { axis: at, exclusive, reverse }
    return call.g.record('Cumsum', attributes, [x], x.shape, x.type)
  }
}
