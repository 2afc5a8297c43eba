// Seeded random numbers. Every random choice of the product comes from here, so that the same
// seed gives the same result on every machine. Integer arithmetic only: bit-exact everywhere.

/** A stream of pseudo-random numbers that can be saved and restored. */
export interface Random {
  /** Next unsigned 32-bit integer. */
  uint32(): number
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number
  /** Standard normal (Box-Muller, both values used). */
  normal(): number
  /** Uniform integer in [0, bound). Throws a RangeError unless 0 < bound <= 2^32. */
  below(bound: number): number
  /** Shuffles in place (Fisher-Yates). */
  shuffle<T extends { length: number; [index: number]: number }>(values: T): T
  /** `count` distinct integers of [0, size), in random order. */
  sample(size: number, count: number): Uint32Array
  /** An independent stream named by `key`; does not advance this one. */
  fork(key: string): Random
}

/** 32-bit avalanche (the finaliser of MurmurHash3). */
export function mix32(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** 32-bit hash of a string (FNV-1a over UTF-16 units, then {@link mix32}). */
export function hashString(text: string, seed = 0): number {
  let h = (0x811c9dc5 ^ seed) | 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix32(h)
}

/**
 * Tie key of a row: a hash of seed and stable row id as two 32-bit halves, compared high first
 * (specs/selection.md B5 asks for a 64-bit key; two halves avoid BigInt in hot sorts).
 */
export function tieKey(seed: number, row: number): readonly [high: number, low: number] {
  const a = mix32(seed ^ Math.imul(row + 1, 0x9e3779b1))
  const b = mix32(a ^ Math.imul(row ^ seed, 0x85ebca77) ^ 0x27d4eb2f)
  return [a, b]
}

/** Makes a stream from an unsigned 32-bit seed. The generator is sfc32 (Doty-Humphrey). */
export function createRandom(seed: number): Random {
  let a = mix32(seed ^ 0x9e3779b9)
  let b = mix32(a ^ 0x243f6a88)
  let c = mix32(b ^ seed ^ 0xb7e15162)
  let counter = 1
  let spare: number | undefined
  const origin = mix32(a ^ c ^ seed)

  function uint32(): number {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) uint32()

  const random: Random = {
    uint32,
    uniform: () => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000,
    normal() {
      if (spare !== undefined) {
        const value = spare
        spare = undefined
        return value
      }
      const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()))
      const angle = 2 * Math.PI * random.uniform()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
    below(bound) {
      if (!(bound > 0 && bound <= 0x100000000))
        throw new RangeError(`bound ${bound} is not in 1..2^32`)
      // Rejection keeps the draw unbiased.
      const limit = 0x100000000 - (0x100000000 % bound)
      let value = uint32()
      while (value >= limit) value = uint32()
      return value % bound
    },
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = random.below(i + 1)
        const held = values[i] as number
        values[i] = values[j] as number
        values[j] = held
      }
      return values
    },
    sample(size, count) {
      if (count > size) throw new RangeError(`cannot draw ${count} of ${size}`)
      const pool = new Uint32Array(size)
      for (let i = 0; i < size; i++) pool[i] = i
      for (let i = 0; i < count; i++) {
        const j = i + random.below(size - i)
        const held = pool[i] as number
        pool[i] = pool[j] as number
        pool[j] = held
      }
      return pool.slice(0, count)
    },
    fork: (key) => createRandom(hashString(key, origin))
  }
  return random
}
