import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { factorDamped, solveDamped, type CurvatureRows } from '../../head-gradients/curvature.ts'
import { unpackHeads } from '../../head-gradients/head-set.ts'
import {
  checkpointOf,
  correlation,
  dotOf,
  runSpec,
  scaledRow,
  scoresOf,
  softmaxOf,
  solveDense,
  type TargetRecord
} from '../../head-gradients/target.test-support.ts'
import { makeCase, type Case } from '../icons/icons.test-support.ts'
import { trakSpec } from './method.ts'
import { trakParams, type TrakParams } from './params.ts'
import { addUpProjected, carryBack, projectAll, type Projection } from './projected.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const shape = { rows: 220, columns: 5, classes: 3, tasks: 2, budget: 30 }

const run = (given: Case, params: Partial<TrakParams>): Promise<TargetRecord> =>
  runSpec(device, given.inputs, trakSpec(trakParams.parse({ subTasks: 'none', ...params })))

/** phi written out for labels 1.. minus label 0: full rank where labels sum to zero. */
function oddsGradient(weights: Float32Array, h: number[], label: number): number[] {
  const p = softmaxOf(weights, h)
  return p.flatMap((own, c) =>
    h.map((value) => ((c === label ? 1 : 0) - (c === label ? 0 : own / (1 - p[label]))) * value)
  )
}

describe('TRAK', () => {
  it('equals its formula on whole gradients, averaged over helper models', async () => {
    const given = makeCase(5, shape)
    const record = await run(given, { members: 2, damping: 0 })
    const checkpoint = checkpointOf(record, 'heads')
    const { weights } = unpackHeads(checkpoint)
    const { inputs, values } = given
    const h = [...inputs.labels].map((_, i) => scaledRow(checkpoint, values, i))
    const taus = inputs.tasks.map(() => h.map(() => 0))
    const doubts = h.map(() => 0)
    for (const own of weights) {
      const phi = h.map((row, i) => oddsGradient(own, row, inputs.labels[i]))
      // The matrix is singular along labels moved all alike, where no phi has a part: an addition
      // there changes nothing.
      const n = phi[0].length
      const width = n / 3
      const matrix = Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_x, j) =>
          phi.reduce((sum, g) => sum + g[i] * g[j], i % width === j % width ? 1 : 0)
        )
      )
      inputs.tasks.forEach(({ parts: [part] }, task) => {
        const mean = Array.from({ length: n }, () => 0)
        part.labels.forEach((label, v) => {
          const row = scaledRow(checkpoint, part.features, v)
          oddsGradient(own, row, label).forEach((value, i) => {
            mean[i] += value / part.labels.length
          })
        })
        const direction = solveDense(
          matrix.map((line) => [...line]),
          mean
        )
        phi.forEach((g, i) => {
          taus[task][i] += dotOf(g, direction) / weights.length
        })
      })
      h.forEach((row, i) => {
        doubts[i] += (1 - softmaxOf(own, row)[inputs.labels[i]]) / weights.length
      })
    }
    const expected = taus.flatMap((own) => own.map((tau, i) => tau * doubts[i]))
    const got = scoresOf(record)
    const size = Math.max(...expected.map(Math.abs))
    expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(1e-3 * size))
  })

  it('raises the damping and says so where items are fewer than numbers', async () => {
    const given = makeCase(5, { ...shape, rows: 30, columns: 40, budget: 5 })
    const { selection } = await run(given, { members: 1, damping: 0 })
    expect(selection.notes.join(' ')).toMatch(/damping was raised/)
    expect(selection.notes.join(' ')).toMatch(/few labelled items/)
    expect(selection.columns['value'].every(Number.isFinite)).toBe(true)
  })
})

describe('the projected form', () => {
  const signal = new AbortController().signal

  it('gives the same products when a direction is carried back as when rows are projected', () => {
    const projection: Projection = { seed: 7, labels: 3, width: 6, size: 40 }
    const random = createRandom(2)
    const draw = (n: number): Float64Array =>
      Float64Array.from({ length: n }, () => random.normal())
    const [gradient, x] = [draw(18), draw(40)]
    const [projected] = projectAll(projection, [gradient])
    const [back] = carryBack(projection, [x])
    expect(dotOf([...gradient], [...back])).toBeCloseTo(dotOf([...projected], [...x]), 9)
  })

  it('adds up the projected rows, and solves close to the whole form when it is wide', async () => {
    const random = createRandom(4)
    const [count, width, labels] = [1300, 6, 2]
    const h = Float32Array.from({ length: count * width }, () => random.normal())
    const vectors = Float32Array.from({ length: count * labels }, () => random.normal())
    const rows: CurvatureRows = { h, width, count }
    const projection: Projection = { seed: 3, labels, width, size: 512 }
    const adding = addUpProjected(device.tf, projection, rows, vectors, signal)
    let step = await adding.next()
    while (step.done !== true) step = await adding.next()
    const curvature = step.value
    const full = Array.from({ length: count }, (_, i) =>
      [0, 1].flatMap((c) =>
        [...h.subarray(i * width, (i + 1) * width)].map((value) => vectors[i * labels + c] * value)
      )
    )
    const projected = projectAll(
      projection,
      full.map((g) => Float64Array.from(g))
    )
    for (const [a, b] of [
      [0, 0],
      [3, 500],
      [511, 12]
    ]) {
      const mean = projected.reduce((sum, phi) => sum + phi[a] * phi[b], 0) / count
      expect(curvature.matrix[a * 512 + b]).toBeCloseTo(mean, 4)
    }
    const query = Float64Array.from({ length: labels * width }, () => random.normal())
    const own = projectAll(projection, [query])
    const factoring = factorDamped(curvature, 0.1, () => 0, signal)
    while (factoring.next().done !== true);
    solveDamped(curvature, own[0])
    const [direction] = carryBack(projection, own)
    const second = Array.from({ length: 12 }, (_, i) =>
      Array.from({ length: 12 }, (_x, j) => full.reduce((s, g) => s + g[i] * g[j], 0) / count)
    )
    const trace = second.reduce((sum, line, i) => sum + line[i], 0)
    // The mean of the projected diagonal is trace / size.
    second.forEach((line, i) => {
      line[i] += (0.1 * trace) / 512
    })
    const exact = solveDense(second, [...query])
    expect(correlation([...direction], exact)).toBeGreaterThan(0.97)
  })

  it('is used where labels x columns are many, and said', async () => {
    const given = makeCase(6, { rows: 150, columns: 210, classes: 22, tasks: 1, budget: 20 })
    const record = await run(given, { members: 1, projection: 64, warmUpEpochs: 1 })
    expect(record.selection.notes.join(' ')).toContain('projected at random to 64')
    expect(record.selection.columns['value'].every(Number.isFinite)).toBe(true)
    const again = await run(given, { members: 1, projection: 64, warmUpEpochs: 1 })
    expect(again.selection).toEqual(record.selection)
  })
})
