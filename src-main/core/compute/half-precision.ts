// Numbers in half precision (IEEE 754 binary16), as labels are stored.

const mostHalf = 65504
/** Powers of two below this share one step size. */
const leastExponent = -14
const fractionBits = 10

/** The nearest number that half precision can hold; ties go to the even one. NaN stays NaN. */
export function roundToHalf(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value
  const size = Math.abs(value)
  const exponent = Math.max(leastExponent, exponentOf(size))
  const step = 2 ** (exponent - fractionBits)
  // Exact: both are powers of two apart, and the quotient is below 2^11.
  const rounded = roundToEven(size / step) * step
  return Math.sign(value) * (rounded > mostHalf ? Infinity : rounded)
}

/** The largest e with 2^e <= size; `Math.log2` alone is off by one next to a power of two. */
function exponentOf(size: number): number {
  const guess = Math.floor(Math.log2(size))
  if (2 ** guess > size) return guess - 1
  return 2 ** (guess + 1) <= size ? guess + 1 : guess
}

function roundToEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest !== 0.5) return Math.round(value)
  return below % 2 === 0 ? below : below + 1
}

const numbers = new Float32Array(1)
const bits = new Uint32Array(numbers.buffer)

/** The 16 bits of the nearest number that half precision can hold (IEEE 754 binary16). */
export function halfBits(value: number): number {
  numbers[0] = roundToHalf(value)
  const sign = (bits[0] >>> 16) & 0x8000
  const exponent = (bits[0] >>> 23) & 0xff
  const fraction = bits[0] & 0x7fffff
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200)
  const moved = exponent - 127 + 15
  if (moved > 0) return sign | (moved << 10) | (fraction >>> 13)
  // Below 2^-14: a fraction of its own step, 2^-24. What is smaller still has become 0.
  return sign | (Math.abs(numbers[0]) * 2 ** 24)
}
