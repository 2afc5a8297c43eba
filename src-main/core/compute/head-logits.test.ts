import { expect, it } from 'vitest'
import { headLogits } from './head-logits.ts'
import { createRandom } from './random.ts'
import { openTestDevice } from './wasm.test-support.ts'

it('gives every head its own scaling, the same for any block size', async () => {
  const { tf } = await openTestDevice()
  const random = createRandom(1)
  const numbers = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.normal())
  const values = numbers(23 * 3)
  values[5 * 3 + 1] = NaN
  const heads = [2, 5].map((outputs) => ({
    scaling: { center: numbers(3), inverseScale: numbers(3), meanSquaredNorm: 1 },
    weights: numbers(outputs * 4),
    outputs
  }))
  const readBlock = (start: number, count: number): Promise<Float32Array> =>
    Promise.resolve(values.slice(start * 3, (start + count) * 3))
  const source = { rows: 23, columns: 3, readBlock }
  const signal = new AbortController().signal
  for (const blockRows of [1, 4, 100]) {
    let seen = 0
    for await (const block of headLogits(tf, source, heads, signal, blockRows)) {
      expect(block.first).toBe(seen)
      for (let i = 0; i < block.count; i++) {
        const row = block.first + i
        heads.forEach(({ scaling, weights, outputs }, at) => {
          if (row === 5) expect(block.lengths[at][i]).toBeNaN()
          if (row === 5) return
          const h = [0, 1, 2].map(
            (j) => (values[row * 3 + j] - scaling.center[j]) * scaling.inverseScale[j]
          )
          h.push(1)
          expect(block.lengths[at][i]).toBeCloseTo(Math.hypot(...h), 5)
          for (let c = 0; c < outputs; c++) {
            const logit = h.reduce((sum, value, j) => sum + value * weights[c * 4 + j], 0)
            expect(block.logits[at][i * outputs + c]).toBeCloseTo(logit, 4)
          }
        })
      }
      seen += block.count
    }
    expect(seen).toBe(23)
  }
})
