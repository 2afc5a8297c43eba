// Opens the WebAssembly device for tests and benchmarks of tensor code.
import type { Device } from './devices/device.ts'
import { openDevice } from './devices/registry.ts'

/** The product's wasm SIMD device, active in this thread; fails rather than fall back to another. */
export async function openTestDevice(): Promise<Device> {
  const { device } = await openDevice('wasm')
  if (device.id !== 'wasm') throw new Error(`the wasm device is not there: got ${device.id}`)
  return device
}
