import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { factorPart, invertFactor, solveFactor } from './part-factor.ts'

/** A Gram matrix of n Gaussian columns of `rows` numbers. */
function gramOf(seed: number, rows: number, n: number): Float64Array {
  const random = createRandom(seed)
  const columns = Array.from({ length: n }, () =>
    Float64Array.from({ length: rows }, () => random.normal())
  )
  return Float64Array.from({ length: n * n }, (_, at) =>
    columns[Math.floor(at / n)].reduce((sum, value, i) => sum + value * columns[at % n][i], 0)
  )
}

const everyOther = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => 2 * i)

describe('factors of parts', () => {
  it.each([1, 3, 4, 5, 8, 30, 67])('a part of %i places is solved and inverted', (s) => {
    const n = 2 * s
    const gram = gramOf(s, n + 10, n)
    const places = everyOther(s)
    const ridge = 0.5
    const factor = factorPart(gram, n, places, ridge)
    const inverse = invertFactor(factor, s)
    const wanted = Float64Array.from({ length: s }, (_, i) => Math.sin(i + 1))
    const right = Float64Array.from(places, (a, i) =>
      places.reduce((sum, b, j) => sum + gram[a * n + b] * wanted[j], ridge * wanted[i])
    )
    const solved = right.slice()
    solveFactor(factor, s, solved)
    for (let i = 0; i < s; i++) {
      expect(solved[i]).toBeCloseTo(wanted[i], 6)
      // Row i of the inverse times L is row i of the identity.
      for (let j = 0; j < s; j++) {
        let product = 0
        for (let k = j; k <= i; k++) product += inverse[i * s + k] * factor[k * s + j]
        expect(product).toBeCloseTo(i === j ? 1 : 0, 9)
      }
    }
  })

  it('makes a singular part firm, and takes an impossible one as its diagonal', () => {
    // Three copies of one column.
    const copies = new Float32Array(9).fill(4)
    const factor = factorPart(copies, 3, Uint32Array.of(0, 1, 2), 0)
    expect(factor[0]).toBeCloseTo(2, 3)
    expect(factor[8]).toBeGreaterThan(0)
    const impossible = Float64Array.of(1, 5, 5, 4)
    expect([...factorPart(impossible, 2, Uint32Array.of(0, 1), 0)].map(Math.round)).toEqual([
      1, 0, 0, 2
    ])
  })
})
