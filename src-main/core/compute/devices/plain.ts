// Plain JavaScript: slow, everywhere, and the reference that every other device is tested against.
import type { DeviceDriver } from './driver.ts'

export const plainDriver: DeviceDriver = {
  id: 'cpu',
  name: 'processor (plain JavaScript)',
  shortName: 'Plain JavaScript',
  isReference: true,
  backend: 'cpu',
  async load() {
    await import('@tensorflow/tfjs-backend-cpu')
  }
}
