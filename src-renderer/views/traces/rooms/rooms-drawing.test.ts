// Where places are drawn and what a walk made of them.
import { describe, expect, it } from 'vitest'
import { drawnWalk, lineThrough, walkSteps } from './rooms-drawing.ts'

// a - b - c in a row of 2 m steps to the east, d 2 m north of b.
const places = [
  { id: 'a', x: 0, y: 0, z: 0 },
  { id: 'b', x: 2, y: 0, z: 0 },
  { id: 'c', x: 4, y: 0, z: 0 },
  { id: 'd', x: 2, y: 2, z: 0 }
]
const ways = [
  { from: 0, to: 1 },
  { from: 1, to: 2 },
  { from: 1, to: 3 }
]
const hint = { x: 5, y: 1 }
const walk = { walk: [0, 1, 0], frontier: [2, 3] }

describe('a drawn walk', () => {
  it('has north above, ways to scale, and room for where the goal was said to be', () => {
    const { boxes, width, height, hint: told } = drawnWalk({ places, ways, hint }, walk)
    const [a, b, d] = [0, 1, 3].map((at) => boxes[at]?.at)
    if (a === undefined || b === undefined || d === undefined) throw new Error('a place is lost')
    expect(b.x - a.x).toBeCloseTo(64, 9)
    expect(b.y).toBe(a.y)
    expect(b.y - d.y).toBeCloseTo(64, 9)
    expect(told.x).toBeCloseTo(a.x + 2.5 * 64, 9)
    expect(told.x).toBeLessThan(width)
    expect(Math.max(...boxes.map(({ at }) => at.y))).toBeLessThan(height)
  })

  it('tells where it was from what it saw and from what it never saw', () => {
    const { boxes } = drawnWalk({ places, ways, hint }, { walk: [0, 1, 0], frontier: [2] })
    expect(boxes.map(({ kind, steps }) => [kind, steps])).toEqual([
      ['visited', [0, 2]],
      ['visited', [1]],
      ['frontier', []],
      ['unknown', []]
    ])
    expect(lineThrough(boxes, [0, 1])).toMatch(/^M[\d.]+ [\d.]+L[\d.]+ [\d.]+$/)
    expect(lineThrough(boxes, [])).toBe('')
  })

  it('of one place without ways has a size', () => {
    const { width, height } = drawnWalk(
      { places: places.slice(0, 1), ways: [], hint: { x: 0, y: 0 } },
      { walk: [0], frontier: [] }
    )
    expect([width, height].every((side) => Number.isFinite(side) && side > 0)).toBe(true)
  })
})

it('steps tell how far the walk is along and whether it kept to the path', () => {
  expect(walkSteps({ places, route: [0, 1, 3] }, [0, 1, 2, 1, 3])).toEqual([
    { step: 0, place: 'a', metres: 0, isOnRoute: true, isAgain: false },
    { step: 1, place: 'b', metres: 2, isOnRoute: true, isAgain: false },
    { step: 2, place: 'c', metres: 4, isOnRoute: false, isAgain: false },
    { step: 3, place: 'b', metres: 6, isOnRoute: true, isAgain: true },
    { step: 4, place: 'd', metres: 8, isOnRoute: true, isAgain: false }
  ])
})
