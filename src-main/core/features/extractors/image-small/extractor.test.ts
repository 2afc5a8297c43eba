// The built-in picture extractor: a picture's numbers depend on the picture and the fit alone, like
// pictures are near, and odd pictures (flat, few, equal) do no harm.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { describeImages, fitImages, type ImageFit } from './extractor.ts'
import { patchesInto } from './patches.ts'
import { pooledResponses } from './responses.ts'
import {
  colourShape,
  greyShape,
  patchWidth,
  positionsOf,
  responseWidth,
  type ImageShape
} from './shape.ts'

const never = new AbortController().signal
const grey = greyShape(28)
let tf: TensorFlow
let pictures: Uint8Array
let fit: ImageFit
beforeAll(async () => {
  tf = (await openDevice('wasm')).device.tf
  pictures = bars(40, grey, 1)
  fit = await fitImages(tf, pictures, grey, 0, never)
})

/** Bars in four directions under noise; the direction is the picture's number modulo four. */
function bars(count: number, { size, channels }: ImageShape, seed: number): Uint8Array {
  const random = createRandom(seed)
  const out = new Uint8Array(count * size * size * channels)
  for (let picture = 0; picture < count; picture++) {
    const shift = random.below(9) - 4
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const [u, v] = [x - size / 2 + shift, y - size / 2 + shift]
        const distance = [Math.abs(u), Math.abs(v), Math.abs(u - v), Math.abs(u + v - 2 * shift)][
          picture % 4
        ]
        for (let c = 0; c < channels; c++) {
          const at = ((picture * size + y) * size + x) * channels + c
          out[at] = (distance < 4 ? 150 + 20 * c : 10) + random.below(40)
        }
      }
    }
  }
  return out
}

function cosine(rows: Float32Array, columns: number, a: number, b: number): number {
  let [dot, left, right] = [0, 0, 0]
  for (let k = 0; k < columns; k++) {
    dot += rows[a * columns + k] * rows[b * columns + k]
    left += rows[a * columns + k] ** 2
    right += rows[b * columns + k] ** 2
  }
  return dot / Math.sqrt(left * right)
}

describe('a fit', () => {
  it('is the same bits for the same pictures and seed, and another for another seed', async () => {
    expect(await fitImages(tf, pictures, grey, 0, never)).toEqual(fit)
    const other = await fitImages(tf, pictures, grey, 1, never)
    expect(other.filters).not.toEqual(fit.filters)
  })

  it('has filters that sum to zero, so that brightness falls out', () => {
    for (let k = 0; k < grey.filters; k++) {
      let sum = 0
      for (let i = 0; i < patchWidth(grey); i++) sum += fit.filters[i * grey.filters + k]
      expect(Math.abs(sum)).toBeLessThan(1e-4)
    }
  })

  it('makes rows whose numbers have a mean square of 1 on its own pictures', async () => {
    const rows = await describeImages(tf, pictures, fit, never)
    expect(fit.columns).toBe(39)
    const mean = rows.reduce((sum, value) => sum + value * value, 0) / rows.length
    expect(mean).toBeCloseTo(1, 2)
  })

  it('of pictures without contrast, of one and of equal ones is defined', async () => {
    const flat = new Uint8Array(3 * 784).fill(128)
    const same = new Uint8Array(5 * 784)
    for (let i = 0; i < 5; i++) same.set(pictures.subarray(0, 784), i * 784)
    for (const few of [flat, same, pictures.slice(0, 784)]) {
      const made = await fitImages(tf, few, grey, 0, never)
      const rows = await describeImages(tf, few, made, never)
      expect(made.columns).toBe(1)
      expect(rows.every(Number.isFinite)).toBe(true)
    }
  })

  it('of no picture is refused, and one that is stopped stops', async () => {
    await expect(fitImages(tf, new Uint8Array(), grey, 0, never)).rejects.toThrow(RangeError)
    await expect(fitImages(tf, pictures, grey, 0, AbortSignal.abort())).rejects.toThrow()
  })

  it('of colour pictures reads all three channels', async () => {
    const shape = colourShape(32)
    const coloured = bars(8, shape, 2)
    const made = await fitImages(tf, coloured, shape, 0, never)
    const turned = coloured.slice()
    // Red and blue of the first picture change places.
    for (let at = 0; at < 3072; at += 3) {
      turned[at] = coloured[at + 2]
      turned[at + 2] = coloured[at]
    }
    const [a, b] = await Promise.all(
      [coloured, turned].map((p) => describeImages(tf, p, made, never))
    )
    expect(a.subarray(0, made.columns)).not.toEqual(b.subarray(0, made.columns))
    expect(a.subarray(made.columns)).toEqual(b.subarray(made.columns))
  }, 60_000)
})

describe('a picture', () => {
  it('has the same bits alone, in any block and beside any others', async () => {
    const whole = await describeImages(tf, pictures, fit, never)
    for (const size of [1, 3, 16, 17, 39]) {
      for (const first of [0, 1, 40 - size]) {
        const block = pictures.slice(first * 784, (first + size) * 784)
        const rows = await describeImages(tf, block, fit, never)
        expect(rows).toEqual(whole.slice(first * fit.columns, (first + size) * fit.columns))
      }
    }
  })

  it('is nearer to its like than to others, for pictures the fit has not seen', async () => {
    const rows = await describeImages(tf, bars(24, grey, 9), fit, never)
    const [like, unlike]: number[][] = [[], []]
    for (let a = 0; a < 24; a++) {
      for (let b = 0; b < a; b++)
        (a % 4 === b % 4 ? like : unlike).push(cosine(rows, fit.columns, a, b))
    }
    const mean = (values: number[]): number => values.reduce((x, y) => x + y) / values.length
    expect(mean(like)).toBeGreaterThan(mean(unlike) + 0.4)
  })

  it('keeps its numbers when it is made brighter as a whole', async () => {
    const one = bars(1, grey, 5).map((value) => Math.floor(value / 2))
    const [a, b] = await Promise.all(
      [one, one.map((value) => value + 90)].map((p) => describeImages(tf, p, fit, never))
    )
    a.forEach((value, k) => expect(Math.abs(value - b[k])).toBeLessThan(1e-2))
  })

  it('without contrast has no response at all', async () => {
    const responses = await pooledResponses(
      tf,
      new Uint8Array(784).fill(99),
      fit.filters,
      grey,
      never
    )
    expect(responses).toHaveLength(responseWidth(grey))
    expect(Math.max(...responses)).toBeLessThan(1e-2)
  })

  it('leaves no tensor behind', async () => {
    const tensors = tf.memory().numTensors
    await describeImages(tf, pictures, fit, never)
    await expect(describeImages(tf, pictures, fit, AbortSignal.abort())).rejects.toThrow()
    expect(tf.memory().numTensors).toBe(tensors)
  })
})

describe('responses', () => {
  it('are those of plain loops in float64', async () => {
    const count = 2
    const shown = pictures.subarray(0, count * 784)
    const found = await pooledResponses(tf, shown, fit.filters, grey, never)
    const expected = plainResponses(shown, count, fit.filters, grey)
    expect(found).toHaveLength(expected.length)
    found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(2e-3))
  })

  it('see patches in reading order with their spread', () => {
    const shape: ImageShape = { ...grey, size: 3, patch: 2 }
    const out = new Float32Array(16)
    const spread = new Float32Array(4)
    patchesInto(Uint8Array.of(0, 51, 102, 153, 204, 255, 0, 0, 0), 0, shape, out, 0, spread, 0)
    expect(positionsOf(shape)).toBe(2)
    const tenths = [...out].map((value) => Math.round(value * 10) / 10)
    expect(tenths.slice(0, 8)).toEqual([0, 0.2, 0.6, 0.8, 0.2, 0.4, 0.8, 1])
    expect(spread[0]).toBeCloseTo(1 / Math.sqrt(0.1 + 0.01), 5)
  })
})

/** The formulas of docs/methods/features.md, written without an eye to speed. */
function plainResponses(
  pixels: Uint8Array,
  count: number,
  filters: Float32Array,
  shape: ImageShape
): number[] {
  const { size, patch, grid, threshold, filters: k } = shape
  const positions = size - patch + 1
  const out: number[] = []
  for (let picture = 0; picture < count; picture++) {
    const cells = Array.from({ length: grid * grid }, () => ({
      sums: new Float64Array(2 * k),
      count: 0
    }))
    for (let y = 0; y < positions; y++) {
      for (let x = 0; x < positions; x++) {
        const values = Array.from({ length: patch * patch }, (_, i) => {
          return pixels[(picture * size + y + Math.floor(i / patch)) * size + x + (i % patch)] / 255
        })
        const mean = values.reduce((a, b) => a + b) / values.length
        const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length
        const cell =
          cells[Math.floor((y * grid) / positions) * grid + Math.floor((x * grid) / positions)]
        cell.count++
        for (let f = 0; f < k; f++) {
          const dot = values.reduce((sum, value, i) => sum + value * filters[i * k + f], 0)
          const response = dot / Math.sqrt(variance + 0.01)
          cell.sums[f] += Math.max(0, response - threshold)
          cell.sums[k + f] += Math.max(0, -response - threshold)
        }
      }
    }
    for (const cell of cells) for (const sum of cell.sums) out.push(Math.sqrt(sum / cell.count))
  }
  return out
}
