// Hostile texts: nothing takes long, nothing throws. Time is not asserted; a pattern that is not
// linear would not end within the test's limit.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readText } from './read-text.ts'

const long = 600_000
const repeat = (part: string): string => part.repeat(Math.ceil(long / part.length))

it.each([
  ['at signs', repeat('@')],
  ['half addresses', repeat('a@')],
  ['dots and letters', `${repeat('a.')}@`],
  ['digits', repeat('4')],
  ['digits and spaces', repeat('4 ')],
  ['open brackets and digits', repeat('(1')],
  ['plus signs', repeat('+1')],
  ['account beginnings', repeat('DE89 ')],
  ['signed login beginnings', repeat('eyJ-')],
  ['signed logins without an end', `${repeat('eyJ')}.${repeat('x')}`],
  ['token beginnings', repeat('ghp_')],
  ['short token beginnings', repeat('sk-')],
  ['key headers', repeat('-----BEGIN ')],
  ['settings', repeat('password="')],
  ['spaces', repeat(' ')],
  ['lines', repeat('\n')],
  ['one word', repeat('x')],
  ['one repeated word', repeat('la ')],
  ['combining marks', repeat('e\u0301\u0301')],
  ['lone surrogates', repeat('\ud800')],
  ['nulls', repeat('\u0000')],
  ['right to left marks', repeat('\u202e')]
])('%s', (_name, text) => {
  const read = readText(text)
  expect(read.numbers.every(Number.isFinite)).toBe(true)
})

it('text beyond a million characters is counted but not read on', () => {
  const read = readText(`${'word '.repeat(200_001)} mail jane.doe@gmail.com`)
  expect(read.numbers[0]).toBe(1_000_029)
  expect(read.finds).toBeUndefined()
})

it('any text is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(readText(text).numbers[0]).toBe(text.length)
    }),
    { numRuns: 300 }
  )
})
