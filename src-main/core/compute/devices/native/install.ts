// Registers the backend with tfjs-core: its own kernels, and the plain device's for the rest. What
// the plain ones stand in for is counted, because it is slow.
import {
  findBackend,
  getKernelsForBackend,
  registerBackend,
  registerKernel,
  type KernelFunc,
  type NamedTensorInfoMap,
  type TensorInfo
} from '@tensorflow/tfjs-core'
import { NativeBackend } from './backend.ts'
import { elementwiseKernels } from './kernels/elementwise.ts'
import { KernelCall, type Kernel } from './kernels/kernel.ts'
import { productKernels } from './kernels/products.ts'
import { reductionKernels } from './kernels/reduction.ts'
import { shapeKernels } from './kernels/shape.ts'
import type { Provider, Runtime } from './runtime.ts'
import { sizeOf, type Value } from './value.ts'

const own: Readonly<Record<string, Kernel>> = {
  ...elementwiseKernels,
  ...reductionKernels,
  ...shapeKernels,
  ...productKernels
}

/** Kernels whose result has the numbers of their input. */
const views: Readonly<Record<string, (input: TensorInfo, attributes: object) => number[]>> = {
  Identity: (x) => x.shape,
  Reshape: (x, attributes) => inferred((attributes as { shape: number[] }).shape, x.shape),
  ExpandDims(input, attributes) {
    const { dim } = attributes as { dim: number }
    return input.shape.toSpliced(dim < 0 ? input.shape.length + dim + 1 : dim, 0, 1)
  }
}

/**
 * Kernels that WebGPU computes too coarsely or not at all: its language promises sine and cosine
 * within 5e-4 only (WGSL, "Floating Point Accuracy"), and the provider does not tell where a maximum was.
 */
const leftToPlain: Readonly<Partial<Record<Provider, ReadonlySet<string>>>> = {
  webgpu: new Set(['Acos', 'Cos', 'MaxPoolGrad', 'Sin', 'Tan'])
}

/** Kernels of the plain device that would mix up its own complex numbers with ours. */
const left = new Set(['Complex', 'Real', 'Imag', 'ComplexAbs', 'FFT', 'IFFT'])

/**
 * Registers the backend under `name`. The plain backend ("cpu") must be registered before: the
 * kernels that are missing here come from it.
 */
export function installBackend(name: string, runtime: Runtime, provider: Provider): NativeBackend {
  const backend = new NativeBackend(runtime, provider)
  registerBackend(name, () => backend)
  const plain = new Map(
    getKernelsForBackend('cpu').map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc])
  )
  for (const [kernelName, shapeOf] of Object.entries(views)) {
    const kernelFunc: KernelFunc = ({ inputs, attrs }) => {
      const [input] = Object.values(inputs) as [TensorInfo] // each takes exactly one
      return input.dtype === 'complex64'
        ? complexRefused(kernelName)
        : backend.sameData(input, [...shapeOf(input, attrs ?? {})])
    }
    registerKernel({ kernelName, backendName: name, kernelFunc })
  }
  for (const kernelName of new Set([...Object.keys(own), ...plain.keys()])) {
    if (kernelName in views || left.has(kernelName)) continue
    const stand = plain.get(kernelName)
    const isOwn = leftToPlain[provider]?.has(kernelName) !== true
    const kernelFunc = kernelFor(backend, kernelName, isOwn ? own[kernelName] : undefined, stand)
    registerKernel({ kernelName, backendName: name, kernelFunc })
  }
  return backend
}

function complexRefused(kernelName: string): never {
  throw new Error(`${kernelName} of complex numbers is not computed on this device`)
}

function inferred(shape: readonly number[], from: readonly number[]): number[] {
  const rest = shape.reduce((product, dim) => (dim === -1 ? product : product * dim), 1)
  return shape.map((dim) => (dim === -1 ? sizeOf(from) / Math.max(1, rest) : dim))
}

function kernelFor(
  backend: NativeBackend,
  name: string,
  kernel: Kernel | undefined,
  plain: KernelFunc | undefined
): KernelFunc {
  return ({ inputs, attrs }) => {
    if (plain !== undefined && isBookkeeping(backend, inputs))
      return runPlain(backend, plain, inputs, attrs)
    const isOrdinary = Object.values(inputs).every(isOrdinaryTensor)
    const result = isOrdinary ? kernel?.(new KernelCall(backend, inputs, attrs)) : undefined
    if (result !== undefined) {
      const isList = Array.isArray(result)
      const tensors = (isList ? result : [result]).map((value: Value) =>
        backend.tensorOf(withoutEmpty(backend, value))
      )
      backend.afterKernel()
      return isList ? tensors : tensors[0]
    }
    if (plain === undefined) throw new Error(`${name} is not computed on this device`)
    backend.recorder.sweep()
    backend.fallbacks[name] = (backend.fallbacks[name] ?? 0) + 1
    return runPlain(backend, plain, inputs, attrs)
  }
}

/** Whole numbers of which so few are no data, but sizes and places of data. */
const mostBookkeeping = 8

/**
 * Whether a kernel only works out a shape or a position from numbers that are there, as graphs of
 * other programs do all the time. Recording that would compile a graph for every such number read.
 */
function isBookkeeping(backend: NativeBackend, inputs: NamedTensorInfoMap): boolean {
  const tensors = Object.values(inputs)
  return (
    tensors.length > 0 &&
    !backend.recorder.isRepeating &&
    tensors.every((tensor) => {
      if (tensor === undefined || (tensor.dtype !== 'int32' && tensor.dtype !== 'bool'))
        return false
      const isFew = sizeOf(tensor.shape) <= mostBookkeeping
      return isFew && backend.ownValue(tensor.dataId)?.data !== undefined
    })
  )
}

/** Texts, complex numbers and tensors without any number go to the plain device. */
function isOrdinaryTensor(tensor: TensorInfo | null | undefined): boolean {
  if (tensor === null || tensor === undefined) return true
  const isNumber = tensor.dtype !== 'string' && tensor.dtype !== 'complex64'
  return isNumber && sizeOf(tensor.shape) > 0
}

/** A result without any number is there already. */
function withoutEmpty(backend: NativeBackend, value: Value): Value {
  return sizeOf(value.shape) > 0 ? value : backend.recorder.leaf([], value.shape, value.type)
}

function runPlain(
  backend: NativeBackend,
  kernel: KernelFunc,
  inputs: NamedTensorInfoMap,
  attrs: Parameters<KernelFunc>[0]['attrs']
): TensorInfo | TensorInfo[] {
  const plain = findBackend('cpu')
  const ids = new Set<object>()
  const there = (tensor: TensorInfo | null | undefined): TensorInfo | null | undefined => {
    if (tensor === null || tensor === undefined) return tensor
    const dataId = plain.write(backend.readSync(tensor.dataId), tensor.shape, tensor.dtype)
    ids.add(dataId)
    return { dataId, shape: tensor.shape, dtype: tensor.dtype }
  }
  const back = (tensor: TensorInfo): TensorInfo => {
    ids.add(tensor.dataId)
    const dataId = backend.write(plain.readSync(tensor.dataId), tensor.shape, tensor.dtype)
    return { dataId, shape: tensor.shape, dtype: tensor.dtype }
  }
  try {
    const moved = Array.isArray(inputs)
      ? inputs.map((tensor: TensorInfo) => there(tensor))
      : Object.fromEntries(Object.entries(inputs).map(([key, tensor]) => [key, there(tensor)]))
    // Missing inputs stay missing; the kernels know which those are.
    const result = kernel({
      inputs: moved as NamedTensorInfoMap,
      backend: plain,
      ...(attrs && { attrs })
    })
    return Array.isArray(result) ? result.map(back) : back(result)
  } finally {
    for (const id of ids) plain.disposeData(id, true)
  }
}
