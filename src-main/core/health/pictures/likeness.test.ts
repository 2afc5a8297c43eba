// Likeness of pictures: what re-encoding, shifts, crops and brightness leave is alike; other pictures
// are not; and the cut is found where the data puts it.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { movedPicture, randomPicture } from '../health.test-support.ts'
import { mirrored, pictureLikeness, readyPicture, type ReadyPicture } from './likeness.ts'
import { laplacianVariance, look, lookAt, lookColumns, lookSide, smallBytes } from './look.ts'
import { candidatePairs } from './pairs.ts'
import { findCut, highestCut, lowestCut } from './threshold.ts'

function smallOf(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(3 * grey.length)
  grey.forEach((value, i) => rgb.fill(value, 3 * i, 3 * i + 3))
  const small = new Uint8Array(smallBytes)
  lookAt(rgb, Math.sqrt(grey.length), new Float32Array(lookColumns), small)
  return small
}
const ready = (grey: Uint8Array): ReadyPicture => readyPicture(smallOf(grey))

/** The window of a picture at (left, top), brought back to its full size by nearest pixels. */
function crop(grey: Uint8Array, left: number, top: number, kept: number): Uint8Array {
  return grey.map((_, i) => {
    const y = top + Math.floor((Math.floor(i / 32) * kept) / 32)
    const x = left + Math.floor(((i % 32) * kept) / 32)
    return grey[y * 32 + x]
  })
}

describe('likeness', () => {
  const random = createRandom(1)
  const pictures = Array.from({ length: 30 }, () => randomPicture(random))

  it('altered copies are alike, different pictures are not', () => {
    pictures.forEach((grey, i) => {
      const own = ready(grey)
      const noisy = grey.map((value) => Math.max(0, Math.min(255, value + random.below(9) - 4)))
      const copies = [
        grey,
        noisy,
        movedPicture(grey, 3, -2),
        grey.map((value) => Math.min(255, Math.round(value * 0.8))),
        grey.map((value) => Math.min(255, Math.round(value * 1.15))),
        crop(grey, 1, 2, 29)
      ]
      for (const copy of copies)
        expect(pictureLikeness(own, ready(copy))).toBeGreaterThan(lowestCut)
      const other = pictures[(i + 1) % pictures.length]
      expect(pictureLikeness(own, ready(other))).toBeLessThan(lowestCut)
    })
  })

  it('is much the same from both sides, and never outside 0..1', () => {
    for (let i = 1; i < pictures.length; i++) {
      const [a, b] = [ready(pictures[i - 1]), ready(movedPicture(pictures[i - 1], i % 4, 1))]
      const there = pictureLikeness(a, b)
      expect(there).toBeGreaterThanOrEqual(0)
      expect(there).toBeLessThanOrEqual(1)
      expect(Math.abs(there - pictureLikeness(b, a))).toBeLessThan(0.05)
    }
  })

  it('empty pictures are like nothing, and colour tells pictures of one brightness apart', () => {
    const flat = ready(new Uint8Array(1024).fill(90))
    expect(pictureLikeness(flat, ready(new Uint8Array(1024).fill(90)))).toBe(0)
    expect(pictureLikeness(flat, ready(pictures[0]))).toBe(0)
    const red = smallOf(pictures[0])
    red.fill(190, 1024 + 16)
    expect(pictureLikeness(readyPicture(red), ready(pictures[0]))).toBe(0)
  })

  it('a mirror image seen in a mirror is the picture', () => {
    const small = smallOf(pictures[3])
    expect(mirrored(mirrored(small))).toEqual(small)
    expect(mirrored(small)).not.toEqual(small)
  })
})

describe('looking', () => {
  it('measures brightness, contrast and sharpness', () => {
    const numbers = new Float32Array(lookColumns)
    lookAt(new Uint8Array(3 * 256).fill(200), 16, numbers, new Uint8Array(smallBytes))
    expect(numbers[look.brightness]).toBeCloseTo(200, 3)
    expect(numbers[look.contrast]).toBeCloseTo(0, 3)
    expect(numbers[look.sharpness]).toBeCloseTo(0, 3)
    // One bright point: Laplacian -4 v once and v four times among (side - 2)^2 places.
    const point = new Float32Array(49)
    point[24] = 10
    const mean = 0
    expect(laplacianVariance(point, 7)).toBeCloseTo((1600 + 4 * 100) / 25 - mean, 6)
  })

  it('never blows a picture up, and small shifts stay whole', () => {
    expect([lookSide(28, 28), lookSide(500, 40), lookSide(300, 300), lookSide(0, 9)]).toEqual([
      28, 32, 256, 256
    ])
    const random = createRandom(4)
    const grey = randomPicture(random, 28)
    expect(pictureLikeness(ready(grey), ready(movedPicture(grey, 2, 1)))).toBeGreaterThan(0.9)
  })
})

describe('candidate pairs and the cut', () => {
  it('each pair once, the lower row first, with the better rank', () => {
    const order = Uint32Array.of(4, 2, 9)
    const lists = Uint32Array.of(2, 9, 9, 4, 0xffffffff, 0xffffffff)
    const { rows, ranks } = candidatePairs(order, lists, 2, 10)
    expect([...rows]).toEqual([2, 9, 2, 4, 4, 9])
    expect([...ranks]).toEqual([0, 0, 1])
  })

  it('the cut is low where strangers are far, high where they are close', () => {
    const likeness = Float32Array.from({ length: 1000 }, (_, i) => (i < 100 ? 0.9 : 0.3))
    const ranks = Uint8Array.from(likeness, (_, i) => (i < 100 ? 0 : i % 10))
    const counts = { likeness, ranks, k: 10, decoyShare: 1 }
    expect(findCut({ ...counts, decoys: new Float32Array(500).fill(0.4) }).cut).toBe(lowestCut)
    const close = findCut({ ...counts, decoys: new Float32Array(500).fill(0.86) })
    expect(close.cut).toBeGreaterThan(0.86)
    expect(close.expectedFalse01).toBeLessThanOrEqual(0.04)
    const hopeless = findCut({
      ...counts,
      likeness: new Float32Array(1000).fill(0.99),
      decoys: new Float32Array(500).fill(0.99)
    })
    expect(hopeless).toMatchObject({ cut: highestCut })
    expect(hopeless.expectedFalse01).toBeGreaterThan(0.1)
  })
})
