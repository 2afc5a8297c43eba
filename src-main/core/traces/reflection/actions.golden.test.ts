// The action grammar: what is read, what is refused, and that nothing is lost on the way.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatAction,
  longestTyped,
  mostPresses,
  parseAction,
  pressableKeys,
  type PageAction
} from './actions.ts'

describe('what is read', () => {
  it.each<[string, PageAction]>([
    ['click id=7', { kind: 'click', id: 7 }],
    ['Click on id = 7.', { kind: 'click', id: 7 }],
    ['tap 7', { kind: 'click', id: 7 }],
    ['- click id=7', { kind: 'click', id: 7 }],
    ['2. click id=7', { kind: 'click', id: 7 }],
    ['click "Tab 3" id=7', { kind: 'click', id: 7 }],
    ['enter "a \\"b\\" 5" to id=7', { kind: 'enter', id: 7, text: 'a "b" 5' }],
    ['type "x" into 12', { kind: 'enter', id: 12, text: 'x' }],
    ['enter "" to id=3', { kind: 'enter', id: 3, text: '' }],
    ['press Enter', { kind: 'press', key: 'Enter', times: 1 }],
    ['PRESS arrow down x 3', { kind: 'press', key: 'ArrowDown', times: 3 }],
    ['press down 2 times', { kind: 'press', key: 'ArrowDown', times: 2 }],
    ['press esc', { kind: 'press', key: 'Escape', times: 1 }],
    ['hold CTRL', { kind: 'hold', key: 'Control' }],
    ['hold shift', { kind: 'hold', key: 'Shift' }],
    ['release', { kind: 'hold', key: null }],
    ['scroll down', { kind: 'scroll', id: null, direction: 'down' }],
    ['scroll up id=4', { kind: 'scroll', id: 4, direction: 'up' }]
  ])('%s', (line, action) => {
    expect(parseAction(line)).toEqual(action)
  })
})

describe('what is refused', () => {
  it.each([
    '',
    'click',
    'click the button',
    'click id=-3',
    'click id=0',
    'click id=1.5',
    'click "7"',
    'enter text to id=7',
    'enter "x"',
    'press F12',
    `press Enter x ${mostPresses + 1}`,
    'press Enter x 0',
    'hold Alt',
    'navigate to http://example.com',
    'alert(1)',
    'constructor id=7',
    `enter "${'x'.repeat(longestTyped + 1)}" to id=7`
  ])('%s', (line) => {
    expect(parseAction(line)).toBeUndefined()
  })
})

const actions: fc.Arbitrary<PageAction> = fc.oneof(
  fc.record({ kind: fc.constant('click' as const), id: fc.integer({ min: 1, max: 99_999 }) }),
  fc.record({
    kind: fc.constant('enter' as const),
    id: fc.integer({ min: 1, max: 99_999 }),
    text: fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => text.isWellFormed())
  }),
  fc.record({
    kind: fc.constant('press' as const),
    key: fc.constantFrom(...pressableKeys),
    times: fc.integer({ min: 1, max: mostPresses })
  }),
  fc.record({
    kind: fc.constant('hold' as const),
    key: fc.constantFrom('Control' as const, 'Shift' as const, null)
  }),
  fc.record({
    kind: fc.constant('scroll' as const),
    id: fc.option(fc.integer({ min: 1, max: 999 })),
    direction: fc.constantFrom('up' as const, 'down' as const)
  })
)

it('every action is read back from its line as it was', () => {
  fc.assert(
    fc.property(actions, (action) => {
      expect(parseAction(formatAction(action))).toEqual(action)
    })
  )
})

it('no text whatever throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (line) => void parseAction(line)))
})
