// The share explained: its closed forms, and what students of a set without labels are scored by.
import { expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { createNetwork } from '../../networks/create-network.ts'
import { labelledValues } from '../../networks/normalisation.ts'
import { plainStudent } from '../../networks/student-recipe.ts'
import { explainedScorer, explainedShare } from './explained.ts'
import { judge } from './judge.ts'

it('is 1 for the truth, 0 for its mean and for worse, and counts wide columns more', () => {
  const truth = [1, 10, 3, -10, 5, 30]
  expect(explainedShare(truth, truth, 2)).toBe(1)
  expect(explainedShare(truth, [3, 10, 3, 10, 3, 10], 2)).toBe(0)
  expect(explainedShare(truth, [9, 9, -9, 9, 9, -9], 2)).toBe(0)
  // The first column varies by 8, the second by 800; only the first is known, then only the second.
  expect(explainedShare(truth, [1, 10, 3, 10, 5, 10], 2)).toBeCloseTo(8 / 808, 12)
  expect(explainedShare(truth, [3, 10, 3, -10, 3, 30], 2)).toBeCloseTo(800 / 808, 12)
  expect(explainedShare([2, 2, 2], [2, 2, 2], 1)).toBe(0)
})

it('scores a student of free numbers, the same for the same seed', async () => {
  const device = await openTestDevice()
  const random = createRandom(6)
  const size = 5
  const rowsOf = (count: number): Float32Array =>
    Float32Array.from({ length: count * size }, () => random.normal())
  // Two mixes of the columns: a linear model can learn all of it.
  const targetsOf = (values: Float32Array): Float32Array =>
    Float32Array.from({ length: (2 * values.length) / size }, (_, i) => {
      const at = Math.floor(i / 2) * size
      return i % 2 === 0 ? values[at] - values[at + 1] : 0.5 * values[at + 2]
    })
  const [learned, asked] = [rowsOf(60), rowsOf(80)]
  const shape = { height: 1, width: 1, channels: size }
  const inputs = {
    items: { values: learned, count: 60, targets: targetsOf(learned) },
    recipe: { ...plainStudent, rate: 0.1, loss: 'squared-error', epochs: 120, decay: 0 } as const,
    network: createNetwork({ kind: 'linear', width: 0, depth: 0, norm: 'none' }, shape, 2),
    seed: 4,
    rows: labelledValues(asked, new Int32Array(80)),
    scorer: explainedScorer(targetsOf(asked))
  }
  const { signal } = new AbortController()
  const first = await judge(device, inputs, signal)
  expect(first).toBeGreaterThan(0.95)
  expect(await judge(device, inputs, signal)).toBe(first)
  // Shuffled truth has nothing to do with the rows.
  const wrong = explainedScorer(targetsOf(rowsOf(80)))
  expect(await judge(device, { ...inputs, scorer: wrong }, signal)).toBe(0)
  expect(device.tf.memory().numTensors).toBe(0)
})
