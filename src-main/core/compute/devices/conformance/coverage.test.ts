// The conformance suite itself: it calls every kernel that gradients and methods can reach, finds
// faults that are put into a device, and lists no gap that has closed.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TensorFlow } from '../device.ts'
import { propertiesOf } from './conformance.test-support.ts'
import { gapDevices, gapsOf, type Gap } from './gaps.test-support.ts'
import { gradientOf, type Call, type Operation } from './operation.test-support.ts'
import { everyOperation } from './operations/every.test-support.ts'
import { expectSame, openPair, pairOf, type Pair } from './pair.test-support.ts'
import { make } from './tensors.test-support.ts'

/** Kernels of the reference that the suite leaves out, by what they are for. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  'complex numbers: no method uses them': 'Complex ComplexAbs FFT IFFT Imag Real'.split(' '),
  'texts, ragged and sparse tensors: no method uses them': (
    'RaggedGather RaggedRange RaggedTensorToTensor SparseFillEmptyRows SparseReshape ' +
    'SparseSegmentMean SparseSegmentSum SparseToDense StaticRegexReplace StringNGrams StringSplit ' +
    'StringToHashBucketFast'
  ).split(' '),
  'volumes: no method uses them': (
    'AvgPool3D AvgPool3DGrad Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2 MaxPool3D ' +
    'MaxPool3DGrad'
  ).split(' '),
  'pictures cut, drawn or turned: no method uses them': (
    'CropAndResize Draw FlipLeftRight RotateWithOffset Transform NonMaxSuppressionV3 ' +
    'NonMaxSuppressionV4 NonMaxSuppressionV5 Dilation2D Dilation2DBackpropFilter ' +
    'Dilation2DBackpropInput MaxPoolWithArgmax DepthToSpace FusedDepthwiseConv2D'
  ).split(' '),
  'chance: not the same on two devices': ['Multinomial'],
  'counts, sets and bits: no method uses them':
    'Bincount BitwiseAnd BroadcastArgs DenseBincount Diag SearchSorted TensorScatterUpdate Unique'.split(
      ' '
    )
}

let pair: Pair
beforeAll(async () => {
  pair = await openPair('wasm')
})

const sample = (calls: fc.Arbitrary<Call>, count: number): Call[] =>
  fc.sample(calls, { numRuns: count, seed: 4 })

function runOn(tf: TensorFlow, call: Call): void {
  tf.tidy(() => {
    call.run(
      tf,
      call.inputs.map((input) => make(tf, input))
    )
  })
}

test('every kernel of the reference is called or left out with a reason', () => {
  const { tf } = pair
  const called = new Set<string>()
  const kernels = tf.getKernelsForBackend('cpu')
  const originals = kernels.map(({ kernelFunc }) => kernelFunc)
  kernels.forEach((kernel, i) => {
    kernel.kernelFunc = (given) => {
      called.add(kernel.kernelName)
      return originals[i](given)
    }
  })
  try {
    for (const operation of everyOperation) {
      for (const { kind, calls } of propertiesOf(operation)) {
        for (const call of sample(calls, 6))
          pair.both(() => {
            if (tf.getBackend() === 'cpu') runOn(tf, kind === 'gradient' ? gradientOf(call) : call)
          })
      }
    }
  } finally {
    kernels.forEach((kernel, i) => {
      kernel.kernelFunc = originals[i]
    })
  }
  const reasons = new Set(Object.values(leftOut).flat())
  const names = kernels.map(({ kernelName }) => kernelName)
  expect(names.filter((name) => !called.has(name) && !reasons.has(name))).toEqual([])
  expect([...reasons].filter((name) => called.has(name) || !names.includes(name))).toEqual([])
})

test.each(gapDevices)('every gap of %s is one of an operation here, and still open', async (id) => {
  const over = await openPair(id)
  for (const gap of gapsOf(id)) {
    const operation = everyOperation.find(({ name }) => name === gap.name)
    if (operation === undefined) throw new Error(`no operation ${gap.name}`)
    // Memory that is not theirs may happen to be right.
    if (gap.isUnsafe !== true)
      expect(isOpen(over, operation, gap), `${gap.name}: ${gap.why}`).toBe(true)
  }
})

function isOpen(over: Pair, operation: Operation, gap: Gap): boolean {
  const { kinds, concerns = () => true } = gap
  return propertiesOf(operation)
    .filter(({ kind }) => kinds.includes(kind))
    .every(({ kind, calls, tolerance }) =>
      sample(calls.filter(concerns), 60).some((call) =>
        differs(over, kind === 'gradient' ? gradientOf(call) : call, tolerance)
      )
    )
}

function differs(over: Pair, call: Call, tolerance: Operation['tolerance']): boolean {
  try {
    expectSame(over, call, tolerance)
    return false
  } catch {
    return true
  }
}

describe('a fault put into a device is found', () => {
  type Kernel = ReturnType<TensorFlow['getKernelsForBackend']>[number]['kernelFunc']

  /** A copy of the reference with one kernel replaced. */
  async function withFault(kernelName: string, fault: (right: Kernel) => Kernel): Promise<Pair> {
    const { tf } = pair
    const name = `faulty ${kernelName}`
    tf.registerBackend(name, tf.findBackendFactory('cpu'))
    await tf.setBackend(name)
    for (const kernel of tf.getKernelsForBackend('cpu')) {
      const kernelFunc =
        kernel.kernelName === kernelName ? fault(kernel.kernelFunc) : kernel.kernelFunc
      tf.registerKernel({ ...kernel, backendName: name, kernelFunc })
    }
    return pairOf(tf, name, 'cpu', name)
  }

  function isFound(faulty: Pair, name: string): boolean {
    const operation = everyOperation.find((one) => one.name === name)
    if (operation === undefined) throw new Error(`no operation ${name}`)
    return propertiesOf(operation).some(({ kind, calls, tolerance }) =>
      sample(calls, 20).some((call) =>
        differs(faulty, kind === 'gradient' ? gradientOf(call) : call, tolerance)
      )
    )
  }

  test('none in an exact copy', async () => {
    const faulty = await withFault('nothing', (right) => right)
    for (const name of ['relu', 'matMul', 'conv2d', 'sum'])
      expect(isFound(faulty, name)).toBe(false)
  })

  test('the values of another operation', async () => {
    const { tf } = pair
    const [abs] = tf.getKernelsForBackend('cpu').filter(({ kernelName }) => kernelName === 'Abs')
    expect(isFound(await withFault('Relu', () => abs.kernelFunc), 'relu')).toBe(true)
  })

  test('a wrong gradient of a right operation', async () => {
    const faulty = await withFault(
      'Step',
      (right) => (given) => right({ ...given, attrs: { alpha: 1 } })
    )
    expect(isFound(faulty, 'relu')).toBe(true)
  })

  test('a relative error of a hundred-thousandth', async () => {
    const { tf } = pair
    const faulty = await withFault('Exp', (right) => (given) => {
      const result = right(given)
      const [out] = [result].flat()
      const values = given.backend as { data: { get(id: object): { values: Float32Array } } }
      const held = values.data.get(out.dataId)
      held.values = held.values.map((value) => value * 1.00001)
      return result
    })
    expect(tf.getBackend()).toBe('faulty Exp')
    expect(isFound(faulty, 'exp')).toBe(true)
  })

  test('data that is never given back', async () => {
    const faulty = await withFault('Neg', (right) => (given) => {
      right(given)
      return right(given)
    })
    expect(isFound(faulty, 'neg')).toBe(true)
  })

  test('an input that is written to', async () => {
    const faulty = await withFault('Square', (right) => (given) => {
      const result = right(given)
      const values = given.backend as { data: { get(id: object): { values: Float32Array } } }
      const { x } = given.inputs
      if (x !== undefined) values.data.get(x.dataId).values.fill(7)
      return result
    })
    expect(isFound(faulty, 'square')).toBe(true)
  })
})
