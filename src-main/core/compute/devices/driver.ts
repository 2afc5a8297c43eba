// What each backend file of this folder provides to the registry.
import type { TensorFlow } from './device.ts'

/** One kind of device: how to name it and how to start its backend in this thread. */
export interface DeviceDriver {
  readonly id: string
  /** Name in the line "Computing on: ...". */
  readonly name: string
  /** Short name in reasons, for example "CUDA". */
  readonly shortName: string
  /** True for the slow plain-JavaScript reference. */
  readonly isReference: boolean
  /** Name under which tfjs-core knows the backend. */
  readonly backend: string
  /**
   * Loads the backend's package and registers it with tfjs-core. Throws {@link DeviceMissing} with
   * a plain reason when the machine has no such device.
   */
  load(tf: TensorFlow): Promise<void>
}

/** Why a device is not there, in words a person can read: "not installed". */
export class DeviceMissing extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'DeviceMissing'
  }
}
