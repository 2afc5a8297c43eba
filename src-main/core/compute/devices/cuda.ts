// NVIDIA graphics cards through @tensorflow/tfjs-node-gpu, an optional dependency: its native
// library is fetched when the package is installed, so on most machines it is simply not there.
import { DeviceMissing, type DeviceDriver } from './driver.ts'
import { loadTensorFlow, tensorflowBackend, usesCard } from './tensorflow.ts'

// Held in a variable, so that neither the bundler nor the compiler looks for the package.
const packageName: string = '@tensorflow/tfjs-node-gpu'

export const cudaDriver: DeviceDriver = {
  id: 'cuda',
  name: 'graphics card (CUDA)',
  shortName: 'CUDA',
  isReference: false,
  backend: tensorflowBackend,
  async load(tf) {
    await loadTensorFlow(tf, packageName)
    // The same package computes on the processor when it finds no card; that is not this device.
    if (!usesCard(tf)) throw new DeviceMissing('no supported graphics card found')
  },
  failureOf: cardFailure
}

/** Why the card gave up, by TensorFlow's messages; undefined for any other error. */
export function cardFailure(error: unknown): string | undefined {
  const text = error instanceof Error ? error.message : ''
  if (/\bOOM\b|ran out of memory|out of memory|RESOURCE_EXHAUSTED/i.test(text))
    return 'out of memory'
  if (/CUDA_ERROR|CUDNN_STATUS|CUBLAS_STATUS|cudaError|failed to (launch|synchronize)/i.test(text))
    return 'the card stopped answering'
  return undefined
}
