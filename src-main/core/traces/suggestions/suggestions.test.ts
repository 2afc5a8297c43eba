// Suggestions for one attempt and their score: hand cases.
import { describe, expect, it } from 'vitest'
import { plainRules } from '../model/derive-steps.ts'
import { call, letters, traceOf } from '../traces.test-support.ts'
import { guessesFor, scoreMarks } from './score-task.ts'
import { suggestionView } from './suggestion-task.ts'
import { positionalView, usualStep } from './usual-places.ts'

describe('the plain rule', () => {
  it('is the middle of the marks in other attempts', () => {
    expect(usualStep([], 5)).toBeUndefined()
    expect(usualStep([0, 0.5, 1], 5)).toBe(2)
    expect(positionalView([0.5], 5)).toMatchObject({
      step: 2,
      reason: expect.stringContaining('1 mark') as string
    })
  })

  it('is the last step where nothing is marked, and nothing without steps', () => {
    expect(positionalView([], 5)).toMatchObject({ step: 4 })
    expect(positionalView([0.5], 0)).toBeNull()
  })
})

describe('a suggestion', () => {
  it('comes with the plain rule beside it', () => {
    const view = suggestionView(letters('ABX'), [letters('ABC', 'pass')], [0], plainRules)
    expect(view).toMatchObject({
      suggestion: { step: 2, steps: 3, tier: 'tree', known: null },
      silence: null,
      positional: { step: 0 }
    })
  })

  it('says why there is none', () => {
    const view = (...args: Parameters<typeof letters>) =>
      suggestionView(letters(...args), [], [], plainRules)
    expect(view('AB', 'pass').silence).toMatch('succeeded')
    expect(view('').silence).toMatch('did nothing')
    expect(view('AB')).toMatchObject({
      suggestion: null,
      silence: expect.stringMatching('Nothing tells') as string
    })
  })
})

describe('the score', () => {
  it('counts exact and near hits of each rule, and of lots', () => {
    const failing = traceOf([...call('a'), ...call('b', {}, 'Error: no'), ...call('c')])
    const mark = { trace: 1, step: 1, steps: 3 }
    const other = { trace: 2, step: 1, steps: 3 }
    const guesses = [
      guessesFor(letters('ABX'), { ...mark, step: 2 }, [letters('ABC', 'pass')], [mark]),
      guessesFor(failing, mark, [], [mark, other])
    ]
    expect(guesses[1]).toMatchObject({ suggestions: 0, error: 0, usualPlace: 1, tier: 'error' })
    const { marks, rules, tiers } = scoreMarks(guesses)
    expect(marks).toBe(2)
    expect(rules.map(({ rule, spoke, exact, near }) => [rule, spoke, exact, near])).toEqual([
      ['suggestions', 2, 1, 2],
      ['error', 1, 0, 1],
      ['usual-place', 1, 1, 1],
      ['last-step', 2, 1, 2],
      ['random', 2, 2 / 3, expect.closeTo(5 / 3, 10)]
    ])
    expect(tiers.map(({ tier, spoke, exact }) => [tier, spoke, exact])).toEqual([
      ['tree', 1, 1],
      ['error', 1, 0]
    ])
  })
})
