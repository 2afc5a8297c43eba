// Drawing around items against the textbook rule, and the search for the next item against trying
// all of them, on any points.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowsInside, type Outline } from './lasso.ts'
import { createPointGrid } from './point-grid.ts'

const coordinate = fc.integer({ min: -40, max: 40 }).map((value) => value / 37)
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 60 })
const corners = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 12 })

const xs = (list: readonly (readonly [number, number])[]): Float32Array =>
  Float32Array.from(list, ([x]) => x)
const ys = (list: readonly (readonly [number, number])[]): Float32Array =>
  Float32Array.from(list, ([, y]) => y)

/** Even-odd rule, every edge, the plain way. */
function isInside({ x, y }: Outline, px: number, py: number): boolean {
  let inside = false
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    const [xi, yi, xj, yj] = [x[i] ?? 0, y[i] ?? 0, x[j] ?? 0, y[j] ?? 0]
    if (yi > py !== yj > py && px < ((xj - xi) * (py - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

describe('drawing around items', () => {
  it('finds the points the textbook rule finds, among those that count', () => {
    fc.assert(
      fc.property(points, corners, fc.array(fc.boolean()), (list, drawn, flags) => {
        const outline = { x: drawn.map(([x]) => x), y: drawn.map(([, y]) => y) }
        const [x, y] = [xs(list), ys(list)]
        const accept = Uint8Array.from(list, (_, i) => (flags[i] === false ? 0 : 1))
        const clear = (i: number): boolean => !isOnEdge(outline, x[i] ?? 0, y[i] ?? 0)
        const plain = list.flatMap((_, i) =>
          accept[i] === 1 && isInside(outline, x[i] ?? 0, y[i] ?? 0) ? [i] : []
        )
        const found = Array.from(rowsInside(outline, x, y, accept))
        expect(found.filter(clear)).toEqual(plain.filter(clear))
      }),
      { numRuns: 300 }
    )
  })

  it('finds nothing in less than a triangle', () => {
    expect(
      rowsInside({ x: [0, 1], y: [0, 1] }, Float32Array.of(0.5), Float32Array.of(0.5))
    ).toEqual(new Uint32Array(0))
  })
})

/** Rounding may put a point on the very edge on either side. */
function isOnEdge({ x, y }: Outline, px: number, py: number): boolean {
  return x.some((fromX, i) => {
    const [fromY, toX, toY] = [y[i] ?? 0, x[(i + 1) % x.length] ?? 0, y[(i + 1) % x.length] ?? 0]
    const length = Math.hypot(toX - fromX, toY - fromY)
    if (length === 0) return Math.hypot(px - fromX, py - fromY) < 1e-6
    return Math.abs((toX - fromX) * (fromY - py) - (fromX - px) * (toY - fromY)) / length < 1e-6
  })
}

describe('finding points', () => {
  it('finds the nearest accepted one within reach', () => {
    fc.assert(
      fc.property(
        points,
        coordinate,
        coordinate,
        fc.integer({ min: 1, max: 30 }),
        (list, px, py, r) => {
          const [x, y] = [xs(list), ys(list)]
          const reach = r / 10
          const far = (i: number): number => Math.hypot((x[i] ?? 0) - px, (y[i] ?? 0) - py)
          const near = [...x.keys()].filter((i) => i % 3 !== 0 && far(i) <= reach)
          const best = Math.min(...near.map(far))
          const found = createPointGrid(x, y).nearest(px, py, reach, (row) => row % 3 !== 0)
          if (near.length === 0) expect(found).toBeUndefined()
          else expect(far(found ?? -1)).toBe(best)
        }
      )
    )
  })

  it('finds the cheapest one ahead: at least a step away, within a right angle', () => {
    const directions = [
      { x: 1, y: 0 },
      { x: -1, y: 0 },
      { x: 0, y: 1 },
      { x: 0, y: -1 }
    ]
    fc.assert(
      fc.property(points, fc.constantFrom(...directions), (list, direction) => {
        const [x, y] = [xs(list), ys(list)]
        const from = { x: x[0] ?? 0, y: y[0] ?? 0 }
        const cost = (i: number): number => {
          const [dx, dy] = [(x[i] ?? 0) - from.x, (y[i] ?? 0) - from.y]
          const ahead = dx * direction.x + dy * direction.y
          const aside = Math.abs(dx * direction.y - dy * direction.x)
          return ahead < 0.05 || aside > ahead ? Infinity : Math.hypot(dx, dy) + aside
        }
        const best = Math.min(...[...x.keys()].map(cost))
        const found = createPointGrid(x, y).towards(from.x, from.y, direction, 0.05, () => true)
        if (best === Infinity) expect(found).toBeUndefined()
        else expect(cost(found ?? -1)).toBe(best)
      })
    )
  })
})
