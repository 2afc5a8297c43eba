import { describe, expect, it } from 'vitest'
import { graphOfSources, graphOfTasks, skillWeights } from './graph.ts'

/** The published LEGO graph: the second skill helps the first, third and fourth; edges count 0.5. */
const lego = [
  [1, 0, 0, 0, 0],
  [0.5, 1, 0.5, 0.5, 0],
  [0, 0, 1, 0, 0],
  [0, 0, 0, 1, 0],
  [0, 0, 0, 0, 1]
]
const ones = [1, 1, 1, 1, 1]

describe('weights of Skill-It', () => {
  it('start on the LEGO graph as published (eta 0.5, losses 1)', () => {
    const weights = skillWeights(lego, [ones], ones, 0.5, false)
    ;[0.1635, 0.3461, 0.1635, 0.1635, 0.1635].forEach((weight, i) =>
      expect(weights[i]).toBeCloseTo(weight, 4)
    )
  })

  it('add up the losses in the window, and average them where there are targets', () => {
    const graph = [
      [1, 0.5],
      [0, 1]
    ]
    const window = [
      [1, 2],
      [3, 4]
    ]
    // exp(0.2 * (4 + 0.5 * 6)) against exp(0.2 * 6).
    const sum = skillWeights(graph, window, [1, 1], 0.2, false)
    expect(sum[0] / sum[1]).toBeCloseTo(Math.exp(0.2 * (7 - 6)), 12)
    const mean = skillWeights(graph, window, [1, 1], 0.2, true)
    expect(mean[0] / mean[1]).toBeCloseTo(Math.exp(0.2 * (3.5 - 3)), 12)
    const masked = skillWeights(graph, window, [0, 1], 0.2, true)
    expect(masked[0] / masked[1]).toBeCloseTo(Math.exp(0.2 * (1.5 - 3)), 12)
  })
})

describe('the skills graph', () => {
  const alone = [
    [
      [1, 0],
      [0, 1]
    ],
    [
      [1.1, 0],
      [0, 1]
    ]
  ]
  const pairs = (first: number[], second: number[]): number[][][][] => [
    [[[], first]],
    [[[], second]]
  ]

  it('has an edge where the loss falls further with the other source', () => {
    // The fall of the second on both: 1.3 and 1.2 against 1; of the first: 0.9 and 1.2 against 1, 1.1.
    const drops = { alone, pairs: pairs([0.9, 1.3], [1.2, 1.2]) }
    expect(graphOfSources(drops, 'half')).toEqual([
      [1, 0.5],
      [0, 1]
    ])
    expect(graphOfSources(drops, 'learned')[0][1]).toBeCloseTo(0.25, 12)
  })

  it('has none where the gain is within the spread', () => {
    const drops = { alone, pairs: pairs([1, 1.3], [1.1, 0.8]) }
    expect(graphOfSources(drops, 'half')).toEqual([
      [1, 0],
      [0, 1]
    ])
  })

  it('leads to tasks by how far their loss falls', () => {
    const falls = [
      [
        [2, -1],
        [1, -2]
      ]
    ]
    expect(graphOfTasks({ alone: falls }, 2)).toEqual([
      [1, 0],
      [0.5, 0]
    ])
  })
})
