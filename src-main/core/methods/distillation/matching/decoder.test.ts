// Tiles and mirror images against what they must be, and their transposes.
import { expect, test } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import { createDecoder } from './decoder.ts'
import { tiled } from './start-items.ts'

const shape = { height: 6, width: 6, channels: 2 }
const size = 72

function normal(seed: number, count: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: count }, () => random.normal())
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0)
}

test('one whole tile without mirror images is the item itself', () => {
  const { copies, decode, back } = createDecoder(shape, { factor: 1, isMirrored: false })
  const items = normal(1, 3 * size)
  expect(copies).toBe(1)
  expect(decode(items)).toEqual(items)
  expect(back(items)).toEqual(items)
})

test.each([
  { factor: 2, isMirrored: false, copies: 4 },
  { factor: 3, isMirrored: false, copies: 9 },
  { factor: 1, isMirrored: true, copies: 2 },
  { factor: 2, isMirrored: true, copies: 8 }
])('tiles of a constant picture are that constant: %o', ({ factor, isMirrored, copies }) => {
  const decoder = createDecoder(shape, { factor, isMirrored })
  const decoded = decoder.decode(new Float32Array(2 * size).fill(0.7))
  expect(decoder.copies).toBe(copies)
  expect(decoded).toHaveLength(2 * copies * size)
  for (const value of decoded) expect(value).toBeCloseTo(0.7, 6)
})

test.each([
  { height: 6, width: 6, factor: 2, isMirrored: true },
  { height: 7, width: 5, factor: 2, isMirrored: false },
  { height: 9, width: 6, factor: 3, isMirrored: true }
])('the way back is the transpose: %o', ({ height, width, factor, isMirrored }) => {
  const odd = { height, width, channels: 2 }
  const { copies, decode, back } = createDecoder(odd, { factor, isMirrored })
  const each = height * width * 2
  const [x, y] = [normal(2, 3 * each), normal(3, 3 * copies * each)]
  expect(dot(decode(x), y)).toBeCloseTo(dot(x, back(y)), 3)
})

test('a tile is its quarter enlarged, pixel centres in place', () => {
  // One row of brightness per column: 0 1 2 3 4 5.
  const grey = { height: 6, width: 6, channels: 1 }
  const ramp = Float32Array.from({ length: 36 }, (_, i) => i % 6)
  const { decode } = createDecoder(grey, { factor: 2, isMirrored: false })
  const tiles = decode(ramp)
  expect(Array.from(tiles.subarray(0, 6), (v) => Number(v.toFixed(4)))).toEqual([
    0, 0.25, 0.75, 1.25, 1.75, 2
  ])
  expect(Array.from(tiles.subarray(36, 42), (v) => Number(v.toFixed(4)))).toEqual([
    3, 3.25, 3.75, 4.25, 4.75, 5
  ])
})

test('the mirror image follows the picture', () => {
  const { decode } = createDecoder(shape, { factor: 1, isMirrored: true })
  const item = normal(4, size)
  const both = decode(item)
  expect(both.subarray(0, size)).toEqual(item)
  for (let y = 0; y < 6; y++)
    for (let x = 0; x < 6; x++)
      for (let c = 0; c < 2; c++)
        expect(both[size + (y * 6 + x) * 2 + c]).toBe(item[(y * 6 + 5 - x) * 2 + c])
})

test('pictures become tiles and come out again, less sharp', () => {
  const grey = { height: 8, width: 8, channels: 1 }
  // Smooth pictures survive the shrinking.
  const pictures = Float32Array.from(
    { length: 4 * 64 },
    (_, i) => Math.floor(i / 64) + 0.1 * (i % 8) + 0.05 * (Math.floor(i / 8) % 8)
  )
  const stored = tiled(pictures, grey, 2)
  expect(stored).toHaveLength(64)
  const again = createDecoder(grey, { factor: 2, isMirrored: false }).decode(stored)
  pictures.forEach((value, i) => expect(Math.abs(again[i] - value)).toBeLessThan(0.11))
})

test('tiles of one pixel are refused', () => {
  expect(() =>
    createDecoder({ height: 2, width: 2, channels: 1 }, { factor: 2, isMirrored: false })
  ).toThrow('too small')
})
