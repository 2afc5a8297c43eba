// The second opinion: votes of neighbours, equal items sharing a list, ties and missing neighbours.
import { expect, it } from 'vitest'
import { noRow } from '../../compute/kernels/nearest-rows.ts'
import { secondOpinion } from './second-opinion.ts'

it('counts the labels of a row’s neighbours; equal items share their list', () => {
  // Rows 0 and 3 are equal; row 4 was not compared.
  const firstSame = Uint32Array.of(0, 1, 2, 0, 4)
  const classes = Int32Array.of(1, 0, 0, 1, -1)
  const order = Uint32Array.of(2, 0, 1)
  const lists = Uint32Array.of(0, 1, 1, 2, 0, noRow)
  const opinion = secondOpinion(order, lists, 2, firstSame, classes)
  expect([opinion.votes(3, 0), opinion.votes(0, 0), opinion.votes(0, 1)]).toEqual([2, 2, 0])
  expect(opinion.plurality(0)).toBe(0)
  // One vote each: the lower class.
  expect(opinion.plurality(2)).toBe(0)
  expect(opinion.plurality(1)).toBe(1)
  expect([opinion.votes(4, 0), opinion.plurality(4)]).toEqual([0, -1])
})
