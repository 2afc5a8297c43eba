// Two attempts side by side: hand cases.
import { describe, expect, it } from 'vitest'
import { event } from '../formats/trace-format.ts'
import { call, letters, traceOf } from '../traces.test-support.ts'
import { compareTraces } from './compare.ts'

const relations = (a: string, b: string): string[] =>
  compareTraces(letters(a), letters(b)).rows.map(({ relation }) => relation)

describe('two attempts', () => {
  it('equal decisions share a row', () => {
    expect(relations('ABC', 'ABC')).toEqual(['same', 'same', 'same'])
    expect(compareTraces(letters('ABC'), letters('ABC')).firstDifference).toBeNull()
  })

  it('what one did beyond the other stands alone', () => {
    const { rows, firstDifference } = compareTraces(letters('ABXC'), letters('ABC'))
    expect(rows.map(({ left, right }) => [left, right])).toEqual([
      [0, 0],
      [1, 1],
      [2, null],
      [3, 2]
    ])
    expect(rows[2]).toMatchObject({ relation: 'left-only', leftText: 'read_X()', rightText: '' })
    expect(firstDifference).toBe(2)
    expect(relations('AC', 'ABC')).toEqual(['same', 'right-only', 'same'])
  })

  it('other decisions, and none at all', () => {
    expect(relations('AXC', 'ABC')).toEqual(['same', 'different', 'same'])
    expect(relations('', 'A')).toEqual(['right-only'])
    expect(compareTraces(letters(''), letters(''))).toEqual({ rows: [], firstDifference: null })
  })

  it('names the arguments that differ', () => {
    const book = (seat: number, meal: string) =>
      traceOf(call('book', { seat, guest: { meal, name: 'Mia' } }))
    const { rows } = compareTraces(book(9, 'fish'), book(1, 'none'))
    expect(rows).toEqual([
      {
        left: 0,
        right: 0,
        relation: 'other-arguments',
        leftText: 'book(seat: 9, guest: {"meal":"fish","name":"Mia"})',
        rightText: 'book(seat: 1, guest: {"meal":"none","name":"Mia"})',
        fields: [
          { field: 'seat', left: 9, right: 1 },
          { field: 'guest.meal', left: 'fish', right: 'none' }
        ]
      }
    ])
  })

  it('words that differ are no first difference', () => {
    const talk = (text: string, name: string) =>
      traceOf([
        event('assistant', text, { actor: 'assistant' }),
        event('user', 'go on'),
        ...call(name)
      ])
    const { rows, firstDifference } = compareTraces(talk('Hello', 'get_a'), talk('Hi', 'get_b'))
    expect(rows.map(({ relation, leftText }) => [relation, leftText])).toEqual([
      ['other-arguments', 'Hello'],
      ['different', 'get_a()']
    ])
    expect(firstDifference).toBe(1)
  })

  it('refuses attempts that differ for too long, but not long ones that hardly differ', () => {
    const long = letters('A'.repeat(2500))
    expect(compareTraces(long, long).rows).toHaveLength(2500)
    expect(() => compareTraces(long, letters('B'.repeat(2500)))).toThrow('too long')
  })
})
