// Measures the compute devices in a compute thread, so that the backend never waits for a matrix.
import type { DeviceInfo } from '../../api/dto/settings.ts'
import { calibrate, listDevices, openDevice } from '../compute/devices/registry.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

export interface DeviceTaskInput {
  /** Device asked for in settings. */
  readonly requested: string
  /** Spend about a second per device on its speed. */
  readonly calibrate: boolean
}

export interface DeviceTaskOutput {
  readonly devices: readonly DeviceInfo[]
  readonly active: string
  readonly activeName: string
  readonly fallback: string | undefined
}

export const deviceTask: ComputeTask<DeviceTaskInput, never, DeviceTaskOutput> = {
  name: 'app.devices',
  // eslint-disable-next-line require-yield -- one short measurement, no partial result
  async *run(input) {
    const devices: DeviceInfo[] = []
    for (const probe of await listDevices()) {
      const gflops = input.calibrate && probe.isAvailable ? await speedOf(probe.id) : undefined
      devices.push({
        id: probe.id,
        name: probe.name,
        isAvailable: probe.isAvailable,
        reason: probe.reason ?? null,
        gflops: gflops ?? null,
        isReference: probe.isReference
      })
    }
    const { device, fallback } = await openDevice(input.requested)
    return { devices, active: device.id, activeName: device.name, fallback }
  }
}

async function speedOf(id: string): Promise<number | undefined> {
  const { device } = await openDevice(id)
  return device.id === id ? calibrate(device) : undefined
}
