// Decoding a memory, and asking it for mixtures.
import { expect, test } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import { memoryCode, type Memory } from './memory.ts'

const shape = { height: 6, width: 6, channels: 2 }
const plan = { bases: 4, shrink: 2, slots: 3, numbers: 0 }
const code = memoryCode(plan, shape, 2)

function normal(seed: number, size: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: size }, () => random.normal())
}

const memory: Memory = { bases: normal(1, 4 * 18), coefficients: normal(2, 6 * 4) }

test('slopes go back through the transpose: <decode moved, s> = <moved, back s>', () => {
  const slopes = normal(3, 6 * 72)
  const back = code.back(memory, slopes)
  for (const part of ['bases', 'coefficients'] as const) {
    const towards = normal(4, memory[part].length)
    const moved = { ...memory, [part]: memory[part].map((value, i) => value + towards[i]) }
    // Linear in each part, so the difference is exact.
    const before = code.decode(memory)
    const change = code.decode(moved).map((value, i) => value - before[i])
    const expected = change.reduce((sum, value, i) => sum + value * slopes[i], 0)
    const found = towards.reduce((sum, value, i) => sum + value * back[part][i], 0)
    expect(found).toBeCloseTo(expected, 3)
  }
})

test('asked for one class it gives its items, asked for a mixture the mixture of them', () => {
  const all = code.decode(memory)
  const [first, second] = [all.slice(0, 3 * 72), all.slice(3 * 72)]
  expect(code.ask(memory, [1, 0])).toEqual(first)
  expect(code.ask(memory, [0, 1])).toEqual(second)
  code.ask(memory, [0.25, 0.75]).forEach((value, i) => {
    expect(value).toBeCloseTo(0.25 * first[i] + 0.75 * second[i], 4)
  })
  expect(() => code.ask(memory, [1, 0, 0])).toThrow(RangeError)
})

test('a flat base gives a flat picture when it is enlarged', () => {
  const flat = { bases: new Float32Array(4 * 18).fill(1), coefficients: memory.coefficients }
  const values = code.decode(flat)
  const row = flat.coefficients.subarray(0, 4).reduce((sum, value) => sum + value, 0)
  values.subarray(0, 72).forEach((value) => expect(value).toBeCloseTo(row, 4))
})
