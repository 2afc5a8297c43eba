// Golden numbers of the path measures on a grid of 4 x 3 places, and what holds for all walks.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allDistances, shortestTree, walkLength, wayTo, type PathGraph } from './path-graph.ts'
import { cls, dtw, isSuccess, ndtw, sdtw, spl, successRate } from './path-measures.ts'

const width = 4
const height = 3
const place = (x: number, y: number): number => y * width + x
const grid: PathGraph = Array.from({ length: width * height }, (_, at) => {
  const [x, y] = [at % width, Math.floor(at / width)]
  return [
    [x + 1, y],
    [x - 1, y],
    [x, y + 1],
    [x, y - 1]
  ]
    .filter(([i, j]) => i >= 0 && i < width && j >= 0 && j < height)
    .map(([i, j]) => ({ to: place(i, j), length: 1 }))
})
const table = allDistances(grid)
const distance = (a: number, b: number): number => table[a][b]
const walkOf = (...points: readonly [number, number][]): number[] =>
  points.map(([x, y]) => place(x, y))

describe('golden numbers', () => {
  const reference = walkOf([0, 0], [1, 0], [2, 1], [3, 2])
  const walk = walkOf([0, 0], [1, 0], [2, 0], [3, 0])

  it('aligns two walks', () => {
    expect(dtw(walk, reference, distance)).toBe(3)
    expect(ndtw(walk, reference, distance)).toBeCloseTo(0.7788008, 7)
    // It ends two hops from the goal, which is within three.
    expect(sdtw(walk, reference, distance)).toBeCloseTo(0.7788008, 7)
    expect(sdtw(walk, reference, distance, 1)).toBe(0)
  })

  it('weighs coverage by length', () => {
    const stairs = walkOf([0, 0], [1, 0], [1, 1], [2, 1], [2, 2], [3, 2])
    const other = walkOf([0, 0], [0, 1], [1, 1], [2, 1], [3, 1], [3, 2])
    const short = walkOf([0, 1], [1, 1], [2, 1], [3, 1])
    expect(cls(stairs, stairs, distance)).toBe(1)
    expect(cls(other, stairs, distance)).toBeCloseTo(0.8199492, 7)
    expect(cls(short, stairs, distance)).toBeCloseTo(0.6435695, 7)
    expect(cls(stairs, short, distance)).toBeCloseTo(0.441972, 7)
  })

  it('divides the shortest way by the walked one', () => {
    const goal = place(3, 0)
    const detour = walkOf([0, 0], [0, 1], [1, 1], [2, 1], [3, 1], [3, 0])
    expect(spl({ walk: detour, goal, distance }, 0)).toBeCloseTo(3 / 5, 12)
    expect(spl({ walk: detour.slice(0, 2), goal, distance }, 0)).toBe(0)
    const walks = [detour, detour.slice(0, 2)].map((made) => ({ walk: made, goal, distance }))
    expect(successRate(walks, 0)).toBe(0.5)
    expect(spl({ walk: [goal], goal, distance }, 0)).toBe(1)
  })
})

describe('shortest ways', () => {
  it('finds the way through open places alone', () => {
    const closed = new Set([place(1, 0), place(1, 1)])
    const tree = shortestTree(grid, place(0, 0), (at) => !closed.has(at))
    expect(tree.distance[place(2, 0)]).toBe(6)
    expect(wayTo(tree, place(2, 0))).toEqual(
      walkOf([0, 0], [0, 1], [0, 2], [1, 2], [2, 2], [2, 1], [2, 0])
    )
  })

  it('says where no way leads', () => {
    const tree = shortestTree([[], [{ to: 0, length: 1 }]], 0)
    expect(wayTo(tree, 1)).toBeUndefined()
  })
})

describe('all walks', () => {
  const walks = fc.array(fc.nat({ max: width * height - 1 }), { minLength: 1, maxLength: 7 })

  it('keep their measures between 0 and 1, and 1 for the walk itself', () => {
    fc.assert(
      fc.property(walks, walks, (walk, reference) => {
        for (const measure of [ndtw, sdtw, cls]) {
          const value = measure(walk, reference, distance)
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        expect(ndtw(walk, walk, distance)).toBe(1)
        expect(cls(walk, walk, distance)).toBe(1)
        expect(dtw(walk, reference, distance)).toBe(dtw(reference, walk, distance))
        expect(isSuccess(walk, walk.at(-1), distance, 0)).toBe(true)
        expect(walkLength(walk, distance)).toBeGreaterThanOrEqual(
          distance(walk[0], walk[walk.length - 1])
        )
      })
    )
  })
})
