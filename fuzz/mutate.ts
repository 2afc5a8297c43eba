// Damage: bytes changed, moved, cut and put together, numbers of headers made extreme, and JSON values
// with other values in their places. Everything is drawn from one stream of random numbers.
import type { Random } from '../src-main/core/compute/random.ts'

/** One of a list. */
export function oneOf<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)] as T
}

/** True once in `times`. */
export function once(random: Random, times: number): boolean {
  return random.below(times) === 0
}

const numbers = [
  0, 1, 2, 3, 7, 8, 9, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 257, 511, 512, 1000, 1023,
  1024, 4095, 4096, 32767, 32768, 65535, 65536, 65537, 0x7fffff, 0xffffff, 0x1000000, 0x7ffffffe,
  0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff
] as const

/** A number where programs break: near powers of two, or anything. */
export function oddNumber(random: Random): number {
  return once(random, 5) ? random.uint32() : oneOf(random, numbers)
}

function place(random: Random, length: number): number {
  // Headers and footers matter more than what lies between.
  const where = random.below(4)
  if (where === 0) return random.below(Math.min(length, 64))
  if (where === 1) return length - 1 - random.below(Math.min(length, 64))
  return random.below(length)
}

function change(random: Random, bytes: Buffer, words: readonly Buffer[]): Buffer {
  if (bytes.length === 0) return Buffer.from([random.below(256)])
  const at = place(random, bytes.length)
  switch (random.below(13)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
      return bytes
    case 1:
      bytes[at] = random.below(256)
      return bytes
    case 2:
      bytes[at] = ((bytes[at] ?? 0) + random.below(35) - 17) & 255
      return bytes
    case 3: {
      const size = oneOf(random, [2, 4, 8])
      if (bytes.length < size) return bytes
      writeNumber(random, bytes, Math.min(at, bytes.length - size), size)
      return bytes
    }
    case 4:
      return bytes.subarray(0, at)
    case 5:
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(Math.min(bytes.length, at + 1 + random.below(32)))
      ])
    case 6: {
      const size = 1 + random.below(Math.min(64, bytes.length - at))
      const part = bytes.subarray(at, at + size)
      const times = once(random, 20) ? 200 : 1 + random.below(4)
      return Buffer.concat([
        bytes.subarray(0, at),
        ...Array.from({ length: times }, () => part),
        bytes.subarray(at)
      ])
    }
    case 7: {
      const noise = Buffer.alloc(1 + random.below(16))
      for (let i = 0; i < noise.length; i++) noise[i] = random.below(256)
      return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)])
    }
    case 8: {
      const size = Math.min(1 + random.below(64), bytes.length - at)
      bytes.fill(oneOf(random, [0, 255, 0x7f, 0x80, 32]), at, at + size)
      return bytes
    }
    case 9: {
      const size = Math.min(1 + random.below(64), bytes.length - at)
      const to = random.below(bytes.length - size + 1)
      bytes.copyWithin(to, at, at + size)
      return bytes
    }
    case 10:
    case 11: {
      if (words.length === 0) return bytes
      const word = oneOf(random, words)
      if (random.below(2) === 0)
        return Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(at)])
      word.copy(bytes, at)
      return bytes
    }
    default: {
      const size = Math.min(1 + random.below(64), bytes.length - at)
      return Buffer.concat([bytes, bytes.subarray(at, at + size)])
    }
  }
}

function writeNumber(random: Random, bytes: Buffer, at: number, size: number): void {
  const value = oddNumber(random)
  const isLittle = random.below(2) === 0
  if (size === 2) {
    if (isLittle) bytes.writeUInt16LE(value & 0xffff, at)
    else bytes.writeUInt16BE(value & 0xffff, at)
  } else if (size === 4) {
    if (isLittle) bytes.writeUInt32LE(value, at)
    else bytes.writeUInt32BE(value, at)
  } else {
    const wide = once(random, 3)
      ? 0xffffffffffffffffn - BigInt(value)
      : BigInt(value) << BigInt(random.below(33))
    if (isLittle) bytes.writeBigUInt64LE(BigInt.asUintN(64, wide), at)
    else bytes.writeBigUInt64BE(BigInt.asUintN(64, wide), at)
  }
}

/** A damaged copy. `words` are byte strings that mean something in the format. */
export function damage(random: Random, seed: Uint8Array, words: readonly Buffer[] = []): Buffer {
  let bytes: Buffer = Buffer.from(seed)
  const changes = 1 + random.below(once(random, 8) ? 24 : 4)
  for (let i = 0; i < changes; i++) bytes = change(random, bytes, words)
  return bytes.length > 1 << 20 ? bytes.subarray(0, 1 << 20) : bytes
}

/** A mixture of two files: the start of one, the rest of the other. */
export function splice(random: Random, first: Uint8Array, second: Uint8Array): Buffer {
  return Buffer.concat([
    first.subarray(0, random.below(first.length + 1)),
    second.subarray(random.below(second.length + 1))
  ])
}

/** Bytes with no meaning. */
export function noise(random: Random, longest: number): Buffer {
  const bytes = Buffer.alloc(random.below(longest + 1))
  for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(256)
  return bytes
}

/** A text put together from pieces that mean something in a format. */
export function pieces(random: Random, list: readonly string[], most: number): string {
  let text = ''
  for (let i = random.below(most + 1); i > 0; i--) text += oneOf(random, list)
  return text
}

const strings = [
  '',
  ' ',
  'a',
  'user',
  'assistant',
  '../../etc/passwd',
  '/etc/passwd',
  'C:\\x',
  'a\u0000b',
  '\ud800',
  '\ufeff',
  '𝒳',
  'é',
  'e\u0301',
  '\u202eabc',
  '__proto__',
  'constructor',
  '<b>x</b>',
  '1',
  '-1',
  '1e999',
  '0x10',
  'null',
  "'; DROP TABLE items; --",
  '%s%n',
  '=1+1',
  'data:image/png;base64,AAAA',
  '2026-11-22T10:00:00Z',
  '\r\n'
] as const

/** A text where programs break. */
export function oddText(random: Random): string {
  if (once(random, 40)) return 'x'.repeat(oneOf(random, [256, 4096, 70_000]))
  return oneOf(random, strings)
}

/** JSON as the contract and files carry it. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }

const oddNumbers = [
  0,
  -0,
  1,
  -1,
  0.5,
  1e-9,
  255,
  256,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1.7976931348623157e308,
  -1e308,
  5e-324
] as const

/** Any JSON value, small; `keys` are names that mean something. */
export function anyValue(random: Random, keys: readonly string[] = [], depth = 3): Value {
  switch (random.below(depth > 0 ? 8 : 5)) {
    case 0:
      return null
    case 1:
      return random.below(2) === 0
    case 2:
      return once(random, 3) ? random.below(10) : oneOf(random, oddNumbers)
    case 3:
      return oddText(random)
    case 4:
      return keys.length > 0 ? oneOf(random, keys) : oddText(random)
    case 5:
      return Array.from({ length: random.below(4) }, () => anyValue(random, keys, depth - 1))
    case 6:
      return deep(random)
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(5) }, () => [
          keys.length > 0 && !once(random, 4) ? oneOf(random, keys) : oddText(random),
          anyValue(random, keys, depth - 1)
        ])
      )
  }
}

function deep(random: Random): Value {
  let value: Value = 1
  const depth = once(random, 10) ? 300 : random.below(6)
  for (let i = 0; i < depth; i++) value = random.below(2) === 0 ? [value] : { a: value }
  return value
}

/** A copy with some of its values, keys and entries changed. */
export function changeValue(random: Random, value: Value, keys: readonly string[] = []): Value {
  let changed = structuredClone(value)
  for (let i = 1 + random.below(once(random, 8) ? 12 : 3); i > 0; i--)
    changed = changeOnce(random, changed, keys)
  return changed
}

function changeOnce(random: Random, value: Value, keys: readonly string[]): Value {
  if (typeof value !== 'object' || value === null || once(random, 12))
    return once(random, 2) ? anyValue(random, keys, 2) : nearValue(random, value)
  if (Array.isArray(value)) {
    const at = random.below(Math.max(1, value.length))
    switch (random.below(6)) {
      case 0:
        return value.toSpliced(at, 1)
      case 1:
        return value.toSpliced(at, 0, anyValue(random, keys, 2))
      case 2: {
        const again = value[at]
        return again === undefined ? value : [...value, ...Array(1 + random.below(4)).fill(again)]
      }
      default: {
        const inner = value[at]
        return inner === undefined ? value : value.with(at, changeOnce(random, inner, keys))
      }
    }
  }
  const entries = Object.entries(value)
  const at = random.below(Math.max(1, entries.length))
  const entry = entries[at]
  switch (random.below(7)) {
    case 0:
      return Object.fromEntries(entries.toSpliced(at, 1))
    case 1:
      return Object.fromEntries([
        ...entries,
        [keys.length > 0 ? oneOf(random, keys) : oddText(random), anyValue(random, keys, 2)]
      ])
    case 2:
      if (entry === undefined) return value
      return Object.fromEntries(entries.with(at, [oddText(random), entry[1]]))
    default:
      if (entry === undefined) return value
      return Object.fromEntries(entries.with(at, [entry[0], changeOnce(random, entry[1], keys)]))
  }
}

function nearValue(random: Random, value: Value): Value {
  if (typeof value === 'number')
    return oneOf(random, [value + 1, value - 1, -value, value * 1e9, value / 3, String(value)])
  if (typeof value === 'string')
    return oneOf<Value>(random, [
      '',
      value.toUpperCase(),
      value + value,
      value.slice(0, value.length >> 1),
      [value],
      ` ${value}`,
      `${value}\u0000`
    ])
  if (typeof value === 'boolean') return !value
  return null
}
