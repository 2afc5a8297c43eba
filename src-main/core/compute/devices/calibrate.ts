// How fast a device multiplies matrices, measured for about a second.
import type { Device } from './device.ts'

const size = 512
const warmUpMs = 150
const measureMs = 850

/** Billions of floating-point operations per second in a 512 x 512 x 512 matrix product. */
export async function calibrate(device: Device): Promise<number> {
  const { tf } = device
  const left = tf.fill([size, size], 0.5)
  const right = tf.fill([size, size], 0.25)
  try {
    await multiplyFor(device, left, right, warmUpMs)
    const { rounds, seconds } = await multiplyFor(device, left, right, measureMs)
    return (2 * size ** 3 * rounds) / seconds / 1e9
  } finally {
    tf.dispose([left, right])
  }
}

type Matrix = ReturnType<Device['tf']['fill']>

async function multiplyFor(
  { tf }: Device,
  left: Matrix,
  right: Matrix,
  milliseconds: number
): Promise<{ rounds: number; seconds: number }> {
  const start = performance.now()
  let rounds = 0
  let elapsed = 0
  while (elapsed < milliseconds) {
    const product = tf.matMul(left, right)
    // Reading the result waits until the device has really finished.
    await product.data()
    product.dispose()
    rounds++
    elapsed = performance.now() - start
  }
  return { rounds, seconds: elapsed / 1000 }
}
