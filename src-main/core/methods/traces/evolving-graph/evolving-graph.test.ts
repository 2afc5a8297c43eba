// The graph that grows: what is on the frontier, how ways are walked back, what is forgotten.
import { describe, expect, it } from 'vitest'
import { EvolvingGraph } from './evolving-graph.ts'
import { teacherNode } from './teachers.ts'
import { smallTask } from './small-task.test-support.ts'

// 0 - 1 - 2 - 3 (goal), with 1 - 4 and 4 - 3 as a second way, and the dead end 5 behind 2.
const ways = [[1], [0, 2, 4], [1, 3, 5], [2, 4], [1, 3], [2]]
const expert = [0, 1, 2, 3]
const task = smallTask(ways, expert)

const actions = (graph: EvolvingGraph, forced?: ReadonlySet<number>): string[] =>
  graph
    .state(forced)
    .nodes.filter(({ kind }) => kind !== 'visited')
    .map(({ kind, place }) => `${kind} ${place}`)

describe('the frontier', () => {
  it('holds each unvisited neighbour once, and a stop for every visited place', () => {
    const graph = new EvolvingGraph(task, 10)
    expect(actions(graph)).toEqual(['go 1', 'stop 0'])
    graph.take({ kind: 'go', place: 1 })
    graph.take({ kind: 'go', place: 2 })
    graph.take({ kind: 'go', place: 4 })
    // 3 is seen from 2 and from 4: one node with both views.
    expect(actions(graph)).toEqual(['go 3', 'go 5', 'stop 0', 'stop 1', 'stop 2', 'stop 4'])
    const shared = graph.state().nodes.find(({ kind, place }) => kind === 'go' && place === 3)
    expect(shared?.views).toHaveLength(2)
  })

  it('keeps the best K ways of places that were left, and those that are forced', () => {
    const star = smallTask([[1, 2, 3, 4], [0], [0], [0], [0]], [0, 4])
    const graph = new EvolvingGraph(star, 10, 1)
    graph.freeze((place) => (place === 4 ? -1 : place))
    expect(actions(graph)).toEqual(['go 1', 'go 2', 'go 3', 'go 4', 'stop 0'])
    graph.take({ kind: 'go', place: 1 })
    expect(actions(graph)).toEqual(['go 3', 'stop 0', 'stop 1'])
    expect(actions(graph, new Set([4]))).toEqual(['go 3', 'go 4', 'stop 0', 'stop 1'])
  })
})

describe('edges', () => {
  it('are of relation 2 against the direction walked', () => {
    const graph = new EvolvingGraph(task, 10)
    graph.take({ kind: 'go', place: 1 })
    const { nodes, edges } = graph.state()
    const between = edges.map(({ from, to, relation }) => {
      const name = (at: number): string => `${nodes[at].kind} ${nodes[at].place}`
      return `${name(from)} > ${name(to)}: ${relation}`
    })
    expect(between).toEqual([
      'visited 0 > visited 1: 1',
      'visited 1 > visited 0: 2',
      'visited 1 > go 2: 1',
      'visited 1 > go 4: 1',
      'visited 0 > stop 0: 1',
      'visited 1 > stop 1: 1'
    ])
  })
})

describe('jumps', () => {
  it('walk back over visited places and say so in the walk', () => {
    const graph = new EvolvingGraph(task, 10)
    for (const place of [1, 2, 5]) graph.take({ kind: 'go', place })
    graph.take({ kind: 'go', place: 4 })
    expect(graph.walk).toEqual([0, 1, 2, 5, 2, 1, 4])
    graph.take({ kind: 'stop', place: 0 })
    expect(graph.walk.slice(-2)).toEqual([1, 0])
    expect(graph.decisions).toBe(5)
  })

  it('are refused to where no visited place leads', () => {
    const graph = new EvolvingGraph(task, 10)
    expect(() => graph.take({ kind: 'go', place: 3 })).toThrow(RangeError)
  })
})

describe('the teacher', () => {
  const forced = new Set(expert)
  const choice = (graph: EvolvingGraph, rule: 'furthest' | 'ndtw'): string => {
    const state = graph.state(forced)
    const { kind, place } = state.nodes[teacherNode(rule, graph, state, task)]
    return `${kind} ${place}`
  }

  it.each(['furthest', 'ndtw'] as const)('follows the expert and stops at its end: %s', (rule) => {
    const graph = new EvolvingGraph(task, 10)
    for (const place of expert.slice(1)) {
      expect(choice(graph, rule)).toBe(`go ${place}`)
      graph.take({ kind: 'go', place })
    }
    expect(choice(graph, rule)).toBe('stop 3')
  })

  it.each(['furthest', 'ndtw'] as const)('leads back after a wrong turn: %s', (rule) => {
    const graph = new EvolvingGraph(task, 10)
    for (const place of [1, 2, 5]) graph.take({ kind: 'go', place })
    expect(choice(graph, rule)).toBe('go 3')
  })
})
