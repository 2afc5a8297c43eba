// What each backend file of this folder provides to the registry.
import type { DeviceUsage, TensorFlow } from './device.ts'

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
  /** Largest distance from plain loops its self-test allows; absent: the usual 1e-4. */
  readonly tolerance?: number
  /** True where one operation uses all cores and cannot be told otherwise. */
  readonly takesAllCores?: boolean
  /**
   * Why the device itself failed, when an error of one of its operations says so; undefined when
   * the operation was wrong. For backends that cannot throw {@link DeviceFailed} themselves.
   */
  failureOf?(error: unknown): string | undefined
  /** Processor cores one operation may use from now on in this thread; absent where it is one. */
  setCores?(count: number): void
  /** What the backend holds in this thread; absent where it cannot tell. */
  usage?(): DeviceUsage
}

/** Why a device is not there, in words a person can read: "not installed". */
export class DeviceMissing extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'DeviceMissing'
  }
}

/**
 * Thrown by an operation when the device gave up during a calculation: the card was lost, its
 * memory is full. The task runs again on the next device.
 */
export class DeviceFailed extends Error {
  /** Id of the device. */
  readonly id: string
  /** In words a person can read: "out of memory". */
  readonly reason: string
  constructor(id: string, reason: string, options?: ErrorOptions) {
    super(`the device ${id} failed: ${reason}`, options)
    this.name = 'DeviceFailed'
    this.id = id
    this.reason = reason
  }
}
