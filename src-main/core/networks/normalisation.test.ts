// Normalisation: scaling by channel and by column, and back; whitening in both flavours.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../compute/devices/device.ts'
import { createRandom } from '../compute/random.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import {
  columnNormalisation,
  labelledColumns,
  labelledPictures,
  labelledValues,
  oneHotShares,
  pictureNormalisation,
  publishedNormalisation,
  toPixels
} from './normalisation.ts'
import { applyZca, fitZca, undoZca, whitenedRows, zcaStrength } from './zca.ts'

const { signal } = new AbortController()
const everyRow = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i)

describe('scaling', () => {
  const random = createRandom(1)
  const pixels = Uint8Array.from({ length: 10 * 4 * 3 }, () => random.below(256))
  const shape = { height: 2, width: 2, channels: 3 }
  it('brings each channel to mean 0 and spread 1, and bytes come back', () => {
    const normalisation = pictureNormalisation(pixels, 3)
    const rows = labelledPictures(pixels, new Int32Array(10), shape, normalisation)
    const values = rows.read(everyRow(10))
    for (let channel = 0; channel < 3; channel++) {
      const own = values.filter((_, at) => at % 3 === channel)
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length
      const variance = own.reduce((sum, value) => sum + value * value, 0) / own.length
      expect(mean).toBeCloseTo(0, 5)
      expect(variance).toBeCloseTo(1, 4)
    }
    expect(toPixels(values, 3, normalisation)).toEqual(pixels)
    expect(rows.read(Uint32Array.of(7))).toEqual(values.slice(84, 96))
  })
  it('takes published constants', () => {
    const { fashionMnist } = publishedNormalisation
    const grey = { height: 1, width: 2, channels: 1 }
    const rows = labelledPictures(Uint8Array.of(0, 255), new Int32Array(1), grey, fashionMnist)
    const [black, white] = rows.read(Uint32Array.of(0))
    expect(black).toBeCloseTo(-0.2861 / 0.353, 6)
    expect(white).toBeCloseTo(0.7139 / 0.353, 6)
  })
  it('leaves channels and columns of one value only finite', () => {
    const flat = pictureNormalisation(new Uint8Array(12).fill(51), 3)
    expect(flat.mean[0]).toBeCloseTo(0.2, 12)
    expect(flat.sd).toEqual([1, 1, 1])
    const columns = columnNormalisation(Float32Array.of(5, 1e7, 5, 1e7 + 2), 2)
    expect(columns.mean).toEqual([5, 1e7 + 1])
    expect(columns.sd).toEqual([1, 1])
    const rows = labelledColumns(Float32Array.of(5, 1e7), Int32Array.of(1), columns)
    expect(rows.read(Uint32Array.of(0))).toEqual(Float32Array.of(0, -1))
  })
  it('makes one-hot targets', () => {
    expect(oneHotShares(Int32Array.of(1, 0), 3)).toEqual(Float32Array.of(0, 1, 0, 1, 0, 0))
  })
})

describe('whitening', () => {
  let device: Device
  beforeAll(async () => {
    device = await openFastDevice()
  })
  const [count, size] = [400, 6]
  const random = createRandom(2)
  const mix = Array.from({ length: size * size }, () => random.normal())
  const values = new Float32Array(count * size)
  for (let row = 0; row < count; row++) {
    const source = Array.from({ length: size }, () => random.normal())
    for (let c = 0; c < size; c++)
      values[row * size + c] =
        3 + source.reduce((sum, value, i) => sum + value * mix[i * size + c], 0)
  }
  const rows = labelledValues(values, new Int32Array(count))

  /** X'X / count of rows. */
  function second(x: Float32Array): number[] {
    return Array.from({ length: size * size }, (_, at) => {
      const [a, b] = [Math.floor(at / size), at % size]
      let sum = 0
      for (let row = 0; row < count; row++) sum += x[row * size + a] * x[row * size + b]
      return sum / count
    })
  }

  it('of trajectories: no covariance is left where nothing is added, and it can be undone', async () => {
    const { tf } = device
    const before = tf.memory().numTensors
    const zca = await fitZca(tf, rows, 'trajectory', signal, 0)
    const white = applyZca(tf, zca, values)
    second(white).forEach((value, at) => {
      const isDiagonal = at % (size + 1) === 0
      expect(value * (count / (count - 1))).toBeCloseTo(isDiagonal ? 1 : 0, 3)
    })
    undoZca(tf, zca, white).forEach((value, at) => expect(value).toBeCloseTo(values[at], 3))
    expect(whitenedRows(tf, zca, rows).read(Uint32Array.of(3))).toHaveLength(size)
    expect(tf.memory().numTensors).toBe(before)
  })
  it('of trajectories: 0.1 is added to eigenvalues, so what hardly varies is not blown up', async () => {
    const one = values.map((value, at) => (at % size === 0 ? (value - 3) * 1e-3 : 0))
    const zca = await fitZca(
      device.tf,
      labelledValues(one, new Int32Array(count)),
      'trajectory',
      signal
    )
    expect(zcaStrength).toBe(0.1)
    expect(zca.whiten[size + 1]).toBeCloseTo(1 / Math.sqrt(0.1), 4)
    expect(zca.whiten[0]).toBeCloseTo(1 / Math.sqrt(0.1), 2)
  })
  it('of kernels: pictures to mean 0 and length 1, scaled by the mean eigenvalue', async () => {
    const { tf } = device
    const zca = await fitZca(tf, rows, 'kernel', signal, 0.1)
    const row = values.slice(0, size)
    const shifted = row.map((value) => 5 * value + 2)
    const [a, b] = [applyZca(tf, zca, row), applyZca(tf, zca, shifted)]
    a.forEach((value, at) => expect(b[at]).toBeCloseTo(value, 4))
    const back = undoZca(tf, zca, a)
    expect(back.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4)
    expect(back.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 4)
    // Lengths 1 give a trace of 1; the constant direction has eigenvalue 0 and only the strength.
    const ones = new Float32Array(size).fill(1)
    const alongOnes = ones.map((_, i) =>
      zca.whiten.subarray(i * size, (i + 1) * size).reduce((sum, value) => sum + value, 0)
    )
    for (const value of alongOnes) expect(value).toBeCloseTo(1 / Math.sqrt(0.1 / size), 1)
  })
  it('needs two rows and stops when asked', async () => {
    const { tf } = device
    const single = labelledValues(values.slice(0, size), new Int32Array(1))
    await expect(fitZca(tf, single, 'kernel', signal)).rejects.toThrow(RangeError)
    const stopped = AbortSignal.abort(new Error('stopped'))
    await expect(fitZca(tf, rows, 'kernel', stopped)).rejects.toThrow('stopped')
  })
})
