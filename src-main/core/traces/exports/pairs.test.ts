// Hand cases of pairs and rewards.
import { describe, expect, it } from 'vitest'
import { event } from '../formats/trace-format.ts'
import type { TraceEvent } from '../model/trace.ts'
import { call, letters, traceOf } from '../traces.test-support.ts'
import { correctionOf, reviewOf, toolsOf } from './exports.test-support.ts'
import { pairsOf } from './pairs.ts'
import { stepRewards } from './step-rewards.ts'

const asked = event('user', 'Book a seat', { actor: 'user' })
const run = (calls: readonly TraceEvent[], outcome: 'pass' | 'fail') =>
  traceOf([asked, ...calls], outcome)

const look = call('get_seats', {}, 'seats')
const failed = run([...look, ...call('book_seat', { seat: 9 }), ...call('book_meal', {})], 'fail')
const passed = run([...look, ...call('book_seat', { seat: 1 }), ...call('book_meal', {})], 'pass')
const tools = toolsOf([failed, passed])

describe('pairs', () => {
  it('take what a success did in the same state', () => {
    const review = reviewOf({ verdict: 'fail', firstWrong: 1 })
    const [pair, ...others] = pairsOf(failed, review, [failed, passed], tools)
    expect(others).toEqual([])
    expect(pair.prompt.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool'])
    expect(pair.rejected[0].tool_calls?.[0].function.arguments).toBe('{"seat":9}')
    expect(pair.chosen[0].tool_calls?.[0].function.arguments).toBe('{"seat":1}')
    expect(pair.meta).toMatchObject({ source: 'sibling', sibling: passed.id, sibling_step: 1 })
  })

  it('take nothing from a success that stood in another state', () => {
    // The meal comes after another seat: the worlds differ.
    const review = reviewOf({ verdict: 'fail', firstWrong: 2 })
    const other = run([...look, ...call('book_seat', { seat: 1 }), ...call('book_bag', {})], 'pass')
    expect(pairsOf(failed, review, [other], tools)).toEqual([])
  })

  it('take corrections by people alone, and none that was tried in vain', () => {
    const at = (change: Parameters<typeof correctionOf>[2]) => {
      const corrections = { '1': correctionOf('book_seat', { seat: 2 }, change) }
      return pairsOf(failed, reviewOf({ verdict: 'fail', corrections }), [], tools)
    }
    expect(at({}).map(({ meta: { source, step } }) => [source, step])).toEqual([['correction', 1]])
    expect(at({ origin: 'model' })).toEqual([])
    expect(at({ verified: 'replay-fail' })).toEqual([])
  })

  it('say nothing about attempts in which no step is wrong, or that nobody reviewed', () => {
    const review = reviewOf({ firstWrong: 1, noneWrong: true })
    expect(pairsOf(failed, review, [passed], tools)).toEqual([])
    expect(pairsOf(failed, null, [passed], tools)).toEqual([])
  })
})

describe('rewards', () => {
  const once = { reviewers: 1, agreement: 1 }

  it('advantage is the change of value that a step makes', () => {
    const lines = stepRewards(letters('ABX'), null, [letters('ABC', 'pass')], once)
    // (1 + 2) / (2 + 2) up to B; X failed: (0 + 2) / (1 + 2).
    expect(lines.map(({ advantage }) => advantage)).toEqual([
      0,
      0,
      expect.closeTo(2 / 3 - 3 / 4, 10)
    ])
    expect(stepRewards(letters('A'), null, [], once)[0].advantage).toBeNull()
  })

  it('marks count more than the rule', () => {
    const marks = { '0': 'bad', '2': 'good', '3': 'neutral' } as const
    const review = reviewOf({ verdict: 'fail', firstWrong: 1, decisive: 3, marks })
    const lines = stepRewards(letters('ABCD'), review, [], once)
    expect(lines.map(({ reward }) => reward)).toEqual([-1, -1, 1, 0])
    expect(lines.map(({ first_wrong: is }) => is)).toEqual([false, true, false, false])
    expect(lines.map(({ decisive }) => decisive)).toEqual([false, false, false, true])
  })
})
