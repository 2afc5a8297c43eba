// What the kernel methods cost on a usual processor.

/** Products of a second on the device, and the slower ones outside it. */
const deviceProducts = 2e10
const ownProducts = 5e8

/** Seconds of one step: kernels and slopes on the device, exponentials and the solve outside. */
export function kernelStepSeconds(made: number, batch: number, size: number): number {
  const pairs = made * (made + batch)
  return 0.008 + (2 * pairs * size) / deviceProducts + (60 * pairs + made ** 3 / 6) / ownProducts
}
