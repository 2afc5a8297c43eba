import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import {
  addUpCurvature,
  factorDamped,
  solveDamped,
  type Curvature,
  type CurvatureRows
} from './curvature.ts'
import { fitKronecker, meanSquare, solveKronecker } from './kronecker-curvature.ts'
import { expandLabels, reduceLabels, sumZeroBasis } from './sum-zero.ts'
import { dotOf, fullFisher, softmaxOf, solveDense } from './target.test-support.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const signal = new AbortController().signal

async function last<T>(
  run: AsyncGenerator<number, T, void> | Generator<number, T, void>
): Promise<T> {
  let step = await run.next()
  while (step.done !== true) step = await run.next()
  return step.value
}

function drawRows(seed: number, count: number, width: number): CurvatureRows {
  const random = createRandom(seed)
  const h = Float32Array.from({ length: count * width }, (_, i) =>
    i % width === width - 1 ? 1 : random.normal()
  )
  return { h, width, count }
}

const rowOf = ({ h, width }: CurvatureRows, row: number): number[] => [
  ...h.subarray(row * width, (row + 1) * width)
]

describe('the basis of sum zero', () => {
  it('is orthonormal, and takes vectors of sum zero there and back', () => {
    const basis = sumZeroBasis(6)
    for (let k = 0; k < 5; k++) {
      const own = [...basis.subarray(k * 6, (k + 1) * 6)]
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(0, 12)
      for (let l = 0; l < 5; l++)
        expect(dotOf(own, [...basis.subarray(l * 6, (l + 1) * 6)])).toBeCloseTo(k === l ? 1 : 0, 12)
    }
    const matrix = Float64Array.of(3, 1, -1, 2, 0, 0, -4, -4, 1, 0.5, 1, 0.5)
    const back = expandLabels(basis, reduceLabels(basis, matrix, 6, 2), 6, 2)
    matrix.forEach((value, i) => expect(back[i]).toBeCloseTo(value, 12))
  })
})

describe('the dense curvature', () => {
  it('with one number on the side of the labels is the leverage of linear regression', async () => {
    // y = x b + noise with squared loss: phi = x and, with lam = 0 and nothing projected, TRAK's
    // x_i (X^T X)^-1 x_j times the residual is what leaving row i out does to the answer for j, up to
    // the factor 1 - leverage, exactly.
    const rows = drawRows(3, 60, 7)
    const random = createRandom(5)
    const truth = Array.from({ length: 7 }, () => random.normal())
    const y = Array.from({ length: 60 }, (_, i) => dotOf(rowOf(rows, i), truth) + random.normal())
    const curvature = await last(
      addUpCurvature(device.tf, rows, 1, (_, out) => out.fill(1), signal)
    )
    expect(await last(factorDamped(curvature, 0, () => 0, signal))).toBe(0)
    const leastSquares = (use: readonly number[]): number[] => {
      const a = truth.map((_, i) =>
        truth.map((_x, j) => use.reduce((sum, r) => sum + rowOf(rows, r)[i] * rowOf(rows, r)[j], 0))
      )
      const b = truth.map((_, i) => use.reduce((sum, r) => sum + rowOf(rows, r)[i] * y[r], 0))
      return solveDense(a, b)
    }
    const all = Array.from({ length: 60 }, (_, i) => i)
    const fitted = leastSquares(all)
    const query = Array.from({ length: 7 }, () => random.normal())
    const solve = (vector: readonly number[]): number[] => {
      const out = Float64Array.from(vector)
      solveDamped(curvature, out)
      return Array.from(out, (value) => value / 60)
    }
    const direction = solve(query)
    for (const i of [0, 13, 59]) {
      const x = rowOf(rows, i)
      const residual = y[i] - dotOf(x, fitted)
      const tau = dotOf(x, direction) * residual
      const leverage = dotOf(x, solve(x))
      const without = leastSquares(all.filter((row) => row !== i))
      expect(tau / (1 - leverage)).toBeCloseTo(dotOf(query, fitted) - dotOf(query, without), 4)
    }
  })

  it('is the whole Fisher matrix with its decay, in blocks and over labels', async () => {
    const rows = drawRows(8, 1500, 4)
    const random = createRandom(2)
    const weights = Float64Array.from({ length: 3 * 4 }, () => random.normal())
    const basis = sumZeroBasis(3)
    const p = Array.from({ length: 1500 }, (_, i) => softmaxOf(weights, rowOf(rows, i)))
    const fisher = (row: number, out: Float64Array): void => {
      for (let k = 0; k < 2; k++)
        for (let l = 0; l < 2; l++) {
          let sum = 0
          for (let c = 0; c < 3; c++)
            for (let d = 0; d < 3; d++)
              sum +=
                basis[k * 3 + c] * basis[l * 3 + d] * p[row][c] * ((c === d ? 1 : 0) - p[row][d])
          out[k * 2 + l] = sum
        }
    }
    const curvature = await last(addUpCurvature(device.tf, rows, 2, fisher, signal))
    await last(factorDamped(curvature, 0, (i) => (i % 4 === 3 ? 0 : 0.05), signal))
    const all = Array.from({ length: 1500 }, (_, i) => i)
    const h = all.map((i) => rowOf(rows, i))
    const dense = fullFisher(weights, h, 3, 0.05, all)
    // Along (1, 1, 1) (x) bias there is no curvature: any value picks the same answer of sum zero.
    for (const line of [3, 7, 11]) for (const at of [3, 7, 11]) dense[line][at] += 1
    const target = reduceLabels(basis, [1, -2, 0, 1, 3, 0, 0, -1, -4, 2, 0, 0], 3, 4)
    const full = expandLabels(basis, target, 3, 4)
    const expected = solveDense(dense, [...full])
    solveDamped(curvature, target)
    expandLabels(basis, target, 3, 4).forEach((value, i) =>
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-4 * Math.max(...expected.map(Math.abs)))
    )
  })

  it('raises the damping where a matrix cannot be turned around, and says what it used', async () => {
    const rows = drawRows(3, 3, 6)
    const make = (): Promise<Curvature> =>
      last(addUpCurvature(device.tf, rows, 1, (_, out) => out.fill(1), signal))
    const used = await last(factorDamped(await make(), 0, () => 0, signal))
    expect(used).toBeGreaterThan(0)
    expect(await last(factorDamped(await make(), 0.5, () => 0, signal))).toBe(0.5)
    const nothing: Curvature = { matrix: new Float64Array(16), n: 4 }
    await expect(last(factorDamped(nothing, 0, () => 0, signal))).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('stops when asked to', async () => {
    const stop = new AbortController()
    const run = addUpCurvature(
      device.tf,
      drawRows(1, 3000, 5),
      2,
      (_, out) => out.fill(1),
      stop.signal
    )
    await run.next()
    await run.next()
    stop.abort(new Error('enough'))
    await expect(run.next()).rejects.toThrow('enough')
  })
})

describe('EK-FAC', () => {
  const classes = 4
  const width = 6
  const basis = sumZeroBasis(classes)
  const query = expandLabels(
    basis,
    Float64Array.from({ length: 3 * width }, (_, i) => Math.sin(i + 1)),
    classes,
    width
  )

  async function both(p: Float32Array, rows: CurvatureRows, addition: number): Promise<number[][]> {
    const kronecker = await last(fitKronecker(device.tf, rows, p, signal))
    const short = solveKronecker(kronecker, query, addition)
    const fisher = (row: number, out: Float64Array): void => {
      for (let k = 0; k < 3; k++)
        for (let l = 0; l < 3; l++) {
          let [sum, a, b] = [0, 0, 0]
          for (let c = 0; c < classes; c++) {
            const share = p[row * classes + c]
            sum += share * basis[k * classes + c] * basis[l * classes + c]
            a += share * basis[k * classes + c]
            b += share * basis[l * classes + c]
          }
          out[k * 3 + l] = sum - a * b
        }
    }
    const exact = await last(addUpCurvature(device.tf, rows, 3, fisher, signal))
    const mean = [...Array(exact.n).keys()].reduce(
      (sum, i) => sum + exact.matrix[i * exact.n + i],
      0
    )
    expect(meanSquare(kronecker)).toBeCloseTo(mean / exact.n, 5)
    await last(factorDamped(exact, 0, () => addition, signal))
    const own = reduceLabels(basis, query, classes, width)
    solveDamped(exact, own)
    return [[...short], [...expandLabels(basis, own, classes, width)]]
  }

  it('equals the exact form when the Fisher matrix is a Kronecker product', async () => {
    // The same probabilities in every row: then the mean of S (x) h h^T is S (x) mean of h h^T.
    const rows = drawRows(4, 400, width)
    const p = Float32Array.from({ length: 400 * classes }, (_, i) => [0.1, 0.2, 0.3, 0.4][i % 4])
    for (const addition of [0.01, 0.5]) {
      const [short, exact] = await both(p, rows, addition)
      const size = Math.max(...exact.map(Math.abs))
      short.forEach((value, i) => expect(Math.abs(value - exact[i])).toBeLessThan(1e-4 * size))
    }
  })

  it('holds the diagonal of the whole Fisher matrix in its axes, and corrects towards the exact form', async () => {
    const rows = drawRows(9, 600, width)
    const random = createRandom(6)
    const weights = Float64Array.from({ length: classes * width }, () => 0.7 * random.normal())
    const all = Array.from({ length: 600 }, (_, i) => i)
    const h = all.map((i) => rowOf(rows, i))
    const p = Float32Array.from(h.flatMap((row) => softmaxOf(weights, row)))
    const fisher = fullFisher(weights, h, classes, 0, all)
    const { labelAxes, columnAxes, squares } = await last(fitKronecker(device.tf, rows, p, signal))
    for (let k = 0; k < classes - 1; k++)
      for (let a = 0; a < width; a++) {
        const axis = [...labelAxes.subarray(k * classes, (k + 1) * classes)].flatMap((label) =>
          [...columnAxes.subarray(a * width, (a + 1) * width)].map((value) => label * value)
        )
        const along = dotOf(
          axis,
          fisher.map((line) => dotOf(line, axis))
        )
        expect(squares[k * width + a]).toBeCloseTo(along, 4)
      }
    const cosine = (a: readonly number[], b: readonly number[]): number =>
      dotOf(a, b) / (Math.hypot(...a) * Math.hypot(...b))
    const [short, exact] = await both(p, rows, 0.02)
    expect(cosine(short, exact)).toBeGreaterThan(cosine([...query], exact) + 0.05)
    expect(cosine(short, exact)).toBeLessThan(0.99999)
  })
})
