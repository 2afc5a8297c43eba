// Looks at the compute devices and measures them in a thread of their own, so that the backend
// never waits for a matrix and nothing of it stays in memory.
import { calibrate, type DeviceSpeed } from '../compute/devices/calibrate.ts'
import type { DeviceFailure, DeviceProbe, DeviceRules } from '../compute/devices/device.ts'
import {
  deviceRegistry,
  knownDevices,
  listDevices,
  openDevice
} from '../compute/devices/registry.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

export interface DeviceTaskInput {
  /** Device asked for in settings. */
  readonly requested: string
  readonly rules: DeviceRules
  /** Ids of devices to spend about a second on each. */
  readonly measure: readonly string[]
  /** Processor cores a measurement may use. */
  readonly cores: number
}

export interface DeviceTaskOutput {
  readonly devices: readonly DeviceProbe[]
  readonly speeds: Readonly<Record<string, DeviceSpeed>>
  /** Devices that gave up while they were measured. */
  readonly failures: readonly DeviceFailure[]
  readonly active: string
  readonly activeName: string
  readonly fallback: string | undefined
}

export const deviceTask: ComputeTask<
  DeviceTaskInput,
  { readonly measured: string },
  DeviceTaskOutput
> = {
  name: 'app.devices',
  async *run(input, context) {
    const { requested, rules } = input
    const speeds: Record<string, DeviceSpeed> = {}
    const failures: DeviceFailure[] = []
    for (const { id, name, isAvailable } of await listDevices(rules)) {
      context.signal.throwIfAborted()
      if (!isAvailable || !input.measure.includes(id)) continue
      try {
        const speed = await speedOf(id, rules, input.cores)
        if (speed !== undefined) speeds[id] = speed
      } catch (error) {
        const reason = deviceRegistry.failureIn(error)?.reason ?? 'its speed could not be measured'
        failures.push({ id, name, reason })
        deviceRegistry.markFailed({ id, name, reason })
      }
      yield { measured: id }
    }
    const { device, fallback } = await openDevice(requested, rules)
    const devices = await listDevices(rules)
    return { devices, speeds, failures, active: device.id, activeName: device.name, fallback }
  }
}

async function speedOf(
  id: string,
  rules: DeviceRules,
  cores: number
): Promise<DeviceSpeed | undefined> {
  const { device } = await openDevice(id, rules)
  if (device.id !== id) return undefined
  const takesAll = knownDevices.find((known) => known.id === id)?.takesAllCores === true
  return calibrate(device, cores, takesAll ? 'all' : 'one')
}
