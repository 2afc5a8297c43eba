// Navigation graphs: reading room-to-room files, making buildings, what agents see, how agents fare.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import { shortestTree } from '../../../traces/paths/path-graph.ts'
import { isSuccess } from '../../../traces/paths/path-measures.ts'
import { generateBuilding, usualBuilding } from './generate-graph.ts'
import { walkAsExpert, walkBestFirst, walkGreedily, walkRandomly } from './navigation-agents.ts'
import { metresBetween, readConnectivity, readPaths } from './navigation-graph.ts'
import {
  drawTask,
  navigationTask,
  navigationWorld,
  usualSenses,
  viewColumns
} from './navigation-task.ts'

const pose = (x: number, y: number): number[] => [1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, 0, 0, 0, 0, 1]
const viewpoint = (id: string, x: number, open: boolean[], included = true): object => ({
  image_id: id,
  pose: pose(x, 0),
  unobstructed: open,
  included,
  height: 1.5
})
// a - b - c in a row of 3 m steps; d is not included.
const connectivity = [
  viewpoint('a', 0, [false, true, false, true]),
  viewpoint('b', 3, [true, false, false, false]),
  viewpoint('c', 6, [false, true, false, false]),
  viewpoint('d', 9, [true, false, true, false], false)
]

describe('room-to-room files', () => {
  const graph = readConnectivity(connectivity, 'scan1')

  it('give places, ways in both directions and metres', () => {
    expect(graph.places.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(graph.ways).toEqual([
      [{ to: 1, length: 3 }],
      [
        { to: 0, length: 3 },
        { to: 2, length: 3 }
      ],
      [{ to: 1, length: 3 }]
    ])
  })

  it('give paths of the building with their instructions', () => {
    const paths = [
      { scan: 'scan1', path_id: 7, path: ['a', 'b', 'c'], heading: 1.5, instructions: ['Go on.'] },
      { scan: 'other', path: ['x'], instruction: 'Stay.' }
    ]
    expect(readPaths(paths, graph)).toEqual([
      { id: '7', scan: 'scan1', path: [0, 1, 2], heading: 1.5, instructions: ['Go on.'] }
    ])
  })

  it.each([
    ['not a list', {}],
    ['no viewpoint', []],
    ['a pose of three numbers', [{ ...connectivity[0], pose: [1, 2, 3] }]],
    ['flags for other viewpoints', [connectivity[0]]],
    [
      'a name twice',
      [connectivity[0], connectivity[0]].map((entry) => ({ ...entry, unobstructed: [true, true] }))
    ]
  ])('are refused with a sentence: %s', (_, value) => {
    expect(() => readConnectivity(value, 's')).toThrow(
      expect.objectContaining({ code: 'invalid-input' })
    )
  })

  it.each([
    ['an unknown viewpoint', ['a', 'z']],
    ['a step without a way', ['a', 'c']],
    ['nothing', []]
  ])('are refused when a path has %s', (_, path) => {
    expect(() => readPaths([{ scan: 'scan1', path }], graph)).toThrow(
      expect.objectContaining({ code: 'invalid-input' })
    )
  })
})

describe('made-up buildings', () => {
  it('are connected, the same for the same seed, and lead both ways', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const made = generateBuilding('b', usualBuilding, createRandom(seed))
        expect(generateBuilding('b', usualBuilding, createRandom(seed))).toEqual(made)
        const { distance } = shortestTree(made.ways, 0)
        expect(distance.every(Number.isFinite)).toBe(true)
        made.ways.forEach((ways, from) => {
          for (const { to, length } of ways) {
            expect(length).toBe(metresBetween(made.places[from], made.places[to]))
            expect(made.ways[to]).toContainEqual({ to: from, length })
          }
        })
      }),
      { numRuns: 20 }
    )
  })
})

describe('tasks', () => {
  const random = createRandom(5)
  const world = navigationWorld(generateBuilding('t', usualBuilding, random))
  const task = drawTask(world, [4, 9], usualSenses, random)
  if (task === undefined) throw new Error('the building has ways of 4 to 9 hops')

  it('show the same whenever a place is looked at', () => {
    const made = navigationTask(world, task.expert, usualSenses, createRandom(8))
    const again = navigationTask(world, task.expert, usualSenses, createRandom(8))
    const later = made.look(task.expert[2])
    made.look(task.expert[1])
    again.look(task.expert[1])
    expect(again.look(task.expert[2])).toEqual(later)
    expect(later.stay).toHaveLength(viewColumns.length)
  })

  it('say nothing of the goal but its noisy hint and look', () => {
    // Two goals with one hint and one look cannot be told apart, however far the ways to them are.
    const blind = { hintError: 0, lookError: 0 }
    const [a, b] = [task.expert, task.expert.slice(0, -1)]
    const one = navigationTask(world, a, blind, createRandom(1))
    const moved = {
      ...world,
      graph: {
        ...world.graph,
        places: world.graph.places.map((place, at) =>
          at === b[b.length - 1] ? { ...world.graph.places[a[a.length - 1]], id: place.id } : place
        )
      },
      looks: world.looks.map((look, at) =>
        at === b[b.length - 1] ? world.looks[a[a.length - 1]] : look
      )
    }
    const other = navigationTask(moved, b, blind, createRandom(1))
    expect(other.goal).toEqual(one.goal)
    expect(other.hint).toEqual(one.hint)
  })

  it('are walked along ways alone by every agent', () => {
    const walks = [
      walkGreedily(task, 20),
      walkBestFirst(task, 20, 0.9),
      walkRandomly(task, 6, createRandom(1)),
      walkAsExpert(task)
    ]
    for (const walk of walks)
      walk.forEach((place, at) => {
        if (at > 0) expect(world.graph.ways[walk[at - 1]].some(({ to }) => to === place)).toBe(true)
      })
    expect(isSuccess(walkAsExpert(task), task.goalPlace, (a, b) => task.distance(a, b))).toBe(true)
  })

  it('trap an agent that walks straight at the goal', () => {
    // A dead end right beside the goal, which is reached the other way round.
    const xs = [
      [0, 0],
      [3, 0],
      [6, 0],
      [0, 3],
      [4, 5],
      [9, 3],
      [9, 0]
    ]
    const open = [[1, 3], [0, 2], [1], [0, 4], [3, 5], [4, 6], [5]]
    const entries = xs.map(([x, y], at) => ({
      image_id: `p${at}`,
      pose: pose(x, y),
      unobstructed: xs.map((__, to) => open[at].includes(to)),
      included: true
    }))
    const trap = navigationWorld(readConnectivity(entries, 'trap'))
    const exact = { hintError: 0, lookError: 0 }
    const trapped = navigationTask(trap, [0, 3, 4, 5, 6], exact, createRandom(1))
    const distance = (a: number, b: number): number => trapped.distance(a, b)
    expect(walkGreedily(trapped, 20)).toEqual([0, 1, 2])
    expect(isSuccess(walkBestFirst(trapped, 20, 0.99), 6, distance)).toBe(true)
  })
})
