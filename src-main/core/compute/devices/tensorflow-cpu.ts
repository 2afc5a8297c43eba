// The processor through TensorFlow's native library (@tensorflow/tfjs-node): used where somebody
// has installed the package, or where the package for cards found no card.
import { DeviceMissing, type DeviceDriver } from './driver.ts'
import { loadTensorFlow, tensorflowBackend, usesCard } from './tensorflow.ts'

// Held in a variable, so that neither the bundler nor the compiler looks for the package.
const packageName: string = '@tensorflow/tfjs-node'

export const tensorflowCpuDriver: DeviceDriver = {
  id: 'tensorflow',
  name: 'processor (TensorFlow)',
  shortName: 'TensorFlow',
  isReference: false,
  backend: tensorflowBackend,
  // The library reads the number of its threads from the environment of the whole process, once.
  takesAllCores: true,
  async load(tf) {
    await loadTensorFlow(tf, packageName)
    if (usesCard(tf)) throw new DeviceMissing('its library computes on the graphics card')
  }
}
