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
  /** Processor cores one operation may use from now on in this thread; absent where it is fixed. */
  setCores?(count: number): void
  /** What the device holds in this thread; absent where it cannot tell. */
  usage?(): DeviceUsage
}

export interface DeviceProbe {
  readonly id: string
  readonly name: string
  /** A graphics card that "auto" takes only where it was measured to be faster. */
  readonly isGraphics: boolean
  /** False as well from the moment it failed during a calculation. */
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

/** What the backend thread knows about devices and a compute thread does not. */
export interface DeviceRules {
  /** Devices that failed while computing, by id, with the reason: not used again. */
  readonly failed: Readonly<Record<string, string>>
  /** Graphics devices measured to be faster than the processor here, fastest first. */
  readonly faster: readonly string[]
}

/** No device has failed, and none was measured. */
export const noRules: DeviceRules = { failed: {}, faster: [] }

/** The device a result was made on, as it is recorded. */
export interface UsedDevice {
  readonly id: string
  readonly name: string
  /** Processor cores it was given; undefined where their number cannot be set. */
  readonly cores: number | undefined
}

/** A device that gave up during a calculation, with the reason in words: "out of memory". */
export interface DeviceFailure {
  readonly id: string
  readonly name: string
  readonly reason: string
}

/** What a device holds and has done in this thread since it was opened. */
export interface DeviceUsage {
  /** Bytes of tensors held now, the reserve for the next ones included. */
  readonly bytes: number
  /** Tensors held now. */
  readonly tensors: number
  /** Compiled graphs held now, and how many were ever compiled. */
  readonly graphs: number
  readonly compiled: number
  /** Operations the device cannot do, by kernel name, with how often the plain ones stood in. */
  readonly fallbacks: Readonly<Record<string, number>>
}
