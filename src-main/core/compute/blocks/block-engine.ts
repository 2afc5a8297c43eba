// What computes on blocks of rows: the native runtime where it can be loaded, otherwise the tensor
// device. Both sit behind one interface, so that nothing else knows which one it is.
import { DeviceMissing } from '../devices/driver.ts'
import type { Device } from '../devices/device.ts'
import { createNativeEngine } from '../devices/native/block-kernels.ts'
import type { BlockEngine } from './block-kernel.ts'
import { createTensorEngine } from './tensor-engine.ts'

/**
 * The engine for a device: the native runtime on `cores` cores, unless a person has pinned a device
 * that is something else on the processor, or the runtime is not there. Rows come from the disk, so
 * a graphics card would only wait for them.
 */
export function openBlockEngine(device: Device, cores: number): BlockEngine {
  if (!device.isReference && device.id !== 'wasm') {
    try {
      return createNativeEngine(cores)
    } catch (error) {
      if (!(error instanceof DeviceMissing)) throw error
    }
  }
  return createTensorEngine(device)
}
