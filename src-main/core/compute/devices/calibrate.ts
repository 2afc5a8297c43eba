// How fast a device is, measured for about a second: matrix products with one core and with all
// allowed cores, and steps of a small convolutional network in training.
import type { Device } from './device.ts'
import { measureTraining } from './training-speed.ts'

/** Measured figures of one device. */
export interface DeviceSpeed {
  /** Billions of floating-point operations per second in a matrix product, all allowed cores. */
  readonly gflops: number
  /** The same with one core; undefined where the device cannot be held to one. */
  readonly gflopsOneCore: number | undefined
  /** Training steps per second, 64 pictures of 28 x 28 in each; undefined with a reason below. */
  readonly trainingSteps: number | undefined
  /** Why it cannot train, in words. */
  readonly cannotTrain: string | undefined
  /** Bytes it held after the last step; undefined where it cannot tell. */
  readonly bytes: number | undefined
}

const warmUpMs = 60
const measureMs = 240
/** A product of this size takes long enough for the clock, and still fits a small card. */
const largestSize = 1024
const roundMs = 12

/**
 * Measures the device, which is left with `cores` cores. `fixedCores` tells whether one operation
 * uses one core or all of them where that cannot be set.
 */
export async function calibrate(
  device: Device,
  cores: number,
  fixedCores: 'one' | 'all' = 'one'
): Promise<DeviceSpeed> {
  const settable = device.setCores?.bind(device)
  settable?.(1)
  const single = settable === undefined && fixedCores === 'all' ? undefined : await product(device)
  settable?.(cores)
  const isSame = single !== undefined && (settable === undefined || cores === 1)
  const gflops = isSame ? single : await product(device)
  const training = await measureTraining(device)
  return {
    gflops,
    gflopsOneCore: single,
    trainingSteps: training.stepsPerSecond,
    cannotTrain: training.reason,
    bytes: device.usage?.().bytes
  }
}

/** Billions of operations per second in square products as large as the device likes. */
async function product(device: Device): Promise<number> {
  let size = 128
  while (size < largestSize && (await timeProducts(device, size, 1)).seconds * 1000 < roundMs)
    size *= 2
  await timeProducts(device, size, warmUpMs)
  const { rounds, seconds } = await timeProducts(device, size, measureMs)
  return (2 * size ** 3 * rounds) / seconds / 1e9
}

async function timeProducts(
  { tf }: Device,
  size: number,
  milliseconds: number
): Promise<{ rounds: number; seconds: number }> {
  const left = tf.fill([size, size], 0.5)
  const right = tf.fill([size, size], 0.25)
  const start = performance.now()
  let rounds = 0
  let elapsed = 0
  try {
    while (elapsed < milliseconds) {
      const full = tf.matMul(left, right)
      // Reading waits until the device has really finished; one number, because moving the whole
      // result from a card would measure the way, not the card.
      const corner = tf.slice(full, [0, 0], [1, 1])
      await corner.data()
      tf.dispose([full, corner])
      rounds++
      elapsed = performance.now() - start
    }
    return { rounds, seconds: elapsed / 1000 }
  } finally {
    tf.dispose([left, right])
  }
}
