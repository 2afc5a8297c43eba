// How much arithmetic a network takes, to carry a measured speed over to a wider one.
import type { InputShape, NetworkSpec } from '../networks/network.ts'

/** Multiplications of one forward pass, about. */
export function networkWork(
  { width, depth }: NetworkSpec,
  shape: InputShape,
  classes: number
): number {
  let pixels = shape.height * shape.width
  let inputs = shape.channels
  let sum = 0
  for (let block = 0; block < depth; block++) {
    sum += pixels * 9 * inputs * width
    pixels /= 4
    inputs = width
  }
  return sum + pixels * width * classes
}
