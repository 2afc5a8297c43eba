import { describe, expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { lengthOf, logitsInto, rowVector, type RowKind } from './row-factors.ts'
import { dotOf, fullGradient, softmaxOf } from './target.test-support.ts'

const [classes, width, rows] = [5, 9, 12]
const random = createRandom(4)
const weights = Float64Array.from({ length: classes * width }, () => random.normal())
const h = Array.from({ length: rows }, () =>
  Array.from({ length: width }, (_, j) => (j === width - 1 ? 1 : random.normal()))
)
const labels = h.map(() => random.below(classes))

function vectorOf(row: number, kind: RowKind): { a: number[]; doubt: number } {
  const logits = new Float64Array(classes)
  logitsInto(weights, h[row], 0, width, logits)
  const a = new Float64Array(classes)
  const doubt = rowVector(kind, logits, 0, labels[row], a)
  return { a: [...a], doubt }
}

describe('the identities of factored gradients', () => {
  it('hold to 1e-9: dots, lengths, cosines, sums and products with a direction', () => {
    const full = h.map((row, i) => fullGradient(weights, row, labels[i]))
    const errors = h.map((_, i) => vectorOf(i, 'error').a)
    const direction = Array.from({ length: classes * width }, () => random.normal())
    const close = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-9)
    for (let i = 0; i < rows; i++) {
      const lengths = lengthOf(Float64Array.from(errors[i])) * lengthOf(Float64Array.from(h[i]))
      close(lengths, Math.hypot(...full[i]))
      const through = errors[i].map(
        (e, c) => e * dotOf(h[i], direction.slice(c * width, (c + 1) * width))
      )
      close(
        through.reduce((a, b) => a + b),
        dotOf(full[i], direction)
      )
      for (let j = 0; j < rows; j++) {
        const dot = dotOf(errors[i], errors[j]) * dotOf(h[i], h[j])
        close(dot, dotOf(full[i], full[j]))
        const other = Math.hypot(...errors[j]) * Math.hypot(...h[j])
        close(dot / (lengths * other), dotOf(full[i], full[j]) / (lengths * Math.hypot(...full[j])))
      }
    }
    for (let c = 0; c < classes; c++)
      for (let k = 0; k < width; k++) {
        const sum = errors.reduce((total, e, i) => total + (i + 1) * e[c] * h[i][k], 0)
        close(
          sum,
          full.reduce((total, g, i) => total + (i + 1) * g[c * width + k], 0)
        )
      }
  })

  it('G1: the golden gradient of three labels at W = 0', () => {
    const e = new Float64Array(3)
    expect(rowVector('error', [0, 0, 0], 0, 0, e)).toBeCloseTo(2 / 3, 12)
    const g = [...e].flatMap((value) => [1, 2, 1].map((own) => value * own))
    const expected = [-2 / 3, -4 / 3, -2 / 3, 1 / 3, 2 / 3, 1 / 3, 1 / 3, 2 / 3, 1 / 3]
    g.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12))
    expect(Math.hypot(...g)).toBeCloseTo(2, 12)
  })
})

describe('the gradient of the log odds', () => {
  it('is minus the loss gradient divided by 1 - p, and sums to zero', () => {
    for (let row = 0; row < rows; row++) {
      const odds = vectorOf(row, 'odds')
      const error = vectorOf(row, 'error')
      expect(odds.doubt).toBeCloseTo(1 - softmaxOf(weights, h[row])[labels[row]], 12)
      odds.a.forEach((value, c) => expect(value).toBeCloseTo(-error.a[c] / error.doubt, 9))
      expect(odds.a.reduce((a, b) => a + b)).toBeCloseTo(0, 12)
    }
  })

  it('agrees with differences of the log odds', () => {
    const logits = [0.4, -1.2, 0.9]
    const odds = (values: number[]): number => {
      const p = softmaxOf([...values], [1])[0]
      return Math.log(p / (1 - p))
    }
    const a = new Float64Array(3)
    rowVector('odds', logits, 0, 0, a)
    logits.forEach((_, c) => {
      const move = (by: number): number[] => logits.map((z, i) => (i === c ? z + by : z))
      expect(a[c]).toBeCloseTo((odds(move(1e-5)) - odds(move(-1e-5))) / 2e-5, 7)
    })
  })

  it('stays finite where p rounds to 0 or 1, and is zero with one label', () => {
    const a = new Float64Array(3)
    expect(rowVector('odds', [900, 0, 1], 0, 0, a)).toBe(0)
    expect(a[0]).toBe(1)
    expect(a[1] + a[2]).toBeCloseTo(-1, 12)
    expect(rowVector('odds', [-900, 0, 1], 0, 0, a)).toBe(1)
    expect(a.every(Number.isFinite)).toBe(true)
    const one = new Float64Array(1)
    expect(rowVector('odds', [3], 0, 0, one)).toBe(0)
    expect(one[0]).toBe(0)
  })
})
