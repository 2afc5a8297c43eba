// Augmentation: each change does what it says, the tensor form and the plain form agree, every change
// is affine in the pictures, and the gradient is the transpose (specs: G4).
import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../compute/devices/device.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { createRandom } from '../compute/random.ts'
import { repeatedStep } from '../compute/repeated-step.ts'
import { openTestDevice } from '../compute/wasm.test-support.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import {
  augment,
  augmentValues,
  augmentWith,
  augmentationForm,
  augmentationTensors,
  drawAugmentation,
  photoAugmentation,
  type AugmentationDraw,
  type AugmentationGroup,
  type AugmentationStage
} from './siamese-augmentation.ts'

const shape = { height: 8, width: 10, channels: 3 }
const size = 8 * 10 * 3
const groups: readonly AugmentationGroup[] = photoAugmentation.groups

let device: Device
beforeAll(async () => {
  await enableGradients()
  device = await openFastDevice()
})

function pictures(seed: number, count: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: count * size }, () => random.normal())
}

/** By tensors, as plain numbers. */
function changed(values: Float32Array, draw: AugmentationDraw, tf = device.tf): Float32Array {
  const { height, width, channels } = draw.shape
  const count = values.length / (height * width * channels)
  return tf.tidy(() =>
    augment(tf, tf.tensor4d(values, [count, height, width, channels]), draw).dataSync<'float32'>()
  )
}

function one(stage: AugmentationStage, group: AugmentationGroup): AugmentationDraw {
  return { augmentation: { groups: [group], mode: 'one' }, shape, count: 'one', stages: [stage] }
}

function closest(a: Float32Array, b: Float32Array): number {
  return a.reduce((worst, value, at) => Math.max(worst, Math.abs(value - b[at])), 0)
}

describe('each change', () => {
  const x = pictures(1, 2)
  it('mirrors twice to the picture itself', () => {
    const draw = one({ kind: 'move', changes: [{ kind: 'flip', isMirrored: true }] }, 'flip')
    const once = changed(x, draw)
    expect(once).not.toEqual(x)
    expect(once.subarray(0, 3)).toEqual(x.subarray(27, 30))
    expect(changed(once, draw)).toEqual(x)
  })
  it('shifts by nothing to the picture itself, and lets zeros in', () => {
    const shift = (down: number, right: number): AugmentationDraw =>
      one({ kind: 'move', changes: [{ kind: 'shift', down, right }] }, 'crop')
    expect(changed(x, shift(0, 0))).toEqual(x)
    const moved = changed(x, shift(1, -2))
    expect(moved.subarray(0, 30).every((value) => value === 0)).toBe(true)
    expect(moved.subarray(30, 33)).toEqual(x.subarray(6, 9))
    expect(moved.subarray(57, 60).every((value) => value === 0)).toBe(true)
  })
  it('cuts out a whole quarter away from the border and less beside it', () => {
    const random = createRandom(3)
    const square = { height: 8, width: 8, channels: 1 }
    const cutout = { groups: ['cutout'] as const, mode: 'one' as const }
    const holes = new Set<number>()
    for (let i = 0; i < 200; i++) {
      const draw = drawAugmentation(random, cutout, square, 'one')
      const left = changed(new Float32Array(64).fill(1), draw)
      const [stage] = draw.stages
      if (stage.kind !== 'mask') throw new Error('another stage')
      const [{ top, bottom, left: from, right }] = stage.changes
      const zeros = left.filter((value) => value === 0).length
      expect(zeros).toBe((bottom - top) * (right - from))
      if (top > 0 && bottom < 8 && from > 0 && right < 8) expect(zeros).toBe(16)
      holes.add(zeros)
    }
    expect(Math.min(...holes)).toBe(4)
    expect(Math.max(...holes)).toBe(16)
  })
  it('changes brightness, saturation and contrast about their means', () => {
    const colour = (brightness: number, saturation: number, contrast: number): Float32Array =>
      changed(x, one({ kind: 'colour', changes: [{ brightness, saturation, contrast }] }, 'colour'))
    expect(colour(0, 1, 1)).toEqual(x)
    expect(
      closest(
        colour(0.25, 1, 1),
        x.map((value) => value + 0.25)
      )
    ).toBeLessThan(1e-6)
    const grey = colour(0, 0, 1)
    expect(grey[0]).toBeCloseTo((x[0] + x[1] + x[2]) / 3, 5)
    const flat = colour(0, 1, 0)
    const mean = x.subarray(0, size).reduce((sum, value) => sum + value, 0) / size
    expect(flat[5]).toBeCloseTo(mean, 5)
  })
  it('draws within the published ranges', () => {
    const random = createRandom(8)
    for (let i = 0; i < 100; i++) {
      for (const group of ['scale', 'rotate', 'crop'] as const) {
        const augmentation = { groups: [group], mode: 'one' as const }
        const [stage] = drawAugmentation(random, augmentation, shape, 'one').stages
        if (stage.kind !== 'move') throw new Error('another stage')
        const [move] = stage.changes
        if (move.kind === 'shift') {
          expect(Math.abs(move.down)).toBeLessThanOrEqual(1)
          expect(Math.abs(move.right)).toBeLessThanOrEqual(1)
        } else if (move.kind === 'affine' && group === 'scale') {
          for (const factor of [move.matrix[0], move.matrix[3]]) {
            expect(factor).toBeGreaterThanOrEqual(1 / 1.2)
            expect(factor).toBeLessThanOrEqual(1.2)
          }
        } else if (move.kind === 'affine')
          expect(move.matrix[0]).toBeGreaterThanOrEqual(Math.cos(Math.PI / 12))
      }
    }
  })
})

describe('a draw', () => {
  it('is the same for the same seed, and then changes two batches alike', () => {
    const draw = (): AugmentationDraw =>
      drawAugmentation(createRandom(4), photoAugmentation, shape, 'one')
    expect(draw()).toEqual(draw())
    const [first, second] = [pictures(1, 2), pictures(2, 3)]
    const both = new Float32Array([...first, ...second])
    const together = changed(both, draw())
    expect(changed(first, draw())).toEqual(together.slice(0, first.length))
    expect(changed(second, draw())).toEqual(together.slice(first.length))
  })
  it('for each picture changes each as its own draw would', () => {
    const draw = drawAugmentation(createRandom(4), { groups: ['rotate'], mode: 'one' }, shape, 3)
    const x = pictures(1, 3)
    const all = changed(x, draw)
    draw.stages[0].changes.forEach((_, picture) => {
      const [stage] = draw.stages
      if (stage.kind !== 'move') throw new Error('another stage')
      const own = one({ kind: 'move', changes: [stage.changes[picture]] }, 'rotate')
      const [from, to] = [picture * size, (picture + 1) * size]
      expect(closest(changed(x.slice(from, to), own), all.slice(from, to))).toBeLessThan(1e-6)
    })
    expect(() => changed(pictures(1, 2), draw)).toThrow(RangeError)
  })
  it('takes each group in turn in mode "one", and all in mode "all"', () => {
    const random = createRandom(1)
    const kinds = Array.from({ length: 60 }, () => {
      const { stages } = drawAugmentation(random, photoAugmentation, shape, 'one')
      return stages.map(({ kind }) => kind).join()
    })
    expect(new Set(kinds)).toEqual(new Set(['colour', 'move', 'mask']))
    const all = drawAugmentation(random, { groups, mode: 'all' }, shape, 2)
    expect(all.stages.map(({ kind }) => kind)).toEqual([
      'colour',
      'move',
      'mask',
      'move',
      'move',
      'move'
    ])
  })
})

describe.each(['native', 'wasm'] as const)('on %s', (id) => {
  beforeAll(async () => {
    device = await (id === 'native' ? openFastDevice() : openTestDevice())
  })
  const cases = [...groups.map((group) => [group]), groups].flatMap((used) =>
    ([1, 3] as const).map((channels) => ({ used, channels }))
  )
  it.each(cases)('$used on $channels channels: plain numbers, linearity, transpose', (given) => {
    const { used, channels } = given
    const { tf } = device
    const each = { ...shape, channels }
    const mode = used.length > 1 ? ('all' as const) : ('one' as const)
    const draw = drawAugmentation(createRandom(11), { groups: used, mode }, each, 3)
    const cut = (values: Float32Array): Float32Array => values.slice(0, 3 * 80 * channels)
    const [x, y] = [cut(pictures(5, 3)), cut(pictures(6, 3))]
    const plain = x.slice()
    augmentValues(plain, draw)
    const ofX = changed(x, draw)
    expect(closest(ofX, plain)).toBeLessThan(2e-6)

    const zero = changed(new Float32Array(x.length), draw)
    const both = changed(
      x.map((value, at) => value + y[at]),
      draw
    )
    const ofY = changed(y, draw)
    const sum = ofX.map((value, at) => value + ofY[at] - zero[at])
    expect(closest(both, sum)).toBeLessThan(1e-5)

    // <A x, y> = <x, A' y>, with A' y the gradient.
    const back = tf.tidy(() => {
      const [at, slope] = [x, y].map((values) => tf.tensor4d(values, [3, 8, 10, channels]))
      const pull = tf.grad((from: Tensor) => augment(tf, from as Tensor4D, draw))
      return pull(at, slope).dataSync<'float32'>()
    })
    const dot = (a: Float32Array, b: Float32Array): number =>
      a.reduce((total, value, at) => total + value * b[at], 0)
    const linear = ofX.map((value, at) => value - zero[at])
    expect(dot(linear, y)).toBeCloseTo(dot(x, back), 3)
  })
  it('may be differentiated twice', () => {
    const { tf } = device
    const draw = drawAugmentation(createRandom(2), { groups: ['scale'], mode: 'one' }, shape, 'one')
    tf.tidy(() => {
      const x = tf.tensor4d(pictures(1, 1), [1, 8, 10, 3])
      // f = |A x|^2 / 2 has gradient A'A x, and <gradient, v> has gradient A'A v.
      const f = (at: Tensor): Scalar =>
        tf.div(tf.sum(tf.square(augment(tf, at as Tensor4D, draw))), 2)
      const v = tf.tensor4d(pictures(2, 1), [1, 8, 10, 3])
      const second = tf.grad((at) => tf.sum(tf.mul(tf.grad(f)(at), v)))(x)
      const expected = tf.grad(f)(v)
      expect(closest(second.dataSync<'float32'>(), expected.dataSync<'float32'>())).toBeLessThan(
        1e-5
      )
    })
  })
})

describe('in a repeated step', () => {
  it('is recorded once, whichever group was drawn, and gives the bits of the plain way', async () => {
    device = await openFastDevice()
    const { tf } = device
    const form = augmentationForm(photoAugmentation, shape)
    const random = createRandom(9)
    let recorded = 0
    const step = repeatedStep(tf, ([x, ...tensors]) => {
      recorded++
      const pull = tf.valueAndGrad((at: Tensor) =>
        tf.sum(tf.square(augmentWith(tf, at as Tensor4D, form, tensors)))
      )
      return pull(x).grad
    })
    const x = tf.tensor4d(pictures(1, 2), [2, 8, 10, 3])
    const before = tf.memory().numTensors
    for (let i = 0; i < 12; i++) {
      const draw = drawAugmentation(random, photoAugmentation, shape, 'one')
      const tensors = augmentationTensors(tf, draw)
      const repeated = step.run([x, ...tensors])
      tf.dispose(tensors)
      const plain = tf.tidy(() =>
        tf
          .grad((at: Tensor) => tf.sum(tf.square(augment(tf, at as Tensor4D, draw))))(x)
          .dataSync<'float32'>()
      )
      expect(closest(repeated, plain)).toBeLessThan(1e-5)
    }
    expect(tf.memory().numTensors).toBe(before)
    expect(recorded).toBe(1)
    step.dispose()
    x.dispose()
  })
})
