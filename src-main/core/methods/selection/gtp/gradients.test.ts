import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { makeCase } from '../icons/icons.test-support.ts'
import { openGradients, type GradientDictionary } from './gradients.ts'
import { meanOf, referenceTrajectories, runGtpCase } from './gtp.test-support.ts'
import { candidateRows, last } from './target.ts'
import { unpackTrajectory } from './trajectory.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const signal = new AbortController().signal
const given = makeCase(3, { rows: 90, columns: 6, classes: 4, tasks: 1, budget: 10 })
const all = Uint32Array.from({ length: 90 }, (_, i) => i)

const dot = (a: readonly number[], b: ArrayLike<number>): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0)

async function open(
  keepBytes: number,
  isUnit = false
): Promise<{ dictionary: GradientDictionary; reference: number[][] }> {
  const { checkpoints } = await runGtpCase(device, given.inputs)
  const options = { device, signal, blockRows: 32, keepBytes, isUnit }
  const trajectory = unpackTrajectory(checkpoints[0])
  const rows = candidateRows(given.inputs, all)
  const dictionary = await last(openGradients(rows, trajectory, options))
  const reference = referenceTrajectories(given.values, given.inputs.labels, checkpoints[0])
  return { dictionary, reference }
}

describe.each([
  ['kept', 1e9],
  ['read anew each time', 0]
])('factored trajectories, %s', (_, keepBytes) => {
  it('equal the whole vectors in lengths, products, Gram matrix and sums', async () => {
    const { dictionary, reference } = await open(keepBytes)
    expect(dictionary.size).toBe(4 * 4 * 7)
    reference.forEach((row, i) => expect(dictionary.squares[i]).toBeCloseTo(dot(row, row), 4))
    const vector = Float64Array.from({ length: dictionary.size }, () => 0)
    const random = createRandom(1)
    vector.forEach((_value, i) => (vector[i] = random.normal()))
    const products = await last(dictionary.products(vector))
    reference.forEach((row, i) => expect(products[i]).toBeCloseTo(dot(row, vector), 3))
    const columns = Uint32Array.of(5, 80, 33, 5)
    const gram = await dictionary.gram(columns)
    columns.forEach((a, i) =>
      columns.forEach((b, j) =>
        expect(gram[i * 4 + j]).toBeCloseTo(dot(reference[a], reference[b]), 3)
      )
    )
    const cross = await dictionary.gram(columns, Uint32Array.of(7))
    columns.forEach((a, i) => expect(cross[i]).toBeCloseTo(dot(reference[a], reference[7]), 3))
    const mean = await dictionary.combine(all, new Float64Array(90).fill(1 / 90))
    meanOf(reference).forEach((value, i) => expect(mean[i]).toBeCloseTo(value, 5))
  })

  it('have length 1 where strong and weak items shall count alike', async () => {
    const { dictionary, reference } = await open(keepBytes, true)
    for (const squares of dictionary.squares) expect(squares).toBeCloseTo(1, 5)
    const gram = await dictionary.gram(Uint32Array.of(2, 9))
    const cosine =
      dot(reference[2], reference[9]) /
      Math.sqrt(dot(reference[2], reference[2]) * dot(reference[9], reference[9]))
    expect(gram[1]).toBeCloseTo(cosine, 5)
  })
})

it('kept and read anew give the same bits', async () => {
  const [kept, anew] = [(await open(1e9)).dictionary, (await open(0)).dictionary]
  expect(anew.squares).toEqual(kept.squares)
  const columns = Uint32Array.of(1, 40, 77)
  expect(await anew.gram(columns)).toEqual(await kept.gram(columns))
  const mean = await kept.combine(all, new Float64Array(90).fill(1))
  expect(await last(anew.products(mean))).toEqual(await last(kept.products(mean)))
})
