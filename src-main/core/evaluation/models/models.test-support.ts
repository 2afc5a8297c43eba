// Toy data for the tests of check models, small enough for a network to learn in moments.
import { openDevice } from '../../compute/devices/registry.ts'
import type { Device } from '../../compute/devices/device.ts'
import { createRandom } from '../../compute/random.ts'
import type { FingerprintInputs, PictureInputs } from './check-model.ts'

/** The processor's fast device where it works, else the next best one. */
export async function openFastDevice(): Promise<Device> {
  const { device } = await openDevice('native')
  device.setCores?.(1)
  return device
}

/** A ring around a blob: no straight line tells the two labels apart. */
export function ringInputs(count: number, seed: number): FingerprintInputs {
  const random = createRandom(7)
  const make = (items: number): { features: Float32Array; labels: Int32Array } => {
    const features = new Float32Array(items * 2)
    const labels = Int32Array.from({ length: items }, (_, i) => i % 2)
    labels.forEach((label, i) => {
      const angle = 2 * Math.PI * random.uniform()
      const radius = label === 0 ? 0.6 * random.uniform() : 1.6 + 0.4 * random.uniform()
      features.set([radius * Math.cos(angle), radius * Math.sin(angle)], i * 2)
    })
    return { features, labels }
  }
  const [train, test] = [make(count), make(200)]
  return {
    trainFeatures: train.features,
    trainLabels: train.labels,
    testFeatures: test.features,
    testLabels: test.labels,
    columns: 2,
    classes: 2,
    seed
  }
}

/** Bars that lie or stand somewhere in a noisy picture: told apart by shape, not by place. */
export function barInputs(
  count: number,
  size: number,
  channels: 1 | 3,
  seed: number
): PictureInputs {
  const random = createRandom(9)
  const make = (items: number): { pixels: Uint8Array; labels: Int32Array } => {
    const each = size * size * channels
    const pixels = Uint8Array.from({ length: items * each }, () => random.below(80))
    const labels = Int32Array.from({ length: items }, (_, i) => i % 2)
    labels.forEach((label, i) => {
      const at = 2 + random.below(size - 4)
      for (let along = 0; along < size; along++) {
        const place = label === 0 ? at * size + along : along * size + at
        const from = i * each + place * channels
        for (let c = 0; c < channels; c++) pixels[from + c] = 220
      }
    })
    return { pixels, labels }
  }
  const [train, test] = [make(count), make(60)]
  return {
    trainPixels: train.pixels,
    trainLabels: train.labels,
    testPixels: test.pixels,
    testLabels: test.labels,
    size,
    channels,
    classes: 2,
    seed
  }
}
