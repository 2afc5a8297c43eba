// A compute device: a tensor backend that can be probed, opened in this thread, and measured.
// Tensor code is written once against tfjs-core; only the folder core/compute/devices knows which
// backend runs it.
import type * as tfcore from '@tensorflow/tfjs-core'

export type TensorFlow = typeof tfcore

/** An opened device. `tf` is tfjs-core with this device's backend active in this thread. */
export interface Device {
  readonly id: string
  /** "processor (WebAssembly SIMD)" */
  readonly name: string
  readonly tf: TensorFlow
  /** True for the slow plain-JavaScript reference. */
  readonly isReference: boolean
}

export interface DeviceProbe {
  readonly id: string
  readonly name: string
  readonly isAvailable: boolean
  /** Plain reason when not available, for example "CUDA: not installed". */
  readonly reason: string | undefined
  readonly isReference: boolean
}

/** What the registry decided, with the reason when the pinned device was not used. */
export interface DeviceChoice {
  readonly device: Device
  readonly fallback: string | undefined
}
