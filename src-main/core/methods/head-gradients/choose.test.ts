import { describe, expect, it } from 'vitest'
import { tieOrder } from '../../compute/kernels/ranking.ts'
import type { TargetTask } from '../method.ts'
import { chooseByValue, taskWeights, type ChooseOptions, type TargetChoice } from './choose.ts'

const task = (labels: number[], importance: TargetTask['importance'] = 'normal'): TargetTask => ({
  name: 'task',
  importance,
  parts: [{ name: 'part', features: new Float32Array(0), labels: Int32Array.from(labels) }]
})

function choose(
  scores: number[][],
  labels: number[],
  budget: number,
  options: Partial<ChooseOptions> & { tasks?: TargetTask[]; flags?: number[] } = {}
): TargetChoice {
  const tasks = options.tasks ?? scores.map(() => task([0, 1, 2]))
  const inputs = { labels: Int32Array.from(labels), tasks, budget }
  const flags = Uint8Array.from(options.flags ?? labels.map(() => 0))
  return chooseByValue(
    inputs,
    { scores: Float32Array.from(scores.flat()), flags },
    {
      join: 'max',
      balance: 'none',
      ties: tieOrder(1, Uint32Array.from(labels.keys())),
      weights: taskWeights(tasks),
      active: tasks.map(() => true),
      ...options
    }
  )
}

const first = ({ order }: TargetChoice, count: number): number[] => [...order.subarray(0, count)]

describe('several tasks', () => {
  const scores = [
    [0.9, 0.2, -0.4, 0.1],
    [0.1, 0.5, -0.1, 0.2]
  ]

  it('join by the maximum, and name the task it came from', () => {
    const choice = choose(scores, [0, 0, 0, 0], 2)
    expect(first(choice, 4)).toEqual([0, 1, 3, 2])
    expect([...choice.bestTask]).toEqual([0, 1, 1, 1])
    expect(choice.value[2]).toBeCloseTo(-0.1, 6)
  })

  it('join by the mean, where harm to one counts', () => {
    const choice = choose(
      [
        [0.6, 0.3],
        [-0.5, 0.2]
      ],
      [0, 0],
      1,
      { join: 'mean' }
    )
    expect(first(choice, 2)).toEqual([1, 0])
    expect(choice.value[0]).toBeCloseTo(0.05, 6)
  })

  it('count by importance: help more, harm less', () => {
    const tasks = [task([0], 'high'), task([0], 'low')]
    expect(taskWeights(tasks)).toEqual([4, 1])
    const choice = choose(
      [
        [0.2, -0.4],
        [0.7, -0.2]
      ],
      [0, 0],
      1,
      { tasks }
    )
    expect(choice.value[0]).toBeCloseTo(0.8, 6)
    expect(choice.bestTask[0]).toBe(0)
    expect(choice.value[1]).toBeCloseTo(-0.1, 6)
  })
})

describe('the mix of labels', () => {
  const labels = [0, 0, 0, 0, 1, 1, 2, 2]
  const scores = [[9, 8, 7, 6, 5, 4, 3, 2]]

  it('is kept: every label has its share, the best of each first', () => {
    const choice = choose(scores, labels, 4, { balance: 'labels' })
    expect(first(choice, 4).sort()).toEqual([0, 1, 4, 6])
    expect(choice.fields.map(({ room }) => room)).toEqual([2, 1, 1])
    expect([...choice.place]).toEqual([1, 2, 3, 4, 1, 2, 1, 2])
    expect(first(choose(scores, labels, 4), 4)).toEqual([0, 1, 2, 3])
  })

  it('gives labels without examples places only when all others are full', () => {
    const tasks = [task([1, 2])]
    const choice = choose(scores, labels, 5, { balance: 'labels', tasks })
    expect(first(choice, 4).sort()).toEqual([4, 5, 6, 7])
    expect(choice.fields.map(({ room, isAsked }) => [room, isAsked])).toEqual([
      [1, false],
      [2, true],
      [2, true]
    ])
  })
})

describe('rows that cannot be compared', () => {
  it('come last and fill the budget only when nothing else is left', () => {
    for (const balance of ['none', 'labels'] as const) {
      const flags = [1, 0, 0, 3, 0, 2]
      const choice = choose([[-Infinity, 1, 2, -Infinity, 3, -Infinity]], [0, 0, 1, -1, 1, 0], 4, {
        flags,
        balance
      })
      expect(first(choice, 3).sort()).toEqual([1, 2, 4])
      expect(new Set(choice.order).size).toBe(6)
      expect([...choice.place].filter((place) => place === 0)).toHaveLength(3)
      expect(choice.tieShare).toBe(1 / 4)
    }
  })

  it('are all there is: the order is that of the lot', () => {
    const choice = choose([[-Infinity, -Infinity]], [0, 1], 1, { flags: [1, 1] })
    expect([...choice.order].sort()).toEqual([0, 1])
    expect(choice.tieShare).toBe(1)
  })
})

it('the tie share counts places given by lot, and none where all tied rows fit', () => {
  expect(choose([[3, 2, 2, 2, 1]], [0, 0, 0, 0, 0], 2).tieShare).toBe(1 / 2)
  expect(choose([[3, 2, 2, 2, 1]], [0, 0, 0, 0, 0], 4).tieShare).toBe(0)
  expect(choose([[3, 2, 1]], [0, 0, 0], 3).tieShare).toBe(0)
})
