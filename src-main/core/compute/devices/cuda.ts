// NVIDIA graphics cards through @tensorflow/tfjs-node-gpu, an optional dependency: its native
// library is fetched when the package is installed, so on most machines it is simply not there.
import { DeviceMissing, type DeviceDriver } from './driver.ts'

// Held in a variable, so that neither the bundler nor the compiler looks for the package.
const packageName: string = '@tensorflow/tfjs-node-gpu'

export const cudaDriver: DeviceDriver = {
  id: 'cuda',
  name: 'graphics card (CUDA)',
  shortName: 'CUDA',
  isReference: false,
  backend: 'tensorflow',
  async load(tf) {
    try {
      // Importing the package registers its backend with the shared engine of tfjs-core.
      await import(packageName)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      const isAbsent = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
      const reason = isAbsent ? 'not installed' : 'installed, but its library could not be loaded'
      throw new DeviceMissing(reason, { cause: error })
    }
    await tf.setBackend('tensorflow')
    const backend: unknown = tf.backend()
    // The same package computes on the processor when it finds no card; that is not this device.
    if (!usesCard(backend)) throw new DeviceMissing('no supported graphics card found')
  }
}

function usesCard(backend: unknown): boolean {
  return (
    typeof backend === 'object' &&
    backend !== null &&
    'isUsingGpuDevice' in backend &&
    backend.isUsingGpuDevice === true
  )
}
