// A tokenizer learns labels, or agrees with its slower copy, and goes on after a stop to the same bits.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { createRandom } from '../../compute/random.ts'
import { openFastDevice } from '../../evaluation/models/models.test-support.ts'
import type { LabelledRows } from '../../methods/distillation/distillation-method.ts'
import { createGrouping } from './grouping-spec.ts'
import { usualDino } from './objectives.ts'
import { startTokenizer, type TokenizerRecipe, type TokenizerState } from './train-tokenizer.ts'
import { drawViews, usualViews } from './views.ts'

let device: Device
beforeAll(async () => {
  device = await openFastDevice()
  await enableGradients()
})

const input = { height: 8, width: 8, channels: 1 }
const network = createGrouping(
  { patch: 2, width: 16, layers: 1, heads: 2, headWidth: 8, ratio: 2 },
  input
)
/** Label 1 is bright on one side. */
const items: LabelledRows = {
  count: 16,
  labels: Int32Array.from({ length: 16 }, (_, row) => row % 2),
  read: (rows) =>
    Float32Array.from({ length: rows.length * 64 }, (_, at) => {
      const row = rows[Math.floor(at / 64)]
      return (row % 2 === 1 && at % 8 < 4 ? 1 : -1) + 0.01 * row
    })
}
const shared = {
  effort: { groups: 3, rounds: 2 },
  views: usualViews,
  batch: 8,
  rate: 3e-3,
  decay: [0.04, 0.4],
  warmUp: 0.1,
  clip: 3
} as const
const byLabels: TokenizerRecipe = {
  ...shared,
  steps: 40,
  objective: { kind: 'labels', classes: 2 }
}
const byViews: TokenizerRecipe = {
  ...shared,
  steps: 12,
  objective: {
    kind: 'views',
    rules: { ...usualDino, hidden: 16, bottleneck: 8, outputs: 12 },
    teacherMomentum: 0.9
  }
}
const start = (recipe: TokenizerRecipe, from?: TokenizerState) =>
  startTokenizer(device.tf, network, items, recipe, createRandom(6), from)

describe('a tokenizer in training', () => {
  it('learns labels', () => {
    const training = start(byLabels)
    const losses = Array.from({ length: 40 }, () => training.step().loss)
    expect(losses[39]).toBeLessThan(0.5 * losses[0])
    training.dispose()
  })

  it.each([
    ['labels', byLabels],
    ['views', byViews]
  ])('by %s goes on from where it stopped to the same bits', (_, recipe) => {
    const whole = start(recipe)
    const steps = Array.from({ length: 8 }, () => whole.step())
    const first = start(recipe)
    for (let step = 0; step < 4; step++) first.step()
    const second = start(recipe, first.state())
    first.dispose()
    for (let step = 4; step < 8; step++) expect(second.step()).toEqual(steps[step])
    expect(second.network()).toEqual(whole.network())
    whole.dispose()
    second.dispose()
  })

  it('by views says how varied its answers are, within what is possible', () => {
    const training = start(byViews)
    for (let step = 0; step < 6; step++) {
      const { spread } = training.step()
      expect(spread?.all).toBeLessThanOrEqual(Math.log(12) + 1e-4)
      expect(spread?.each).toBeLessThanOrEqual((spread?.all ?? 0) + 1e-4)
      expect(spread?.each).toBeGreaterThanOrEqual(-1e-4)
    }
    training.dispose()
  })
})

describe('views', () => {
  it('are two of each picture, of its size, and as they are where nothing is changed', () => {
    const picture = Float32Array.from({ length: 64 }, (_, at) => at / 64)
    const same = { leastArea: 1, flip: false, light: 0 }
    const [first, second] = [0, 64].map((from) =>
      drawViews(picture, input, same, createRandom(3), 2).slice(from, from + 64)
    ) as [Float32Array, Float32Array]
    expect(second).toHaveLength(64)
    // A part of the same area may be longer on one side; light stays as it is.
    const mean = (values: Float32Array): number => values.reduce((sum, v) => sum + v, 0) / 64
    expect(mean(first)).toBeCloseTo(mean(picture), 0)
    const moved = drawViews(picture, input, usualViews, createRandom(3), 2)
    expect(moved.slice(0, 64)).not.toEqual(moved.slice(64))
  })
})
