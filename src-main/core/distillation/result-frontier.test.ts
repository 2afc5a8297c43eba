// A measured frontier comes through to the result; anything else is none.
import { expect, it } from 'vitest'
import { DistilFrontier } from '../../api/dto/distil.ts'
import { dataKnowledgeFrontier } from '../methods/distillation/soft-labels/frontier.ts'
import { frontierOf } from './result-frontier.ts'

const grid = {
  epochs: [1, 4],
  perClass: [1, 10],
  accuracy: [
    [0.3, 0.4],
    [0.2, 0.6]
  ]
}

it('keeps what is shown of a measured frontier', () => {
  const { frontier } = frontierOf({ frontier: dataKnowledgeFrontier(grid, 3) })
  expect(DistilFrontier.parse(frontier)).toEqual({
    ...grid,
    best: [
      { perClass: 1, epoch: 1, accuracy: 0.3 },
      { perClass: 10, epoch: 4, accuracy: 0.6 }
    ]
  })
})

it('is empty without one, and for one that is not whole', () => {
  expect(frontierOf({})).toEqual({})
  expect(frontierOf({ frontier: { ...grid, best: [], accuracy: [[0.3, 0.4]] } })).toEqual({})
})
