// Findings as sentences: one thing is one thing, and several are several.
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { detectors } from '../detectors/registry.ts'
import { findingView } from './finding-text.ts'

type Evidence = Readonly<Record<string, JsonValue>>

const textOf = (detector: string, evidence: Evidence): string =>
  findingView({ detector, severity: 2, step: 2, to: 3, evidence }).text

/** What is said of one, and of several. */
const cases: readonly (readonly [string, Evidence, string, Evidence, string])[] = [
  [
    'novel',
    { verb: 'book', seen: 1 },
    'No successful run that came this far did book here; they did 1 other thing.',
    { verb: 'book', seen: 3 },
    'No successful run that came this far did book here; they did 3 other things.'
  ],
  [
    'missing-write',
    { verb: 'pay', passes: 1, args: 'all' },
    'It ends without pay, which 1 successful run made: “all”.',
    { verb: 'pay', passes: 4, args: 'all' },
    'It ends without pay, which 4 successful runs made: “all”.'
  ],
  [
    'period',
    { period: 1, rounds: 4 },
    'The same action 4 times in a row.',
    { period: 3, rounds: 2 },
    'The same 3 actions 2 times round.'
  ],
  [
    'cycle',
    { length: 1 },
    'Back on a screen of 1 step before.',
    { length: 6 },
    'Back on a screen of 6 steps before.'
  ],
  [
    'stall',
    { steps: 1 },
    'Nothing new was seen for 1 step.',
    { steps: 9 },
    'Nothing new was seen for 9 steps.'
  ],
  [
    'long',
    { steps: 1, limit: 0.5 },
    '1 step; successful runs hardly ever need more than 0.',
    { steps: 40, limit: 21.7 },
    '40 steps; successful runs hardly ever need more than 21.'
  ]
]

describe('a finding in a sentence', () => {
  it.each(cases)('%s: one and several', (detector, one, ofOne, several, ofSeveral) => {
    expect(textOf(detector, one)).toBe(ofOne)
    expect(textOf(detector, several)).toBe(ofSeveral)
  })

  it.each(detectors.map(({ id }) => id))('%s never says “1 …s”', (id) => {
    const ones = ['seen', 'passes', 'period', 'rounds', 'length', 'steps', 'inRow', 'limit']
    const text = textOf(id, Object.fromEntries(ones.map((name) => [name, 1])))
    expect(text).not.toMatch(/\b1 (?:\w+ )?(?:things|runs|actions|times|steps)\b/)
  })
})
