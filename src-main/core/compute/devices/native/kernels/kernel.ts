// What a kernel of this backend sees of a call by tfjs-core: its tensors as recorded values.
import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core'
import type { NativeBackend } from '../backend.ts'
import type { Recorder } from '../recorder.ts'
import type { Value } from '../value.ts'

/** Records what the call computes; undefined leaves it to the plain device. */
export type Kernel = (call: KernelCall) => Value | readonly Value[] | undefined

export class KernelCall {
  readonly g: Recorder
  readonly #backend: NativeBackend
  readonly #inputs: NamedTensorInfoMap
  readonly #attributes: NamedAttrMap

  constructor(
    backend: NativeBackend,
    inputs: NamedTensorInfoMap,
    attributes: NamedAttrMap | undefined
  ) {
    this.g = backend.recorder
    this.#backend = backend
    this.#inputs = inputs
    this.#attributes = attributes ?? {}
  }

  /** An input that tfjs-core always gives. */
  value(name: string): Value {
    const tensor = this.#inputs[name]
    if (tensor === undefined) throw new Error(`${name} is missing`)
    return this.#backend.recorded(tensor)
  }

  /** An input that may be missing. */
  optional(name: string): Value | undefined {
    // Absent inputs are absent, undefined or null, whatever the declared type says.
    const tensor: TensorInfo | null | undefined = this.#inputs[name]
    return tensor === undefined || tensor === null ? undefined : this.#backend.recorded(tensor)
  }

  /** All inputs, for kernels that take a list. */
  list(): Value[] {
    // A list has no holes, which the declared type cannot say.
    const tensors = Object.values(this.#inputs) as TensorInfo[]
    return tensors.map((tensor) => this.#backend.recorded(tensor))
  }

  /** The attributes, in the shape that tfjs-core declares for the kernel. */
  attributes<T>(): T {
    return this.#attributes as T
  }
}

/** Axes from 0, sorted, without repeats; null means all. */
export function axesOf(
  axis: number | readonly number[] | null | undefined,
  rank: number
): number[] {
  const given =
    axis === null || axis === undefined
      ? Array.from({ length: rank }, (_, i) => i)
      : typeof axis === 'number'
        ? [axis]
        : axis
  return [...new Set(given.map((one) => (one < 0 ? one + rank : one)))].sort((a, b) => a - b)
}
