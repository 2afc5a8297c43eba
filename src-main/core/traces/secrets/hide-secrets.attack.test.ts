// Hiding secrets in hostile texts: no pattern takes more than a pass, nothing is hidden twice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { event } from '../formats/trace-format.ts'
import { recordOf } from '../traces.test-support.ts'
import { hideSecrets } from './hide-secrets.ts'

const hide = (text: string): string =>
  hideSecrets(recordOf([event('assistant', text)])).record.events[0].text

// Each would take hours in a pattern that starts anew at every character of a run.
const runs = [
  'a',
  'a@',
  'a.',
  'a.a@',
  '@',
  '-----BEGIN PRIVATE KEY-----\n',
  '-----BEGIN PRIVATE KEY-----A',
  'eyJ',
  'eyJa.',
  'sk-',
  'sk-ant-',
  '/home/',
  '/home/a',
  'C:\\Users\\',
  '\\',
  'password=',
  'password="',
  'password:\t',
  '://a:',
  'Bearer ',
  'authorization:',
  '0',
  'é',
  '\u0000'
]

describe('long texts', () => {
  it.each(runs)('%j a million characters long', { timeout: 20_000 }, (run) => {
    const text = run.repeat(Math.ceil(1_000_000 / run.length))
    expect(hide(text).length).toBeGreaterThan(0)
  })
})

describe('any text', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(...runs, 'ana@b.org', 'password=abc1', '/home/ana/', '"', "'", ': ', ' ')
  )
  it('comes through, and a second pass finds nothing new', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const once = hide(parts.join(''))
        expect(hide(once)).toBe(once)
      }),
      { numRuns: 300 }
    )
  })

  it('in arguments keeps their form', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (data) => {
        // fast-check's JSON values are plain JSON.
        const value = JSON.parse(JSON.stringify(data)) as never
        const { record } = hideSecrets(
          recordOf([event('tool-call', '', { name: 'f', data: value })])
        )
        expect(typeof record.events[0].data).toBe(typeof value)
      }),
      { numRuns: 100 }
    )
  })
})
